import type { Job } from './job.ts';
import type { LoadedScenario } from './load.ts';
import { createRun, type Run } from './run.ts';

/** The same run on the fluid engine, whatever the scenario says. */
export function createFluidRun(loaded: LoadedScenario, job: Job): Run {
  return createRun({ ...loaded, scenario: { ...loaded.scenario, engine: 'fluid' } }, job);
}
