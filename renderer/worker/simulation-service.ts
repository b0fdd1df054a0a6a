import { transfer } from 'comlink';
import { createSliceSizer, explainMisfit, startRun, loadScenarioWith, transferablesOf } from '../../sim-core/index.ts';
import type { LoadedScenario, Run } from '../../sim-core/index.ts';
import { atIntervals } from './at-intervals.ts';
import type { Outcome, SimulationService } from './contract.ts';
import { createPause } from './pause.ts';
import { createTraceImports } from './trace-imports.ts';

/** Thrown out of work that is no longer wanted. */
class Cancelled extends Error {}

/** The worker's side: one job at a time, in slices, listening in between. */
export function createSimulationService(): SimulationService {
  const pause = createPause();
  const imports = createTraceImports();
  let prepared: { readonly key: string; readonly loaded: LoadedScenario } | null = null;
  /** Each job has its own flag, so that a cancel can only ever meet the job it was meant for. */
  let underWay = { cancelled: false };
  /**
   * The newest run on the fluid engine, never looked at again: while one lives, V8 keeps the code compiled for the shape of its objects; without
   * any the next run would start slow.
   */
  const kept: { run?: Run } = {};

  /** Work on the prepared scenario. Whatever begins ends what is under way. */
  async function attended<Result>(
    key: string,
    work: (loaded: LoadedScenario, isCancelled: () => boolean) => Promise<Result>,
  ): Promise<Outcome<Result>> {
    if (prepared?.key !== key) return { status: 'failed', message: 'The worker was not given this scenario.' };
    underWay.cancelled = true;
    const own = { cancelled: false };
    underWay = own;
    try {
      return { status: 'done', result: await work(prepared.loaded, () => own.cancelled) };
    } catch (error) {
      if (error instanceof Cancelled) return { status: 'cancelled' };
      return { status: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Brings a run to its end, listening in between. @throws Cancelled */
  async function inSlices(run: Run, isCancelled: () => boolean, onProgress: (fraction: number) => void): Promise<void> {
    const slices = createSliceSizer();
    const tell = atIntervals(onProgress);
    // What comes before the first slice may have taken a while.
    if (isCancelled()) throw new Cancelled();
    for (;;) {
      const before = performance.now();
      const { done, progress } = run.advance(slices.size());
      if (done) return;
      slices.measured(performance.now() - before);
      tell(progress);
      await pause();
      if (isCancelled()) throw new Cancelled();
    }
  }

  return {
    load: (text, files, fileName) =>
      loadScenarioWith(
        text,
        async (mapping) => {
          const file = files.get(mapping.file);
          return file && imports.read(file, mapping);
        },
        fileName,
        async (name, most) => {
          const blob = files.get(name)?.blob;
          return blob && { size: blob.size, text: blob.size > most ? null : await blob.text() };
        },
      ),

    prepare(key, loaded) {
      prepared = { key, loaded };
    },

    async execute(key, job, onProgress) {
      const outcome = await attended(key, async (loaded, isCancelled) => {
        const run = await startRun(loaded, job);
        if (loaded.scenario.engine === 'fluid') kept.run = run;
        await inSlices(run, isCancelled, onProgress);
        return run.result();
      });
      return outcome.status === 'done' ? transfer(outcome, transferablesOf(outcome.result)) : outcome;
    },

    explain: (key, text, readings, onProgress) =>
      attended(key, (loaded, isCancelled) => {
        const tell = atIntervals(onProgress);
        let tried = 0;
        return explainMisfit(text, loaded, readings, {
          onProgress: (fraction) => tell((tried = fraction)),
          // Most of these runs are shorter than a slice.
          drive: async (run) => {
            await pause();
            await inSlices(run, isCancelled, () => tell(tried));
          },
        });
      }),

    cancel() {
      underWay.cancelled = true;
    },

    importTrace: (fileName, blob, mapping, onProgress) => imports.import(fileName, blob, mapping, onProgress),
    cancelImport: () => imports.cancel(),
  };
}
