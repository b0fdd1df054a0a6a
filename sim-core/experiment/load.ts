import { checkModel, engineFor } from '../scenario/build.ts';
import type { Issue } from '../issue.ts';
import { parseScenario, placedIssue } from '../scenario/parse.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { TraceReport, TraceSeries } from '../trace/contract.ts';
import { traceKey } from '../trace/mapping.ts';
import { importTrace } from '../trace/registry.ts';

/** A scenario with its traces read and its engine chosen: plain data, ready to be sent to workers and run. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  /** by traceKey of the mapping that read them */
  readonly traces: ReadonlyMap<string, TraceSeries>;
  readonly reports: readonly TraceReport[];
}

export interface LoadOutcome {
  /** absent when there is an issue of severity error */
  readonly loaded?: LoadedScenario;
  readonly issues: readonly Issue[];
}

/** The files a scenario names, in the order of their first mention, as written (relative to the scenario). */
export function traceFilesOf(scenario: Scenario): string[] {
  return [...new Set(scenario.workload.sum.flatMap((term) => (term.trace === undefined ? [] : [term.trace.file])))];
}

/**
 * Reads a scenario and the traces it names.
 *
 * @param text YAML or JSON
 * @param files the bytes of the traces by the name the scenario gives them; a missing one is an issue at its mention
 */
export function loadScenario(text: string, files: ReadonlyMap<string, Uint8Array>, fileName?: string): LoadOutcome {
  const parsed = parseScenario(text, fileName);
  if (parsed.scenario === undefined) return { issues: parsed.issues };
  const { scenario, locate } = parsed;
  const issues: Issue[] = [...parsed.issues];
  const traces = new Map<string, TraceSeries>();
  const reports: TraceReport[] = [];
  scenario.workload.sum.forEach((term, index) => {
    if (term.trace === undefined) return;
    const path = ['workload', 'sum', index, 'trace', 'file'];
    const bytes = files.get(term.trace.file);
    if (bytes === undefined) {
      const message = `There is no file ${term.trace.file}. Paths are relative to the scenario; correct the name or put the file there.`;
      issues.push(placedIssue({ code: 'trace-missing', severity: 'error', path, message }, locate));
      return;
    }
    const key = traceKey(term.trace);
    if (traces.has(key)) return;
    const imported = importTrace(term.trace.file, bytes, term.trace);
    for (const issue of imported.issues) {
      const inTrace = issue.line !== undefined || issue.file !== undefined;
      issues.push(inTrace ? { ...issue, path } : placedIssue({ ...issue, path }, locate));
    }
    if (imported.report !== undefined) reports.push(imported.report);
    if (imported.series !== undefined) traces.set(key, imported.series);
  });
  const loaded = { scenario, traces, reports };
  const failed = () => issues.some((issue) => issue.severity === 'error');
  const add = (found: readonly Issue[]) => issues.push(...found.map((issue) => placedIssue(issue, locate)));
  if (failed()) return { issues };
  add(checkModel(loaded));
  if (failed()) return { issues };
  const { engine, issues: remarks } = engineFor(loaded);
  add(remarks);
  return failed() ? { issues } : { loaded: { ...loaded, scenario: { ...scenario, engine } }, issues };
}
