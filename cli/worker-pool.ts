/// <reference path="./comlink-node-adapter.d.ts" />
import { proxy, wrap } from 'comlink';
import type { Remote } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { Worker } from 'node:worker_threads';
import type { Job, LoadedScenario, RunResult } from '../sim-core/index.ts';
import { PoolClosed } from './run-pool.ts';
import type { RunPool } from './run-pool.ts';
import { Silence, watchSilence } from './silence-watch.ts';
import type { WorkerApi } from './worker-api.ts';

/**
 * MB. What a run throws away it throws away at once, so a small young generation serves it as well as one of 48 MB, which V8
 * would fill before it looks.
 */
export const maxYoungGenerationSizeMb = 6;

export interface PoolLimits {
  /**
   * A run of a policy of the person's own that is silent for this long is ended. Its steps are counted, but one step can
   * be made to copy a great deal.
   */
  readonly silenceMilliseconds?: number;
}

/** A worker thread with the scenario loaded. `dead` rejects when it ends, however it ends. */
interface Crew {
  readonly worker: Worker;
  readonly api: Remote<WorkerApi>;
  readonly ready: Promise<void>;
  readonly dead: Promise<never>;
}

/**
 * A pool of worker threads. A worker that dies is started again once, and its run repeated from the beginning: the
 * result is the same, because a run depends on nothing but the scenario and the job.
 *
 * @param workerFile the bundled worker.ts
 */
export function createWorkerPool(
  loaded: LoadedScenario,
  size: number,
  workerFile: URL,
  { silenceMilliseconds = 60_000 }: PoolLimits = {},
): RunPool {
  const notes: string[] = [];
  const idle: Crew[] = [];
  const all = new Set<Crew>();
  const waiting: { resolve(crew: Crew): void; reject(error: Error): void }[] = [];
  let closed = false;
  let restarts = 0;

  const start = (): Crew => {
    const worker = new Worker(workerFile, { resourceLimits: { maxYoungGenerationSizeMb } });
    const api = wrap<WorkerApi>(nodeEndpoint(worker));
    const dead = new Promise<never>((_, reject) => {
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`it ended with code ${code}`)));
    });
    // Nobody may be listening when an idle worker ends; the next one to use it will notice.
    dead.catch(() => undefined);
    const crew: Crew = { worker, api, ready: Promise.race([api.load(loaded), dead]), dead };
    crew.ready.catch(() => undefined);
    all.add(crew);
    return crew;
  };
  const acquire = (): Crew | Promise<Crew> => {
    const free = idle.pop();
    if (free !== undefined) return free;
    return all.size < size ? start() : new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  };
  const release = (crew: Crew): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(crew);
    else next.resolve(crew);
  };

  /** Whether the worker, rather than the job, was at fault: errors of a job come back as answers of a living worker. */
  const execute = async (job: Job, onProgress: (fraction: number) => void): Promise<RunResult> => {
    if (closed) throw new PoolClosed();
    let crew = await acquire();
    for (;;) {
      let died = false;
      const watch = watchSilence(isOwnPolicy(loaded, job) ? silenceMilliseconds : Infinity);
      const dead = crew.dead.catch((cause: unknown) => {
        died = true;
        throw cause;
      });
      try {
        const attempt = crew;
        const result = await Promise.race([
          dead,
          watch.silent,
          attempt.ready.then(() =>
            attempt.api.execute(
              job,
              proxy((fraction) => {
                watch.heard();
                onProgress(fraction);
              }),
            ),
          ),
        ]);
        release(crew);
        return result;
      } catch (cause) {
        if (closed) throw new PoolClosed();
        if (cause instanceof Silence) {
          all.delete(crew);
          void crew.worker.terminate();
          const next = waiting.shift();
          next?.resolve(start());
          throw new Error(
            `${job.policy}, replication ${job.replication}: its policy computed for more than ${silenceMilliseconds / 1000} s at one stretch and was stopped. Let it do less in one step, such as copying or comparing large values.`,
          );
        }
        if (!died) {
          release(crew);
          throw cause;
        }
        all.delete(crew);
        const why = cause instanceof Error ? cause.message : String(cause);
        if (restarts > 0) throw new Error(`Worker threads keep stopping (${why}). Try fewer with --workers 1.`);
        restarts++;
        notes.push(`A worker thread stopped (${why}) and was started again; its run was repeated.`);
        crew = start();
      } finally {
        watch.end();
      }
    }
  };

  return {
    execute,
    notes,
    async close() {
      closed = true;
      for (const { reject } of waiting.splice(0)) reject(new PoolClosed());
      await Promise.all([...all].map(({ worker }) => worker.terminate()));
    },
  };
}

const isOwnPolicy = ({ scenario }: LoadedScenario, job: Job): boolean =>
  scenario.policies.some(({ name, controller }) => name === job.policy && controller.custom !== undefined);
