import { describe, expect, it } from 'vitest';
import type { Forecaster } from '../../../sim-core/forecast/contract.ts';
import { createEwma } from '../../../sim-core/forecast/ewma.ts';
import { createHoltWinters } from '../../../sim-core/forecast/holt-winters.ts';
import { createForecaster, forecastConfig } from '../../../sim-core/forecast/registry.ts';
import { testRandom } from '../../support/random.ts';

function fed<State>(forecaster: Forecaster<State>, values: Iterable<number>): State {
  let state = forecaster.initialState;
  for (const value of values) state = forecaster.update(state, value);
  return state;
}

function series(count: number, value: (t: number) => number): number[] {
  return Array.from({ length: count }, (_, t) => value(t));
}

const methods: readonly (readonly [string, Forecaster])[] = [
  ['ewma', createForecaster('ewma', 60)],
  ['holt-winters', createForecaster({ 'holt-winters': { season: 1440 } }, 60)],
];

describe.each(methods)('every method: %s', (_, method) => {
  const values = series(200, (t) => 100 + 30 * Math.sin((2 * Math.PI * t) / 24));

  it('does not touch a state: the same one gives the same forecast after others were made from it', () => {
    const state = fed(method, values);
    const before = method.forecast(state, 48);
    let other = state;
    for (let i = 0; i < 100; i += 1) other = method.update(other, 1e6);
    expect(method.forecast(state, 48)).toEqual(before);
    expect(method.forecast(other, 1).mean[0]).toBeGreaterThan(1000);
  });

  it('knows nothing before the first value', () => {
    const { mean, lower, upper } = method.forecast(fed(method, [NaN, NaN]), 3);
    expect([...mean, ...lower, ...upper].every(Number.isNaN)).toBe(true);
    expect([...mean]).toHaveLength(3);
  });

  it('holds a constant, whatever is missing', () => {
    const { mean, lower, upper } = method.forecast(
      fed(
        method,
        series(150, (t) => (t % 7 === 3 ? NaN : 42)),
      ),
      5,
    );
    for (const column of [mean, lower, upper]) for (const value of column) expect(value).toBeCloseTo(42, 9);
  });

  it('widens its interval with the horizon and with the confidence', () => {
    const random = testRandom(3);
    const state = fed(
      method,
      series(300, () => 100 + 20 * random()),
    );
    const { lower, upper } = method.forecast(state, 30);
    const width = (step: number) => upper[step]! - lower[step]!;
    expect(width(0)).toBeGreaterThan(0);
    expect(width(29)).toBeGreaterThan(width(0));
    const surer = method.forecast(state, 1, 0.99);
    expect(surer.upper[0]! - surer.lower[0]!).toBeGreaterThan(width(0));
  });

  it('says what it rests on', () => {
    expect(method.describe(method.initialState)).not.toBe('');
  });
});

describe('EWMA', () => {
  it('by hand: with a half-life of one step the level moves half-way', () => {
    const ewma = createEwma(60, 60);
    const state = fed(ewma, [10, 20, 40]);
    expect(state).toEqual({ level: 27.5, squareSum: 10 ** 2 + 25 ** 2, errors: 2 });
    const { mean, upper } = ewma.forecast(state, 3);
    expect([...mean]).toEqual([27.5, 27.5, 27.5]);
    // Two steps on: σ²·(1 + ¼), σ² = 362.5; three: σ²·(1 + 2·¼).
    expect(upper[1]! - 27.5).toBeCloseTo(1.959963984540054 * Math.sqrt(362.5 * 1.25), 9);
    expect(upper[2]! - 27.5).toBeCloseTo(1.959963984540054 * Math.sqrt(362.5 * 1.5), 9);
  });

  it('forgets half within the half-life, whatever the step', () => {
    const level = (step: number) => fed(createEwma(300, step), [0, ...series(300 / step, () => 1)]).level;
    expect(level(300)).toBeCloseTo(0.5, 12);
    expect(level(15)).toBeCloseTo(0.5, 12);
  });
});

