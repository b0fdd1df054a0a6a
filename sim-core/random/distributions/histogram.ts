import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { duration } from '../../units/schema.ts';
import { AliasSampler, buildAliasTable } from '../alias-table.ts';
import type { AliasTable } from '../alias-table.ts';
import type { Distribution, RandomStream, Sampler } from '../contract.ts';
import { WordSource } from '../word-source.ts';

export const histogramParameters = lazily(() =>
  z
    .strictObject({
      bounds: z
        .array(duration())
        .min(2)
        .max(10_001)
        .describe('Bounds of the bins, rising: one more than there are bins.'),
      counts: z.array(z.number().min(0)).min(1).max(10_000).describe('How many values fell into each bin.'),
    })
    .superRefine(({ bounds, counts }, context) => {
      const report = (path: (string | number)[], message: string): void =>
        context.addIssue({ code: 'custom', path, message, params: { code: 'contradictory' } });
      if (bounds.length !== counts.length + 1) {
        report(
          ['counts'],
          `${bounds.length} bounds make ${bounds.length - 1} ${bounds.length === 2 ? 'bin' : 'bins'}, but there are ${counts.length} counts`,
        );
      }
      const falls = bounds.findIndex((bound, index) => index > 0 && bound <= bounds[index - 1]!);
      if (falls > 0) report(['bounds', falls], 'bounds must rise');
      if (counts.every((count) => count === 0)) report(['counts'], 'at least one count must be above zero');
    }),
);

/** What a monitoring system keeps of a distribution: how many values fell between which bounds, even within each bin. */
export function histogram({ bounds, counts }: z.output<typeof histogramParameters>): Distribution {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const share = counts.map((count) => count / total);
  const below = new Float64Array(bounds.length);
  for (let bin = 0; bin < share.length; bin++) below[bin + 1] = below[bin]! + share[bin]!;
  const middle = (bin: number): number => (bounds[bin]! + bounds[bin + 1]!) / 2;
  const width = (bin: number): number => bounds[bin + 1]! - bounds[bin]!;
  const mean = share.reduce((sum, part, bin) => sum + part * middle(bin), 0);
  const firstUsed = share.findIndex((part) => part > 0);
  const lastUsed = share.findLastIndex((part) => part > 0);
  let table: AliasTable | undefined;
  return {
    label: `histogram(${counts.length} ${counts.length === 1 ? 'bin' : 'bins'})`,
    mean,
    variance: share.reduce((sum, part, bin) => {
      const offset = middle(bin) - mean;
      return sum + part * (offset * offset + (width(bin) * width(bin)) / 12);
    }, 0),
    cdf: (x) => {
      if (!(x > bounds[0]!)) return x <= bounds[0]! ? 0 : NaN;
      if (x >= bounds[lastUsed + 1]!) return 1;
      const bin = binAt(bounds, x);
      return below[bin]! + (share[bin]! * (x - bounds[bin]!)) / width(bin);
    },
    quantile: (p) => {
      if (!(p >= 0 && p <= 1)) return NaN;
      if (p === 0) return bounds[firstUsed]!;
      // The first bin that reaches it: an empty one never does before its predecessor.
      let bin = firstUsed;
      while (bin < lastUsed && (share[bin] === 0 || below[bin + 1]! < p)) bin++;
      return bounds[bin]! + Math.min(1, Math.max(0, (p - below[bin]!) / share[bin]!)) * width(bin);
    },
    sampler: (stream) => {
      table ??= buildAliasTable(
        Float64Array.from(share, (_, bin) => bin),
        Float64Array.from(share),
      );
      return new HistogramSampler(stream, table, bounds);
    },
  };
}

/** Index of the bin that holds x, which lies between the first bound and the last. */
function binAt(bounds: readonly number[], x: number): number {
  let [low, high] = [0, bounds.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (bounds[middle]! <= x) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Chooses a bin, then a place in it. Both draw from one stream, in turn, so one by one and in bulk are the same. */
class HistogramSampler implements Sampler {
  readonly #bins: AliasSampler;
  readonly #places: WordSource;
  readonly #bounds: readonly number[];

  constructor(stream: RandomStream, table: AliasTable, bounds: readonly number[]) {
    this.#bins = new AliasSampler(stream, table);
    this.#places = new WordSource(stream);
    this.#bounds = bounds;
  }

  next(): number {
    const bin = this.#bins.next();
    const from = this.#bounds[bin]!;
    return from + this.#places.nextUniform() * (this.#bounds[bin + 1]! - from);
  }

  fill(target: Float64Array, count: number): void {
    for (let index = 0; index < count; index++) target[index] = this.next();
  }
}
