import { describe, expect, it } from 'vitest';
import { createStream } from '../../../sim-core/random/stream.ts';
import { normalSampler } from '../../../sim-core/random/ziggurat.ts';
import { estimateMean } from '../../../sim-core/statistics/interval.ts';

describe('the mean over replications', () => {
  it('is the textbook interval', () => {
    // Mean 5, s² = 10, n = 5: half-width t(0.975, 4) √(10/5) = 2.776445 × 1.414214.
    const { mean, halfWidth } = estimateMean([1, 3, 5, 7, 9]);
    expect(mean).toBe(5);
    expect(halfWidth).toBeCloseTo(2.7764451052 * Math.SQRT2, 9);
    // t(0.995, 4) = 4.604095
    expect(estimateMean([1, 3, 5, 7, 9], 0.99).halfWidth).toBeCloseTo(4.6040948714 * Math.SQRT2, 9);
    expect(estimateMean([1, 3, 5, 7, 9]).halfWidth).toBe(halfWidth);
  });

  it('keeps its digits far from zero', () => {
    const { mean, halfWidth } = estimateMean([1e9 + 1, 1e9 + 2, 1e9 + 3]);
    expect(mean).toBe(1e9 + 2);
    expect(halfWidth).toBeCloseTo(estimateMean([1, 2, 3]).halfWidth, 9);
  });

  it.each([
    ['nothing', [], NaN, NaN],
    ['one value', [4], 4, NaN],
    ['equal values', [0.1, 0.1, 0.1], 0.1, 0],
    ['no data in one replication', [1, NaN, 3], 2, estimateMean([1, 3]).halfWidth],
    ['no data at all', [NaN, NaN], NaN, NaN],
    ['an infinite value', [1, Infinity, 3], Infinity, NaN],
    ['minus infinity', [1, -Infinity], -Infinity, NaN],
    ['infinities of both signs', [Infinity, -Infinity], NaN, NaN],
    ['infinite throughout', [Infinity, Infinity], Infinity, NaN],
  ])('of %s', (_, values, mean, halfWidth) => expect(estimateMean(values)).toEqual({ mean, halfWidth }));

  it('covers the truth in 95 of 100 experiments', () => {
    const normal = normalSampler(createStream(1, 0, 'coverage'));
    let covered = 0;
    for (let experiment = 0; experiment < 4000; experiment++) {
      const { mean, halfWidth } = estimateMean(Float64Array.from({ length: 5 }, () => normal.next()));
      if (Math.abs(mean) <= halfWidth) covered++;
    }
    // Binomial, 4000 × 0.95: four standard deviations are 55.
    expect(Math.abs(covered - 3800)).toBeLessThan(55);
  });
});
