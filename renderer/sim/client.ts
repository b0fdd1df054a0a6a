import type {
  ImportMapping,
  Job,
  LoadedScenario,
  LoadOutcome,
  Misfit,
  RecordedReadings,
  RunResult,
  TraceImport,
} from '../../sim-core/index.ts';
import type { JobOutcome, Outcome, TraceBlob } from '../worker/contract.ts';
import { callableFromWorker, type StartWorker, type WorkerHandle } from './worker-handle.ts';

export interface RunProgress {
  /** 0 … 1 over all jobs */
  readonly fraction: number;
  readonly done: number;
  readonly total: number;
}

export interface RunRequest {
  /** Names the loaded scenario: workers that hold it already are not given it again. */
  readonly key: string;
  readonly loaded: LoadedScenario;
  /** In the order they should start. */
  readonly jobs: readonly Job[];
  onResult(result: RunResult): void;
  /** At most ten times a second. */
  onProgress(progress: RunProgress): void;
  /** Something a person should know though the run goes on: a worker was restarted, say. */
  onNotice(message: string): void;
}

export type RunEnd =
  | { readonly status: 'done' }
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly message: string };

export interface RunTask {
  readonly ended: Promise<RunEnd>;
  cancel(): void;
}

export interface ExplainRequest {
  /** as of a RunRequest */
  readonly key: string;
  readonly loaded: LoadedScenario;
  /** what `loaded` was read from */
  readonly text: string;
  readonly readings: RecordedReadings;
  /** At most ten times a second. */
  onProgress(fraction: number): void;
}

export interface ExplainTask {
  readonly ended: Promise<Outcome<Misfit>>;
  cancel(): void;
}

/** The simulation, wherever it runs. Stores know only this. */
export interface SimulationClient {
  readonly parallel: number;
  load(text: string, files: ReadonlyMap<string, TraceBlob>, fileName?: string): Promise<LoadOutcome>;
  /** One at a time: the next ends the one before. @returns null when it was cancelled */
  importTrace(
    fileName: string,
    blob: Blob,
    mapping: ImportMapping,
    onProgress: (fraction: number) => void,
  ): Promise<TraceImport | null>;
  cancelImport(): void;
  run(request: RunRequest): RunTask;
  /** Looks for what explains a misfit, on one worker. */
  explain(request: ExplainRequest): ExplainTask;
}

interface Slot {
  handle: WorkerHandle;
  preparedKey: string | null;
  broken: Promise<string>;
  /** for whoever else waits for this worker */
  giveUp(reason: string): void;
}

export interface PoolOptions {
  readonly size: number;
  readonly start: StartWorker;
  /** A worker that is silent for this long is taken for dead. */
  readonly silenceMilliseconds?: number;
  /** A worker that has not answered a cancel after this long is replaced. */
  readonly cancelMilliseconds?: number;
}

/** As many workers as the machine has processors, within reason. */
export function poolSize(processors: number | undefined): number {
  return Math.max(1, Math.min(processors ?? 2, 8));
}

const progressIntervalMilliseconds = 100;
const attemptsPerJob = 2;

