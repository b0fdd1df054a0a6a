import { describe, expect, it } from 'vitest';
import type { Distribution, RandomStream } from '../../../sim-core/random/contract.ts';
import { createDistribution, distributionConfig } from '../../../sim-core/random/registry.ts';
import { createStream } from '../../../sim-core/random/stream.ts';
import { chiSquare } from './goodness-of-fit.ts';

interface Case {
  readonly config: unknown;
  readonly label: string;
  readonly mean: number;
  readonly variance: number;
  /** at 0.001, 0.5, 0.95, 0.999 */
  readonly quantiles: readonly number[];
  /** whether the fourth moment is small enough for a sample to show the variance */
  readonly light?: boolean;
}

/** Means, variances and quantiles by scipy 1.17 (hyperexponential: by root finding on its distribution function). */
// prettier-ignore
const continuousCases: readonly Case[] = [
  { config: { lognormal: { p50: '80ms', p95: '250ms' } }, label: 'lognormal(p50 80 ms, p95 250 ms)', mean: 0.1016933470859192, variance: 0.006368991946723996, quantiles: [0.009405924172565657, 0.08, 0.25, 0.6804222405563226], light: true },
  { config: { lognormal: { mean: 1, p95: 2 } }, label: 'lognormal(mean 1 s, p95 2 s)', mean: 1, variance: 0.2792600985404558, quantiles: [0.19076287106450496, 0.8841390508338629, 2, 4.097767332014403], light: true },
  { config: { lognormal: { mean: 1, scv: 4 } }, label: 'lognormal(mean 1 s, scv 4)', mean: 1, variance: 4, quantiles: [0.008869829956415264, 0.447213595499958, 3.6038472895850098, 22.54834658418073] },
  { config: { gamma: { mean: '500ms', scv: 0.25 } }, label: 'gamma(mean 500 ms, scv 0.25)', mean: 0.5, variance: 0.0625, quantiles: [0.053569051703552875, 0.4590075936063621, 0.9692070659915907, 1.6327800973985087], light: true },
  { config: { gamma: { mean: 1, scv: 5 } }, label: 'gamma(mean 1 s, scv 5)', mean: 1, variance: 5, quantiles: [3.262740421728613e-15, 0.10373169596412429, 5.152628998213337, 20.50982162369333], light: true },
  { config: { erlang: { mean: 2, stages: 3 } }, label: 'erlang(mean 2 s, stages 3)', mean: 2, variance: 4 / 3, quantiles: [0.12702225171226877, 1.7827068758157059, 4.197195747914659, 7.485914828275107], light: true },
  { config: { weibull: { p50: 1, p95: 2.5 } }, label: 'weibull(p50 1 s, p95 2.5 s)', mean: 1.1279653324735406, variance: 0.5225226896906013, quantiles: [0.016662993290766707, 1, 2.5, 4.217716737856064], light: true },
  { config: { weibull: { mean: 1, shape: 0.5 } }, label: 'weibull(mean 1 s, shape 0.5)', mean: 1, variance: 5, quantiles: [5.005004587503809e-7, 0.2402265069591007, 4.487205927406479, 23.858541497152782], light: true },
  { config: { pareto: { p50: 1, p95: 3 } }, label: 'pareto(p50 1 s, p95 3 s)', mean: 1.373950866763917, variance: 9.391559919927847, quantiles: [0.7187527271949021, 1, 3, 19.397062042839416] },
  { config: { pareto: { mean: 1, shape: 2.5 } }, label: 'pareto(mean 1 s, shape 2.5)', mean: 1, variance: 0.8, quantiles: [0.6002401681345143, 0.7917047464637365, 1.9886724104039915, 9.509359154766678] },
  { config: { pareto: { min: '600ms', shape: 2.5 } }, label: 'pareto(min 600 ms, shape 2.5)', mean: 1, variance: 0.8, quantiles: [0.6002401681345143, 0.7917047464637365, 1.9886724104039915, 9.509359154766678] },
  { config: { uniform: { min: 1, max: 3 } }, label: 'uniform(min 1 s, max 3 s)', mean: 2, variance: 1 / 3, quantiles: [1.002, 2, 2.9, 2.998], light: true },
  { config: { hyperexponential: { mean: 1, scv: 4 } }, label: 'hyperexponential(mean 1 s, scv 4)', mean: 1, variance: 4, quantiles: [0.0006253420447773129, 0.45149312375576767, 3.7148818110340422, 20.961288292137972], light: true },
  { config: { exponential: { mean: 2 } }, label: 'exponential(mean 2 s)', mean: 2, variance: 4, quantiles: [0.002001000667167067, 1.3862943611198906, 5.99146454710798, 13.815510557964272], light: true },
];
/** Extremes the scenario file admits. */
const extremes: readonly unknown[] = [
  { lognormal: { p50: 1, p95: 10_000 } },
  { lognormal: { mean: 1, scv: 10_000 } },
  { lognormal: { p50: 1, p95: 1.001 } },
  { gamma: { mean: 1, scv: 100 } },
  { gamma: { mean: 1, scv: 0.0001 } },
  { erlang: { mean: 1, stages: 1000 } },
  { weibull: { mean: 1, shape: 0.1 } },
  { weibull: { mean: 1, shape: 100 } },
  { pareto: { mean: 1, shape: 1.05 } },
  { hyperexponential: { mean: 1, scv: 10_000 } },
  { hyperexponential: { mean: 1, scv: 1 } },
];
const discrete: readonly Case[] = [
  { config: '60s', label: 'deterministic(value 1 min)', mean: 60, variance: 0, quantiles: [60, 60, 60, 60] },
  {
    config: { empirical: { values: [3, 1, 2] } },
    label: 'empirical(3 values)',
    mean: 2,
    variance: 2 / 3,
    quantiles: [1, 2, 3, 3],
  },
  {
    config: { empirical: { values: ['1s', '5s', '9s'], weights: [90, 0, 10] } },
    label: 'empirical(3 values)',
    mean: 1.8,
    variance: 0.9 * 0.64 + 0.1 * 51.84,
    quantiles: [1, 1, 9, 9],
  },
];

