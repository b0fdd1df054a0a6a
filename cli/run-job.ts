import { createSliceSizer, startRun } from '../sim-core/index.ts';
import type { Job, LoadedScenario, RunResult } from '../sim-core/index.ts';

const progressInterval = 100;

/** One run from start to end, telling its progress at most ten times a second. */
export async function runJob(
  loaded: LoadedScenario,
  job: Job,
  onProgress: (fraction: number) => void,
): Promise<RunResult> {
  const run = await startRun(loaded, job);
  const slices = createSliceSizer();
  let told = performance.now();
  let before = told;
  for (;;) {
    const { done, progress } = run.advance(slices.size());
    if (done) return run.result();
    const now = performance.now();
    slices.measured(now - before);
    before = now;
    if (now - told < progressInterval) continue;
    told = now;
    onProgress(progress);
  }
}
