import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexOfDispersion } from '../../../../sim-core/statistics/dispersion.ts';
import type { TraceSeries } from '../../../../sim-core/trace/contract.ts';
import { importTrace } from '../../../../sim-core/trace/import-session.ts';
import { endOf, rowEnd } from '../../../../sim-core/workload/replay.ts';
import { decompose } from '../../../../sim-core/workload/steps/decompose.ts';
import { applySteps, traceSteps } from '../../../../sim-core/workload/steps/registry.ts';

/** The series after steps as a person writes them. */
function after(series: TraceSeries, steps: unknown): TraceSeries {
  const result = applySteps(series, traceSteps.parse(steps));
  if (result.series === undefined) throw new Error(JSON.stringify(result.issues));
  return result.series;
}

function problem(series: TraceSeries, steps: unknown) {
  return applySteps(series, traceSteps.parse(steps)).issues[0]!;
}

function rates(values: readonly number[], bucket = 60, startEpoch = NaN): TraceSeries {
  const rate = Float64Array.from(values);
  return { kind: 'rate', time: rate.map((_, i) => i * bucket), rate, bucket, startEpoch };
}

function log(times: readonly number[], serviceTime?: readonly number[]): TraceSeries {
  const took = serviceTime === undefined ? {} : { serviceTime: Float64Array.from(serviceTime) };
  const none = new Float64Array(0);
  return { kind: 'timestamps', time: Float64Array.from(times), rate: none, ...took, bucket: 0, startEpoch: 1000 };
}

function total(series: TraceSeries): number {
  if (series.kind === 'timestamps') return series.time.length;
  return series.rate.reduce((sum, value, i) => {
    return sum + (Number.isNaN(value) ? 0 : value * (rowEnd(series, i) - series.time[i]!));
  }, 0);
}

const anySeries = fc
  .array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 2, maxLength: 60 })
  .map((values) => rates(values, 60, 1_767_225_600));

