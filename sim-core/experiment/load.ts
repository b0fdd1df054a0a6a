import { checkModel, engineFor } from '../scenario/build.ts';
import type { Issue } from '../issue.ts';
import type { Sandbox } from '../autoscaling/custom/contract.ts';
import { parseScenario, placedIssue } from '../scenario/parse.ts';
import { realityIssues } from '../scenario/reality-status.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { TraceImport, TraceReport, TraceSeries } from '../trace/contract.ts';
import { traceKey, type TraceMapping } from '../trace/mapping.ts';
import { applySteps } from '../workload/steps/registry.ts';
import { seriesKey } from '../workload/steps/series-key.ts';
import { readPolicyFiles, withPolicyFiles } from './policy-files.ts';
import type { PolicyText, ReadPolicy } from './policy-files.ts';
import { prepareSandboxes } from './sandboxes.ts';

/** A scenario with its traces and policies read and its engine chosen: plain data, ready to be sent to workers and run. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  /** by seriesKey of the term that replays them */
  readonly traces: ReadonlyMap<string, TraceSeries>;
  readonly reports: readonly TraceReport[];
  /** what the file under `recorded` holds */
  readonly recorded?: RecordedData;
}

/** A recording of what happened, as imported. */
export type RecordedData = Pick<TraceImport, 'recorded' | 'series' | 'startEpoch'>;

export interface LoadOutcome {
  /** absent when there is an issue of severity error */
  readonly loaded?: LoadedScenario;
  readonly issues: readonly Issue[];
}

/** The traces a scenario names, each file and way of reading it once, in the order of their first mention. */
export function tracesOf(scenario: Scenario): TraceMapping[] {
  const byKey = new Map<string, TraceMapping>();
  for (const { trace } of scenario.workload.sum) {
    if (trace === undefined) continue;
    const key = traceKey(trace);
    if (!byKey.has(key)) byKey.set(key, trace);
  }
  const { recorded } = scenario;
  if (recorded !== undefined && !byKey.has(traceKey(recorded))) byKey.set(traceKey(recorded), recorded);
  return [...byKey.values()];
}

/** The file under `recorded`. Which of its columns is demand need not be clear: the demand is that of the workload. */
function recordingOf(
  { recorded }: Scenario,
  imports: ReadonlyMap<string, TraceImport>,
): { readonly data?: RecordedData; readonly issues: readonly Issue[] } {
  if (recorded === undefined) return { issues: [] };
  const path = ['recorded', 'file'];
  const imported = imports.get(traceKey(recorded));
  if (imported === undefined) {
    const message = `There is no file ${recorded.file}. Paths are relative to the scenario; correct the name or put the file there.`;
    return { issues: [{ code: 'trace-missing', severity: 'error', path, message }] };
  }
  if (imported.recorded.length > 0) return { data: imported, issues: [] };
  const wrong = imported.issues.filter(({ severity }) => severity === 'error');
  if (wrong.length > 0) return { issues: wrong.map((issue) => ({ ...issue, path })) };
  const message = `${recorded.file} holds nothing beside demand. A reality check needs the replicas of that time, too.`;
  return { issues: [{ code: 'recorded-nothing', severity: 'error', path, message }] };
}

/**
 * Reads a scenario whose traces have been imported.
 *
 * @param text YAML or JSON
 * @param imports by traceKey of their mapping; a missing one means that there is no such file, an issue at its mention
 * @param sandboxes from prepareSandboxes; without them the sources of custom policies are not compiled
 * @param policyTexts what the files of custom policies hold, by their names; a missing one is an issue at its mention
 */