/** Spreads jobs over a pool of workers; replaces those that break and says so. */
export function createSimulationClient(options: PoolOptions): SimulationClient {
  const silence = options.silenceMilliseconds ?? 30_000;
  const cancelPatience = options.cancelMilliseconds ?? 500;
  const slots: (Slot | undefined)[] = Array.from({ length: options.size }, () => undefined);

  function slotAt(index: number): Slot {
    const existing = slots[index];
    if (existing) return existing;
    const handle = options.start();
    let giveUp: Slot['giveUp'] = () => {};
    const broken = new Promise<string>((resolve) => (giveUp = resolve));
    handle.onBroken(giveUp);
    const slot: Slot = { handle, preparedKey: null, broken, giveUp };
    slots[index] = slot;
    return slot;
  }

  function discard(index: number): void {
    const slot = slots[index];
    slots[index] = undefined;
    slot?.handle.terminate();
    // A run that began behind the one that was cancelled may wait for it, too.
    slot?.giveUp('it did not listen');
  }

  /** The call's answer, or a rejection when the worker breaks meanwhile. */
  async function answered<T>(index: number, slot: Slot, call: Promise<T>): Promise<T> {
    const broken = slot.broken.then((reason): never => {
      if (slots[index] === slot) discard(index);
      throw new Error(reason);
    });
    return Promise.race([call, broken]);
  }

  /**
   * Work of one worker on a loaded scenario, under eyes: it is given the scenario unless it holds it, has to show signs of
   * life, and is told to stop when one of `stopListeners` is called.
   *
   * @throws when the worker breaks or falls silent
   */
  async function attended<Result>(
    index: number,
    { key, loaded }: Pick<RunRequest, 'key' | 'loaded'>,
    stopListeners: Set<() => void>,
    work: (service: WorkerHandle['service'], heard: () => void) => Promise<Outcome<Result>>,
  ): Promise<Outcome<Result>> {
    const slot = slotAt(index);
    let heard = performance.now();
    let timer: ReturnType<typeof setInterval> | undefined;
    let patience: ReturnType<typeof setTimeout> | undefined;
    let onStop: (() => void) | undefined;
    const silent = new Promise<never>((_, reject) => {
      timer = setInterval(
        () => {
          if (performance.now() - heard <= silence) return;
          if (slots[index] === slot) discard(index);
          reject(new Error(`no answer for ${Math.round(silence / 1000)} s`));
        },
        Math.min(1000, silence),
      );
    });
    const stopped = new Promise<Outcome<Result>>((resolve) => {
      onStop = () => {
        void slot.handle.service.cancel();
        patience = setTimeout(() => {
          if (slots[index] === slot) discard(index);
          resolve({ status: 'cancelled' });
        }, cancelPatience);
      };
      stopListeners.add(onStop);
    });
    const prepareAndWork = async (): Promise<Outcome<Result>> => {
      if (slot.preparedKey !== key) {
        await answered(index, slot, slot.handle.service.prepare(key, loaded));
        slot.preparedKey = key;
      }
      return answered(
        index,
        slot,
        work(slot.handle.service, () => (heard = performance.now())),
      );
    };
    try {
      return await Promise.race([prepareAndWork(), silent, stopped]);
    } finally {
      clearInterval(timer);
      clearTimeout(patience);
      if (onStop) stopListeners.delete(onStop);
    }
  }

  function explain({ text, readings, onProgress, ...request }: ExplainRequest): ExplainTask {
    let cancelled = false;
    const stopListeners = new Set<() => void>();
    const ended = attended<Misfit>(0, request, stopListeners, (service, heard) =>
      cancelled
        ? Promise.resolve({ status: 'cancelled' })
        : service.explain(
            request.key,
            text,
            readings,
            callableFromWorker((fraction: number) => {
              heard();
              onProgress(fraction);
            }),
          ),
    ).catch((error: unknown): Outcome<Misfit> => {
      const reason = error instanceof Error ? error.message : String(error);
      return { status: 'failed', message: `The worker stopped (${reason}).` };
    });
    return {
      ended,
      cancel() {
        cancelled = true;
        for (const listener of stopListeners) listener();
      },
    };
  }

  function run(request: RunRequest): RunTask {
    const waiting = request.jobs.map((job) => ({ job, attempts: 0 }));
    const total = waiting.length;
    const running = new Map<number, number>();
    let done = 0;
    let told = 0;
    let cancelled = false;
    let failure: string | null = null;
    const stopListeners = new Set<() => void>();

    function tell(force: boolean): void {
      const now = performance.now();
      if (!force && now - told < progressIntervalMilliseconds) return;
      told = now;
      let partial = 0;
      for (const fraction of running.values()) partial += fraction;
      request.onProgress({ fraction: total === 0 ? 1 : Math.min(1, (done + partial) / total), done, total });
    }

    const executeOn = (index: number, job: Job): Promise<JobOutcome> =>
      attended(index, request, stopListeners, (service, heard) =>
        cancelled
          ? Promise.resolve({ status: 'cancelled' })
          : service.execute(
              request.key,
              job,
              callableFromWorker((fraction: number) => {
                heard();
                running.set(index, fraction);
                tell(false);
              }),
            ),
      );

    async function lane(index: number): Promise<void> {
      for (;;) {
        if (cancelled || failure !== null) return;
        const next = waiting.shift();
        if (!next) return;
        running.set(index, 0);
        try {
          const outcome = await executeOn(index, next.job);
          running.delete(index);
          if (cancelled || outcome.status === 'cancelled') return;
          if (outcome.status === 'failed') {
            failure ??= `${next.job.policy}, replication ${next.job.replication + 1}: ${outcome.message}`;
            stop();
            return;
          }
          done += 1;
          request.onResult(outcome.result);
          tell(true);
        } catch (error) {
          running.delete(index);
          if (cancelled || failure !== null) return;
          const reason = error instanceof Error ? error.message : String(error);
          next.attempts += 1;
          if (next.attempts >= attemptsPerJob) {
            failure = `${next.job.policy}, replication ${next.job.replication + 1}: its worker stopped ${next.attempts} times (${reason}). Try fewer requests or a longer recording interval.`;
            stop();
            return;
          }
          waiting.unshift(next);
          request.onNotice(`A worker stopped (${reason}) and was restarted; its run starts again.`);
        }
      }
    }

    function stop(): void {
      for (const listener of stopListeners) listener();
    }

    tell(true);
    const lanes = Array.from({ length: Math.min(options.size, Math.max(1, total)) }, (_, index) => lane(index));
    const ended = Promise.all(lanes).then((): RunEnd => {
      if (cancelled) return { status: 'cancelled' };
      if (failure !== null) return { status: 'failed', message: failure };
      return { status: 'done' };
    });
    return {
      ended,
      cancel() {
        if (cancelled) return;
        cancelled = true;
        stop();
      },
    };
  }

  return {
    parallel: options.size,
    load: async (text, files, fileName) => {
      const slot = slotAt(0);
      return answered(0, slot, slot.handle.service.load(text, files, fileName));
    },
    importTrace: async (fileName, blob, mapping, onProgress) => {
      const slot = slotAt(0);
      const call: Promise<TraceImport | null> = slot.handle.service.importTrace(
        fileName,
        blob,
        mapping,
        callableFromWorker(onProgress),
      );
      return answered(0, slot, call);
    },
    cancelImport: () => void slots[0]?.handle.service.cancelImport(),
    run,
    explain,
  };
}
