import { FluidEngine } from '../fluid/fluid-engine.ts';
import { buildFluidModel } from '../scenario/build-fluid.ts';
import type { Job } from './job.ts';
import type { LoadedScenario } from './load.ts';
import { resultOf, type Run } from './run.ts';

/**
 * One run of the fluid engine, with the same columns, decisions and summary as `createRun` and a thousandth of its work.
 * What an expectation cannot show is not in it: counts are fractions, and luck plays no part but in start-up delays and
 * in noise of the rate. docs/fluid-accuracy.md holds how far it is from the request-level engine.
 */
export function createFluidRun(loaded: LoadedScenario, job: Job): Run {
  const { model, decisions } = buildFluidModel(loaded, job);
  const engine = new FluidEngine(model);
  return {
    advance: (maxArrivals) => {
      const done = engine.advance(maxArrivals);
      return { done, progress: done ? 1 : engine.time / model.horizon };
    },
    result: () => resultOf(engine.result(), decisions(), loaded.scenario, job, model.recordingInterval),
  };
}
