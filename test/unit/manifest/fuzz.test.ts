import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../../../sim-core/manifest/read-manifest.ts';
import { writeManifest } from '../../../sim-core/manifest/write-manifest.ts';

const folder = new URL('samples/', import.meta.url);
const samples = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
const strange = fc.constantFrom(
  'null',
  '[null]',
  '{}',
  '[]',
  '7',
  '""',
  'true',
  '"${x.y}"',
  '-1e99',
  '{ a: [null, { b: 1 }] }',
);

/** The text with one value in the place of another, or a stretch of it taken out. */
const mutation = (text: string) => {
  const values = [...text.matchAll(/(?<=[:=,[] )(?:"[^"\n]*"|'[^'\n]*'|[\w.-]+|\{|\[)/g)];
  return fc.oneof(
    fc.tuple(fc.nat(values.length - 1), strange).map(([index, value]) => {
      const found = values[index];
      if (found === undefined) return text;
      const whole =
        found[0] === '{' || found[0] === '[' ? (/^[^\n]*/.exec(text.slice(found.index))?.[0] ?? '') : found[0];
      return text.slice(0, found.index) + value + text.slice(found.index + whole.length);
    }),
    fc
      .tuple(fc.nat(text.length), fc.nat(40))
      .map(([start, length]) => text.slice(0, start) + text.slice(start + length)),
  );
};

describe('a damaged manifest', () => {
  it('is refused, or read as something that can be written', () => {
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...samples).chain(mutation), (text) => {
        const { policies, issues } = readManifest(text);
        if (policies.length === 0) {
          refused++;
          expect(issues.some(({ severity, line }) => severity === 'error' && line !== undefined)).toBe(true);
        }
        for (const policy of policies) expect(writeManifest(policy, { target: 'web' }).text).toBeDefined();
      }),
      { numRuns: 400, seed: 4 },
    );
    expect(refused).toBeGreaterThan(40);
  });
});
