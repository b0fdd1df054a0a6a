import { transfer } from 'comlink';
import { createSliceSizer, startRun, loadScenarioWith, transferablesOf } from '../../sim-core/index.ts';
import type { LoadedScenario, Run } from '../../sim-core/index.ts';
import type { JobOutcome, SimulationService } from './contract.ts';
import { createPause } from './pause.ts';
import { createTraceImports } from './trace-imports.ts';

const progressIntervalMilliseconds = 100;

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

  return {
    load: (text, files, fileName) =>
      loadScenarioWith(
        text,
        async (mapping) => {
          const file = files.get(mapping.file);
          return file && imports.read(file, mapping);
        },
        fileName,
      ),

    prepare(key, loaded) {
      prepared = { key, loaded };
    },

    async execute(key, job, onProgress): Promise<JobOutcome> {
      if (prepared?.key !== key) return { status: 'failed', message: 'The worker was not given this scenario.' };
      underWay.cancelled = true;
      const own = { cancelled: false };
      underWay = own;
      try {
        const run = await startRun(prepared.loaded, job);
        if (prepared.loaded.scenario.engine === 'fluid') kept.run = run;
        if (own.cancelled) return { status: 'cancelled' };
        const slices = createSliceSizer();
        let told = performance.now();
        for (;;) {
          const before = performance.now();
          const { done, progress } = run.advance(slices.size());
          const after = performance.now();
          if (done) break;
          slices.measured(after - before);
          if (after - told >= progressIntervalMilliseconds) {
            told = after;
            onProgress(progress);
          }
          await pause();
          if (own.cancelled) return { status: 'cancelled' };
        }
        const result = run.result();
        return transfer({ status: 'done', result }, transferablesOf(result));
      } catch (error) {
        return { status: 'failed', message: error instanceof Error ? error.message : String(error) };
      }
    },

    cancel() {
      underWay.cancelled = true;
    },

    importTrace: (fileName, blob, mapping, onProgress) => imports.import(fileName, blob, mapping, onProgress),
    cancelImport: () => imports.cancel(),
  };
}
