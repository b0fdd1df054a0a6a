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
/** Families that are sampled otherwise than from a quantile table, or that came later. */
// prettier-ignore
const others: readonly Case[] = [
  { config: { boundedPareto: { min: '100ms', max: '10s', shape: 1.3 } }, label: 'boundedPareto(min 100 ms, max 10 s, shape 1.3)', mean: 0.3253020430894302, variance: 0.3432283085318803, quantiles: [0.10007679762320157, 0.17010748930205738, 0.9665341079226879, 7.731875093676092], light: true },
  { config: { hyperexponential: { weights: [70, 25, 5], means: ['10ms', '100ms', '2s'] } }, label: 'hyperexponential(kinds 3)', mean: 0.132, variance: 0.387716, quantiles: [1.3797564690377512e-05, 0.01126504383254085, 0.3451427419187624, 7.8240460108562395], light: true },
  { config: { mixture: [{ weight: 9, of: { lognormal: { p50: '10ms', p95: '20ms' } } }, { weight: 1, of: { exponential: { mean: 1 } } }] }, label: 'mixture(90% lognormal(p50 10 ms, p95 20 ms), 10% exponential(mean 1 s))', mean: 0.10983566494073121, variance: 0.18806450375199166, quantiles: [0.00265180330356332, 0.010593185439098008, 0.6931471805599444, 4.605170185988035], light: true },
  { config: { histogram: { bounds: [0, 1, 2, 4, 10], counts: [4, 0, 4, 2] } }, label: 'histogram(4 bins)', mean: 2.8, variance: 0.4 / 3 + 11.2 / 3 + 10.4 - 7.84, quantiles: [0.0025, 2.5, 8.5, 9.97], light: true },
];
/** The same families given in other ways. */
// prettier-ignore
const forms: readonly Case[] = [
  { config: { lognormal: { p25: '50ms', p99: '900ms' } }, label: 'lognormal(p25 50 ms, p99 900 ms)', mean: 0.15225390106842085, variance: 0.03543872550198717, quantiles: [0.004880306303164941, 0.095744545135928, 0.46684040895965434, 1.878369379672097], light: true },
  { config: { lognormal: { p50: 2, sigma: 0.5 } }, label: 'lognormal(p50 2 s, sigma 0.5)', mean: 2.2662969061336526, variance: 1.458783416049546, quantiles: [0.42657419166027155, 2.0, 4.552033217028634, 9.377032362017918], light: true },
  { config: { gamma: { p50: 1, p95: 4 } }, label: 'gamma(p50 1 s, p95 4 s)', mean: 1.3862936231865273, variance: 1.72720857625432, quantiles: [0.002629393670685463, 1.0, 3.9999999999999996, 8.969713566873759], light: true },
  { config: { gamma: { shape: 3, scale: '20ms' } }, label: 'gamma(shape 3, scale 20 ms)', mean: 0.06, variance: 0.0012, quantiles: [0.003810667551368064, 0.05348120627447118, 0.12591587243743976, 0.22457744484825323], light: true },
  { config: { exponential: { p99: 3 } }, label: 'exponential(p99 3 s)', mean: 0.6514417228548777, variance: 0.42437631827613126, quantiles: [0.0006517676610265369, 0.4515449934959717, 1.951544993495971, 4.499999999999999], light: true },
  { config: { erlang: { p95: 2, stages: 4 } }, label: 'erlang(p95 2 s, stages 4)', mean: 1.0317712644582355, variance: 0.26613798554043655, quantiles: [0.1105420164240067, 0.9471816905023362, 2.0, 3.3693111713502004], light: true },
  { config: { erlang: { mean: 1, scv: 0.3333 } }, label: 'erlang(mean 1 s, scv 0.3333)', mean: 1.0, variance: 0.3333333333333333, quantiles: [0.06351112585613439, 0.8913534379078529, 2.0985978739573294, 3.7429574141375537], light: true },
  { config: { weibull: { mean: 1, scv: 2 } }, label: 'weibull(mean 1 s, scv 2)', mean: 1.0, variance: 2.000000000000002, quantiles: [5.601564884187103e-05, 0.48825555562729644, 3.718986758253071, 11.850269370149013], light: true },
  { config: { weibull: { scale: 3, shape: 1.5 } }, label: 'weibull(scale 3 s, shape 1.5)', mean: 2.7082358788528005, variance: 3.3812125633253873, quantiles: [0.03001000583741053, 2.3496593063239537, 6.234331912603669, 10.881260737018428], light: true },
  { config: { pareto: { mean: 1, scv: 2 } }, label: 'pareto(mean 1 s, scv 2)', mean: 1.0, variance: 2.0000000000000013, quantiles: [0.5507578854144787, 0.7517532434832953, 2.116240655031625, 12.281025796071589] },
  { config: { uniform: { p10: 1, p90: 3 } }, label: 'uniform(p10 1 s, p90 3 s)', mean: 2.0, variance: 0.5208333333333333, quantiles: [0.7525, 2.0, 3.125, 3.2475], light: true },
  { config: { uniform: { mean: 1, scv: 0.12 } }, label: 'uniform(mean 1 s, scv 0.12)', mean: 1.0, variance: 0.11999999999999998, quantiles: [0.4012, 1.0, 1.54, 1.5987999999999998], light: true },
  { config: { boundedPareto: { min: '100ms', max: '10s', mean: '500ms' } }, label: 'boundedPareto(min 100 ms, max 10 s, mean 500 ms)', mean: 0.49999999999999967, variance: 0.9022355969285816, quantiles: [0.10010430635006716, 0.2050785136797867, 1.878571850512566, 9.24231298734654], light: true },
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
  { boundedPareto: { min: 0.001, max: 1000, shape: 0.01 } },
  { boundedPareto: { min: 0.001, max: 1000, mean: 1 } },
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

describe.each(
  [...continuousCases, ...others, ...forms, ...discrete].map((item) => [nameOf(item.config), item] as const),
)('%s', (_, item) => {
  const distribution = create(item.config);

  it('has the label, mean, variance and quantiles it should', () => {
    expect(distribution.label).toBe(item.label);
    expect(Math.abs(distribution.mean / item.mean - 1)).toBeLessThan(1e-12);
    expect(Math.abs(distribution.variance - item.variance)).toBeLessThan(1e-11 * Math.max(item.variance, 1e-3));
    for (const [index, p] of [0.001, 0.5, 0.95, 0.999].entries()) {
      expect(Math.abs(distribution.quantile(p) / item.quantiles[index]! - 1)).toBeLessThan(1e-10);
    }
  });

  it('has a distribution function that leads back from its quantiles', () => {
    const discontinuous = discrete.includes(item);
    for (const p of [0.001, 0.01, 0.2, 0.45, 0.9, 0.99, 0.9999]) {
      const x = distribution.quantile(p);
      if (discontinuous) {
        expect(distribution.cdf(x)).toBeGreaterThanOrEqual(p);
        expect(distribution.cdf(x - 1e-9)).toBeLessThan(p);
      } else expect(Math.abs(distribution.cdf(x) / p - 1)).toBeLessThan(1e-11);
    }
    expect([-1, 0, 1e9, NaN].map((x) => distribution.cdf(x))).toEqual([
      0,
      expect.closeTo(0, 12),
      expect.any(Number),
      NaN,
    ]);
    expect(distribution.cdf(1e9)).toBeGreaterThan(0.9999999);
  });

  it('has a mean and a variance that are the integrals of its distribution function', () => {
    // E X = ∫ P(X > x) and E X² = ∫ 2x P(X > x), by the trapezoidal rule in log x.
    const step = 1 / 512;
    let [first, second] = [0, 0];
    for (let y = -30; y < 34; y += step) {
      const x = Math.exp(y);
      const above = (1 - distribution.cdf(x)) * x * step;
      first += above;
      second += 2 * x * above;
    }
    // A tail of index 2.1 is not over at 10¹⁴, and 1 − cdf has no digits left long before; steps cost a step.
    const coarse = discrete.includes(item) || nameOf(item.config).includes('mixture') ? 1e-3 : 1e-5;
    expect(Math.abs(first / item.mean - 1)).toBeLessThan(coarse);
    if (nameOf(item.config).includes('"pareto')) return;
    expect(Math.abs(second / (item.variance + item.mean ** 2) - 1)).toBeLessThan(2 * coarse);
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
});

describe.each([...continuousCases, ...others].map((item) => [nameOf(item.config), item] as const))(
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

  const configs = [...[...continuousCases, ...others].map((item) => item.config), ...extremes].filter(
    (config) => !/"(exponential|mixture|histogram)/.test(nameOf(config)),
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
      // Over six decades up to a sudden end, straight lines hold the second moment a little less well.
      const tolerance = nameOf(config).includes('boundedPareto') ? 3e-4 : 1e-4;
      expect(Math.abs(second - exactSecond) / (distribution.variance + distribution.mean ** 2)).toBeLessThan(tolerance);
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
