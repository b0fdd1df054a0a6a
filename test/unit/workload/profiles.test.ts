import { describe, expect, it } from 'vitest';
import type { RateFunction } from '../../../sim-core/workload/contract.ts';
import { createStream } from '../../../sim-core/random/stream.ts';
import type { TraceSeries } from '../../../sim-core/trace/contract.ts';
import { traceKey } from '../../../sim-core/trace/mapping.ts';
import { evaluate, integrate, max, mean, pieceEnd } from '../../../sim-core/workload/rate-function.ts';
import { checkWorkload, compileRate, rateTerm, type Workload } from '../../../sim-core/workload/registry.ts';
import type { z } from 'zod';

const hour = 3600;
const day = 24 * hour;

type Term = z.input<typeof rateTerm>;

function workload(terms: readonly Term[], rest: Partial<Workload> = {}): Workload {
  return { arrivals: 'poisson', scale: 1, sum: terms.map((term) => rateTerm.parse(term)), ...rest };
}

function compile(
  terms: readonly Term[],
  horizon: number,
  rest: Partial<Workload> = {},
  more: { start?: number; seed?: number; traces?: ReadonlyMap<string, TraceSeries> } = {},
): RateFunction {
  const rate = compileRate(workload(terms, rest), {
    horizon,
    startEpoch: more.start ?? 0,
    stream: (name) => createStream(more.seed ?? 1, 0, name),
    traces: more.traces ?? new Map(),
  });
  expect(rate.t[0]).toBe(0);
  expect(rate.end).toBe(horizon);
  expect(rate.t.findIndex((t, i) => !(pieceEnd(rate, i) > t))).toBe(-1);
  expect(rate.rateAtStart.every((r) => r >= 0 && r < Infinity)).toBe(true);
  expect(rate.rateAtEnd.every((r) => r >= 0 && r < Infinity)).toBe(true);
  return rate;
}

/** ∫ f by Simpson's rule on n intervals. */
function simpson(f: (t: number) => number, from: number, to: number, n = 200_000): number {
  let sum = f(from) + f(to);
  for (let i = 1; i < n; i++) sum += f(from + ((to - from) * i) / n) * (i % 2 === 0 ? 2 : 4);
  return (sum * (to - from)) / (3 * n);
}

