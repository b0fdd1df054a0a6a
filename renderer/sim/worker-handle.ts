import { proxy, releaseProxy, wrap } from 'comlink';
import type { Remote } from 'comlink';
import type { SimulationService } from '../worker/contract.ts';

/** One worker, seen from the page. */
export interface WorkerHandle {
  readonly service: Remote<SimulationService>;
  /** Calls back once when the worker itself breaks (not when a job reports a failure). */
  onBroken(listener: (reason: string) => void): void;
  terminate(): void;
}

export type StartWorker = () => WorkerHandle;

export const startSimulationWorker: StartWorker = () => {
  const worker = new Worker(new URL('../worker/simulation-worker.ts', import.meta.url), {
    type: 'module',
    name: 'simulation',
  });
  const service = wrap<SimulationService>(worker);
  return {
    service,
    onBroken(listener) {
      worker.addEventListener('error', (event) => listener(event.message || 'the worker stopped'));
      worker.addEventListener('messageerror', () => listener('a message of the worker could not be read'));
    },
    terminate() {
      service[releaseProxy]();
      worker.terminate();
    },
  };
};

/** A callback the worker can call. */
export const callableFromWorker = <T extends object>(callback: T): T => proxy(callback);
