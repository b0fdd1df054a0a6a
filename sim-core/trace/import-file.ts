import type { Issue } from '../issue.ts';
import { BrokenArchive } from './broken-archive.ts';
import type { TraceImport } from './contract.ts';
import { detectEncoding } from './encoding.ts';
import { headLength } from './file-head.ts';
import { Findings } from './findings.ts';
import type { ByteRanges } from './format.ts';
import { failedImport, ImportSession, openTrace, type ImportMapping, type OpenedTrace } from './import-session.ts';
import { unzstd } from './zstd-stream.ts';

/** A file as hosts give it: by name, in chunks, and by position where they can. */
export interface TraceFile {
  /** as shown in messages */
  readonly name: string;
  /** bytes as stored; undefined for a pipe */
  readonly size: number | undefined;
  /** The bytes as stored, from the first. Rejects when the host cannot read on; that rejection is passed on. */
  open(): AsyncIterable<Uint8Array>;
  /** Bytes by position; needed only for formats whose index stands at the end. */
  readonly ranges?: ByteRanges;
}

export interface ImportOptions {
  /** The host's way to unpack gzip. Rejects when the data is damaged or cut off. */
  gunzip(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** Told the bytes read of those stored, at most once a chunk. */
  onProgress?(bytes: number, size: number | undefined): void;
  /** Asked once a chunk; true ends the import with a rejection. */
  isCancelled?(): boolean;
}

/** Thrown out of an import that was cancelled. */
export class ImportCancelled extends Error {
  constructor() {
    super('The import was cancelled.');
  }
}

/**
 * Reads a file as it comes, unpacking gz and zst (recognised by their first bytes), in bounded memory.
 *
 * @throws ImportCancelled, and whatever the host's `open` rejects with
 */
export async function importFile(
  file: TraceFile,
  mapping: ImportMapping,
  options: ImportOptions,
): Promise<TraceImport> {
  let read = 0;
  const told = (bytes: number): void => {
    read = bytes;
    options.onProgress?.(bytes, file.size);
    if (options.isCancelled?.() === true) throw new ImportCancelled();
  };
  async function* stored(): AsyncIterable<Uint8Array> {
    for await (const chunk of file.open()) {
      told(read + chunk.length);
      yield chunk;
    }
  }
  const session = new ImportSession(file.name, mapping);
  try {
    for await (const chunk of unpacked(stored(), options)) {
      session.push(chunk);
      if (session.isRefused || session.format?.access === 'ranges') break;
    }
  } catch (error) {
    if (!(error instanceof BrokenArchive)) throw error;
    const findings = new Findings(file.name);
    findings.add('trace-broken-archive', 0, error.message);
    return failedImport(findings.issues());
  }
  session.endHead();
  if (session.format?.access === 'ranges' && file.ranges !== undefined)
    return importRanges(file, file.ranges, mapping, told);
  return session.end();
}

/** A whole file, unpacked as `importFile` would, in memory. What stands against it is an issue. */
export async function unpackFile(
  file: TraceFile,
  { gunzip, largest }: Pick<ImportOptions, 'gunzip'> & { /** bytes, unpacked */ readonly largest: number },
): Promise<{ readonly bytes?: Uint8Array; readonly issues: readonly Issue[] }> {
  const findings = new Findings(file.name);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of unpacked(file.open(), { gunzip })) {
      length += chunk.length;
      if (length > largest) {
        findings.add(
          'trace-too-large',
          0,
          `Unpacked it has more than ${Math.floor(largest / 1e6)} MB. Take a part of it.`,
        );
        return { issues: findings.issues() };
      }
      chunks.push(chunk.slice());
    }
  } catch (error) {
    if (!(error instanceof BrokenArchive)) throw error;
    findings.add('trace-broken-archive', 0, error.message);
    return { issues: findings.issues() };
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return { bytes, issues: [] };
}

async function importRanges(
  file: TraceFile,
  ranges: ByteRanges,
  mapping: ImportMapping,
  progress: (bytes: number) => void,
): Promise<TraceImport> {
  const first = await ranges.read(0, Math.min(headLength, ranges.size));
  const opened: OpenedTrace | { issues: TraceImport['issues'] } = openTrace(
    file.name,
    first,
    ranges.size <= headLength,
    mapping,
  );
  if ('issues' in opened) return failedImport(opened.issues);
  const { format, context } = opened;
  if (format.access !== 'ranges') throw new Error('The head of a file changed while it was read.');
  await format.readRanges(ranges, context, progress);
  return context.recording.finish();
}

async function* unpacked(
  chunks: AsyncIterable<Uint8Array>,
  { gunzip }: Pick<ImportOptions, 'gunzip'>,
): AsyncIterable<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await firstBytes(iterator, 6);
  const rest = joined(first, iterator);
  const encoding = first === undefined ? 'utf-8' : detectEncoding(first.subarray(0, 6));
  if (encoding === 'zstd') yield* unzstd(rest);
  else if (encoding === 'gzip') yield* asBroken(gunzip(rest));
  else yield* rest;
}

/** Chunks until there are so many bytes, in one piece; undefined for an empty file. */
async function firstBytes(iterator: AsyncIterator<Uint8Array>, count: number): Promise<Uint8Array | undefined> {
  let first: Uint8Array | undefined;
  while (first === undefined || first.length < count) {
    const next = await iterator.next();
    if (next.done === true) return first;
    const before: Uint8Array = first ?? new Uint8Array(0);
    const both = new Uint8Array(before.length + next.value.length);
    both.set(before);
    both.set(next.value, before.length);
    first = both;
  }
  return first;
}

async function* joined(first: Uint8Array | undefined, iterator: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    if (first !== undefined) yield first;
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

async function* asBroken(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    throw archiveError(error);
  }
}

function archiveError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ImportCancelled) return error;
  // What a host says about its files has a code of the operating system; what it says about the data has none or Z_….
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^E[A-Z]+$/.test(code) ? error : new BrokenArchive(error.message);
}
