import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { expectSound, importBytes } from '../support/trace-samples.ts';

const rows = Array.from({ length: 30 }, (_, i) => `${1_767_225_600 + i * 60},${100 + ((i * 37) % 53)}.${i % 10}\n`);
const plain = new TextEncoder().encode(`time,rps\n${rows.join('')}`);

/** The same, by the reference tool at level 19 from a pipe: Huffman codes, matches, a checksum, no size, a window of 1 KB. */
const packed = new Uint8Array(
  Buffer.from(
    '28b52ffd0400ad050056112613a017a603ec1284aa3aef26429b6c49fa3f78ae23001e001f00934142dd9f22557719c171b72196baa9' +
      '94457493f9dd9341544829c040282c30101c025709d6dd863875932889e8269346f77438da5d35ace83685a5ba694278bb9b4e394437' +
      '991ddd9bc36a7715c345b72924d54d84f0dc4d0607753f8aad2e8043d1ee128687ba4de1a86e22427337192ceabec5abbb2e82e26e43' +
      '3c6d1da810bec6d73be0e71066c8074b72952c162ff656fcc34535a5e41b0946',
    'hex',
  ),
);

const skippable = Uint8Array.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
const empty = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 0, 1, 0, 0]);
const severalFrames = new Uint8Array(Buffer.concat([empty, skippable, packed, skippable]));
const archives = [
  ['zst', packed],
  ['zst of several frames', severalFrames],
  ['gz', new Uint8Array(gzipSync(plain))],
] as const;

describe.each(archives)('a trace in %s', (_, archive) => {
  it('reads as the plain one, in chunks of any size', async () => {
    const whole = await importBytes('t.csv', plain);
    expect(whole.series?.rate.length).toBe(30);
    for (const size of [1, 2, 7, 64, 65_536]) expect(await importBytes('t.csv', archive, {}, size)).toEqual(whole);
  });

  it('is refused wherever it is cut off', async () => {
    for (let cut = 1; cut < archive.length; cut++) {
      // Up to the end of a frame it is whole.
      if (cut === empty.length + skippable.length + packed.length && archive === severalFrames) continue;
      const read = await importBytes('t.csv', archive.subarray(0, cut), {}, 50);
      expectSound(read);
      expect(
        read.issues.map(({ severity }) => severity),
        `cut at ${cut}`,
      ).toContain('error');
    }
  });

  it('is done with at once when any byte is wrong, and says so or has rows', async () => {
    const codes = new Set<string>();
    const before = empty.length + skippable.length;
    for (const [at, byte] of archive.entries()) {
      // The frame of rows was damaged alone.
      if (archive === severalFrames && at > before && at < before + packed.length) continue;
      for (const wrong of [0, 84, 240, 255, byte ^ (1 << (at % 8))]) {
        const read = await importBytes('t.csv', archive.with(at, wrong), {}, 50);
        expectSound(read);
        for (const { code, message, severity } of read.issues) {
          if (severity === 'error') codes.add(code);
          expect(message).not.toMatch(/undefined|is not a function|offset is out/);
        }
      }
    }
    expect(codes).toContain('trace-broken-archive');
  });
});
