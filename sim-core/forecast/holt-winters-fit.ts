import { advance, initialComponents } from './smoothing.ts';
import type { SmoothingWeights } from './smoothing.ts';

const grid = {
  level: [0.05, 0.2, 0.4, 0.6, 0.8],
  trend: [0, 0.05],
  seasonal: [0, 0.1, 0.3, 0.6],
  damping: [0.9, 0.98],
} as const;

/** How far each weight is moved either way in the refinement, halved from round to round. */
const firstMove = { level: 0.08, trend: 0.04, seasonal: 0.08, damping: 0.01 } as const;
const rounds = 3;

/**
 * Weights with the least mean square of one-step errors over a series of at least three seasons: a coarse grid, then
 * three rounds of moves along each weight, each half as far as the last. With `previous` weights the grid is left out. The errors of the first two seasons do not
 * count, because the starting values are made of them. Only γ ≤ 1 − α is tried.
 *
 * @param values at least 3·length, none NaN
 * @param given weights that are fixed and not searched for
 * @param previous weights found for an earlier stretch of the same series
 */
export function fitWeights(
  values: Float64Array,
  length: number,
  given: Partial<SmoothingWeights>,
  previous: SmoothingWeights | null = null,
): SmoothingWeights {
  const start = initialComponents(values, length);
  const seasons = new Float64Array(length);
  const score = (weights: SmoothingWeights): number => {
    if (weights.seasonal > 1 - weights.level && given.seasonal === undefined) return Infinity;
    seasons.set(start.seasons);
    const components = { level: start.level, trend: start.trend, seasons, position: 0 };
    let sum = 0;
    for (let i = 0; i < values.length; i += 1) {
      const error = advance(components, weights, values[i]!);
      if (i >= 2 * length) sum += error * error;
    }
    return sum;
  };

  let best: SmoothingWeights = previous ?? { level: 0.2, trend: 0, seasonal: 0.1, damping: 0.98, ...given };
  let bestScore = score(best);
  const consider = (weights: SmoothingWeights): void => {
    const found = score(weights);
    if (found < bestScore) {
      bestScore = found;
      best = weights;
    }
  };
  for (const level of previous === null ? choices('level', given) : []) {
    for (const trend of choices('trend', given)) {
      for (const seasonal of choices('seasonal', given)) {
        for (const damping of choices('damping', given)) consider({ level, trend, seasonal, damping });
      }
    }
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const name of ['level', 'trend', 'seasonal', 'damping'] as const) {
      if (given[name] !== undefined) continue;
      const move = firstMove[name] / (1 << round);
      const from = best[name];
      consider({ ...best, [name]: Math.max(0, from - move) });
      consider({ ...best, [name]: Math.min(1, from + move) });
    }
  }
  return best;
}

function choices(name: keyof SmoothingWeights, given: Partial<SmoothingWeights>): readonly number[] {
  const fixed = given[name];
  return fixed === undefined ? grid[name] : [fixed];
}
