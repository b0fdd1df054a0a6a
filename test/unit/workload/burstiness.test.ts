import { describe, expect, it } from 'vitest';
import { createStream } from '../../../sim-core/random/stream.ts';
import {
  autocorrelation,
  countsPer,
  indexOfDispersion,
  intervalDispersion,
} from '../../../sim-core/statistics/dispersion.ts';
import type { TraceSeries } from '../../../sim-core/trace/contract.ts';
import { createArrivals } from '../../../sim-core/workload/arrivals.ts';
import { measureBurstiness } from '../../../sim-core/workload/burstiness.ts';
import { constantRate } from '../../../sim-core/workload/rate-function.ts';
import type { Workload } from '../../../sim-core/workload/registry.ts';
import { replayRate } from '../../../sim-core/workload/replay.ts';
import { readShared } from '../../support/published.ts';

const byTheMinute = { loop: false, fill: 'leave', interpolation: 'constant', bucket: 60 } as const;
const log = (time: Float64Array): TraceSeries => ({
  kind: 'timestamps',
  time,
  rate: new Float64Array(0),
  bucket: 0,
  startEpoch: NaN,
});

function drawn(arrivals: Workload['arrivals'], rate = constantRate(20, 6000), seed = 1): Float64Array {
  const process = createArrivals({ arrivals, scale: 1, sum: [] }, rate, {
    horizon: rate.end,
    stream: (name) => createStream(seed, 0, name),
    traces: new Map(),
  });
  const target = new Float64Array(1_000_000);
  return target.slice(0, process.fill(target));
}

describe('by hand', () => {
  it('counts fall into whole windows only', () => {
    expect([...countsPer(2, Float64Array.of(0, 1.9, 2, 5.9, 6), 7)]).toEqual([2, 1, 1]);
  });
  it('the index of dispersion is the sample variance over the mean', () => {
    expect(indexOfDispersion(Float64Array.of(1, 3, NaN, 5))).toBeCloseTo(4 / 3, 14);
    expect(indexOfDispersion(Float64Array.of(0, 0))).toBeNaN();
    expect(indexOfDispersion(Float64Array.of(3))).toBeNaN();
  });
  it('gaps of 1, 3, 1, 3: scv 1/3, sums of two never vary', () => {
    const times = Float64Array.of(0, 1, 4, 5, 8);
    expect(intervalDispersion(times, 1)).toBeCloseTo(4 / 3 / 4, 14);
    expect(intervalDispersion(times, 2)).toBe(0);
    expect(intervalDispersion(times, 4)).toBeNaN();
  });
  it('what alternates has autocorrelation −3/4, 1/2 at lags 1 and 2 of four values', () => {
    expect([...autocorrelation(Float64Array.of(1, -1, 1, -1), 4)]).toEqual([-0.75, 0.5, -0.25, NaN]);
    expect([...autocorrelation(Float64Array.of(2, 2, 2), 1)]).toEqual([NaN]);
  });
});

describe('the burstiness of a request log', () => {
  it('of a Poisson process is that of chance at every scale, and Poisson is what matches it', () => {
    const { scales, gaps, matched } = measureBurstiness(log(drawn('poisson')));
    expect(scales.map(({ window }) => window)).toEqual([0.1, 1, 10, 60]);
    for (const { dispersion, windows } of scales)
      expect(Math.abs(dispersion - 1)).toBeLessThan(4 * Math.sqrt(2 / windows));
    expect(Math.abs(gaps!.scv - 1)).toBeLessThan(0.03);
    for (const lag of gaps!.autocorrelation) expect(Math.abs(lag)).toBeLessThan(0.015);
    expect(matched).toBe('poisson');
  });

  it('of a renewal process more regular than chance is matched by its scv', () => {
    const { matched, gaps } = measureBurstiness(log(drawn({ renewal: { scv: 0.25 } })));
    expect(gaps!.scv).toBeCloseTo(0.25, 1);
    expect(matched).toEqual({ renewal: { scv: expect.closeTo(0.25, 1) as number } });
  });

  it('of a two-state MMPP is matched by one that has the same dispersion when the minutes are replayed', () => {
    const truth = { mmpp: { factors: [0.5, 2.5], meanTimes: [3, 1] } };
    const times = drawn(truth, constantRate(20, 40_000));
    const { matched } = measureBurstiness(log(times));
    const minutes = replayRate(log(times), byTheMinute, 40_000);
    const again = drawn(matched!, minutes, 2);
    for (const window of [1, 10]) {
      const ratio =
        indexOfDispersion(countsPer(window, again, 40_000)) / indexOfDispersion(countsPer(window, times, 40_000));
      // Each has a sampling error near 4 % at ten seconds.
      expect(Math.abs(ratio - 1)).toBeLessThan(0.1);
    }
  });

  it('of rates is known from the row on', () => {
    const rate = Float64Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 1 : 3));
    const series: TraceSeries = { ...log(rate.map((_, i) => i * 60)), kind: 'rate', rate, bucket: 60 };
    const { scales, gaps, matched } = measureBurstiness(series);
    expect([gaps, matched]).toEqual([null, null]);
    expect(scales.map(({ window, within }) => [window, within])).toEqual([
      [60, null],
      [600, null],
    ]);
    // Counts of 60 and 180 in turn: variance 3600 · 100/99, mean 120.
    expect(scales[0]!.dispersion).toBeCloseTo(30 * (100 / 99), 10);
    expect(scales[0]!.nextCorrelation).toBeCloseTo(-0.99, 10);
    expect(scales[1]!.dispersion).toBe(0);
  });
});

describe('a replay of recorded requests by the minute', () => {
  const lines = readShared('traces/arrivals/AzureLLMInferenceTrace_code.csv').trim().split('\n').slice(1);
  const seconds = lines.map((line) => {
    const [, hour, minute, second] = /(\d\d):(\d\d):([\d.]+),/.exec(line)!;
    return Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  });
  const time = Float64Array.from(seconds, (value) => value - seconds[0]!);
  const end = Math.floor(time.at(-1)! / 60) * 60;
  const rate = replayRate(log(time), byTheMinute, end);
  const { matched } = measureBurstiness(log(time), 60);

  /** Mean over replications of variance ÷ mean of the counts. */
  function replayed(arrivals: Workload['arrivals'], window: number): number {
    const seeds = Array.from({ length: 20 }, (_, seed) => seed);
    return (
      seeds.reduce((sum, seed) => sum + indexOfDispersion(countsPer(window, drawn(arrivals, rate, seed), end)), 0) / 20
    );
  }

  it.each([1, 10])('keeps its burstiness at %d s with the matched arrivals, and loses it with Poisson', (window) => {
    const recorded = indexOfDispersion(countsPer(window, time, end));
    expect(Math.abs(replayed(matched!, window) / recorded - 1)).toBeLessThan(0.15);
    expect(replayed('poisson', window) / recorded).toBeLessThan(0.5);
  });
});