describe('profiles', () => {
  it.each<{ what: string; term: Term; points: readonly (readonly [t: number, rate: number])[]; area: number }>([
    {
      what: 'constant',
      term: { constant: '150/s' },
      points: [
        [0, 150],
        [99.9, 150],
        [100, 0],
        [-1, 0],
      ],
      area: 15_000,
    },
    { what: 'constant, in full', term: { constant: { rate: '60/min' } }, points: [[50, 1]], area: 100 },
    {
      what: 'step',
      term: { step: { at: '40s', from: 10, to: 30 } },
      points: [
        [0, 10],
        [39.999, 10],
        [40, 30],
        [99, 30],
      ],
      area: 400 + 1800,
    },
    { what: 'step at the start', term: { step: { at: 0, from: 10, to: 30 } }, points: [[0, 30]], area: 3000 },
    { what: 'step beyond the end', term: { step: { at: '200s', from: 10, to: 30 } }, points: [[99, 10]], area: 1000 },
    {
      what: 'ramp',
      term: { ramp: { from: 10, to: 30, start: '20s', end: '60s' } },
      points: [
        [10, 10],
        [40, 20],
        [50, 25],
        [80, 30],
      ],
      area: 200 + 800 + 1200,
    },
    {
      what: 'ramp to the end',
      term: { ramp: { to: 50 } },
      points: [
        [0, 0],
        [50, 25],
      ],
      area: 2500,
    },
    {
      what: 'ramp cut by the end',
      term: { ramp: { to: 50, end: '200s' } },
      points: [
        [50, 12.5],
        [99, 24.75],
      ],
      area: 1250,
    },
    {
      what: 'spike',
      term: { spike: { at: '10s', peak: 40, rise: '10s', hold: '20s', fall: '40s' } },
      points: [
        [5, 0],
        [15, 20],
        [30, 40],
        [60, 20],
        [90, 0],
      ],
      area: 200 + 800 + 800,
    },
    {
      what: 'spike straight up and down',
      term: { spike: { at: '10s', peak: 40, hold: '20s' } },
      points: [
        [9, 0],
        [10, 40],
        [29, 40],
        [30, 0],
      ],
      area: 800,
    },
    {
      what: 'spike cut by the end',
      term: { spike: { at: '90s', peak: 40, rise: '20s' } },
      points: [[95, 10]],
      area: 100,
    },
  ])('$what', ({ term, points, area }) => {
    const rate = compile([term], 100);
    for (const [t, expected] of points) expect(evaluate(rate, t)).toBeCloseTo(expected, 9);
    expect(integrate(rate)).toBeCloseTo(area, 8);
  });

  it('sinusoid: within 0.081 % of its amplitude, and exact in the mean', () => {
    const rate = compile([{ sinusoid: { mean: '150/s', amplitude: '60/s', period: '10m', phase: '100s' } }], 2 * hour);
    const truth = (t: number): number => 150 + 60 * Math.sin((2 * Math.PI * (t - 100)) / 600);
    let worst = 0;
    for (let t = 0; t < 2 * hour; t += 0.37) worst = Math.max(worst, Math.abs(evaluate(rate, t) - truth(t)));
    expect(worst / 60).toBeLessThan(0.00081);
    expect(worst / 60).toBeGreaterThan(0.0007);
    expect(mean(rate)).toBeCloseTo(150, 9);
    // At the ends of pieces the area is that of the sine itself.
    for (const k of [1, 7, 20, 45]) {
      const [from, to] = [rate.t[k]!, rate.t[k + 30]!];
      expect(integrate(rate, from, to)).toBeCloseTo(simpson(truth, from, to), 6);
    }
  });

  it('sinusoid: the amplitude may be a share of the mean', () => {
    const of = (amplitude: string): RateFunction =>
      compile([{ sinusoid: { mean: '150/s', amplitude, period: '10m' } }], hour);
    expect(of('40%')).toEqual(of('60/s'));
  });

  it('sinusoid: an amplitude above the mean is cut at zero', () => {
    const rate = compile([{ sinusoid: { mean: 20, amplitude: '200%', period: '10m' } }], 2 * hour);
    const truth = (t: number): number => Math.max(0, 20 + 40 * Math.sin((2 * Math.PI * t) / 600));
    expect(evaluate(rate, 450)).toBe(0);
    expect(Math.abs(integrate(rate) / simpson(truth, 0, 2 * hour) - 1)).toBeLessThan(1e-4);
  });

  it('sinusoid: what a sum makes up for is not cut', () => {
    const rate = compile([{ constant: 50 }, { sinusoid: { amplitude: 30, period: '10m' } }], hour);
    expect(mean(rate)).toBeCloseTo(50, 9);
    expect(evaluate(rate, 450)).toBeCloseTo(20, 1);
  });

  it('weekly: hours and days by the clock, the mean as given', () => {
    const monday = Date.UTC(2026, 0, 5) / 1000;
    const daily = Array.from({ length: 24 }, (_, k) => (k >= 8 && k < 20 ? 3 : 1));
    const term = { weekly: { mean: '100/s', daily, weekdays: [2, 2, 2, 2, 2, 1, 1] } };
    const rate = compile([term], 7 * day, {}, { start: monday });
    expect(mean(rate)).toBeCloseTo(100, 9);
    const unit = 100 / (2 * (12 / 7));
    expect(evaluate(rate, 12.5 * hour)).toBeCloseTo(3 * 2 * unit, 9);
    expect(evaluate(rate, 2.5 * hour)).toBeCloseTo(2 * unit, 9);
    expect(evaluate(rate, 5 * day + 12.5 * hour)).toBeCloseTo(3 * unit, 9);
    expect(evaluate(rate, 8 * hour)).toBeCloseTo(2 * 2 * unit, 9);
    const thursday = compile([term], 7 * day, {}, { start: monday + 3 * day + 600 });
    expect(evaluate(thursday, 12.5 * hour)).toBeCloseTo(evaluate(rate, 3 * day + 12.5 * hour + 600), 6);
    expect(mean(thursday)).toBeCloseTo(100, 9);
    const berlin = compile([{ weekly: { ...term.weekly, utcOffset: '+02:00' } }], 7 * day, {}, { start: monday });
    expect(evaluate(berlin, 10.5 * hour)).toBeCloseTo(3 * 2 * unit, 9);
    expect(evaluate(berlin, 6.5 * hour)).toBeCloseTo(3 * 2 * unit, 9);
    expect(evaluate(berlin, 5.5 * hour)).toBeCloseTo(2 * unit, 9);
  });

  it('burst: on and off with the stated means, other bursts with another seed', () => {
    const term = { burst: { height: '80/s', meanGap: '20m', meanDuration: '5m' } };
    const rate = compile([term], 100 * day);
    const busy = rate.rateAtStart.filter((r) => r === 80).length;
    const cycles = (100 * day) / 1500;
    // Standard deviation of the count of an alternating renewal process: √(n (0.8² + 0.2²)).
    expect(Math.abs(busy - cycles) / Math.sqrt(cycles * 0.68)).toBeLessThan(4);
    // The busy share 0.2 has the standard deviation √(2 · 0.2² · 0.8² / n).
    expect(Math.abs(mean(rate) / 80 - 0.2) / Math.sqrt(0.0512 / cycles)).toBeLessThan(4);
    expect(compile([term], 100 * day)).toEqual(rate);
    expect(compile([term], 100 * day, {}, { seed: 2 }).t).not.toEqual(rate.t);
    expect(compile([term, term], 100 * day).t.length).toBeGreaterThan(1.5 * rate.t.length);
  });

  it('noise: mean 1, the stated deviation and correlation', () => {
    const rate = compile([{ constant: 100 }, { noise: { deviation: '20%', correlation: '5m' } }], 1000 * day);
    const factors = [...rate.rateAtStart].map((r) => r / 100);
    const average = factors.reduce((sum, f) => sum + f) / factors.length;
    const variance = factors.reduce((sum, f) => sum + (f - average) ** 2, 0) / factors.length;
    const lag =
      factors.slice(4).reduce((sum, f, i) => sum + (f - average) * (factors[i]! - average), 0) / (factors.length - 4);
    // About n/8 independent values of 1.2 million: five standard errors are below 0.2 % of the mean, 2 % of the variance.
    expect(Math.abs(average - 1)).toBeLessThan(0.002);
    expect(Math.sqrt(variance)).toBeCloseTo(0.2, 2);
    expect(lag / variance).toBeCloseTo(Math.exp(-1), 1);
    expect(rate.t[1]).toBe(75);
  });

  it('scale and growth', () => {
    const year = 365 * day;
    const rate = compile([{ constant: '10/s' }], 2 * year, { scale: 1.5, growth: { perYear: 0.5 } });
    expect(evaluate(rate, 0)).toBeCloseTo(15, 9);
    expect(evaluate(rate, year)).toBeCloseTo(22.5, 6);
    expect(evaluate(rate, year / 2) / (15 * Math.sqrt(1.5))).toBeCloseTo(1, 7);
    expect(integrate(rate) / ((15 * year * (1.5 ** 2 - 1)) / Math.log(1.5))).toBeCloseTo(1, 8);
    expect(compile([{ constant: 10 }], hour, { growth: { perYear: 0 } })).toEqual(compile([{ constant: 10 }], hour));
  });

  it('growth of a changing rate keeps its expected count', () => {
    const rate = compile([{ ramp: { from: 0, to: 100 } }], 100 * day, { growth: { perYear: 1 } });
    const truth = (t: number): number => ((100 * t) / (100 * day)) * 2 ** (t / (365 * day));
    expect(Math.abs(integrate(rate) / simpson(truth, 0, 100 * day) - 1)).toBeLessThan(1e-4);
  });

  it('the sum of all is the sum of each', () => {
    const terms: Term[] = [
      { constant: 5 },
      { ramp: { to: 50, start: '600s' } },
      { sinusoid: { mean: 30, amplitude: 20, period: '17m' } },
      { spike: { at: '33m', peak: 100, rise: '1m', fall: '9m' } },
      { step: { at: '50m', to: 3 } },
      { burst: { height: 10, meanGap: '5m', meanDuration: '1m' } },
    ];
    const together = compile(terms, hour);
    const parts = terms.map((term) => compile([term], hour));
    for (let t = 0.5; t < hour; t += 7.3) {
      expect(evaluate(together, t)).toBeCloseTo(
        parts.reduce((sum, part) => sum + evaluate(part, t), 0),
        9,
      );
    }
    expect(integrate(together)).toBeCloseTo(
      parts.reduce((sum, part) => sum + integrate(part), 0),
      6,
    );
    expect(max(together)).toBeGreaterThan(100);
  });
});

