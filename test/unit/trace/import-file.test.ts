import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { importFile, ImportCancelled } from '../../../sim-core/trace/import-file.ts';
import { importTrace } from '../../../sim-core/trace/import-session.ts';
import { createTraceImports } from '../../../renderer/worker/trace-imports.ts';
import { importBytes } from '../../support/trace-samples.ts';

const text = `time,rps\n${Array.from({ length: 3000 }, (_, i) => `${1_767_225_600 + i},${i % 7}.5\n`).join('')}`;
const plain = new TextEncoder().encode(text);
const whole = importTrace('t.csv', plain);

/** A Zstandard frame whose blocks are stored as they are (RFC 8878, 3.1.1). */
function zstd(content: Uint8Array): Uint8Array {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(content.length);
  const blocks: Buffer[] = [];
  for (let at = 0; at < content.length; at += 1000) {
    const part = content.subarray(at, at + 1000);
    const header = (part.length << 3) | (at + 1000 >= content.length ? 1 : 0);
    blocks.push(Buffer.from([header & 255, (header >> 8) & 255, header >> 16]), Buffer.from(part));
  }
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0]), size, ...blocks]);
}

describe('compressed traces', () => {
  it.each([
    ['gz', gzipSync(plain)],
    ['gz of several members', Buffer.concat([gzipSync(plain.subarray(0, 5000)), gzipSync(plain.subarray(5000))])],
    ['zst', zstd(plain)],
  ])('%s reads as the plain file does, whatever its name', async (_what, packed) => {
    for (const size of [1, 700, 65_536]) expect(await importBytes('t.csv', packed, {}, size)).toEqual(whole);
  });

  it.each([
    ['gz', gzipSync(plain)],
    ['zst', zstd(plain)],
  ])('%s that is cut off or damaged is refused with a reason', async (_what, packed) => {
    for (const cut of [20, packed.length >> 1, packed.length - 1]) {
      const { series, issues } = await importBytes('t.csv', packed.subarray(0, cut));
      expect(series).toBeUndefined();
      expect(issues.map(({ code }) => code)).toEqual(['trace-broken-archive']);
    }
  });
});

describe('a long import', () => {
  const fileOf = (opened: { read: number; returned: boolean }) => ({
    name: 't.csv',
    size: plain.length,
    async *open() {
      try {
        for (let at = 0; at < plain.length; at += 1000) {
          opened.read++;
          yield plain.subarray(at, at + 1000);
        }
      } finally {
        opened.returned = true;
      }
    },
  });

  it('tells how far it is', async () => {
    const told: number[] = [];
    const gunzip = (chunks: AsyncIterable<Uint8Array>) => chunks;
    await importFile(fileOf({ read: 0, returned: false }), {}, { gunzip, onProgress: (bytes) => told.push(bytes) });
    expect(told.at(-1)).toBe(plain.length);
    expect(told.every((bytes, i) => i === 0 || bytes > told[i - 1]!)).toBe(true);
  });

  it('ends at the next chunk when it is cancelled, and closes the file', async () => {
    const opened = { read: 0, returned: false };
    const options = { gunzip: (chunks: AsyncIterable<Uint8Array>) => chunks, isCancelled: () => opened.read >= 5 };
    await expect(importFile(fileOf(opened), {}, options)).rejects.toBeInstanceOf(ImportCancelled);
    expect(opened).toEqual({ read: 5, returned: true });
  });

  it('passes on what the host could not read', async () => {
    const failing = { name: 't', size: 1, open: () => Promise.reject(new Error('the disk is gone')) };
    const file = {
      ...failing,
      async *open(): AsyncIterable<Uint8Array> {
        yield plain.subarray(0, 100);
        await failing.open();
      },
    };
    await expect(importFile(file, {}, { gunzip: (chunks) => chunks })).rejects.toThrow('the disk is gone');
  });
});

describe('traces in the worker', () => {
  it('are unpacked by the browser’s own means, and read once for each way of reading them', async () => {
    const imports = createTraceImports();
    const trace = { blob: new Blob([gzipSync(plain)]), version: 1 };
    const first = await imports.read(trace, { file: 't.csv' });
    expect(first).toEqual(whole);
    expect(await imports.read(trace, { file: 't.csv' })).toBe(first);
    expect(await imports.read({ ...trace, version: 2 }, { file: 't.csv' })).not.toBe(first);
    expect((await imports.read(trace, { file: 't.csv', unit: 'requests/min' })).series?.rate[1]).toBe(1.5 / 60);
  });

  it('give nothing when they are cancelled', async () => {
    const imports = createTraceImports();
    const reading = imports.import('t.csv', new Blob([plain]), {}, () => {});
    imports.cancel();
    expect(await reading).toBeNull();
  });
});
