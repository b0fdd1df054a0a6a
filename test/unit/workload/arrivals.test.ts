import { describe, expect, it } from 'vitest';
import { createStream } from '../../../sim-core/random/stream.ts';
import type { TraceSeries } from '../../../sim-core/trace/contract.ts';
import { traceKey } from '../../../sim-core/trace/mapping.ts';
import { checkArrivals, createArrivals } from '../../../sim-core/workload/arrivals.ts';
import type { ArrivalProcess, RateFunction } from '../../../sim-core/workload/contract.ts';
import { clipAtZero, constantRate, integrate, rateFromCorners } from '../../../sim-core/workload/rate-function.ts';
import { compileRate, rateTerm, type Workload } from '../../../sim-core/workload/registry.ts';

function workload(arrivals: Workload['arrivals']): Workload {
  return { arrivals, scale: 1, sum: [] };
}

function arrivals(kind: Workload['arrivals'], rate: RateFunction, seed = 1): ArrivalProcess {
  return createArrivals(workload(kind), rate, {
    horizon: rate.end,
    stream: (name) => createStream(seed, 0, name),
    traces: new Map(),
  });
}

function drain(process: ArrivalProcess, slice = 4096): Float64Array {
  const parts: Float64Array[] = [];
  const target = new Float64Array(slice);
  for (;;) {
    const count = process.fill(target);
    parts.push(target.slice(0, count));
    if (count < slice) break;
  }
  expect(process.fill(target)).toBe(0);
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const isOrdered = (times: Float64Array): boolean => times.every((t, i) => i === 0 || t >= times[i - 1]!);

/** Rises, jumps, stands still, falls. */
const shaped = rateFromCorners(
  [
    [0, 0],
    [100, 50],
    [100, 0],
    [180, 0],
    [180, 20],
    [300, 20],
    [400, 0],
    [500, 80],
  ],
  500,
);

describe('evenly spaced arrivals', () => {
  it('come at n ÷ rate', () => {
    const times = drain(arrivals('deterministic', constantRate(4, 10)));
    expect([...times]).toEqual(Array.from({ length: 39 }, (_, n) => (n + 1) / 4));
  });

  it('come where the expected count is whole', () => {
    const times = drain(arrivals('deterministic', shaped));
    expect(times.length).toBe(Math.ceil(integrate(shaped)) - 1);
    for (const [n, t] of times.entries()) expect(integrate(shaped, 0, t)).toBeCloseTo(n + 1, 8);
    expect(isOrdered(times)).toBe(true);
  });

  it('on a ramp from zero come at √(2n ÷ slope)', () => {
    const times = drain(
      arrivals(
        'deterministic',
        rateFromCorners(
          [
            [0, 0],
            [100, 10],
          ],
          100,
        ),
      ),
    );
    for (const [n, t] of times.entries()) expect(t).toBeCloseTo(Math.sqrt((2 * (n + 1)) / 0.1), 9);
  });
});

describe('any process', () => {
  const kinds: readonly Workload['arrivals'][] = [
    'poisson',
    'deterministic',
    { renewal: { scv: 0.3 } },
    { renewal: { scv: 4 } },
  ];

  it.each(kinds)('%j gives the same bits for any slice', (kind) => {
    const whole = drain(arrivals(kind, shaped), 100_000);
    expect(whole.length).toBeGreaterThan(1000);
    expect(isOrdered(whole)).toBe(true);
    for (const slice of [1, 2, 63, 1024, 1025]) expect(drain(arrivals(kind, shaped), slice)).toEqual(whole);
  });

  it.each(kinds)('%j has no arrivals where the rate is zero, nor at the horizon', (kind) => {
    const times = drain(arrivals(kind, shaped));
    expect(times.some((t) => t > 100 && t < 180)).toBe(false);
    expect(times.every((t) => t >= 0 && t < 500)).toBe(true);
    expect(drain(arrivals(kind, constantRate(0, 1e9))).length).toBe(0);
  });

  it('passes over a million pieces without traffic at once', () => {
    const corners = Array.from({ length: 1_000_000 }, (_, i) => [i, i % 2] as const);
    const negative = clipAtZero({
      ...rateFromCorners(corners, 1e6),
      rateAtStart: new Float64Array(999_999),
      rateAtEnd: new Float64Array(999_999),
    });
    expect(drain(arrivals('poisson', negative)).length).toBe(0);
  });
});

describe('Poisson arrivals', () => {
  it('counted in stretches of equal expectation: as independent Poisson counts (chi-square, 1 % points)', () => {
    // 200 stretches expected to hold 100 each; Σ (n − 100)²/100 is chi-square with 200 degrees, 0.5 % points 152.2 and 255.3.
    const unit = integrate(shaped) / 100;
    for (const seed of [1, 2, 3]) {
      const counts = new Array<number>(200).fill(0);
      for (let k = 0; k < 2; k++) {
        const times = drain(
          arrivals(
            'poisson',
            {
              ...shaped,
              rateAtStart: shaped.rateAtStart.map((r) => (r * 100) / unit),
              rateAtEnd: shaped.rateAtEnd.map((r) => (r * 100) / unit),
            },
            seed * 10 + k,
          ),
        );
        for (const t of times) counts[k * 100 + Math.floor(integrate(shaped, 0, t) / unit)]!++;
      }
      const statistic = counts.reduce((sum, n) => sum + (n - 100) ** 2 / 100, 0);
      expect(statistic).toBeGreaterThan(152.2);
      expect(statistic).toBeLessThan(255.3);
    }
  });

  it('spaced exponentially: mean, variance and no memory between gaps', () => {
    const times = drain(arrivals('poisson', constantRate(100, 10_000)));
    const gaps = [...times].map((t, i) => (t - (times[i - 1] ?? 0)) * 100);
    const n = gaps.length;
    expect(Math.abs(n - 1e6) / 1000).toBeLessThan(3.3);
    const variance = gaps.reduce((sum, gap) => sum + (gap - 1) ** 2, 0) / n;
    // The variance of a sample variance of exponentials is 8/n.
    expect(Math.abs(variance - 1)).toBeLessThan(3.3 * Math.sqrt(8 / n));
    const lag = gaps.slice(1).reduce((sum, gap, i) => sum + (gap - 1) * (gaps[i]! - 1), 0) / n;
    expect(Math.abs(lag)).toBeLessThan(3.3 / Math.sqrt(n));
    // P(gap > 5) = e⁻⁵
    const tail = gaps.filter((gap) => gap > 5).length / n;
    expect(Math.abs(tail - Math.exp(-5))).toBeLessThan(3.3 * Math.sqrt(Math.exp(-5) / n));
  });
});

describe('renewal arrivals', () => {
  it.each([0, 0.25, 0.5, 1, 4, 20])('scv %d: gaps have mean 1 and that variability', (scv) => {
    const times = drain(arrivals({ renewal: { scv } }, constantRate(50, 20_000)));
    const gaps = [...times].map((t, i) => (t - (times[i - 1] ?? 0)) * 50);
    const n = gaps.length;
    const average = gaps.reduce((sum, gap) => sum + gap) / n;
    expect(Math.abs(average - 1)).toBeLessThan(3.3 * Math.sqrt(scv / n) + 1e-6);
    const variance = gaps.reduce((sum, gap) => sum + (gap - average) ** 2, 0) / n;
    expect(variance / Math.max(scv, 1e-9)).toBeCloseTo(scv === 0 ? 0 : 1, 1);
  });
});

describe('exact arrivals', () => {
  const log: TraceSeries = {
    kind: 'timestamps',
    time: Float64Array.of(0, 0.5, 0.5, 3, 7),
    rate: new Float64Array(5).fill(1),
    bucket: 0,
    startEpoch: NaN,
  };
  const counts: TraceSeries = {
    kind: 'rate',
    time: Float64Array.of(0, 60),
    rate: Float64Array.of(1, 2),
    bucket: 60,
    startEpoch: NaN,
  };

  function replay(
    traces: readonly Record<string, unknown>[],
    series: readonly TraceSeries[],
    horizon: number,
  ): number[] {
    const sum = traces.map((trace, i) => rateTerm.parse({ trace: { file: `${i}.csv`, ...trace } }));
    const context = {
      horizon,
      startEpoch: 0,
      stream: (name: string) => createStream(1, 0, name),
      traces: new Map(sum.map((term, i) => [traceKey(term.trace!), series[i]!])),
    };
    const whole: Workload = { arrivals: 'exact', scale: 1, sum };
    expect(checkArrivals(whole, context.traces)).toEqual([]);
    return [...drain(createArrivals(whole, compileRate(whole, context), context), 2)];
  }

  it('are the recorded ones, cut at the horizon', () => {
    expect(replay([{}], [log], 5)).toEqual([0, 0.5, 0.5, 3]);
    expect(replay([{ from: '0.5s' }], [log], 100)).toEqual([0, 0, 2.5, 6.5]);
    expect(replay([{ to: '3s', loop: true }], [log], 7)).toEqual([0, 0.5, 0.5, 3, 3.5, 3.5, 6, 6.5, 6.5]);
  });

  it('of several logs fall together', () => {
    expect(replay([{}, { from: '3s' }], [log, log], 100)).toEqual([0, 0, 0.5, 0.5, 3, 4, 7]);
  });

  it.each([
    { what: 'a profile', sum: [{ constant: 1 }], path: ['sum', 0, 'constant'], says: 'has none' },
    {
      what: 'counts',
      sum: [{ trace: { file: 'counts.csv' } }],
      path: ['sum', 0, 'trace'],
      says: 'counts.csv holds counts or rates',
    },
    { what: 'a scale', sum: [{ trace: { file: 'log.csv' } }], scale: 2, path: ['scale'], says: 'Remove `scale`' },
    {
      what: 'growth',
      sum: [{ trace: { file: 'log.csv' } }],
      growth: { perYear: 1 },
      path: ['growth'],
      says: 'Remove `growth`',
    },
  ])('cannot be had from $what: one issue that names the way out', ({ sum, path, says, scale = 1, growth }) => {
    const terms = sum.map((term) => rateTerm.parse(term));
    const traces = new Map(
      terms.flatMap(({ trace }) =>
        trace ? [[traceKey(trace), trace.file === 'log.csv' ? log : counts] as const] : [],
      ),
    );
    const issues = checkArrivals({ arrivals: 'exact', scale, sum: terms, ...(growth && { growth }) }, traces);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ code: 'exact-arrivals', severity: 'error', path });
    expect(issues[0]!.message).toContain(says);
    expect(issues[0]!.message).toContain('arrivals: poisson');
  });
});
