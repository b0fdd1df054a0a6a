import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../../../sim-core/manifest/read-manifest.ts';
import { manifestFormatNames, manifestFormats } from '../../../sim-core/manifest/registry.ts';
import { writeManifest } from '../../../sim-core/manifest/write-manifest.ts';
import { arbitraryControllers } from './configs.ts';
import { decisive } from './decisive.ts';

const runs = 30;
const pairs = manifestFormatNames.flatMap((format) =>
  manifestFormats[format].kinds.map((kind) => [kind as keyof typeof arbitraryControllers, format] as const),
);

describe('a policy written and read again', () => {
  it('covers every format', () =>
    expect(new Set(pairs.map(([, format]) => format)).size).toBe(manifestFormatNames.length));

  it.each(pairs)('%s as %s decides as before, or a warning says what is lost', (kind, format) => {
    let whole = 0;
    fc.assert(
      fc.property(arbitraryControllers[kind], (controller) => {
        const written = writeManifest({ name: 'Live policy', controller }, { target: 'checkout' }, format);
        expect(written.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
        const read = readManifest(written.text ?? '');
        expect(read.issues).toEqual([]);
        expect(read.policies).toHaveLength(1);
        if (written.issues.length > 0) return;
        whole++;
        expect(decisive(read.policies[0]?.controller)).toEqual(decisive(controller));
      }),
      { numRuns: runs, seed: 1 },
    );
    // The comparison above was made, and often.
    expect(whole).toBeGreaterThanOrEqual(runs / 6);
  });
});
