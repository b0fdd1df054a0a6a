import { isMappingKey, isPolicyFile, printDuration, printInstant, readManifest } from '../../../sim-core/index.ts';
import type { ImportMapping, TraceImport } from '../../../sim-core/index.ts';
import type { GivenFile } from '../../platform/contract.ts';
import { scenarioKind, type Session } from '../../session.ts';
import { appendInYaml, dataOfYaml, setInYaml } from '../../stores/yaml-edit.ts';
import { addPolicy, editText } from '../inspector/policy-edits.ts';
import { takeInPolicy } from './policy-file.ts';
import { guessFile, guessLength } from './recognise.ts';
import type { ReplayPart } from './replay-part.ts';
import { traceDraftStore, type Fill, type TraceDraft, type TraceSettings } from './trace-draft.ts';
import type { TraceBlob } from '../../worker/contract.ts';

const traceKind = {
  label: 'Trace',
  extensions: [
    'csv',
    'tsv',
    'json',
    'jsonl',
    'ndjson',
    'tf',
    'hcl',
    'nomad',
    'txt',
    'log',
    'jtl',
    'hlog',
    'xml',
    'parquet',
    'md',
    'gz',
    'zst',
  ],
} as const;

const policyKind = { label: 'Policy of your own', extensions: ['ts', 'mts', 'js', 'mjs'] } as const;

/** Asks for files and takes them in. */
export async function chooseFiles(session: Session): Promise<void> {
  const outcome = await session.platform.openFiles({
    title: 'Open a scenario, a trace or an autoscaler',
    kinds: [
      { label: 'Scenarios and traces', extensions: [...scenarioKind.extensions, ...traceKind.extensions] },
      scenarioKind,
      traceKind,
      policyKind,
    ],
    multiple: true,
  });
  if (outcome.status === 'failed') session.messages.say('error', outcome.message);
  if (outcome.status === 'opened') await takeIn(session, outcome.files);
}

/** Takes in whatever was dropped or opened, and says what it was taken for. Policies go to the scenario that came along. */
export async function takeIn(session: Session, files: readonly GivenFile[]): Promise<void> {
  const isLate = ({ name }: GivenFile): number => Number(isPolicyFile(name));
  for (const file of files.toSorted((a, b) => isLate(a) - isLate(b))) await takeInOne(session, file);
}

async function takeInOne(session: Session, file: GivenFile): Promise<void> {
  const blob = file.bytes instanceof Blob ? file.bytes : new Blob([file.bytes as BlobPart]);
  const guess = guessFile(file.name, new Uint8Array(await blob.slice(0, guessLength).arrayBuffer()));
  if (guess === 'scenario') {
    session.openFile(file, await blob.text());
    session.messages.say('done', `${file.name} is open as a scenario.`);
    return;
  }
  if (guess === 'manifest') {
    takeInManifest(session, file.name, await blob.text());
    return;
  }
  if (guess === 'policy') {
    await takeInPolicy(session, file.name, blob);
    return;
  }
  if (guess === 'image') {
    session.messages.say(
      'error',
      `${file.name} is a picture or a document. Headroom reads scenarios (YAML), manifests of autoscalers, policies (TypeScript, JavaScript) and traces (CSV, TSV, Prometheus JSON).`,
    );
    return;
  }
  const draft = await inspect(session, file.name, `traces/${file.name}`, blob);
  if (draft === null) return;
  const refuse = (message: string): void => {
    traceDraftStore.setState({ draft: null });
    session.messages.say('error', message);
  };
  if (draft.report === undefined && guess === 'unknown-text')
    refuse(
      `${file.name} is neither a scenario (it would begin with “schema: headroom/v1”) nor the manifest of an autoscaler.`,
    );
  else if (draft.format === null) refuse(`${file.name}: ${draft.issues[0]?.message ?? 'nothing in it could be read.'}`);
  else traceDraftStore.setState({ draft });
}

function takeInManifest(session: Session, fileName: string, text: string): void {
  const { policies, issues, notes } = readManifest(text);
  for (const { message, line, severity } of issues) {
    session.messages.say(
      severity === 'error' ? 'error' : 'info',
      `${fileName}${line === undefined ? '' : `, line ${line}`}: ${message}`,
    );
  }
  for (const policy of policies) addPolicy(session, policy);
  if (policies.length > 0) {
    session.messages.say(
      'done',
      `${policies.map(({ name }) => name).join(', ')} joined the comparison as ${policies.length === 1 ? 'a policy' : 'policies'}.${passedOver(notes.length)}`,
      {
        label: 'Undo',
        run: () => policies.forEach(() => session.documents.undo()),
      },
    );
  }
}

/** Which parts did not matter is listed by `headroom import`; here it is enough to know that there were some. */
function passedOver(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? ' One part that does not say how it scales was passed over.'
    : ` ${count} parts that do not say how it scales were passed over.`;
}

const nothingSaid: TraceSettings = { mapping: {}, fill: 'leave' };

/**
 * Reads a file as it seems to be, or as was said before, showing how far it is.
 *
 * @returns null when that failed or was cancelled
 */
async function inspect(
  session: Session,
  fileName: string,
  name: string,
  blob: Blob,
  settings = nothingSaid,
): Promise<TraceDraft | null> {
  const begun: TraceDraft = {
    fileName,
    name,
    blob,
    format: null,
    settings,
    readWith: settings,
    past: [],
    future: [],
    mapping: settings.mapping,
    series: undefined,
    recorded: [],
    report: undefined,
    issues: [],
    busy: true,
    progress: 0,
  };
  traceDraftStore.setState({ draft: begun });
  const imported = await read(session, begun, settings.mapping);
  return imported && taken(begun, imported);
}

