import { printDuration, printInstant, readHpaManifest } from '../../../sim-core/index.ts';
import type { TraceMapping } from '../../../sim-core/index.ts';
import type { OpenedFile } from '../../platform/contract.ts';
import { scenarioKind, type Session } from '../../session.ts';
import { appendInYaml, dataOfYaml, setInYaml } from '../../stores/yaml-edit.ts';
import { addPolicy, editText } from '../inspector/policy-edits.ts';
import { guessFile } from './recognise.ts';
import type { ReplayPart } from './replay-part.ts';
import { traceDraftStore, type TraceDraft } from './trace-draft.ts';

const traceKind = { label: 'Trace', extensions: ['csv', 'tsv', 'json', 'txt', 'log'] } as const;

/** Asks for files and takes them in. */
export async function chooseFiles(session: Session): Promise<void> {
  const outcome = await session.platform.openFiles({
    title: 'Open a scenario, a trace or an HPA',
    kinds: [
      { label: 'Scenarios and traces', extensions: [...scenarioKind.extensions, ...traceKind.extensions] },
      scenarioKind,
      traceKind,
    ],
    multiple: true,
  });
  if (outcome.status === 'failed') session.messages.say('error', outcome.message);
  if (outcome.status === 'opened') await takeIn(session, outcome.files);
}

/** Takes in whatever was dropped or opened, and says what it was taken for. */
export async function takeIn(session: Session, files: readonly OpenedFile[]): Promise<void> {
  for (const file of files) await takeInOne(session, file);
}

async function takeInOne(session: Session, file: OpenedFile): Promise<void> {
  const guess = guessFile(file.name, file.bytes);
  if (guess === 'scenario') {
    session.openFile(file, new TextDecoder().decode(file.bytes));
    session.messages.say('done', `${file.name} is open as a scenario.`);
    return;
  }
  if (guess === 'hpa') {
    takeInHpa(session, file);
    return;
  }
  if (guess === 'image') {
    session.messages.say(
      'error',
      `${file.name} is a picture or a document. Headroom reads scenarios (YAML), HPA manifests and traces (CSV, TSV, Prometheus JSON).`,
    );
    return;
  }
  const draft = await inspect(session, file.name, `traces/${file.name}`, file.bytes);
  if (draft === null) return;
  if (draft.report === undefined && guess === 'unknown-text') {
    session.messages.say(
      'error',
      `${file.name} is neither a scenario (it would begin with “schema: headroom/v1”) nor an HPA manifest.`,
    );
    return;
  }
  if (draft.format === null) {
    session.messages.say('error', `${file.name}: ${draft.issues[0]?.message ?? 'nothing in it could be read.'}`);
    return;
  }
  traceDraftStore.setState({ draft });
}

function takeInHpa(session: Session, file: OpenedFile): void {
  const { policies, issues } = readHpaManifest(new TextDecoder().decode(file.bytes));
  for (const { message, line } of issues) {
    session.messages.say('error', `${file.name}${line === undefined ? '' : `, line ${line}`}: ${message}`);
  }
  for (const policy of policies) addPolicy(session, policy);
  if (policies.length > 0) {
    session.messages.say(
      'done',
      `${policies.map(({ name }) => name).join(', ')} joined the comparison as ${policies.length === 1 ? 'a policy' : 'policies'}.`,
      {
        label: 'Undo',
        run: () => policies.forEach(() => session.documents.undo()),
      },
    );
  }
}

async function inspect(
  session: Session,
  fileName: string,
  name: string,
  bytes: Uint8Array,
): Promise<TraceDraft | null> {
  try {
    const { format, mapping, series, report, issues } = await session.client.inspectTrace(name, bytes);
    const { file: _file, ...rest } = mapping ?? { file: name };
    return { fileName, name, bytes, format, mapping: rest, series, report, issues, busy: false };
  } catch (error) {
    session.messages.say(
      'error',
      `${fileName} could not be read: ${error instanceof Error ? error.message : String(error)}`,
    );
    return null;
  }
}

