import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BrokenPage, PageCursor } from '../../../sim-core/trace/formats/parquet-cursor.ts';
import { walkDeltas } from '../../../sim-core/trace/formats/parquet-deltas.ts';
import { walkRuns } from '../../../sim-core/trace/formats/parquet-runs.ts';
import { unzstdPage } from '../../../sim-core/trace/formats/parquet-zstd.ts';
import { importBytes, sampleFolder } from '../../support/trace-samples.ts';

const cursor = (...bytes: number[]): PageCursor => new PageCursor(Uint8Array.from(bytes));

describe('runs of a Parquet page', () => {
  it('are walked as the specification packs 0 to 7 in three bits each', () => {
    // Encodings.md of the format: 0 … 7 of width 3 are 10001000 11000110 11111010.
    const page = cursor(0b11, 0b10001000, 0b11000110, 0b11111010);
    expect(walkRuns(page, 3, 8, 7, 5)).toBe(1);
    expect(page.left).toBe(0);
    expect(() => walkRuns(cursor(0b11, 0b10001000, 0b11000110, 0b11111010), 3, 8, 6)).toThrow(BrokenPage);
  });

  it('may be repeated values, of several bytes, and leave the padding of the last eight alone', () => {
    expect(walkRuns(cursor(20, 0x2c, 0x01, 3, 0, 0, 0xfc, 0xff, 0, 0, 0, 0, 0), 9, 12, 300, 300)).toBe(10);
    expect(walkRuns(cursor(3, 0b11111101), 1, 2, 1)).toBe(1);
  });

  it.each([
    ['repeated 2³¹ times', [0xfe, 0xff, 0xff, 0xff, 0x0f, 1], 1],
    ['packed 2³¹ times without a bit', [0xff, 0xff, 0xff, 0xff, 0x0f], 0],
    ['not one value long', [0, 1, 0, 1], 1],
    ['of nothing', [], 1],
    ['beyond the page', [3], 8],
    ['of 40 bits', [2, 1, 1, 1, 1, 1], 40],
  ])('are refused when they are %s', (_, bytes, width) => {
    expect(() => walkRuns(cursor(...bytes), width, 100, 2 ** width - 1)).toThrow(BrokenPage);
  });

  it('of differences are refused when their header would never end', () => {
    // 128 values a block in 4 miniblocks, 2 values, the first 0; then a block.
    expect(() => walkDeltas(cursor(0x80, 1, 4, 2, 0, 2, 0, 0, 0, 0), 2, 32)).not.toThrow();
    for (const header of [
      [0x80, 1, 0, 2, 0],
      [0x80, 1, 0xff, 0xff, 0xff, 0xff, 0x0f, 2, 0],
      [0, 4, 2, 0],
      [0x80, 1, 4, 3, 0],
      [0x80, 1, 4, 2, 0, 2, 33, 0, 0, 0, ...Array.from({ length: 400 }, () => 1)],
    ])
      expect(() => walkDeltas(cursor(...header), 2, 32)).toThrow(BrokenPage);
  });
});

describe('a page in zst', () => {
  // Twenty rows of a table, packed by the reference library at level 19: Huffman codes and matches.
  const page = new Uint8Array(
    Buffer.from(
      '28b52ffd605d0005030002050e0fb0ebbc616148999c9cdc298dcc7331574cfe98e89272d7c47edc48dadbe76bd62f0e3435' +
        'bfccf44b41225a8716c95fb01830b5c249a80526a81140eef53f03f0a5356056289307e0b83fd59e9e0940e55c34edebc9e0dd54a1d1916a',
      'hex',
    ),
  );

  it('is unpacked, and with any byte wrong is done with at once', () => {
    expect(new TextDecoder().decode(unzstdPage(page, 349))).toMatch(/^time,rps\n1767225600,100\.5\n/);
    let refused = 0;
    for (const [at, byte] of page.entries()) {
      for (const wrong of [0, 255 - byte, byte ^ (1 << (at % 8)), byte ^ 2]) {
        try {
          unzstdPage(page.with(at, wrong), 349);
        } catch {
          refused++;
        }
      }
    }
    expect(refused).toBeGreaterThan(100);
  });

  it('is refused when its Huffman codes would take no bits', () => {
    // The decoder itself would not come back from this one.
    expect(() => unzstdPage(page.with(14, 240), 349)).toThrow(BrokenPage);
  });
});

describe('Parquet', () => {
  it('says what it knows when a byte is wrong, and nothing of its inside', async () => {
    const bytes = new Uint8Array(readFileSync(new URL('parquet/dictionary-snappy.parquet', sampleFolder)));
    const messages = new Set<string>();
    for (let at = 4; at < bytes.length; at += 3) {
      const { issues } = await importBytes('x.parquet', bytes.with(at, 255 - bytes[at]!));
      for (const { code, message } of issues) if (code === 'trace-format') messages.add(message);
    }
    expect(messages.size).toBeGreaterThan(5);
    for (const message of messages) expect(message).not.toMatch(/undefined|is not a function|DataView|stack/);
  });

  it('is read without the lists that stand beside plain columns', async () => {
    const bytes = new Uint8Array(readFileSync(new URL('parquet/lists.parquet', sampleFolder)));
    const { series, issues } = await importBytes('lists.parquet', bytes);
    expect(issues).toEqual([]);
    expect([...series!.rate]).toEqual([1, 2, 4]);
  });
});
