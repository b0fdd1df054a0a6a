import type { LoadedScenario, Reply } from '../sim-core/index.ts';
import type { RunPool } from './run-pool.ts';

/** Where text goes, and whether a person is watching. */
export interface Output {
  write(data: string | Uint8Array): void;
  readonly isTerminal: boolean;
  /** whether colours may be used here, before `--no-color` is asked */
  readonly colours: boolean;
}

/** What the commands need of the machine; tests hand in their own. */
export interface Host {
  readonly stdout: Output;
  readonly stderr: Output;
  /** folder that relative paths start from */
  readonly directory: string;
  /** runs worth having under way at once */
  readonly cores: number;
  /** Unix time, ms: for progress and reports, never for results */
  now(): number;
  createPool(loaded: LoadedScenario, size: number): RunPool;
  /** Sends one GET to a server the person named. Rejects with a reason in words when no reply comes. */
  ask(address: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Reply>;
  /** @returns takes the listener away again */
  onInterrupt(listener: () => void): () => void;
}
