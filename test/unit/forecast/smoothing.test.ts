import { describe, expect, it } from 'vitest';
import { advance, extrapolate, initialComponents } from '../../../sim-core/forecast/smoothing.ts';
import type { SmoothingWeights } from '../../../sim-core/forecast/smoothing.ts';
import { testRandom } from '../../support/random.ts';

describe('starting values', () => {
  it('by hand: seasons of two around a line that rises by 2 a step', () => {
    // 10 + 2t with +3 on odd and −3 on even values: 15, 11, 19, 15.
    const start = initialComponents([15, 11, 19, 15], 2);
    expect(start).toMatchObject({ level: 10, trend: 2, position: 0 });
    expect([...start.seasons]).toEqual([3, -3]);
  });
});

describe('the recursion', () => {
  it('by hand, one step', () => {
    const components = { level: 100, trend: 2, seasons: Float64Array.of(5, -5), position: 0 };
    // Expected 100 + 0.5·2 + 5 = 106; 116 is 10 more.
    const error = advance(components, { level: 0.5, trend: 0.4, seasonal: 0.3, damping: 0.5 }, 116);
    expect(error).toBe(10);
    expect(components).toMatchObject({ level: 101 + 5, trend: 1 + 0.5 * 0.4 * 10, position: 1 });
    expect([...components.seasons]).toEqual([5 + 3, -5]);
  });

  it('is the component form of the textbooks, written differently', () => {
    const weights: SmoothingWeights = { level: 0.35, trend: 0.2, seasonal: 0.25, damping: 0.9 };
    const components = { level: 20, trend: 0.5, seasons: Float64Array.of(1, -2, 4, -3), position: 0 };
    const random = testRandom(1);
    let level = 20;
    let trend = 0.5;
    const seasons = [1, -2, 4, -3];
    for (let t = 0; t < 200; t += 1) {
      const value = 20 + 10 * random();
      advance(components, weights, value);
      // lₜ = α(yₜ − sₜ₋ₘ) + (1 − α)(lₜ₋₁ + φbₜ₋₁), bₜ = β*(lₜ − lₜ₋₁) + (1 − β*)φbₜ₋₁, sₜ = γ(yₜ − lₜ₋₁ − φbₜ₋₁) + (1 − γ)sₜ₋ₘ
      const carried = 0.9 * trend;
      const newLevel = 0.35 * (value - seasons[t % 4]!) + 0.65 * (level + carried);
      seasons[t % 4] = 0.25 * (value - level - carried) + 0.75 * seasons[t % 4]!;
      trend = 0.2 * (newLevel - level) + 0.8 * carried;
      level = newLevel;
    }
    expect(components.level).toBeCloseTo(level, 10);
    expect(components.trend).toBeCloseTo(trend, 10);
    components.seasons.forEach((season, index) => expect(season).toBeCloseTo(seasons[index]!, 10));
  });

  it('a value that was not observed moves time on and nothing else', () => {
    const components = { level: 10, trend: 4, seasons: Float64Array.of(1, -1), position: 1 };
    expect(advance(components, { level: 0.5, trend: 0.5, seasonal: 0.5, damping: 0.5 }, NaN)).toBeNaN();
    expect(components).toEqual({ level: 12, trend: 2, seasons: Float64Array.of(1, -1), position: 0 });
  });
});

describe('extrapolation', () => {
  it('follows trend and season', () => {
    const { mean } = extrapolate(
      { level: 10, trend: 2, seasons: Float64Array.of(1, -1, 0), position: 2 },
      { level: 0.5, trend: 0.5, seasonal: 0.1, damping: 0.5 },
      4,
    );
    // The trend fades: 1, 1.5, 1.75, 1.875 steps of 2 × ½.
    expect([...mean]).toEqual([10 + 1 + 0, 10 + 1.5 + 1, 10 + 1.75 - 1, 10 + 1.875 + 0]);
  });

  it('grows in variance as the closed form for an undamped trend says', () => {
    const [alpha, betaStar, gamma, length] = [0.3, 0.2, 0.15, 4];
    const beta = alpha * betaStar;
    const { growth } = extrapolate(
      { level: 0, trend: 0, seasons: new Float64Array(length), position: 0 },
      { level: alpha, trend: betaStar, seasonal: gamma, damping: 1 },
      20,
    );
    // Hyndman, Koehler, Ord & Snyder (2008), table 6.1, model (A,A,A).
    growth.forEach((variance, index) => {
      const h = index + 1;
      const k = Math.floor((h - 1) / length);
      const expected =
        1 +
        (h - 1) * (alpha ** 2 + alpha * beta * h + (beta ** 2 * h * (2 * h - 1)) / 6) +
        gamma * k * (2 * alpha + gamma + beta * length * (k + 1));
      expect(variance).toBeCloseTo(expected, 12);
    });
  });
});