const create = (config: unknown): Distribution => createDistribution(distributionConfig.parse(config));
const nameOf = (config: unknown): string => JSON.stringify(config);
const draw = (distribution: Distribution, stream: RandomStream, count: number): Float64Array => {
  const values = new Float64Array(count);
  distribution.sampler(stream).fill(values, count);
  return values;
};

describe.each([...continuousCases, ...discrete].map((item) => [nameOf(item.config), item] as const))(
  '%s',
  (_, item) => {
    const distribution = create(item.config);

    it('has the label, mean, variance and quantiles it should', () => {
      expect(distribution.label).toBe(item.label);
      expect(Math.abs(distribution.mean / item.mean - 1)).toBeLessThan(1e-12);
      expect(Math.abs(distribution.variance - item.variance)).toBeLessThan(1e-11 * Math.max(item.variance, 1e-3));
      for (const [index, p] of [0.001, 0.5, 0.95, 0.999].entries()) {
        expect(Math.abs(distribution.quantile(p) / item.quantiles[index]! - 1)).toBeLessThan(1e-10);
      }
    });

    it('has quantiles at both ends, and none outside', () => {
      const [from, to] = [distribution.quantile(0), distribution.quantile(1)];
      expect(from).toBeLessThanOrEqual(item.quantiles[0]!);
      expect(to).toBeGreaterThanOrEqual(item.quantiles[3]!);
      expect([-0.1, 1.1, NaN].map((p) => distribution.quantile(p))).toEqual([NaN, NaN, NaN]);
    });

    it('draws the same numbers one by one and in bulk, in any mixture', () => {
      const single = distribution.sampler(createStream(1, 0, 'same'));
      const bulk = distribution.sampler(createStream(1, 0, 'same'));
      for (const length of [1, 7, 0, 6000, 1, 1024, 333]) {
        const target = new Float64Array(length + 1).fill(-7);
        bulk.fill(target, length);
        expect(target[length]).toBe(-7);
        expect(target.subarray(0, length)).toEqual(Float64Array.from({ length }, () => single.next()));
      }
    });

    it('has two samplers that do not disturb each other', () => {
      const alone = draw(distribution, createStream(1, 0, 'one'), 100);
      const [one, other] = [
        distribution.sampler(createStream(1, 0, 'one')),
        distribution.sampler(createStream(1, 0, 'two')),
      ];
      expect(Float64Array.from(alone, () => (other.next(), one.next()))).toEqual(alone);
    });
  },
);

describe.each(continuousCases.map((item) => [nameOf(item.config), item] as const))(
  'a million draws of %s',
  (name, item) => {
    const distribution = create(item.config);
    const count = 1_000_000;
    const values = draw(distribution, createStream(1, 0, name), count);
    const mean = values.reduce((sum, value) => sum + value, 0) / count;

    it('have the mean within four standard errors', () => {
      expect(Math.abs(mean - item.mean)).toBeLessThan(4 * Math.sqrt(item.variance / count));
    });

    // With a heavy tail no sample shows the variance; the quantile table's second moment is tested by itself.
    if (item.light) {
      it('have the variance within four standard errors', () => {
        let second = 0;
        let fourth = 0;
        for (const value of values) {
          const square = (value - mean) ** 2;
          second += square / count;
          fourth += (square * square) / count;
        }
        expect(Math.abs(second - item.variance)).toBeLessThan(4 * Math.sqrt((fourth - second * second) / count));
      });
    }

    it('fall into 108 cells, both tails finely divided, as often as they should', () => {
      const tail = [0.0001, 0.001, 0.003, 0.006];
      const limits = [
        ...tail,
        ...Array.from({ length: 99 }, (_, i) => (i + 1) / 100),
        ...tail.toReversed().map((p) => 1 - p),
      ];
      const edges = limits.map((p) => distribution.quantile(p));
      const counts = new Float64Array(limits.length + 1);
      for (const value of values) {
        let [low, high] = [0, edges.length];
        while (low < high) {
          const middle = (low + high) >> 1;
          if (value < edges[middle]!) high = middle;
          else low = middle + 1;
        }
        counts[low]!++;
      }
      // 107 degrees of freedom: 99.9% below 155.9.
      const statistic = chiSquare(counts, (cell) => count * ((limits[cell] ?? 1) - (limits[cell - 1] ?? 0)));
      expect(statistic).toBeLessThan(155.9);
    });
  },
);