describe('configuration', () => {
  it.each([
    { term: {}, message: 'Give one rate profile' },
    { term: { constant: 1, step: { at: 0, to: 1 } }, message: 'constant and step' },
    { term: { sinusoid: { mean: 1, amplitude: 'much', period: '1m' } }, message: 'not a rate' },
    { term: { ramp: { to: 1, start: '2h', end: '1h' } }, message: 'ends before it starts' },
    { term: { spike: { at: 0, peak: 1 } }, message: 'no length' },
    { term: { weekly: { mean: 1, daily: [1, 2] } }, message: '24 factors' },
    { term: { weekly: { mean: 1, weekdays: [0, 0, 0, 0, 0, 0, 0] } }, message: 'above zero' },
    { term: { trace: { file: 'a.csv', from: '2026-13-01' } }, message: 'not an instant' },
  ])('$message', ({ term, message }) => {
    const result = rateTerm.safeParse(term);
    expect(result.error?.issues).toHaveLength(1);
    expect(result.error!.issues[0]!.message).toContain(message);
  });

  it('names an unknown key by its path', () => {
    const result = rateTerm.safeParse({ sinusoid: { mean: 1, amplitude: 1, period: '1m', shift: 1 } });
    expect(result.error!.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['shift'], path: ['sinusoid'] }]);
    expect(rateTerm.safeParse({ sine: {} }).error!.issues).toMatchObject([
      { code: 'unrecognized_keys', keys: ['sine'] },
    ]);
  });
});

