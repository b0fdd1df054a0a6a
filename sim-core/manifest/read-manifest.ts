import type { Issue } from '../issue.ts';
import { readDocuments } from '../scenario/yaml-source.ts';
import type { YamlSource } from '../scenario/yaml-source.ts';
import type { ManifestItem, ManifestNote, ManifestPolicy, ManifestReading, Path } from './contract.ts';
import { looksLikeHcl, readHcl } from './hcl/read.ts';
import { objectName, workloadFacts } from './kubernetes/objects.ts';
import { manifestFormatNames, manifestFormats } from './registry.ts';
import type { ManifestFormatName } from './registry.ts';
import { isMapping, textAt } from './tree.ts';

/** The format that the beginning of a file seems to have, judged by its content; undefined where it looks like none. */
export function recogniseManifest(head: string): ManifestFormatName | undefined {
  return manifestFormatNames.find((name) => manifestFormats[name].mark.test(head));
}

/**
 * Reads every autoscaler out of a file as people have it: YAML of one or several documents, a `List`, JSON, a list of
 * things in JSON, or HCL. What is not understood and matters is an issue with its place; what does not matter is a note.
 */
export function readManifest(text: string): ManifestReading {
  const issues: Issue[] = [];
  const notes: ManifestNote[] = [];
  const policies: ManifestPolicy[] = [];
  const sources = sourcesOf(text);
  const items = sources.flatMap((source) => {
    issues.push(...source.issues);
    return itemsIn(source.data, [], source.locate);
  });
  const claimed = new Map<ManifestFormatName, ManifestItem[]>();
  const others: string[] = [];
  for (const item of items) {
    const name = manifestFormatNames.find((each) => manifestFormats[each].claims(item.data));
    if (name !== undefined) claimed.set(name, [...(claimed.get(name) ?? []), item]);
    else {
      const kind = textAt(item.data, 'kind') ?? 'something without a kind';
      others.push(kind);
      const called = objectName(item.data);
      const message = `${kind}${called === undefined ? '' : ` \`${called}\``}: no autoscaler.${workloadFacts(item.data)}`;
      notes.push({ path: item.path, message, ...item.locate(item.path, 'value') });
    }
  }
  for (const [name, own] of claimed) {
    const reading = manifestFormats[name].read(own);
    policies.push(...reading.policies);
    issues.push(...reading.issues);
    notes.push(...reading.notes);
  }
  if (policies.length === 0 && !issues.some(({ severity }) => severity === 'error')) {
    const found = others.length === 0 ? '' : ` It has: ${[...new Set(others)].join(', ')}.`;
    const known = manifestFormatNames.map((name) => manifestFormats[name].title).join(', ');
    const message = `There is no autoscaler in this file.${found} These are read: ${known}.`;
    issues.push({ code: 'manifest-not-found', severity: 'error', path: [], line: 1, column: 1, message });
  }
  return { policies: distinct(policies), issues, notes };
}

function sourcesOf(text: string): readonly YamlSource[] {
  if (looksLikeHcl(text)) return [readHcl(text)];
  return readDocuments(text, 'A manifest begins with `apiVersion: autoscaling/v2`, say.');
}

/** The mappings of a document: itself, the items of a List, the entries of a list. */
function itemsIn(data: unknown, path: Path, locate: ManifestItem['locate']): ManifestItem[] {
  if (Array.isArray(data)) return data.flatMap((each: unknown, index) => itemsIn(each, [...path, index], locate));
  if (!isMapping(data)) return [];
  const { items } = data;
  if (!Array.isArray(items)) return [{ data, path, locate }];
  return items.flatMap((item: unknown, index) => itemsIn(item, [...path, 'items', index], locate));
}

/** Two autoscalers of one name (from two namespaces) become two policies. */
function distinct(policies: readonly ManifestPolicy[]): ManifestPolicy[] {
  const taken = new Map<string, number>();
  return policies.map((policy) => {
    const count = (taken.get(policy.name) ?? 0) + 1;
    taken.set(policy.name, count);
    return count === 1 ? policy : { ...policy, name: `${policy.name} ${count}` };
  });
}
