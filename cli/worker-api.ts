import type { Job, LoadedScenario, RunResult } from '../sim-core/index.ts';

/** What a worker thread offers to the pool. */
export interface WorkerApi {
  /** Keeps the scenario for the runs that follow. */
  load(loaded: LoadedScenario): void;
  execute(job: Job, onProgress: (fraction: number) => void): Promise<RunResult>;
}