describe('replay', () => {
  const epoch = Date.UTC(2026, 0, 1) / 1000;
  /** A minute each: 1, 2, missing, missing, 5, 6 */
  const series: TraceSeries = {
    kind: 'rate',
    time: Float64Array.of(0, 60, 120, 240, 300),
    rate: Float64Array.of(1, 2, NaN, 5, 6),
    bucket: 60,
    startEpoch: epoch,
  };
  type TraceInput = NonNullable<Term['trace']>;
  const replay = (options: Omit<TraceInput, 'file'>, horizon: number, from: TraceSeries = series): number[] => {
    const term = rateTerm.parse({ trace: { file: 't.csv', ...options } });
    const rate = compile(
      [{ trace: { file: 't.csv', ...options } }],
      horizon,
      {},
      { traces: new Map([[traceKey(term.trace!), from]]) },
    );
    return Array.from({ length: horizon / 30 }, (_, k) => evaluate(rate, k * 30 + 15));
  };
  const check = (options: Omit<TraceInput, 'file'>, horizon: number, from: TraceSeries = series) => {
    const term = rateTerm.parse({ trace: { file: 't.csv', ...options } });
    const traces = new Map([[traceKey(term.trace!), from]]);
    return checkWorkload({ arrivals: 'poisson', scale: 1, sum: [term] }, { horizon, startEpoch: 0, traces }).map(
      ({ code, severity, path }) => [code, severity, path.slice(3).join()],
    );
  };

  it.each<{ options: Omit<TraceInput, 'file'>; rates: readonly number[] }>([
    { options: {}, rates: [1, 1, 2, 2, 0, 0, 0, 0, 5, 5, 6, 6] },
    { options: { fill: 'zero' }, rates: [1, 1, 2, 2, 0, 0, 0, 0, 5, 5, 6, 6] },
    { options: { fill: 'hold' }, rates: [1, 1, 2, 2, 2, 2, 2, 2, 5, 5, 6, 6] },
    { options: { fill: 'interpolate' }, rates: [1, 1, 2, 2, 2.375, 3.125, 3.875, 4.625, 5, 5, 6, 6] },
    { options: { interpolation: 'linear' }, rates: [1, 1.25, 1.75, 2, 0, 0, 0, 0, 5, 5.25, 5.75, 6] },
    { options: { from: '60s' }, rates: [2, 2, 0, 0, 0, 0, 5, 5, 6, 6, 0, 0] },
    { options: { from: '60s', to: '90s', loop: true }, rates: Array<number>(12).fill(2) },
    { options: { from: '150s', fill: 'interpolate' }, rates: [3.125, 3.875, 4.625, 5, 5, 6, 6, 0, 0, 0, 0, 0] },
    { options: { from: '2026-01-01T00:04:00Z' }, rates: [5, 5, 6, 6, 0, 0, 0, 0, 0, 0, 0, 0] },
    {
      options: { from: '2026-01-01T00:04:00Z', to: '2026-01-01T00:05:30Z', loop: true },
      rates: [5, 5, 6, 5, 5, 6, 5, 5, 6, 5, 5, 6],
    },
  ])('$options', ({ options, rates }) => {
    for (const [i, rate] of replay(options, 360).entries()) expect(rate).toBeCloseTo(rates[i]!, 9);
  });

  it('keeps counts exactly, whatever the cut', () => {
    expect(replay({}, 360).reduce((sum, rate) => sum + rate * 30, 0)).toBeCloseTo((1 + 2 + 5 + 6) * 60, 9);
  });

  it('turns a request log into rates', () => {
    const log: TraceSeries = {
      kind: 'timestamps',
      time: Float64Array.of(0, 1, 2, 61, 62, 121),
      rate: new Float64Array(6).fill(1),
      bucket: 0,
      startEpoch: NaN,
    };
    expect(replay({ kind: 'timestamps', bucket: '30s' }, 120, log).map((rate) => rate * 30)).toEqual([3, 0, 2, 0]);
  });

  it.each<{ options: Omit<TraceInput, 'file'>; horizon: number; found: readonly string[][]; clock?: false }>([
    { options: {}, horizon: 120, found: [] },
    { options: {}, horizon: 360, found: [['trace-gaps-left', 'warning', 'fill']] },
    { options: { fill: 'zero' }, horizon: 360, found: [] },
    { options: { fill: 'hold' }, horizon: 361, found: [['trace-too-short', 'warning', 'file']] },
    { options: { fill: 'hold', loop: true }, horizon: 3600, found: [] },
    { options: { from: '10m' }, horizon: 60, found: [['trace-part', 'error', 'from']] },
    { options: { from: '2025-12-31' }, horizon: 60, found: [['trace-part', 'error', 'from']] },
    { options: { from: '4m', to: '4m' }, horizon: 60, found: [['trace-part', 'error', 'to']] },
    { options: { from: '2026-01-01' }, horizon: 60, found: [['trace-no-clock', 'error', 'from']], clock: false },
  ])('checks $options over $horizon s', ({ options, horizon, found, clock }) => {
    expect(check(options, horizon, clock === false ? { ...series, startEpoch: NaN } : series)).toEqual(found);
  });

  it('refuses shapes finer than any run can follow', () => {
    const fine = workload([{ sinusoid: { mean: 1, amplitude: 1, period: '1ms' } }]);
    const [issue] = checkWorkload(fine, { horizon: 365 * day, startEpoch: 0, traces: new Map() });
    expect(issue).toMatchObject({ code: 'workload-too-fine', severity: 'error', path: ['sum', 0, 'sinusoid'] });
  });
});
