import type { Session } from '../../session.ts';
import { appendInYaml, dataOfYaml, deleteInYaml, setInYaml, UnparsableYaml } from '../../stores/yaml-edit.ts';

/** Changes the active text by a function on it; says so when the text is no YAML at the moment. */
export function editText(session: Session, change: (text: string) => string, join?: string): boolean {
  const document = session.documents.active();
  if (!document) return false;
  try {
    session.documents.edit(change(document.text), join);
    return true;
  } catch (error) {
    if (!(error instanceof UnparsableYaml)) throw error;
    session.messages.say(
      'error',
      'The YAML has a mistake in its punctuation, so forms cannot change it. Mend it in the YAML tab, or undo.',
    );
    return false;
  }
}

interface PolicyData {
  readonly name: string;
  readonly [key: string]: unknown;
}

/** The policies as written, those without a name left out. */
export function writtenPolicies(text: string): PolicyData[] {
  const data = dataOfYaml(text);
  const policies = typeof data === 'object' && data !== null ? (data as { policies?: unknown }).policies : undefined;
  return Array.isArray(policies)
    ? policies.filter((policy): policy is PolicyData => typeof policy?.name === 'string')
    : [];
}

/** A name no policy has yet: `HPA 60 %`, `HPA 60 % 2`, `HPA 60 % 3` … */
export function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  const stem = wanted.replace(/ \d+$/, '');
  for (let number = 2; ; number += 1) {
    const name = `${stem} ${number}`;
    if (!taken.includes(name)) return name;
  }
}

export function setBaseline(session: Session, name: string): void {
  editText(session, (text) => setInYaml(text, ['compare', 'baseline'], name));
}

/** Adds a policy: the given one, or a copy of the one selected. Selects it. */
export function addPolicy(session: Session, policy?: { readonly name: string; readonly controller: unknown }): void {
  const text = session.documents.active()?.text ?? '';
  const policies = writtenPolicies(text);
  const selected = session.view.store.getState().policy;
  const model = policy ?? policies.find(({ name }) => name === selected) ?? policies.at(-1);
  if (!model) return;
  const name = freeName(
    policy ? model.name : `${model.name.replace(/ \d+$/, '')} 2`,
    policies.map((other) => other.name),
  );
  const added = editText(session, (before) => appendInYaml(before, ['policies'], { ...model, name }));
  if (!added) return;
  session.view.setPolicy(name);
  session.view.setInspectorTab('form');
}

export function removePolicy(session: Session, name: string): void {
  const policies = writtenPolicies(session.documents.active()?.text ?? '');
  const index = policies.findIndex((policy) => policy.name === name);
  if (index < 0 || policies.length < 2) return;
  editText(session, (text) => {
    const without = deleteInYaml(text, ['policies', index]);
    const data = dataOfYaml(without) as { compare?: { baseline?: unknown } } | null;
    return data?.compare?.baseline === name ? deleteInYaml(without, ['compare', 'baseline']) : without;
  });
  session.view.setPolicy(null);
  session.messages.say('info', `${name} is out of the comparison.`, {
    label: 'Undo',
    run: () => void session.documents.undo(),
  });
}

/** Renames a policy and every mention of it. @returns what is wrong with the new name, or null when it is done */
export function renamePolicy(session: Session, from: string, to: string): string | null {
  const name = to.trim();
  if (name === from) return null;
  if (name === '') return 'A policy needs a name.';
  const policies = writtenPolicies(session.documents.active()?.text ?? '');
  if (policies.some((policy) => policy.name === name)) return `There is a policy called ${name} already.`;
  const index = policies.findIndex((policy) => policy.name === from);
  if (index < 0) return null;
  const done = editText(session, (text) => {
    const renamed = setInYaml(text, ['policies', index, 'name'], name);
    const data = dataOfYaml(renamed) as { compare?: { baseline?: unknown } } | null;
    return data?.compare?.baseline === from ? setInYaml(renamed, ['compare', 'baseline'], name) : renamed;
  });
  if (done) session.view.setPolicy(name);
  return null;
}
