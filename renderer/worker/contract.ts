import type {
  Job,
  LoadedScenario,
  LoadOutcome,
  RunResult,
  TraceImport,
  TraceInspection,
  TraceMapping,
} from '../../sim-core/index.ts';

/** What a finished, cancelled or failed job sends back. Plain data: errors lose their type on the way. */
export type JobOutcome =
  | { readonly status: 'done'; readonly result: RunResult }
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly message: string };

/** The simulation as the page sees it, on the other side of a worker. */
export interface SimulationService {
  /** Parses the scenario and reads its traces. Slow for long traces, which is why it is done here. */
  load(text: string, files: ReadonlyMap<string, Uint8Array>, fileName?: string): LoadOutcome;
  /** Keeps a loaded scenario for the jobs that follow; replaces the one before. */
  prepare(key: string, loaded: LoadedScenario): void;
  /**
   * Runs one policy, one replication of the prepared scenario.
   *
   * @param onProgress told the fraction done, at most ten times a second; also the sign of life
   */
  execute(key: string, job: Job, onProgress: (fraction: number) => void): Promise<JobOutcome>;
  /** Ends the job under way at its next slice, within about 50 ms. */
  cancel(): void;
  /** What a trace file seems to hold, with a mapping to start from. */
  inspectTrace(fileName: string, bytes: Uint8Array): TraceInspection;
  /** The same file read with another mapping. */
  importTrace(fileName: string, bytes: Uint8Array, mapping: Omit<TraceMapping, 'file'>): TraceImport;
}
