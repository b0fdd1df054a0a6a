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

/** What finished, cancelled or failed work sends back. Plain data: errors lose their type on the way. */
export type Outcome<Result> =
  | { readonly status: 'done'; readonly result: Result }
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly message: string };
export type JobOutcome = Outcome<RunResult>;

/** A trace or a policy's file, whose bytes are read only when they are needed, and a number that changes with its content. */
export interface TraceBlob {
  readonly blob: Blob;
  readonly version: number;
}

/** The simulation as the page sees it, on the other side of a worker. */
export interface SimulationService {
  /**
   * Parses the scenario and reads its traces and policies. Slow for long traces, which is why it is done here; traces read before are
   * remembered.
   *
   * @param files by the name the scenario gives them
   */
  load(text: string, files: ReadonlyMap<string, TraceBlob>, fileName?: string): Promise<LoadOutcome>;
  /** Keeps a loaded scenario for the jobs that follow; replaces the one before. */
  prepare(key: string, loaded: LoadedScenario): void;
  /**
   * Runs one policy, one replication of the prepared scenario.
   *
   * @param onProgress told the fraction done, at most ten times a second; also the sign of life
   */
  execute(key: string, job: Job, onProgress: (fraction: number) => void): Promise<JobOutcome>;
  /**
   * Looks for what explains a misfit of the prepared scenario: one run after another.
   *
   * @param text what the prepared scenario was read from
   * @param onProgress as of `execute`
   */
  explain(
    key: string,
    text: string,
    readings: RecordedReadings,
    onProgress: (fraction: number) => void,
  ): Promise<Outcome<Misfit>>;
  /** Ends the job or the search under way at its next slice, within about 20 ms. */
  cancel(): void;
  /**
   * What a trace file holds, read as the mapping says and, where it is silent, as the file seems to be.
   *
   * @param onProgress told the fraction read, at most ten times a second
   * @returns null when it was cancelled; one that begins while another is under way ends that
   */
  importTrace(
    fileName: string,
    blob: Blob,
    mapping: ImportMapping,
    onProgress: (fraction: number) => void,
  ): Promise<TraceImport | null>;
  /** Ends the import under way at its next chunk. */
  cancelImport(): void;
}