/** Shows again a trace that is in the library. */
export async function inspectKept(session: Session, name: string): Promise<void> {
  const { files } = await session.traces.collect([name]).catch(() => ({ files: new Map<string, Uint8Array>() }));
  const bytes = files.get(name);
  if (!bytes) {
    session.messages.say('error', `${name} could not be read; drop the file again.`);
    return;
  }
  const draft = await inspect(session, name.replace(/^traces\//, ''), name, bytes);
  if (draft) traceDraftStore.setState({ draft });
}

/** Reads the draft again with a part of its mapping changed. */
export async function remap(session: Session, change: Omit<TraceMapping, 'file'>): Promise<void> {
  const { draft } = traceDraftStore.getState();
  if (!draft) return;
  const mapping = { ...draft.mapping, ...change };
  traceDraftStore.setState({ draft: { ...draft, mapping, busy: true } });
  try {
    const { series, report, issues } = await session.client.importTrace(draft.name, draft.bytes, mapping);
    traceDraftStore.setState(({ draft: now }) =>
      now?.mapping === mapping ? { draft: { ...now, series, report: report ?? now.report, issues, busy: false } } : {},
    );
  } catch (error) {
    traceDraftStore.setState({ draft: { ...draft, busy: false } });
    session.messages.say(
      'error',
      `${draft.fileName} could not be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** What a gap in a trace becomes. */
export type Fill = 'leave' | 'zero' | 'hold' | 'interpolate';

/** The term of `workload.sum` that replays a part of the draft. */
export function traceTerm(
  { name, mapping, series }: Pick<TraceDraft, 'name' | 'mapping' | 'series'>,
  part: ReplayPart,
  fill: Fill,
): { trace: Record<string, unknown> } {
  const { bucket, ...rest } = mapping;
  const whole = part.id === 'whole';
  return {
    trace: {
      file: name,
      ...rest,
      ...(bucket === undefined ? {} : { bucket: printDuration(bucket) }),
      ...(fill === 'leave' ? {} : { fill }),
      ...(whole || !series ? {} : { from: printDuration(part.from), to: printDuration(part.from + part.length) }),
    },
  };
}

/** Puts the draft's trace into the scenario: in place of its demand, or on top of it. */
export async function putIntoDemand(
  session: Session,
  draft: TraceDraft,
  part: ReplayPart,
  fill: Fill,
  how: 'replace' | 'add',
): Promise<void> {
  const { series } = draft;
  if (!series) return;
  const kept = session.traces.holds(draft.name, draft.bytes) || (await session.traces.add(draft.name, draft.bytes));
  if (!kept)
    session.messages.say(
      'info',
      `${draft.fileName} is kept in memory only: the browser’s storage is full or switched off. Drop it again next time.`,
    );
  const done = editText(session, (text) => {
    const term = traceTerm(draft, part, fill);
    if (how === 'add') return appendInYaml(text, ['workload', 'sum'], term);
    let next = setInYaml(text, ['workload', 'sum'], [term]);
    next = setInYaml(next, ['horizon'], printDuration(Math.max(1, Math.round(part.length))));
    if (Number.isFinite(series.startEpoch))
      next = setInYaml(next, ['start'], printInstant(Math.floor(series.startEpoch + part.from)));
    const { warmup } = (dataOfYaml(text) ?? {}) as { warmup?: unknown };
    if (warmup !== undefined && part.length < 7200) next = setInYaml(next, ['warmup'], '0s');
    return next;
  });
  if (!done) return;
  traceDraftStore.setState({ draft: null });
  session.view.setWindow(null);
  // The text may be the same as before, with another file behind the name.
  session.run();
  session.messages.say(
    'done',
    how === 'replace' ? `${draft.fileName} is the demand now.` : `${draft.fileName} is added to the demand.`,
    {
      label: 'Undo',
      run: () => void session.documents.undo(),
    },
  );
}
