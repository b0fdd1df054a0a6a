import { describe, expect, it } from 'vitest';
import { isPrecise, replicationsGuess } from '../../../sim-core/statistics/precision.ts';

describe('a wanted precision', () => {
  it.each([
    ['a share of the mean, met', 100, 5, { share: 0.05 }, true],
    ['missed', 100, 5.1, { share: 0.05 }, false],
    ['a negative mean counts by its size', -100, 5, { share: 0.05 }, true],
    ['an amount, met', 3, 0.01, { amount: 0.01 }, true],
    ['missed', 3, 0.011, { amount: 0.01 }, false],
    ['always 0', 0, 0, { share: 0.05 }, true],
    ['around 0', 0, 1, { share: 0.05 }, false],
    ['one value', 5, NaN, { share: 0.05 }, false],
    ['no data', NaN, NaN, { amount: 1 }, false],
  ])('%s', (_, mean, halfWidth, target, precise) => expect(isPrecise({ mean, halfWidth }, target)).toBe(precise));

  it('guesses by the root, one more at least and twice as many at most', () => {
    const target = { amount: 1 };
    expect(replicationsGuess(20, { mean: 0, halfWidth: 1.2 }, target)).toBe(29);
    expect(replicationsGuess(20, { mean: 0, halfWidth: 9 }, target)).toBe(40);
    expect(replicationsGuess(20, { mean: 0, halfWidth: 1.001 }, target)).toBe(21);
    expect(replicationsGuess(1, { mean: 0, halfWidth: NaN }, target)).toBe(2);
  });
});
