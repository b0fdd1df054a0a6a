import { serviceOf } from '../scenario/build.ts';
import { beyondFluid } from '../scenario/engine-choice.ts';
import type { Job } from './job.ts';
import type { LoadedScenario } from './load.ts';
import { createRun, type Run } from './run.ts';

/** The same run on the fluid engine, whatever the scenario says. */
export function createFluidRun(loaded: LoadedScenario, job: Job): Run {
  return createRun({ ...loaded, scenario: { ...loaded.scenario, engine: 'fluid' } }, job);
}

/**
 * The scenario as a quick look at it runs: one replication on the fluid engine, nothing left out as warm-up that is not
 * stated. Undefined where the fluid engine does not know all of its settings.
 */
export function fluidPreviewOf(loaded: LoadedScenario): LoadedScenario | undefined {
  const { scenario } = loaded;
  if (beyondFluid(serviceOf(scenario)).length > 0) return undefined;
  const warmup = scenario.warmup === 'auto' ? 0 : scenario.warmup;
  return { ...loaded, scenario: { ...scenario, engine: 'fluid', replications: 1, antithetic: false, warmup } };
}
