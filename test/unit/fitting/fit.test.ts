import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fitDistributions } from '../../../sim-core/fitting/fit.ts';
import type { Fit } from '../../../sim-core/fitting/fit.ts';
import { goodnessOf } from '../../../sim-core/fitting/goodness.ts';
import { mostPoints, prepareSample } from '../../../sim-core/fitting/sample.ts';
import { serviceTimeOf } from '../../../sim-core/fitting/service-time.ts';
import { createDistribution, distributionConfig } from '../../../sim-core/random/registry.ts';
import { createStream } from '../../../sim-core/random/stream.ts';

/** Millions of revolutions before failure of 23 ball bearings: Lieblein & Zelen, J. Res. NBS 57 (1956). */
// prettier-ignore
const bearings = Float64Array.of(
  17.88, 28.92, 33, 41.52, 42.12, 45.6, 48.48, 51.84, 51.96, 54.12, 55.56, 67.8, 68.64, 68.64, 68.88, 84.12,
  93.12, 98.64, 105.12, 105.84, 127.92, 128.04, 173.4,
);

const by = (values: Float64Array): ReadonlyMap<string, Fit> =>
  new Map(fitDistributions(values).fits.map((fit) => [fit.family, fit]));
const parametersOf = (fit: Fit): Record<string, unknown> => fit.config[fit.family] as Record<string, unknown>;

function draw(config: unknown, count: number, seed = 1): Float64Array {
  const values = new Float64Array(count);
  createDistribution(distributionConfig.parse(config))
    .sampler(createStream(seed, 0, 'fit'))
    .fill(values, count);
  return values;
}

describe('the ball bearings', () => {
  const fits = by(bearings);

  // Weibull 2.102 and 81.88 stand in Lawless, Statistical Models and Methods for Lifetime Data (2003), example 5.2.2.
  // Likelihoods and distances: scipy 1.17. Ends of the support count as 1/(2n) in A².
  it.each([
    ['exponential', { mean: 72.22434782608696 }, -121.43487598084536, 0.306790224595374, 2.81144448220126],
    [
      'lognormal',
      { p50: 63.462837216525344, p95: 149.67874434421608 },
      -113.12856673717701,
      0.08978695441180873,
      0.1711323704768084,
    ],
    [
      'gamma',
      { mean: 72.22434782608696, scv: 0.2484216148930179 },
      -113.02928137216902,
      0.12297177135895598,
      0.21043874635079973,
    ],
    ['erlang', { mean: 72.22434782608696, stages: 4 }, -113.02953041392239, 0.12263965875459526, 0.209048454621918],
    [
      'weibull',
      { scale: 81.87833405163155, shape: 2.10205887519462 },
      -113.6912909323201,
      0.15108756258680134,
      0.31205399277930823,
    ],
    ['uniform', { min: 17.88, max: 173.4 }, -116.075809836379, 0.3242418142780462, 3.547772754034451],
  ])('%s', (family, parameters, logLikelihood, distance, squared) => {
    const fit = fits.get(family)!;
    for (const [name, value] of Object.entries(parameters))
      expect(Math.abs((parametersOf(fit)[name] as number) / value - 1)).toBeLessThan(1e-9);
    expect(Math.abs(fit.logLikelihood / logLikelihood - 1)).toBeLessThan(1e-11);
    expect(fit.kolmogorovSmirnov).toBeCloseTo(distance, 9);
    expect(fit.andersonDarling).toBeCloseTo(squared, 7);
  });

  it('are ranked by AIC', () => {
    const { fits: ranked, excluded } = fitDistributions(bearings);
    expect(ranked.map(({ family }) => family).slice(0, 4)).toEqual(['gamma', 'erlang', 'lognormal', 'weibull']);
    for (const { aic, bic, logLikelihood, parameters } of ranked) {
      expect(aic).toBeCloseTo(2 * parameters - 2 * logLikelihood, 10);
      expect(bic).toBeCloseTo(parameters * Math.log(23) - 2 * logLikelihood, 10);
    }
    expect(excluded).toEqual([
      { family: 'pareto', reason: 'its shape would be 0.789, and the mean infinite' },
      { family: 'boundedPareto', reason: 'its shape would be beyond 0.01 to 100' },
      { family: 'hyperexponential', reason: 'the values vary less than an exponential, which it cannot' },
    ]);
  });
});

