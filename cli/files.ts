import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { nearestKey } from '../sim-core/index.ts';
import type { TraceFile } from '../sim-core/index.ts';
import { UserError } from './user-error.ts';

/** Node reads no larger file at once. */
const largestFile = 2 ** 31 - 1;
/** Bytes read at once from a trace. */
const chunkLength = 262_144;

/** @throws UserError that says why, and what was probably meant */
export async function readBytes(folder: string, file: string): Promise<Uint8Array> {
  const { size } = await aboutFile(folder, file);
  if (size > largestFile)
    throw new UserError(`${file} has ${(size / 1e9).toFixed(1)} GB, which is too much for anything but a trace.`);
  return explained(folder, file, () => readFile(resolve(folder, file)));
}

async function aboutFile(folder: string, file: string): Promise<{ size: number }> {
  const about = await explained(folder, file, () => stat(resolve(folder, file)));
  if (about.isDirectory()) throw new UserError(`${file} is a folder. Name a file in it.`);
  if (!about.isFile()) throw new UserError(`${file} is not a regular file. Save its content to one first.`);
  return about;
}

async function explained<T>(folder: string, file: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new UserError(await explain(resolve(folder, file), file, error as NodeJS.ErrnoException, 'read'));
  }
}

/** The first bytes of a file. @throws UserError */
export async function readHead(folder: string, file: string, length: number): Promise<Uint8Array> {
  await aboutFile(folder, file);
  return explained(folder, file, async () => {
    const handle = await open(resolve(folder, file));
    try {
      const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(length), position: 0 });
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  });
}

/** A file to be imported: read as it comes, however large. @throws UserError when it cannot be opened */
export async function openTraceFile(folder: string, file: string, name: string): Promise<TraceFile> {
  const path = resolve(folder, file);
  const { size } = await aboutFile(folder, file);
  return {
    name,
    size,
    async *open() {
      try {
        yield* createReadStream(path, { highWaterMark: chunkLength }) as AsyncIterable<Buffer>;
      } catch (error) {
        throw new UserError(await explain(path, file, error as NodeJS.ErrnoException, 'read'));
      }
    },
    ranges: {
      size,
      read: (start, end) =>
        explained(folder, file, async () => {
          const handle = await open(path);
          try {
            const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(end - start), position: start });
            return buffer.subarray(0, bytesRead);
          } finally {
            await handle.close();
          }
        }),
    },
  };
}

/** @throws UserError when it is not text */
export async function readText(folder: string, file: string): Promise<string> {
  const bytes = await readBytes(folder, file);
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`${file} is not text in UTF-8. Save it as UTF-8 and try again.`);
  }
}

/** Text, unless the file has more bytes than `most`; its text is null then. @throws UserError as readText does */
export async function readTextUpTo(
  folder: string,
  file: string,
  most: number,
): Promise<{ readonly size: number; readonly text: string | null }> {
  const { size } = await aboutFile(folder, file);
  return { size, text: size > most ? null : await readText(folder, file) };
}

/**
 * Writes a whole file or nothing: into a temporary file beside it, flushed, then renamed over it. A full disk or a
 * crash leaves the previous version as it was.
 */
export async function writeAtomically(folder: string, named: string, data: string | Uint8Array): Promise<void> {
  const path = resolve(folder, named);
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const about = await stat(path).catch(() => undefined);
    if (about?.isDirectory() === true) throw Object.assign(new Error(), { code: 'EISDIR' });
    const file = await open(temporary, 'wx', about?.mode ?? 0o666);
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new UserError(await explain(path, named, error as NodeJS.ErrnoException, 'written'));
  }
}

async function explain(
  path: string,
  file: string,
  error: NodeJS.ErrnoException,
  what: 'read' | 'written',
): Promise<string> {
  switch (error.code) {
    case 'ENOENT': {
      if (what === 'written') return `${file} cannot be written: there is no folder ${dirname(file)}. Create it first.`;
      const neighbours = await readdir(dirname(path)).catch(() => []);
      const nearest = nearestKey(basename(path), neighbours);
      return `There is no file ${file}.${nearest === undefined ? '' : ` Did you mean ${join(dirname(file), nearest)}?`}`;
    }
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `${file} cannot be ${what}: permission is denied.`;
    case 'ENOSPC':
      return `${file} cannot be written: the disk is full. The previous version is untouched.`;
    case 'EISDIR':
    case 'ENOTDIR':
      return `${file} cannot be ${what}: it is, or lies in, something that is not a file in a folder.`;
    default:
      return `${file} cannot be ${what}: ${error.message}`;
  }
}
