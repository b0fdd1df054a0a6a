import { describe, expect, it } from 'vitest';
import { createStream } from '../../../sim-core/random/stream.ts';
import { normalSampler } from '../../../sim-core/random/ziggurat.ts';
import { mser5 } from '../../../sim-core/statistics/mser.ts';

/** The definition, term by term: no recurrence, no pass from the end. */
function byDefinition(series: readonly number[]): { cut: number; statistic: number } {
  const means = Array.from({ length: Math.floor(series.length / 5) }, (_, j) =>
    series.slice(5 * j, 5 * j + 5).reduce((sum, x) => sum + x / 5, 0),
  );
  let best = { cut: -1, statistic: Infinity };
  for (let d = 0; d < means.length - 5; d++) {
    const left = means.slice(d);
    const mean = left.reduce((sum, z) => sum + z, 0) / left.length;
    const statistic = left.reduce((sum, z) => sum + (z - mean) ** 2, 0) / left.length ** 2;
    if (statistic < best.statistic) best = { cut: d, statistic };
  }
  return best;
}

const noise = normalSampler(createStream(1, 0, 'mser'));
const decaying = (length: number, bias: number, decay: number) =>
  Array.from({ length }, (_, i) => 10 + bias * decay ** i + noise.next());

describe('MSER-5', () => {
  it('is the definition, on series of every shape', () => {
    for (const [length, bias, decay] of [
      [100, 0, 1],
      [203, 8, 0.95],
      [500, -20, 0.98],
      [1000, 50, 0.9],
    ] as const) {
      const series = decaying(length, bias, decay);
      const { cut, statistic } = byDefinition(series);
      const found = mser5(series);
      expect(found.observations).toBe(5 * cut);
      expect(found.statistic).toBeCloseTo(statistic, 12);
      expect(found.batches).toBe(Math.floor(length / 5));
    }
  });

  it('cuts where the bias is gone, and a steady series hardly at all', () => {
    // A bias of 30 that halves every 14 observations is below the noise after some 70.
    const { observations } = mser5(decaying(1000, 30, 0.95));
    expect(observations).toBeGreaterThanOrEqual(50);
    expect(observations).toBeLessThanOrEqual(120);
    expect(mser5(decaying(1000, 0, 1)).observations).toBeLessThan(500);
    expect(mser5(new Float64Array(100).fill(3))).toEqual({ observations: 0, batches: 20, statistic: 0 });
  });

  it('cuts off a first level exactly', () => {
    const steps = [...Array.from({ length: 40 }, () => 0), ...Array.from({ length: 160 }, (_, i) => 5 + (i % 2))];
    expect(mser5(steps).observations).toBe(40);
  });

  it('says that it cannot tell when the least value lies in the second half, or there are fewer than ten batches', () => {
    const growing = Array.from({ length: 200 }, (_, i) => i);
    expect(mser5(growing)).toMatchObject({ observations: null, batches: 40 });
    expect(mser5(growing.slice(0, 49))).toMatchObject({ observations: null, batches: 9 });
    expect(mser5(new Float64Array(50)).observations).toBe(0);
  });
});
