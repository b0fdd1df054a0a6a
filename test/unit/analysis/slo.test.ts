import { describe, expect, it } from 'vitest';
import { errorBudgetBurn, judgeWindows, sloVerdict } from '../../../sim-core/analysis/slo.ts';
import type { SloWindowColumns } from '../../../sim-core/analysis/summary-input.ts';

const none = { window: 60, attainment: 0.99 };

function windows(rows: readonly Partial<Record<keyof SloWindowColumns, number>>[]): SloWindowColumns {
  const column = (name: keyof SloWindowColumns, otherwise: number) =>
    Float64Array.from(rows, (row) => row[name] ?? otherwise);
  return {
    time: Float64Array.from(rows, (row, index) => row.time ?? index * 60),
    completed: column('completed', 10),
    lost: column('lost', 0),
    latencyMean: column('latencyMean', 0.1),
    latencyP50: column('latencyP50', 0.1),
    latencyP95: column('latencyP95', 0.3),
    latencyP99: column('latencyP99', 0.6),
    queueLengthMax: column('queueLengthMax', 0),
  };
}

describe('windows', () => {
  it.each([
    { slo: { p95: 0.3 }, row: {}, met: true },
    { slo: { p95: 0.2999 }, row: {}, met: false },
    { slo: { p50: 0.1, p99: 0.6, mean: 0.1 }, row: {}, met: true },
    { slo: { p50: 0.1, p99: 0.6, mean: 0.09 }, row: {}, met: false },
    { slo: { p99: 0.5 }, row: {}, met: false },
    { slo: { p50: 0.05 }, row: {}, met: false },
    { slo: { maxBacklog: 7 }, row: { queueLengthMax: 7 }, met: true },
    { slo: { maxBacklog: 7 }, row: { queueLengthMax: 8 }, met: false },
    { slo: { p95: 1 }, row: { completed: 0, latencyP95: NaN }, met: true },
    { slo: { p95: 1 }, row: { completed: 0, latencyP95: NaN, queueLengthMax: 1 }, met: false },
    { slo: { p95: 1 }, row: { completed: 0, latencyP95: NaN, lost: 1 }, met: false },
    { slo: { maxBacklog: 7 }, row: { completed: 0, lost: 1 }, met: true },
  ])('$slo on $row: $met', ({ slo, row, met }) => {
    const verdict = judgeWindows(windows([row]), { ...none, ...slo }, 0, 60);
    expect(verdict).toEqual({ attainment: met ? 1 : 0, violationSeconds: met ? 0 : 60 });
  });

  it('counts windows from the warm-up on, the last one as long as it lasted', () => {
    const missed = { latencyP95: 1 };
    const columns = windows([missed, {}, missed, {}, missed]);
    expect(judgeWindows(columns, { ...none, p95: 0.5 }, 60, 260)).toEqual({
      attainment: 0.5,
      violationSeconds: 60 + 20,
    });
    expect(judgeWindows(columns, { ...none, p95: 0.5 }, 61, 240)).toEqual({ attainment: 0.5, violationSeconds: 60 });
  });

  it('has nothing to attain without an objective or without a window', () => {
    expect(judgeWindows(windows([{}]), { ...none, availability: 0.9 }, 0, 60)).toEqual({
      attainment: NaN,
      violationSeconds: 0,
    });
    expect(judgeWindows(windows([]), { ...none, p95: 1 }, 0, 0).attainment).toBeNaN();
  });
});

it('the error budget', () => {
  expect(errorBudgetBurn(0.998, 0.999)).toBeCloseTo(2, 9);
  expect(errorBudgetBurn(1, 1)).toBe(0);
  expect(errorBudgetBurn(0.5, 1)).toBe(Infinity);
  expect(errorBudgetBurn(0.9, undefined)).toBeNaN();
  expect(errorBudgetBurn(NaN, 0.9)).toBeNaN();
});

describe('the verdict over replications', () => {
  const estimate = (mean: number) => ({ mean, halfWidth: 0 });
  const summary = {
    sloAttainment: estimate(0.985),
    availability: estimate(0.9995),
    drainTime: estimate(90),
    mostFlapsPerPeriod: estimate(4.25),
  };

  it('names each objective that is missed, with both numbers', () => {
    const slo = {
      ...none,
      p95: 0.5,
      maxBacklog: 100,
      availability: 0.9999,
      drainTime: 60,
      flaps: { max: 4, per: 86_400 },
    };
    expect(sloVerdict(summary, slo)).toEqual({
      met: false,
      misses: [
        '98.5% of the 1 min windows met p95 ≤ 500 ms and backlog ≤ 100; 99% should.',
        'Availability was 99.95%; it should be at least 99.99%.',
        'The backlog stayed above 100 for 1 min 30 s at a stretch; it should drain within 1 min.',
        'Up to 4.3 flaps fell within 1 d; the budget is 4.',
      ],
    });
  });

  it('a flap budget is met at the edge, and where nothing was counted', () => {
    const judge = (most: number) =>
      sloVerdict(
        { ...summary, sloAttainment: estimate(NaN), mostFlapsPerPeriod: estimate(most) },
        { ...none, flaps: { max: 4, per: 3600 } },
      ).met;
    expect([4, 4.01, NaN].map(judge)).toEqual([true, false, true]);
  });

  it('is met at the edge, and where there is nothing to judge', () => {
    expect(sloVerdict(summary, { ...none, p95: 0.5, attainment: 0.985, availability: 0.9995, drainTime: 90 })).toEqual({
      met: true,
      misses: [],
    });
    expect(
      sloVerdict(
        { ...summary, sloAttainment: estimate(NaN), availability: estimate(NaN) },
        { ...none, availability: 0.9 },
      ).met,
    ).toBe(true);
  });
});