describe('the quantile table, bin by bin', () => {
  const bins = 4096;
  const places = 32;
  /** Every middle bin at evenly spaced places: sums over it are integrals over the table, without sampling error. */
  function everyPlace(): RandomStream {
    let index = 0;
    const next = (): number => {
      const bin = 1 + Math.floor(index / places);
      const place = (index++ % places) * (2 ** 20 / places) + 2 ** 20 / places / 2;
      // Past the last one the sampler only reads ahead.
      return bin < bins - 1 ? bin * 2 ** 20 + place : 2 ** 20;
    };
    return {
      nextUint32: next,
      nextUniform: () => 0.5,
      fillUint32: (target) => target.forEach((_, at) => (target[at] = next())),
    };
  }

  const configs = [...continuousCases.map((item) => item.config), ...extremes].filter(
    (config) => !nameOf(config).includes('"exponential'),
  );
  it.each(configs.map((config) => [nameOf(config), config]))(
    '%s: mean to 1e-5, second moment to 1e-4 of the whole',
    (_, config) => {
      const distribution = create(config);
      const values = draw(distribution, everyPlace(), (bins - 2) * places);
      let [first, second, exactFirst, exactSecond] = [0, 0, 0, 0];
      for (const value of values) {
        first += value / places / bins;
        second += (value * value) / places / bins;
      }
      // Simpson's rule, eight intervals a bin, on the quantile function itself.
      for (let step = 0; step <= (bins - 2) * 8; step++) {
        const weight = step === 0 || step === (bins - 2) * 8 ? 1 : step % 2 === 1 ? 4 : 2;
        const value = distribution.quantile((1 + step / 8) / bins);
        exactFirst += (value * weight) / 24 / bins;
        exactSecond += (value * value * weight) / 24 / bins;
      }
      expect(Math.abs(first - exactFirst) / distribution.mean).toBeLessThan(1e-5);
      expect(Math.abs(second - exactSecond) / (distribution.variance + distribution.mean ** 2)).toBeLessThan(1e-4);
      for (let index = 1; index < values.length; index++) {
        if (values[index]! < values[index - 1]!)
          expect([index, values[index - 1], values[index]]).toBe('non-decreasing');
      }
    },
  );

  it('inverts the first and the last bin exactly, and never yields infinity', () => {
    const words = (first: number): RandomStream => ({
      nextUint32: () => first,
      nextUniform: () => 0.5,
      fillUint32: (target) => target.forEach((_, index) => (target[index] = index === 0 ? first : 0xffffffff)),
    });
    const distribution = create({ pareto: { mean: 1, shape: 2.5 } });
    const uniform = 1 - 2 ** -53;
    expect(distribution.sampler(words(0)).next()).toBe(distribution.quantile(uniform / bins));
    const last = distribution.sampler(words(0xfff00000)).next();
    expect(last).toBe(distribution.quantile(1 - 2 ** -53));
    expect(last).toBeLessThan(Infinity);
  });

  it.each(extremes.map((config) => [nameOf(config), config]))('%s draws finite numbers', (_, config) => {
    const values = draw(create(config), createStream(1, 0, 'extreme'), 200_000);
    expect(values.every((value) => value >= 0 && value < Infinity)).toBe(true);
  });
});

describe('empirical draws', () => {
  it('are the values given, as often as their weights say', () => {
    const weights = [5, 1, 0, 3, 1];
    const values = draw(
      create({ empirical: { values: [10, 20, 30, 40, 50], weights } }),
      createStream(1, 0, 'e'),
      1_000_000,
    );
    const counts = new Float64Array(5);
    for (const value of values) counts[value / 10 - 1]!++;
    expect(counts[2]).toBe(0);
    // 3 degrees of freedom: 99.9% below 16.27.
    const occurring = counts.filter((_, index) => index !== 2);
    expect(chiSquare(occurring, (cell) => 100_000 * [5, 1, 3, 1][cell]!)).toBeLessThan(16.27);
  });
});
