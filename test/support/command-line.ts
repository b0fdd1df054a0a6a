import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask } from '../../cli/ask.ts';
import type { Host, Output } from '../../cli/host.ts';
import { runCommandLine } from '../../cli/program.ts';
import { runJob } from '../../cli/run-job.ts';
import { PoolClosed } from '../../cli/run-pool.ts';
import type { RunPool } from '../../cli/run-pool.ts';
import type { LoadedScenario } from '../../sim-core/index.ts';

export interface Told {
  readonly exitCode: number;
  readonly stdout: string;
  /** raw, for what is not text */
  readonly bytes: Uint8Array;
  readonly stderr: string;
}

export interface Bench {
  /** where relative paths start */
  readonly folder: string;
  write(name: string, data: string | Uint8Array): void;
  run(words: string, changes?: Partial<HostSettings>): Promise<Told>;
  remove(): void;
}

interface HostSettings extends Pick<Host, 'ask'> {
  readonly terminal: boolean;
  readonly cores: number;
  createPool(loaded: LoadedScenario, size: number): RunPool;
  /** called with what an interrupt does, once somebody listens */
  interrupt(listener: () => void): void;
}

/** Runs everything in this thread, one run after the other. */
export function inlinePool(loaded: LoadedScenario): RunPool {
  let closed = false;
  return {
    notes: [],
    async execute(job, onProgress) {
      // As with threads, others get a turn between runs.
      await new Promise(setImmediate);
      if (closed) throw new PoolClosed();
      onProgress(0.5);
      return runJob(loaded, job, onProgress);
    },
    close() {
      closed = true;
      return Promise.resolve();
    },
  };
}

/** A folder of its own, and the command line as it would run there. */
export function createBench(): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-'));
  return {
    folder,
    write: (name, data) => writeFileSync(join(folder, name), data),
    remove: () => rmSync(folder, { recursive: true, force: true }),
    async run(words, changes = {}) {
      const out: (string | Uint8Array)[] = [];
      let stderr = '';
      const terminal = changes.terminal ?? false;
      const output = (write: Output['write']): Output => ({ write, isTerminal: terminal, colours: false });
      let clock = 1_780_000_000_000;
      const host: Host = {
        stdout: output((data) => void out.push(data)),
        stderr: output((data) => (stderr += String(data))),
        directory: folder,
        cores: changes.cores ?? 2,
        now: () => (clock += 150),
        createPool: changes.createPool ?? inlinePool,
        ask: changes.ask ?? ask,
        onInterrupt(listener) {
          changes.interrupt?.(listener);
          return () => undefined;
        },
      };
      const exitCode = await runCommandLine(
        words
          .split(' ')
          .filter((word) => word !== '')
          .map((word) => word.replaceAll('␣', ' ')),
        host,
      );
      const bytes = Buffer.concat(out.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
      return { exitCode, stdout: bytes.toString('utf8'), bytes, stderr };
    },
  };
}
