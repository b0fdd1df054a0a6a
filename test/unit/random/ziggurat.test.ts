import { describe, expect, it } from 'vitest';
import type { Sampler } from '../../../sim-core/random/contract.ts';
import { createStream } from '../../../sim-core/random/stream.ts';
import { exponentialSampler, normalSampler } from '../../../sim-core/random/ziggurat.ts';
import { chiSquare, kolmogorovSmirnov } from './goodness-of-fit.ts';

const draw = (sampler: Sampler, count: number): Float64Array => {
  const values = new Float64Array(count);
  sampler.fill(values, count);
  return values;
};
const average = (values: Float64Array, of: (x: number) => number): number =>
  values.reduce((sum, x) => sum + of(x), 0) / values.length;

describe.each([
  ['exponential', exponentialSampler],
  ['normal', normalSampler],
])('%s sampler', (name, sampler) => {
  it('gives the same numbers one by one and in bulk, in any mixture', () => {
    const single = sampler(createStream(1, 0, name));
    const bulk = sampler(createStream(1, 0, name));
    for (const length of [1, 7, 0, 5000, 1, 1024, 333]) {
      expect(draw(bulk, length)).toEqual(Float64Array.from({ length }, () => single.next()));
    }
  });

  it('leaves what lies beyond count alone', () => {
    const target = new Float64Array(10).fill(-7);
    sampler(createStream(1, 0, name)).fill(target, 4);
    expect([...target.subarray(4)]).toEqual([-7, -7, -7, -7, -7, -7]);
  });
});

describe('exponential numbers', () => {
  const values = draw(exponentialSampler(createStream(1, 0, 'exponential')), 1_000_000);

  // Standard errors over n draws: mean 1/√n, second moment √(20/n), third √(684/n); four of them.
  it.each([
    [1, 1, 1],
    [2, 2, 20],
    [3, 6, 684],
  ])('have moment %d equal to %d', (power, moment, variance) => {
    expect(Math.abs(average(values, (x) => x ** power) - moment)).toBeLessThan(4 * Math.sqrt(variance / values.length));
  });

  it('scale with the mean', () => {
    const scaled = exponentialSampler(createStream(1, 0, 'exponential'), 0.25);
    for (const value of values.subarray(0, 1000)) expect(scaled.next()).toBe(value * 0.25);
  });

  it('are positive, and continue beyond the tail’s start as they should', () => {
    const tail = draw(exponentialSampler(createStream(2, 0, 'tail')), 4_000_000).filter((x) => x > 7.69711747013105);
    // Poisson with mean 4·10⁶ e^−r = 1816; four standard deviations.
    expect(Math.abs(tail.length - 1816.4)).toBeLessThan(4 * 42.7);
    expect(kolmogorovSmirnov(tail, (x) => 1 - Math.exp(-(x - 7.69711747013105)))).toBeLessThan(1.949);
    expect(Math.min(...values.subarray(0, 100_000))).toBeGreaterThan(0);
  });

  it('pass Kolmogorov and Smirnov at 0.1% over 10⁶ draws', () => {
    expect(kolmogorovSmirnov(values.slice(), (x) => -Math.expm1(-x))).toBeLessThan(1.949);
  });

  it('pass chi-square over 1,024 equiprobable cells, which see every layer', () => {
    const counts = new Float64Array(1024);
    for (const x of values) counts[Math.min(1023, Math.floor(-Math.expm1(-x) * 1024))]!++;
    // 1,023 degrees of freedom: 99.9% below 1168.4974.
    expect(chiSquare(counts, () => values.length / 1024)).toBeLessThan(1168.5);
  });

  it('are uncorrelated with their successors', () => {
    let sum = 0;
    for (let index = 1; index < values.length; index++) sum += (values[index]! - 1) * (values[index - 1]! - 1);
    expect(Math.abs(sum / Math.sqrt(values.length))).toBeLessThan(4);
  });
});

describe('normal numbers', () => {
  const values = draw(normalSampler(createStream(1, 0, 'normal')), 1_000_000);

  // Standard errors over n draws, of E x^k: 1, √2, √15, √96 over √n; four of them.
  it.each([
    [1, 0, 1],
    [2, 1, 2],
    [3, 0, 15],
    [4, 3, 96],
  ])('have moment %d equal to %d', (power, moment, variance) => {
    expect(Math.abs(average(values, (x) => x ** power) - moment)).toBeLessThan(4 * Math.sqrt(variance / values.length));
  });

  it('reach every layer and both tails as often as tables of the normal distribution say', () => {
    // Upper limits z and Φ(z) from Abramowitz & Stegun, table 26.1.
    const limits = [
      -3.719016, -3.090232, -2.326348, -1.644854, -1, -0.5, 0, 0.5, 1, 1.644854, 2.326348, 3.090232, 3.719016,
    ];
    const below = [
      0.0001, 0.001, 0.01, 0.05, 0.1586552539, 0.3085375387, 0.5, 0.6914624613, 0.8413447461, 0.95, 0.99, 0.999, 0.9999,
    ];
    const counts = new Float64Array(limits.length + 1);
    for (const x of values) {
      const cell = limits.findIndex((limit) => x < limit);
      counts[cell === -1 ? limits.length : cell]!++;
    }
    // 13 degrees of freedom: 99.9% below 34.528.
    expect(chiSquare(counts, (cell) => values.length * ((below[cell] ?? 1) - (below[cell - 1] ?? 0)))).toBeLessThan(
      34.528,
    );
  });
});