describe('Holt-Winters', () => {
  const pattern = [5, -3, 9, 0, -7, -4];
  const line = (t: number) => 100 + 0.5 * t + pattern[t % 6]!;
  const undamped = { level: 0.3, trend: 0.1, seasonal: 0.2, damping: 1 };

  it('is exact on a line with a season from the end of the second season on', () => {
    const method = createHoltWinters({ season: 6, weights: undamped }, 1);
    const { mean, lower, upper } = method.forecast(fed(method, series(12, line)), 20);
    mean.forEach((value, k) => {
      expect(value).toBeCloseTo(line(12 + k), 9);
      expect(upper[k]! - lower[k]!).toBeLessThan(1e-6);
    });
    const later = method.forecast(fed(method, series(51, line)), 20);
    later.mean.forEach((value, k) => expect(value).toBeCloseTo(line(51 + k), 9));
  });

  it('is exact on a season without a trend when all weights are fitted', () => {
    const method = createHoltWinters({ season: 6, weights: {} }, 1);
    const { mean } = method.forecast(
      fed(
        method,
        series(40, (t) => 100 + pattern[t % 6]!),
      ),
      12,
    );
    mean.forEach((value, k) => expect(value).toBeCloseTo(100 + pattern[(40 + k) % 6]!, 9));
  });

  it('until two seasons are over, follows the level and a trend that fades, and says so', () => {
    const method = createHoltWinters({ season: 86_400, weights: {} }, 30);
    const state = fed(
      method,
      series(200, (t) => 10 + 2 * t),
    );
    expect(method.describe(state)).toMatch(/two seasons of 2880 values are needed, 0 seen/);
    const { mean } = method.forecast(state, 30);
    const last = 10 + 2 * 199;
    expect(mean[0]).toBeGreaterThan(0.98 * last);
    expect(mean[29]).toBeGreaterThan(mean[0]! + 20);
    expect(mean[29]).toBeLessThan(last + 60);
    expect(
      method.describe(
        fed(
          method,
          series(5760, () => 1),
        ),
      ),
    ).toMatch(/2 seen.*not fitted yet/);
  });

  it('fits a level that wanders with a large weight, and noise around a fixed pattern with a small one', () => {
    const random = testRandom(5);
    let level = 0;
    const wandering = series(240, (t) => {
      level += 10 * (random() - 0.5);
      return level + pattern[t % 6]!;
    });
    const noisy = series(240, (t) => 10 * (random() - 0.5) + pattern[t % 6]!);
    const method = createHoltWinters({ season: 6, weights: {} }, 1);
    expect(fed(method, wandering).seasonal!.weights.level).toBeGreaterThan(0.6);
    expect(fed(method, noisy).seasonal!.weights.level).toBeLessThan(0.2);
  });

  it('keeps the weights that are given', () => {
    const method = createHoltWinters({ season: 6, weights: { level: 0.123, damping: 1 } }, 1);
    const random = testRandom(6);
    expect(fed(method, series(60, random)).seasonal!.weights).toMatchObject({ level: 0.123, damping: 1 });
    const fixed = createHoltWinters({ season: 6, weights: undamped }, 1);
    expect(fed(fixed, series(60, random)).seasonal!.weights).toEqual(undamped);
  });

  it('covers what comes about as often as its interval says', () => {
    const random = testRandom(7);
    const noise = () => random() + random() + random() + random() - 2;
    const method = createHoltWinters({ season: 12, weights: {} }, 1);
    let state = fed(
      method,
      series(120, (t) => 50 + 10 * Math.sin((2 * Math.PI * t) / 12) + noise()),
    );
    let inside = 0;
    for (let t = 120; t < 2120; t += 1) {
      const { lower, upper } = method.forecast(state, 1, 0.9);
      const value = 50 + 10 * Math.sin((2 * Math.PI * t) / 12) + noise();
      if (value >= lower[0]! && value <= upper[0]!) inside += 1;
      state = method.update(state, value);
    }
    // 2,000 trials at 0.9: three standard deviations are 0.02; the fit costs a little more.
    expect(inside / 2000).toBeGreaterThan(0.86);
    expect(inside / 2000).toBeLessThan(0.93);
  });

  it('refuses a season shorter than two steps', () => {
    expect(() => createHoltWinters({ season: 60, weights: {} }, 60)).toThrow(RangeError);
  });
});

describe('configuration', () => {
  it('takes a name, or a name with settings as people write them', () => {
    expect(forecastConfig.parse('holt-winters')).toBe('holt-winters');
    expect(forecastConfig.parse({ ewma: { halfLife: '2m' } })).toEqual({ ewma: { halfLife: 120 } });
    expect(forecastConfig.parse({ 'holt-winters': { season: '1h', level: '30%' } })).toEqual({
      'holt-winters': { season: 3600, level: 0.3 },
    });
    expect(forecastConfig.parse({ ewma: {} })).toEqual({ ewma: { halfLife: 300 } });
  });

  it.each([
    'arima',
    { ewma: { halfLife: 0 } },
    { 'holt-winters': { level: 1.5 } },
    { ewma: {}, 'holt-winters': {} },
    { ewma: { span: 3 } },
  ])('refuses %o', (config) => {
    expect(forecastConfig.safeParse(config).success).toBe(false);
  });

  it('builds what it names, with defaults', () => {
    expect(createForecaster('ewma', 15).describe({})).toContain('300 s');
    expect(createForecaster('holt-winters', 3600).kind).toBe('holt-winters');
    const method = createForecaster({ 'holt-winters': { season: 7200 } }, 3600);
    expect(method.describe(method.initialState)).toContain('two seasons of 2 values');
  });
});
