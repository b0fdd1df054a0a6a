import { createRun, runComparison, type Comparison, type LoadedScenario } from '../../sim-core/index.ts';
import { loadScenario } from '../../sim-core/index.ts';

/** A scenario that is known to be right. */
export function loadText(text: string): LoadedScenario {
  const { loaded, issues } = loadScenario(text, new Map());
  if (loaded === undefined) throw new Error(issues.map(({ message }) => message).join('\n'));
  return loaded;
}

/**
 * A whole comparison on this thread, `parallel` runs at once that end in an order of their own.
 */
export function compareInline(loaded: LoadedScenario, parallel = 1): Promise<Comparison> {
  let turn = 0;
  return runComparison(loaded, {
    parallel,
    execute: async (job) => {
      for (let wait = (turn++ * 7) % 5; wait > 0; wait--) await Promise.resolve();
      const run = createRun(loaded, job);
      while (!run.advance(1e6).done);
      return run.result();
    },
  });
}
