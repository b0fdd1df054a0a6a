import { availableParallelism } from 'node:os';
import type { WriteStream } from 'node:tty';
import { ask } from './ask.ts';
import type { Host, Output } from './host.ts';
import { createWorkerPool } from './worker-pool.ts';

/** The machine as Node shows it. */
export function nodeHost(): Host {
  return {
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    directory: process.cwd(),
    cores: availableParallelism(),
    now: () => Date.now(),
    // Bundled, both modules lie beside each other.
    createPool: (loaded, size) => createWorkerPool(loaded, size, new URL('./worker.js', import.meta.url)),
    ask,
    onInterrupt(listener) {
      process.once('SIGINT', listener);
      process.once('SIGTERM', listener);
      return () => {
        process.off('SIGINT', listener);
        process.off('SIGTERM', listener);
      };
    },
  };
}

function outputTo(stream: WriteStream): Output {
  // A reader that has seen enough (`| head`) is no error.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const refused = NO_COLOR !== undefined && NO_COLOR !== '';
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0';
  return {
    write: (data) => void stream.write(data),
    isTerminal: stream.isTTY === true,
    colours: !refused && (forced || (stream.isTTY === true && process.env['TERM'] !== 'dumb')),
  };
}