it('two exponential kinds: the likelihood that a general optimiser finds', () => {
  const kinds = [
    [1, 60],
    [20, 20],
  ] as const;
  const values = Float64Array.from(
    kinds.flatMap(([mean, n]) =>
      Array.from({ length: n }, (_, i) => Number((-mean * Math.log1p(-(i + 0.5) / n)).toFixed(3))),
    ),
  );
  const fit = by(values).get('hyperexponential')!;
  const { weights, means } = fit.config.hyperexponential!;
  // scipy 1.17, Nelder and Mead on the likelihood.
  expect(fit.logLikelihood).toBeCloseTo(-170.30265255792216, 7);
  expect(weights![0]).toBeCloseTo(0.7499061673753091, 4);
  expect(means![0]).toBeCloseTo(1.00309797, 4);
  expect(means![1]).toBeCloseTo(19.62211808, 3);
});

it('bounded Pareto: the likelihood that a general optimiser finds', () => {
  const whole = 1 - 50 ** -0.9;
  const values = Float64Array.from({ length: 40 }, (_, i) =>
    Number((2 * (1 - (whole * (i + 0.5)) / 40) ** (-1 / 0.9)).toFixed(4)),
  );
  const fit = by(values).get('boundedPareto')!;
  expect(fit.config.boundedPareto).toMatchObject({ min: 2.0273, max: 68.2573 });
  expect(fit.config.boundedPareto!.shape).toBeCloseTo(0.8683700656693953, 6);
  expect(fit.logLikelihood).toBeCloseTo(-105.02898699486812, 8);
});

describe('recovers what the values were drawn from, and ranks it first', () => {
  // Asymptotic standard errors of the estimates for n values, from the Fisher information of each family.
  const n = 20_000;
  const root = Math.sqrt(n);
  it.each([
    ['exponential', { mean: 0.08 }, { mean: 0.08 / root }],
    ['lognormal', { p50: 0.08, p95: 0.25 }, { p50: (0.08 * 0.6927) / root }],
    ['gamma', { mean: 0.5, scv: 0.4 }, { mean: (0.5 * Math.sqrt(0.4)) / root, scv: (0.4 * 1.34) / root }],
    ['weibull', { scale: 2, shape: 0.7 }, { shape: (0.7 * 0.7797) / root, scale: (2 * 1.0529) / 0.7 / root }],
    ['pareto', { min: 0.01, shape: 1.8 }, { shape: 1.8 / root }],
    ['boundedPareto', { min: 0.01, max: 1, shape: 0.8 }, { shape: 0.02 }],
    ['uniform', { min: 1, max: 3 }, { min: 4 / n, max: 4 / n }],
    ['hyperexponential', { weights: [0.9, 0.1], means: [0.01, 1] }, {}],
  ])('%s %j', (family, parameters, errors) => {
    const { fits } = fitDistributions(draw({ [family]: parameters }, n));
    const [best] = fits;
    // An exponential is also a gamma and a Weibull; chance may make one of them pay for its parameter.
    expect(best!.aic).toBeGreaterThan(fits.find((fit) => fit.family === family)!.aic - 6);
    if (family !== 'exponential') expect(best!.family).toBe(family);
    const fit = fits.find((candidate) => candidate.family === family)!;
    for (const [name, error] of Object.entries(errors)) {
      const truth = (parameters as unknown as Record<string, number>)[name]!;
      expect(Math.abs((parametersOf(fit)[name] as number) - truth)).toBeLessThan(4 * error);
    }
    if (family === 'hyperexponential') {
      const { weights, means } = fit.config.hyperexponential!;
      expect(Math.abs(weights![0]! - 0.9)).toBeLessThan(0.01);
      expect(Math.abs(means![0]! / 0.01 - 1)).toBeLessThan(0.04);
      expect(Math.abs(means![1]! - 1)).toBeLessThan(0.1);
    }
    // Kolmogorov's law for a known distribution bounds that for a fitted one: 0.1 % beyond 1.95 ÷ √n.
    expect(fit.kolmogorovSmirnov).toBeLessThan(1.95 / root);
  });
});

