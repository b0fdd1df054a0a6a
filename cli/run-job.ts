import { startRun } from '../sim-core/index.ts';
import type { Job, LoadedScenario, RunResult } from '../sim-core/index.ts';

/** Arrivals a slice: some 20 ms. Its size never changes a result. */
const slice = 200_000;
const progressInterval = 100;

/** One run from start to end, telling its progress at most ten times a second. */
export async function runJob(
  loaded: LoadedScenario,
  job: Job,
  onProgress: (fraction: number) => void,
): Promise<RunResult> {
  const run = await startRun(loaded, job);
  let told = performance.now();
  for (;;) {
    const { done, progress } = run.advance(slice);
    if (done) return run.result();
    const now = performance.now();
    if (now - told < progressInterval) continue;
    told = now;
    onProgress(progress);
  }
}
