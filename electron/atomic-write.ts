import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes a whole file or nothing: to a new file beside it, which then takes its place. A full disk or a crash leaves the
 * previous version as it was.
 *
 * @throws what the file system throws; the previous version is then untouched and no half file is left behind
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  // Through a link, so that the link stays one.
  const target = await realpath(path).catch(() => path);
  const mode = await stat(target).then(
    (old) => old.mode & 0o777,
    () => 0o666,
  );
  const partial = join(dirname(target), `.${basename(target)}.${randomUUID()}.part`);
  try {
    const file = await open(partial, 'wx', mode);
    try {
      await file.writeFile(content);
      // On the disk before the name points at it.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