describe('identities', () => {
  it('leaves the series as it is: stretch by 1, scale by 1, no shift, its own buckets, a cut of all', () => {
    fc.assert(
      fc.property(anySeries, (series) => {
        const neutral = [{ stretch: 1 }, { scale: 1 }, { shift: { later: 0 } }, { cut: {} }, { splice: [{}] }];
        for (const step of neutral) expect(after(series, [step])).toEqual(series);
        const same = after(series, [{ resample: 60 }]);
        for (const [i, value] of same.rate.entries()) expect(value).toBeCloseTo(series.rate[i]!, 8);
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  it('splices cuts together to what they were cut from, wherever the cut is', () => {
    fc.assert(
      fc.property(anySeries, fc.double({ min: 0.02, max: 0.98, noNaN: true }), (series, share) => {
        const at = share * endOf(series);
        fc.pre(at > 0 && at <= series.time.at(-1)!);
        expect(after(series, [{ splice: [{ to: at }, { from: at }] }])).toEqual(series);
      }),
      { seed: 2, numRuns: 50 },
    );
    const requests = log([0, 0.5, 3, 3, 9.25], [1, 2, 3, 4, 5]);
    expect(after(requests, [{ splice: [{ to: 3 }, { from: 3 }] }])).toEqual(requests);
    expect(after(requests, [{ cut: { from: 1, to: 5 } }])).toMatchObject({
      time: Float64Array.of(0, 0),
      serviceTime: Float64Array.of(3, 4),
      startEpoch: 1003,
    });
  });

  it('comes back after a shift there and one back, and after all of a period', () => {
    fc.assert(
      fc.property(anySeries, fc.integer({ min: 0, max: 200 }), (series, minutes) => {
        const there = after(series, [{ shift: { later: minutes * 60 } }]);
        expect(after(there, [{ shift: { earlier: minutes * 60 } }])).toEqual(series);
        expect(there.rate[minutes % series.rate.length]).toBe(series.rate[0]);
      }),
      { seed: 3, numRuns: 40 },
    );
  });
});

describe('totals', () => {
  it('loses and makes no requests: resample, stretch, shift', () => {
    fc.assert(
      fc.property(anySeries, fc.double({ min: 7, max: 1000, noNaN: true }), (series, length) => {
        const steps = [{ resample: length }, { stretch: length / 100 }, { shift: { later: length } }];
        for (const step of steps)
          expect(total(after(series, [step])) / Math.max(1, total(series))).toBeCloseTo(
            total(series) / Math.max(1, total(series)),
            9,
          );
      }),
      { seed: 4, numRuns: 50 },
    );
    expect(total(after(log([0, 1, 2, 61, 300]), [{ resample: '1m' }]))).toBeCloseTo(5, 9);
    expect(after(log([0, 1, 2, 61, 299]), [{ resample: '1m' }]).rate.slice(0, 3)).toEqual(
      Float64Array.of(3 / 60, 1 / 60, 0),
    );
    expect([...after(log([0, 1, 4]), [{ stretch: 2 }]).time]).toEqual([0, 2, 8]);
  });

  it('keeps gaps as gaps, and takes the mean of what is known', () => {
    const series = rates([10, NaN, NaN, NaN, 30, 50]);
    expect([...after(series, [{ resample: 120 }]).rate]).toEqual([10, NaN, 40]);
  });

  it('lays a spike whose size is what was asked for, wherever rows begin', () => {
    const flat = rates(Array.from({ length: 60 }, () => 10));
    for (const at of [600, 615.5]) {
      const spiked = after(flat, [{ spike: { at, length: 300, add: '20/s' } }]);
      expect(total(spiked) - total(flat)).toBeCloseTo(6000, 6);
      const triangle = after(flat, [{ spike: { at, length: 300, add: 20, shape: 'triangle' } }]);
      expect(total(triangle) - total(flat)).toBeCloseTo(3000, 6);
      expect(total(after(flat, [{ spike: { at, length: 300, factor: 3 } }])) - total(flat)).toBeCloseTo(6000, 6);
    }
    expect(after(flat, [{ spike: { at: 600, length: 60, add: 20 } }]).rate[10]).toBe(30);
  });
});

describe('trend, season and rest', () => {
  const period = 24;
  const wave = (i: number): number => [0, 3, 7, 2, -5, -7][Math.floor((i % period) / 4)]!;

  it('adds up to the series, whatever it is', () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => (i % 17 === 5 ? NaN : ((i * 7919) % 101) / 3));
    const { trend, season, rest } = decompose(values, period);
    values.forEach((value, i) => {
      const sum = trend[i]! + season[i]! + rest[i]!;
      if (Number.isNaN(value)) expect(sum).toBeNaN();
      else expect(sum).toBeCloseTo(value, 10);
    });
    expect(season.slice(0, period).reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 10);
  });

  it('finds a straight trend and a season again, away from the ends', () => {
    const values = Float64Array.from({ length: 20 * period }, (_, i) => 100 + 0.05 * i + wave(i));
    const { trend, season } = decompose(values, period);
    for (let i = period; i < values.length - period; i++) {
      expect(trend[i]).toBeCloseTo(100 + 0.05 * i, 9);
      expect(Math.abs(season[i]! - wave(i))).toBeLessThan(0.05);
    }
  });

  it('keeps what it is told to keep', () => {
    const series = rates(
      Array.from({ length: 96 }, (_, i) => 50 + wave(i) + (i % 5)),
      3600,
    );
    const keep = (components: string[]): TraceSeries => after(series, [{ keep: { components, period: '1d' } }]);
    const all = keep(['trend', 'season', 'rest']);
    series.rate.forEach((value, i) => expect(all.rate[i]).toBeCloseTo(value, 10));
    const [trend, season, rest] = [keep(['trend']), keep(['season']), keep(['rest'])];
    const mean = trend.rate.reduce((sum, value) => sum + value, 0) / 96;
    series.rate.forEach((value, i) =>
      expect(trend.rate[i]! + season.rate[i]! + rest.rate[i]! - 2 * mean).toBeCloseTo(value, 9),
    );
    expect(keep(['season']).rate.slice(0, 24)).toEqual(keep(['season']).rate.slice(24, 48));
  });
});

describe('bootstrap', () => {
  const path = new URL('../../../../../shared/traces/nab/data/realKnownCause/nyc_taxi.csv', import.meta.url);
  const taxi = importTrace('nyc_taxi.csv', readFileSync(path), { unit: 'requests per bucket' }).series!;
  const made = after(taxi, [{ bootstrap: { weeks: 12, seed: 3 } }]);
  const perWeek = 336;

  /** Mean of each half hour of the week, the weeks beginning on Mondays. */
  function profile({ rate, startEpoch }: TraceSeries): Float64Array {
    const offset = Math.floor((startEpoch / 1800 + 3 * 48) % perWeek);
    const sum = new Float64Array(perWeek);
    const count = new Float64Array(perWeek);
    rate.forEach((value, i) => {
      sum[(i + offset) % perWeek]! += value;
      count[(i + offset) % perWeek]!++;
    });
    return sum.map((value, k) => value / count[k]!);
  }

  it('makes so many weeks, the same each time, others with another seed', () => {
    expect(made.rate.length).toBe(12 * perWeek);
    expect(made.bucket).toBe(1800);
    expect(after(taxi, [{ bootstrap: { weeks: 12, seed: 3 } }])).toEqual(made);
    expect(after(taxi, [{ bootstrap: { weeks: 12, seed: 4 } }]).rate).not.toEqual(made.rate);
    expect(made.startEpoch).toBe(Date.UTC(2014, 6, 1) / 1000);
  });

  it('keeps the course of the day and the week', () => {
    const [was, is] = [profile(taxi), profile(made)];
    const mean = was.reduce((sum, value) => sum + value, 0) / perWeek;
    const error = was.reduce((sum, value, k) => sum + Math.abs(value - is[k]!), 0) / perWeek / mean;
    // Twelve draws of a day for each weekday: their means differ from those of 30 days by a few percent.
    expect(error).toBeLessThan(0.05);
    expect(made.rate.reduce((sum, value) => sum + value, 0) / made.rate.length / mean).toBeCloseTo(1, 1);
  });

  it('keeps the dispersion of counts, of half hours and of half days', () => {
    const dispersion = ({ rate }: TraceSeries, rows: number): number =>
      indexOfDispersion(
        Float64Array.from({ length: Math.floor(rate.length / rows) }, (_, k) =>
          rate.subarray(k * rows, (k + 1) * rows).reduce((sum, value) => sum + value * 1800, 0),
        ),
      );
    for (const rows of [1, 24]) {
      const ratio = dispersion(made, rows) / dispersion(taxi, rows);
      expect(ratio).toBeGreaterThan(0.8);
      expect(ratio).toBeLessThan(1.2);
    }
  });

  it('brings days of a growing trace to one level', () => {
    const hours = Array.from({ length: 28 * 24 }, (_, i) => (100 + 10 * Math.floor(i / 24)) * (1 + (i % 24) / 24));
    const growing = rates(hours, 3600, Date.UTC(2026, 0, 5) / 1000);
    const last = after(growing, [{ bootstrap: { weeks: 4, level: 'last' } }]);
    const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const lastWeek = meanOf(growing.rate.slice(-7 * 24));
    expect(meanOf(last.rate) / lastWeek).toBeGreaterThan(0.95);
    expect(meanOf(last.rate) / lastWeek).toBeLessThan(1.05);
  });
});

describe('what cannot be done', () => {
  const hour = rates([1, 2, 3], 3600);

  it('is said, with the place', () => {
    expect(problem(log([0, 1]), [{ stretch: 2 }, { scale: 2 }])).toMatchObject({
      code: 'trace-step',
      path: [1, 'scale'],
      message: expect.stringContaining('resample'),
    });
    expect(problem(hour, [{ bootstrap: { weeks: 1 } }]).message).toContain('no whole day');
    expect(problem(hour, [{ keep: { components: ['trend'] } }]).message).toContain('two periods');
    expect(problem(hour, [{ cut: { from: '5h' } }]).message).toContain('No rows');
    expect(problem(hour, [{ cut: { from: '2026-01-01T00:00:00Z' } }]).message).toContain('no dates');
    expect(problem(hour, [{ resample: 0.0001 }]).message).toContain('possible');
    const codes = traceSteps.safeParse([{ cut: {}, scale: 2 }]).error!.issues.map(({ message }) => message);
    expect(codes[0]).toContain('cut and scale');
    expect(traceSteps.safeParse([{ spike: { at: 0, length: 60 } }]).success).toBe(false);
  });
});