/** The draft with what was read. What is no longer understood keeps its last columns, so that it can be mended there. */
function taken(draft: TraceDraft, { format, mapping, series, recorded, report, issues }: TraceImport): TraceDraft {
  const { file: _file, ...whole } = mapping ?? { file: draft.name, ...draft.settings.mapping };
  return {
    ...draft,
    readWith: draft.settings,
    format: format ?? draft.format,
    mapping: whole,
    series,
    recorded,
    report: report ?? draft.report,
    issues,
    busy: false,
  };
}

/** @returns null when it failed (and that was said) or was cancelled; the draft is then as it was, or gone */
async function read(session: Session, draft: TraceDraft, mapping: ImportMapping): Promise<TraceImport | null> {
  const onProgress = (progress: number): void =>
    traceDraftStore.setState(({ draft: now }) => (now?.blob === draft.blob ? { draft: { ...now, progress } } : {}));
  try {
    return await session.client.importTrace(draft.name, draft.blob, mapping, onProgress);
  } catch (error) {
    traceDraftStore.setState({ draft: draft.report === undefined ? null : { ...draft, busy: false } });
    session.messages.say(
      'error',
      `${draft.fileName} could not be read: ${error instanceof Error ? error.message : String(error)}`,
    );
    return null;
  }
}

/** Ends the reading under way, and what was said for it; a file that was never read is let go. */
export function cancelReading(session: Session): void {
  session.client.cancelImport();
  traceDraftStore.setState(({ draft }) => ({
    draft: draft?.report === undefined ? null : { ...draft, settings: draft.readWith, busy: false },
  }));
}

/** Shows again a trace that is in the library. */
export async function inspectKept(session: Session, name: string): Promise<void> {
  const { files } = await session.traces.collect([name]).catch(() => ({ files: new Map<string, TraceBlob>() }));
  const file = files.get(name);
  if (!file) {
    session.messages.say('error', `${name} could not be read; drop the file again.`);
    return;
  }
  const settings = settingsIn(session, name);
  const draft = await inspect(session, name.replace(/^traces\//, ''), name, file.blob, settings);
  if (draft) traceDraftStore.setState({ draft });
}

/** How the scenario on the desk reads this trace. */
function settingsIn(session: Session, name: string): TraceSettings {
  const { scenario } = session.documents.store.getState().lastValid ?? {};
  const term = scenario?.workload.sum.find(({ trace }) => trace?.file === name)?.trace;
  if (!term) return nothingSaid;
  const known = Object.entries(term).filter(([key]) => isMappingKey(key));
  return { mapping: Object.fromEntries(known), fill: term.fill };
}

const undoLimit = 100;

/** Reads the draft as a person says from now on. */
export async function say(session: Session, change: Partial<TraceSettings>): Promise<void> {
  const { draft } = traceDraftStore.getState();
  if (!draft) return;
  const past = [...draft.past, draft.settings].slice(-undoLimit);
  await settle(session, { ...draft, past, future: [] }, { ...draft.settings, ...change });
}

/** Takes back the last thing said about the draft. */
export async function unsay(session: Session): Promise<void> {
  const { draft } = traceDraftStore.getState();
  const before = draft?.past.at(-1);
  if (!draft || !before) return;
  await settle(session, { ...draft, past: draft.past.slice(0, -1), future: [...draft.future, draft.settings] }, before);
}

/** Says again what was taken back last. */
export async function sayAgain(session: Session): Promise<void> {
  const { draft } = traceDraftStore.getState();
  const after = draft?.future.at(-1);
  if (!draft || !after) return;
  await settle(session, { ...draft, past: [...draft.past, draft.settings], future: draft.future.slice(0, -1) }, after);
}

async function settle(session: Session, draft: TraceDraft, settings: TraceSettings): Promise<void> {
  const reads = draft.busy || settings.mapping !== draft.settings.mapping;
  const next = { ...draft, settings, busy: reads, progress: 0 };
  traceDraftStore.setState({ draft: reads ? next : { ...next, readWith: settings } });
  if (!reads) return;
  const imported = await read(session, next, settings.mapping);
  if (imported === null) return;
  traceDraftStore.setState(({ draft: now }) => (now?.settings === settings ? { draft: taken(now, imported) } : {}));
}

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

/** What a scenario says about the replay of a trace that this panel does not: its steps, and whether it begins again. */
function replayOf(text: string, name: string): Record<string, unknown> {
  const { workload } = (dataOfYaml(text) ?? {}) as { workload?: { sum?: unknown } };
  const terms: readonly { trace?: Record<string, unknown> }[] = Array.isArray(workload?.sum) ? workload.sum : [];
  const before = terms.find((term) => term?.trace?.['file'] === name)?.trace ?? {};
  const others = ['steps', 'loop', 'interpolation'].filter((key) => before[key] !== undefined);
  return Object.fromEntries(others.map((key) => [key, before[key]]));
}

/** Puts the draft's trace into the scenario: in place of its demand, or on top of it. */
export async function putIntoDemand(
  session: Session,
  draft: TraceDraft,
  part: ReplayPart,
  how: 'replace' | 'add',
): Promise<void> {
  const { series } = draft;
  if (!series) return;
  const kept = session.traces.holds(draft.name, draft.blob) || (await session.traces.add(draft.name, draft.blob));
  if (!kept)
    session.messages.say(
      'info',
      `${draft.fileName} is kept in memory only: the browser’s storage is full or switched off. Drop it again next time.`,
    );
  const done = editText(session, (text) => {
    const term = traceTerm(draft, part, draft.settings.fill);
    if (how === 'add') return appendInYaml(text, ['workload', 'sum'], term);
    let next = setInYaml(text, ['workload', 'sum'], [{ trace: { ...term.trace, ...replayOf(text, draft.name) } }]);
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
