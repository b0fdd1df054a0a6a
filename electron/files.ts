import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BrowserWindow } from 'electron';
import { dialog } from 'electron';
import type {
  FileKind,
  OpenOutcome,
  OpenRequest,
  OpenedFile,
  SaveOutcome,
  SaveRequest,
} from '../renderer/platform/contract.ts';
import { writeAtomically } from './atomic-write.ts';
import { describeTrouble } from './file-trouble.ts';
import { maxFileBytes } from './ipc/channels.ts';

const filters = (kinds: readonly FileKind[]) =>
  kinds.map(({ label, extensions }) => ({ name: label, extensions: [...extensions] }));

/**
 * Files by native dialogs. The page gets names and bytes and, to save in place, a token: which paths may be written is
 * decided here, by what a person chose in a dialog of this session.
 */
export class Files {
  readonly #paths = new Map<string, string>();
  readonly #limit: number;

  constructor(limit = maxFileBytes) {
    this.#limit = limit;
  }

  async open(window: BrowserWindow, { title, kinds, multiple }: OpenRequest): Promise<OpenOutcome> {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      title,
      filters: filters(kinds),
      properties: multiple ? ['openFile', 'multiSelections'] : ['openFile'],
    });
    if (canceled || filePaths.length === 0) return { status: 'cancelled' };
    const { files, troubles } = await this.read(filePaths);
    return troubles.length > 0 ? { status: 'failed', message: troubles.join(' ') } : { status: 'opened', files };
  }

  /** Files a person named by other means: the command line, a double click. */
  async read(paths: readonly string[]): Promise<{ files: OpenedFile[]; troubles: string[] }> {
    const files: OpenedFile[] = [];
    const troubles: string[] = [];
    for (const path of paths) {
      const name = basename(path);
      try {
        const found = await stat(path);
        // A pipe or a device may never end.
        if (!found.isFile()) throw new Error('it is not a file');
        if (found.size > this.#limit) throw new Error(this.#tooLarge(found.size));
        const bytes = await readFile(path);
        files.push({ name, bytes: new Uint8Array(bytes), handle: this.#handleOf(path) });
      } catch (error) {
        troubles.push(describeTrouble(name, 'opened', error));
      }
    }
    return { files, troubles };
  }

  async save(window: BrowserWindow, { suggestedName, kinds, content, handle }: SaveRequest): Promise<SaveOutcome> {
    // A token of an earlier session is not known any more: then the person is asked again.
    const path =
      (handle === undefined ? undefined : this.#paths.get(handle)) ?? (await ask(window, suggestedName, kinds));
    if (path === undefined) return { status: 'cancelled' };
    const name = basename(path);
    try {
      await writeAtomically(path, content);
      return { status: 'saved', name, handle: this.#handleOf(path) };
    } catch (error) {
      return { status: 'failed', message: describeTrouble(name, 'saved', error) };
    }
  }

  #handleOf(path: string): string {
    for (const [handle, known] of this.#paths) if (known === path) return handle;
    const handle = randomUUID();
    this.#paths.set(handle, path);
    return handle;
  }

  #tooLarge(size: number): string {
    const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
    return `it has ${megabytes(size)}, and this way the limit is ${megabytes(this.#limit)}; drop the file on the window, where it is read as it comes`;
  }
}

async function ask(
  window: BrowserWindow,
  suggestedName: string,
  kinds: readonly FileKind[],
): Promise<string | undefined> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: suggestedName,
    filters: filters(kinds),
  });
  return canceled || filePath === '' ? undefined : filePath;
}
