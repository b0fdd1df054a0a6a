import { readFileSync } from 'node:fs';
import {
  createRun,
  importTrace,
  loadScenario,
  parseScenario,
  traceKey,
  tracesOf,
  type Issue,
  type Job,
  type LoadedScenario,
  type RunResult,
} from '../../sim-core/index.ts';

/** Reads a scenario and the traces it names, as a face of the program would. */
export function readScenario(file: URL): { loaded: LoadedScenario | undefined; issues: readonly Issue[] } {
  const text = readFileSync(file, 'utf8');
  const { scenario, issues } = parseScenario(text, file.pathname);
  if (scenario === undefined) return { loaded: undefined, issues };
  const imports = new Map(
    tracesOf(scenario).map((trace) => [
      traceKey(trace),
      importTrace(trace.file, readFileSync(new URL(trace.file, file)), trace),
    ]),
  );
  const outcome = loadScenario(text, imports, file.pathname);
  return { loaded: outcome.loaded, issues: outcome.issues };
}

/** A scenario that must be without errors. */
export function loadedScenario(file: URL): LoadedScenario {
  const { loaded, issues } = readScenario(file);
  if (loaded === undefined) throw new Error(`${file.pathname}: ${JSON.stringify(issues)}`);
  return loaded;
}

export function runToEnd(loaded: LoadedScenario, job: Job): RunResult {
  const run = createRun(loaded, job);
  while (!run.advance(1_000_000).done);
  return run.result();
}
