import { describe, expect, it } from 'vitest';
import { createStream } from '../../../sim-core/random/stream.ts';
import { normalSampler } from '../../../sim-core/random/ziggurat.ts';
import { batchEstimate, vonNeumannTest } from '../../../sim-core/statistics/batch-means.ts';
import { estimateMean } from '../../../sim-core/statistics/interval.ts';

const noise = normalSampler(createStream(1, 0, 'batches'));
/** Autoregressive, x = φ x₋₁ + ε: its correlation at lag one is φ. */
function autoregressive(length: number, phi: number): number[] {
  const values: number[] = [];
  let x = 0;
  for (let i = -100; i < length; i++) {
    x = phi * x + noise.next();
    if (i >= 0) values.push(x);
  }
  return values;
}

describe('von Neumann’s ratio', () => {
  it('by hand', () => {
    // 1, 2, 4: mean 7/3; squares 16/9 + 1/9 + 25/9 = 14/3; successive 1 + 4 = 5; products 4/9 − 5/9 = −1/9.
    // Ratio 15/14, variance 4·1/(2·4) = 1/2, z = (15/14 − 2)·√2 = −1.3132; Φ(z) = 0.0946 (Abramowitz & Stegun, 26.1).
    const { lagOne, pValue } = vonNeumannTest([1, 2, 4]);
    expect(lagOne).toBeCloseTo(-1 / 9 / (14 / 3), 12);
    expect(pValue).toBeCloseTo(0.0946, 3);
  });

  it('rejects independent values as often as it says, and correlated ones nearly always', () => {
    let rejected = 0;
    let caught = 0;
    for (let experiment = 0; experiment < 2000; experiment++) {
      if (vonNeumannTest(autoregressive(20, 0)).pValue < 0.05) rejected++;
    }
    for (let experiment = 0; experiment < 200; experiment++) {
      if (vonNeumannTest(autoregressive(40, 0.7)).pValue < 0.05) caught++;
    }
    // Binomial, 2000 × 0.05: four standard deviations are 39.
    expect(Math.abs(rejected - 100)).toBeLessThan(39);
    expect(caught).toBeGreaterThan(190);
    expect(vonNeumannTest(autoregressive(5000, 0.7)).lagOne).toBeCloseTo(0.7, 1);
  });

  it('knows nothing of two values, or of values that are all equal', () => {
    expect(vonNeumannTest([1, 2])).toEqual({ lagOne: NaN, pValue: NaN });
    expect(vonNeumannTest([3, 3, 3, 3])).toEqual({ lagOne: NaN, pValue: NaN });
  });
});

describe('the interval over batches', () => {
  it('is Student’s, and nothing at all when a batch has no value', () => {
    const values = autoregressive(20, 0);
    expect(batchEstimate(values).halfWidth).toBe(estimateMean(values).halfWidth);
    expect(batchEstimate([...values, NaN]).halfWidth).toBeNaN();
  });
});