it('a million values are grouped, at the cost of nothing that shows', () => {
  const values = draw({ lognormal: { p50: 0.08, p95: 0.25 } }, 1_000_000);
  const start = performance.now();
  const { sample, fits } = fitDistributions(values);
  // About 0.6 s on its own; much is left for a busy machine.
  expect(performance.now() - start).toBeLessThan(6000);
  expect([sample!.grouped, sample!.points.length]).toEqual([true, mostPoints]);
  expect(sample!.weights.reduce((sum, weight) => sum + weight, 0)).toBe(1_000_000);
  const [best] = fits;
  expect(best!.family).toBe('lognormal');
  const logs = values.map(Math.log);
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const sd = Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / logs.length);
  const { p50, p95 } = best!.config.lognormal!;
  expect(Math.abs(p50! / Math.exp(mean) - 1)).toBeLessThan(1e-5);
  expect(Math.abs(p95! / Math.exp(mean + 1.6448536269514722 * sd) - 1)).toBeLessThan(1e-5);
});

describe('the distances by hand', () => {
  it('of 0.1, 0.4, 0.9 from the uniform distribution', () => {
    const { sample } = prepareSample(Float64Array.of(0.1, 0.4, 0.9, ...new Array<number>(7).fill(0.95)));
    // At 0.9 the empirical function is 0.2 below and 0.3 above; ranks 4 to 10 share 0.95.
    const { kolmogorovSmirnov, andersonDarling } = goodnessOf(sample!, (x) => x);
    expect(kolmogorovSmirnov).toBeCloseTo(0.7, 12);
    const u = [0.1, 0.4, 0.9, ...new Array<number>(7).fill(0.95)];
    const sum = u.reduce((all, value, i) => all + (2 * i + 1) * (Math.log(value) + Math.log(1 - u[9 - i]!)), 0);
    expect(andersonDarling).toBeCloseTo(-10 - sum / 10, 10);
  });
});

describe('what cannot be fitted is said', () => {
  const codes = (values: number[]): string[] =>
    fitDistributions(Float64Array.from(values)).issues.map(({ code }) => code);
  const good = Array.from({ length: 50 }, (_, i) => 0.1 + i / 100);

  it.each([
    [[], ['fit-too-few']],
    [
      [...good, NaN, Infinity, -1, 0],
      ['fit-no-number', 'fit-negative', 'fit-zeros'],
    ],
    [new Array<number>(30).fill(0.08), ['fit-all-equal']],
    [[...good, ...new Array<number>(5).fill(30)], ['fit-censored']],
    [good, []],
  ])('%j', (values, expected) => expect(codes(values)).toEqual(expected));

  it('leaves the values as they were', () => {
    const values = Float64Array.of(3, 1, 2, 0, ...good);
    const copy = values.slice();
    fitDistributions(values);
    expect(values).toEqual(copy);
  });
});

describe('as written into a scenario', () => {
  it('every family reads back as what was fitted, to five digits', () => {
    const values = draw({ hyperexponential: { weights: [0.9, 0.1], means: [0.01, 1] } }, 2000);
    const { fits, sample } = fitDistributions(values);
    expect(fits.length).toBeGreaterThan(6);
    for (const fit of fits) {
      const written = serviceTimeOf(fit, sample!);
      const read = createDistribution(distributionConfig.parse(parse(JSON.stringify(written))));
      const exact = createDistribution(fit.config);
      for (const p of [0.1, 0.5, 0.95]) expect(Math.abs(read.quantile(p) / exact.quantile(p) - 1)).toBeLessThan(1e-3);
    }
  });

  it('zeros become a share of a mixture', () => {
    const values = Float64Array.of(...bearings, ...new Array<number>(7).fill(0));
    const { fits, sample } = fitDistributions(values);
    const written = serviceTimeOf(fits[0]!, sample!);
    expect(written).toMatchObject({
      mixture: [
        { weight: 0.23333, of: '0s' },
        { weight: 0.76667, of: { gamma: {} } },
      ],
    });
    expect(createDistribution(distributionConfig.parse(written)).mean).toBeCloseTo((72.22434782608696 * 23) / 30, 1);
  });
});
