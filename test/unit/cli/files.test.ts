import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { readText, writeAtomically } from '../../../cli/files.ts';

let folder = mkdtempSync(join(tmpdir(), 'headroom-files-'));
const parent = folder;
beforeEach(() => {
  folder = mkdtempSync(join(parent, 'case-'));
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

describe('writeAtomically', () => {
  it('writes a new file and replaces an old one, leaving nothing else behind', async () => {
    await writeAtomically(folder, 'a.txt', 'one');
    await writeAtomically(folder, 'a.txt', Uint8Array.of(116, 119, 111));
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('two');
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  it('keeps the previous version when writing fails half way', async () => {
    writeFileSync(join(folder, 'a.txt'), 'precious');
    async function* half() {
      yield 'half of it';
      await Promise.resolve();
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    }
    await expect(writeAtomically(folder, 'a.txt', half() as unknown as string)).rejects.toThrow(
      'the disk is full. The previous version is untouched.',
    );
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('precious');
    expect(readdirSync(folder)).toEqual(['a.txt']);
  });

  it('says when the folder is missing, or the name is a folder', async () => {
    mkdirSync(join(folder, 'sub'));
    await expect(writeAtomically(folder, 'no/a.txt', 'x')).rejects.toThrow(
      'no/a.txt cannot be written: there is no folder no. Create it first.',
    );
    await expect(writeAtomically(folder, 'sub', 'x')).rejects.toThrow('sub cannot be written');
    expect(readdirSync(folder)).toEqual(['sub']);
  });
});

describe('readText', () => {
  it('reads UTF-8 and UTF-16, with or without a byte-order mark', async () => {
    writeFileSync(join(folder, 'utf8'), 'µ');
    writeFileSync(join(folder, 'bom'), Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), Buffer.from('µ')]));
    writeFileSync(join(folder, 'utf16'), Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from('µ', 'utf16le')]));
    for (const name of ['utf8', 'bom', 'utf16']) expect(await readText(folder, name)).toBe('µ');
  });

  it('refuses other bytes', async () => {
    writeFileSync(join(folder, 'latin1'), Buffer.of(0xb5, 0x20, 0xe4));
    await expect(readText(folder, 'latin1')).rejects.toThrow('latin1 is not text in UTF-8.');
  });
});
