import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  lstatSync,
  writeFileSync,
} from 'node:fs';
import * as promises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeAtomically } from '../../electron/atomic-write.ts';
import { Files } from '../../electron/files.ts';
import { openOutcome, saveOutcome } from '../../electron/ipc/contract.ts';
import { dialog } from './electron-stub.ts';

vi.mock('node:fs/promises', async (original) => ({ ...(await original<typeof promises>()) }));

const window = {} as never;
const kinds = [{ label: 'Scenario', extensions: ['yaml', 'yml'] }];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headroom-files-'));
  vi.clearAllMocks();
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const choosesToOpen = (...filePaths: string[]) =>
  dialog.showOpenDialog.mockResolvedValueOnce({ canceled: filePaths.length === 0, filePaths });
const choosesToSave = (filePath: string) =>
  dialog.showSaveDialog.mockResolvedValueOnce({ canceled: filePath === '', filePath });

describe('opening', () => {
  it('gives names and bytes, never paths', async () => {
    writeFileSync(join(folder, 'a.yaml'), 'schema: headroom/v1\n');
    choosesToOpen(join(folder, 'a.yaml'));
    const outcome = await new Files().open(window, { title: 'Open a scenario', kinds, multiple: false });
    expect(openOutcome.parse(outcome)).toMatchObject({ status: 'opened', files: [{ name: 'a.yaml' }] });
    expect(outcome.status === 'opened' && new TextDecoder().decode(outcome.files[0]?.bytes)).toBe(
      'schema: headroom/v1\n',
    );
    expect(JSON.stringify(outcome)).not.toContain(folder);
    expect(dialog.showOpenDialog).toHaveBeenCalledWith(window, {
      title: 'Open a scenario',
      filters: [{ name: 'Scenario', extensions: ['yaml', 'yml'] }],
      properties: ['openFile'],
    });
  });

  it('is cancelled when the dialog is', async () => {
    choosesToOpen();
    expect(await new Files().open(window, { title: 'Open', kinds, multiple: true })).toEqual({ status: 'cancelled' });
  });

  it('takes an empty file for what it is', async () => {
    writeFileSync(join(folder, 'empty.csv'), '');
    choosesToOpen(join(folder, 'empty.csv'));
    const outcome = await new Files().open(window, { title: 'Open', kinds, multiple: true });
    expect(outcome).toMatchObject({ status: 'opened', files: [{ name: 'empty.csv', bytes: new Uint8Array(0) }] });
  });

  it('says of every file why it could not be read', async () => {
    writeFileSync(join(folder, 'large.csv'), 'x'.repeat(2_000_001));
    mkdirSync(join(folder, 'folder.csv'));
    choosesToOpen(join(folder, 'large.csv'), join(folder, 'folder.csv'), join(folder, 'gone.csv'));
    const outcome = await new Files(1_000_000).open(window, { title: 'Open', kinds, multiple: true });
    expect(outcome).toEqual({
      status: 'failed',
      message:
        'large.csv could not be opened: it has 2 MB, and this way the limit is 1 MB; drop the file on the window, where it is read as it comes. ' +
        'folder.csv could not be opened: it is not a file. ' +
        'gone.csv could not be opened: it is not there any more.',
    });
  });
});

describe('saving', () => {
  const request = { suggestedName: 'a.yaml', kinds, content: 'new' };

  it('writes where the person chose', async () => {
    choosesToSave(join(folder, 'b.yaml'));
    const outcome = saveOutcome.parse(await new Files().save(window, request));
    expect(outcome).toMatchObject({ status: 'saved', name: 'b.yaml' });
    expect(readFileSync(join(folder, 'b.yaml'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['b.yaml']);
    expect(dialog.showSaveDialog).toHaveBeenCalledWith(window, {
      defaultPath: 'a.yaml',
      filters: [{ name: 'Scenario', extensions: ['yaml', 'yml'] }],
    });
  });

  it('is cancelled when the dialog is', async () => {
    choosesToSave('');
    expect(await new Files().save(window, request)).toEqual({ status: 'cancelled' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('writes in place, without asking, with the token of an opened or saved file', async () => {
    writeFileSync(join(folder, 'a.yaml'), 'old');
    choosesToOpen(join(folder, 'a.yaml'));
    const files = new Files();
    const opened = await files.open(window, { title: 'Open', kinds, multiple: false });
    const handle = opened.status === 'opened' ? opened.files[0]?.handle : undefined;
    if (handle === undefined) throw new Error('no handle');
    expect(await files.save(window, { ...request, handle })).toEqual({ status: 'saved', name: 'a.yaml', handle });
    expect(dialog.showSaveDialog).not.toHaveBeenCalled();
    expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).toBe('new');
  });

  it('asks again when the token is of another session', async () => {
    choosesToSave('');
    const handle = '0d1c8ca1-3f0e-4a4c-9b9a-4fd0f9f2d1aa';
    expect(await new Files().save(window, { ...request, handle })).toEqual({ status: 'cancelled' });
    expect(dialog.showSaveDialog).toHaveBeenCalledOnce();
  });

  it('keeps the old file, leaves nothing behind and says why when the disk is full', async () => {
    writeFileSync(join(folder, 'a.yaml'), 'old');
    choosesToSave(join(folder, 'a.yaml'));
    const { open } = await vi.importActual<typeof promises>('node:fs/promises');
    vi.spyOn(promises, 'open').mockImplementation(async (...args) => {
      const file = await open(...args);
      vi.spyOn(file, 'sync').mockRejectedValue(Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' }));
      return file;
    });
    expect(await new Files().save(window, request)).toEqual({
      status: 'failed',
      message: 'a.yaml could not be saved: the disk is full; make room or choose another one.',
    });
    expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.yaml']);
  });

  it('keeps the old file when it cannot be replaced', async () => {
    writeFileSync(join(folder, 'a.yaml'), 'old');
    vi.spyOn(promises, 'rename').mockRejectedValue(Object.assign(new Error('EPERM'), { code: 'EPERM' }));
    await expect(writeAtomically(join(folder, 'a.yaml'), 'new')).rejects.toThrow('EPERM');
    expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.yaml']);
  });

  it('says so when the folder is gone', async () => {
    choosesToSave(join(folder, 'gone', 'a.yaml'));
    expect(await new Files().save(window, request)).toEqual({
      status: 'failed',
      message: 'a.yaml could not be saved: it is not there any more.',
    });
  });

  it('writes through a link and keeps it a link', async () => {
    writeFileSync(join(folder, 'real.yaml'), 'old');
    symlinkSync(join(folder, 'real.yaml'), join(folder, 'link.yaml'));
    await writeAtomically(join(folder, 'link.yaml'), new TextEncoder().encode('new'));
    expect(lstatSync(join(folder, 'link.yaml')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'real.yaml'), 'utf8')).toBe('new');
  });
});
