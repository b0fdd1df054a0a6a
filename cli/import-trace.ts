import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { importFile, unpackFile } from '../sim-core/index.ts';
import type { ImportMapping, Issue, TraceImport } from '../sim-core/index.ts';
import { openTraceFile } from './files.ts';
import type { Host } from './host.ts';
import { createProgressBar } from './progress-bar.ts';

/** Files from this size on show how far they are, bytes. */
const longImport = 20_000_000;

/**
 * Reads a trace as it comes, packed or not; long ones show on standard error how far they are.
 *
 * @param name as messages call it
 * @throws UserError when the file cannot be read
 */
export async function importTraceFile(
  host: Host,
  folder: string,
  file: string,
  name: string,
  mapping: ImportMapping,
): Promise<TraceImport> {
  const source = await openTraceFile(folder, file, name);
  const bar = (source.size ?? 0) >= longImport ? createProgressBar(host) : undefined;
  try {
    return await importFile(source, mapping, {
      gunzip,
      onProgress: (bytes, size) => bar?.update(bytes / (size ?? Infinity), `of ${megabytes(size ?? bytes)} of ${name}`),
    });
  } finally {
    bar?.clear();
  }
}

/** Node holds no larger file at once, bytes. */
const largestInMemory = 2 ** 31 - 1;

/** A file whole, unpacked where it is packed. @throws UserError when it cannot be read */
export async function unpackedFile(
  host: Host,
  file: string,
): Promise<{ readonly bytes?: Uint8Array; readonly issues: readonly Issue[] }> {
  const source = await openTraceFile(host.directory, file, file);
  return unpackFile(source, { gunzip, largest: largestInMemory });
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const source = Readable.from(chunks, { objectMode: false });
  const unpacker = createGunzip({ chunkSize: 262_144 });
  // Without this, trouble in the source would leave the unpacker waiting for ever.
  source.once('error', (error) => unpacker.destroy(error));
  yield* source.pipe(unpacker) as AsyncIterable<Buffer>;
}
