import { describe, expect, it } from 'vitest';
import { createDistribution } from '../../../sim-core/random/registry.ts';
import { createStream } from '../../../sim-core/random/stream.ts';
import { LatencyHistogram } from '../../../sim-core/statistics/latency-histogram.ts';

const levels = [0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999];

describe('quantiles of the latency histogram', () => {
  it.each([
    ['exponential', { exponential: { mean: 0.08 } }],
    ['heavy-tailed', { lognormal: { mean: 0.08, scv: 20 } }],
    ['of microseconds', { exponential: { mean: 20e-6 } }],
    ['of days', { uniform: { min: 3600, max: 500_000 } }],
    ['two values', { empirical: { values: [0.08, 1.3], weights: [9, 1] } }],
  ])('are within 1 %% of the exact order statistics: %s', (_, config) => {
    const sampler = createDistribution(config as never).sampler(createStream(1, 0, 'latencies'));
    const values = Float64Array.from({ length: 20_000 }, () => sampler.next());
    const histogram = new LatencyHistogram();
    for (const value of values) histogram.add(value);
    values.sort();
    const quantiles = histogram.quantiles(levels);
    for (const [index, level] of levels.entries()) {
      // Below the first bucket, 2⁻²⁰ s, everything counts as 0.
      const exact = values[Math.ceil(level * values.length) - 1]!;
      expect(Math.abs(quantiles[index]! - exact)).toBeLessThanOrEqual(0.01 * exact + 2 ** -20);
    }
  });

  it('are within 1 % wherever in a bucket a value lies', () => {
    for (let k = 0; k < 5000; k++) {
      const value = 1e-6 * 1.005 ** k;
      if (value > 2 ** 24) break;
      const histogram = new LatencyHistogram();
      histogram.add(value);
      for (const quantile of histogram.quantiles([0, 0.5, 1]))
        expect(Math.abs(quantile / value - 1)).toBeLessThan(0.01);
    }
  });
});
