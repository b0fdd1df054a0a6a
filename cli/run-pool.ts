import type { Job, RunResult } from '../sim-core/index.ts';

/** Executes runs, several at once. */
export interface RunPool {
  execute(job: Job, onProgress: (fraction: number) => void): Promise<RunResult>;
  /** what the person should know about how the runs went: a worker that had to be started again */
  readonly notes: readonly string[];
  /** Ends everything; runs under way are rejected with PoolClosed. */
  close(): Promise<void>;
}

/** The pool was closed while a run was under way. */
export class PoolClosed extends Error {
  override readonly name = 'PoolClosed';
}