export function loadScenario(
  text: string,
  imports: ReadonlyMap<string, TraceImport>,
  fileName?: string,
  sandboxes?: ReadonlyMap<string, Sandbox>,
  policyTexts: ReadonlyMap<string, PolicyText> = new Map(),
): LoadOutcome {
  const parsed = parseScenario(text, fileName);
  if (parsed.scenario === undefined) return { issues: parsed.issues };
  const { locate } = parsed;
  const { scenario, issues: ofPolicies } = withPolicyFiles(parsed.scenario, policyTexts);
  const issues: Issue[] = [...parsed.issues, ...ofPolicies.map((issue) => placedIssue(issue, locate))];
  const traces = new Map<string, TraceSeries>();
  const reports: TraceReport[] = [];
  const seen = new Set<string>();
  scenario.workload.sum.forEach((term, index) => {
    if (term.trace === undefined) return;
    const { file } = term.trace;
    const path = ['workload', 'sum', index, 'trace', 'file'];
    const refuse = (code: string, message: string): void => {
      issues.push(placedIssue({ code, severity: 'error', path, message }, locate));
    };
    const key = traceKey(term.trace);
    const imported = imports.get(key);
    if (imported === undefined) {
      refuse(
        'trace-missing',
        `There is no file ${file}. Paths are relative to the scenario; correct the name or put the file there.`,
      );
      return;
    }
    const ownKey = seriesKey(term.trace);
    if (imported.series !== undefined && !traces.has(ownKey)) {
      const { series, issues: wrong } = applySteps(imported.series, term.trace.steps ?? []);
      if (series !== undefined) traces.set(ownKey, series);
      const steps = ['workload', 'sum', index, 'trace', 'steps'];
      issues.push(...wrong.map((issue) => placedIssue({ ...issue, path: [...steps, ...issue.path] }, locate)));
    }
    if (seen.has(key)) return;
    seen.add(key);
    for (const issue of imported.issues) {
      const inTrace = issue.line !== undefined || issue.file !== undefined;
      issues.push(inTrace ? { ...issue, path } : placedIssue({ ...issue, path }, locate));
    }
    if (imported.report !== undefined) reports.push(imported.report);
    if (imported.series === undefined && !imported.issues.some(({ severity }) => severity === 'error')) {
      const found = imported.recorded.slice(0, 6).map(({ name }) => name);
      refuse(
        'trace-no-demand',
        `Nothing in ${file} is taken for demand (it holds ${found.join(', ')}). Name the demand with \`column\`.`,
      );
    }
  });
  const recording = recordingOf(scenario, imports);
  issues.push(...recording.issues.map((issue) => placedIssue(issue, locate)));
  const loaded = {
    scenario,
    traces,
    reports,
    ...(recording.data !== undefined && { recorded: recording.data }),
  };
  const source = sandboxes === undefined ? loaded : { ...loaded, sandboxes };
  const failed = () => issues.some((issue) => issue.severity === 'error');
  const add = (found: readonly Issue[]) => issues.push(...found.map((issue) => placedIssue(issue, locate)));
  if (failed()) return { issues };
  add(checkModel(source));
  if (failed()) return { issues };
  const { engine, issues: remarks } = engineFor(loaded);
  add(remarks);
  add(realityIssues(scenario));
  return failed() ? { issues } : { loaded: { ...loaded, scenario: { ...scenario, engine } }, issues };
}

/**
 * Reads a scenario, its traces and the files of its policies, one after the other, so that only one file is under way at
 * a time.
 *
 * @param readTrace imports one file; undefined when there is no such file
 * @param readPolicy without it there are no files for policies
 */
export async function loadScenarioWith(
  text: string,
  readTrace: (mapping: TraceMapping) => Promise<TraceImport | undefined>,
  fileName?: string,
  readPolicy: ReadPolicy = () => Promise.resolve(undefined),
): Promise<LoadOutcome> {
  const { scenario } = parseScenario(text, fileName);
  const imports = new Map<string, TraceImport>();
  for (const mapping of scenario === undefined ? [] : tracesOf(scenario)) {
    const imported = await readTrace(mapping);
    if (imported !== undefined) imports.set(traceKey(mapping), imported);
  }
  if (scenario === undefined) return loadScenario(text, imports, fileName);
  const policyTexts = await readPolicyFiles(scenario, readPolicy);
  return loadScenario(text, imports, fileName, await prepareSandboxes(scenario), policyTexts);
}
