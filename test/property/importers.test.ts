import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importTrace, ImportSession } from '../../sim-core/trace/import-session.ts';
import type { TraceImport } from '../../sim-core/trace/contract.ts';
import { expectSound, importBytes, traceSamples, type TraceSample } from '../support/trace-samples.ts';

/** The smallest sample of a format is cut at every byte, unless it is longer than this; others every few bytes. */
const cutWhole = 3072;
/** Of others. */
const mostCuts = 150;

async function read({ format, file }: TraceSample, bytes: Uint8Array, forced = false): Promise<TraceImport> {
  const mapping = forced ? { format: format.name } : {};
  return format.access === 'ranges' ? importBytes(file, bytes, mapping) : importTrace(file, bytes, mapping);
}

function cuts({ format, bytes: { length } }: TraceSample): number[] {
  const least = Math.min(...traceSamples.flatMap((other) => (other.format === format ? other.bytes.length : [])));
  const stride = length === least && length <= cutWhole ? 1 : Math.ceil(length / mostCuts);
  return Array.from({ length: length + 1 }, (_, i) => i).filter((i) => i % stride === 0 || length - i < 40);
}

describe.each(traceSamples.map((sample) => ({ name: `${sample.format.name}/${sample.file}`, sample })))(
  '$name',
  ({ sample }) => {
    const { bytes, format, file } = sample;

    it('is small, and recognised', async () => {
      expect(bytes.length).toBeLessThan(32_768);
      const read = await importBytes(file, bytes);
      expect(read.format).toBe(format.name);
      expectSound(read);
    });

    it('may be cut off at any byte', async () => {
      for (const [index, cut] of cuts(sample).entries()) {
        expectSound(await read(sample, bytes.subarray(0, cut), true));
        if (index % 4 === 0) expectSound(await read(sample, bytes.subarray(0, cut)));
      }
    });

    it('may have any byte replaced', async () => {
      if (format.access === 'ranges') {
        // Binary formats refer to places and count their runs: every byte is one that could lead astray.
        for (const [at, byte] of bytes.entries()) {
          for (const wrong of [byte ^ (1 << (at % 8)), 255 - byte])
            expectSound(await read(sample, bytes.with(at, wrong), true));
        }
        return;
      }
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
          async (changes) => {
            const damaged = bytes.slice();
            for (const [at, byte] of changes) damaged[at] = byte;
            expectSound(await read(sample, damaged, true));
          },
        ),
        { seed: 1, numRuns: 150 },
      );
    });

    it('may be nothing but noise', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (noise) =>
          expectSound(await read(sample, noise, true)),
        ),
        { seed: 1, numRuns: 100 },
      );
    });

    it('may have its rows twice or in another order', async () => {
      const lines = Buffer.from(bytes).toString('latin1').split('\n');
      const shuffled = [...lines.slice(0, 1), ...lines.slice(1).reverse(), ...lines.slice(1)].join('\n');
      expectSound(await read(sample, Buffer.from(shuffled, 'latin1'), true));
    });

    if (format.access === 'ranges') return;

    it('comes in chunks of any size', () => {
      const whole = importTrace(file, bytes);
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 20 }), (sizes) => {
          const session = new ImportSession(file);
          const reused = new Uint8Array(64);
          for (let at = 0, k = 0; at < bytes.length; k++) {
            const part = bytes.subarray(at, at + sizes[k % sizes.length]!);
            reused.set(part);
            session.push(reused.subarray(0, part.length));
            at += part.length;
          }
          expect(session.end()).toEqual(whole);
        }),
        { seed: 1, numRuns: 10 },
      );
    });

    if (format.access !== 'text') return;

    it('may be UTF-16 of either order, and is read the same; in another encoding it is read or refused', () => {
      const text = new TextDecoder().decode(bytes);
      const little = Buffer.from(`\ufeff${text}`, 'utf16le');
      const plain = importTrace(file, bytes);
      expect(importTrace(file, new Uint8Array(little))).toEqual(plain);
      expect(importTrace(file, swapped(little))).toEqual(plain);
      expectSound(importTrace(file, new Uint8Array(Buffer.from(`é${text}ÿ`, 'latin1')), { format: format.name }));
    });
  },
);

/** With the bytes of each pair exchanged. */
function swapped(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes, (_, i) => bytes[i ^ 1]!);
}
