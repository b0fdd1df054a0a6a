import { describe, expect, it } from 'vitest';
import { backtest } from '../../../sim-core/alerts/backtest.ts';
import { alertsSchema } from '../../../sim-core/alerts/schema.ts';
import { growthOver, meansOver, signals } from '../../../sim-core/alerts/signals.ts';
import { columnNames } from '../../../sim-core/kernel/columns.ts';
import type { RunColumns } from '../../../sim-core/kernel/columns.ts';

/** Rows of a minute; what is not given is 0. */
function columnsOf(given: Partial<Record<keyof RunColumns, readonly number[]>>): RunColumns {
  const rows = Math.max(...Object.values(given).map((values) => values.length));
  return Object.fromEntries(
    columnNames.map((name) => [
      name,
      Float64Array.from({ length: rows }, (_, row) => (name === 'time' ? row * 60 : (given[name]?.[row] ?? 0))),
    ]),
  ) as unknown as RunColumns;
}

describe('a signal', () => {
  it('of a ratio is averaged as the ratio of the sums', () => {
    const columns = columnsOf({ completed: [90, 0, 30], failed: [10, 0, 10] });
    expect([...meansOver(signals.errorRate, columns, 1)]).toEqual([0.1, NaN, 0.25]);
    expect([...meansOver(signals.errorRate, columns, 3)].map((value) => value)).toEqual([NaN, NaN, 20 / 140]);
  });

  it('leaves rows without data out of a mean', () => {
    const columns = columnsOf({ latencyP95: [0.2, NaN, 0.4, NaN] });
    const [, second, third, fourth] = meansOver(signals.latencyP95, columns, 2);
    expect(second).toBeCloseTo(0.2, 12);
    expect(third).toBeCloseTo(0.4, 12);
    expect(fourth).toBeCloseTo(0.4, 12);
  });

  it('is a rate in requests a second', () => {
    expect([...meansOver(signals.arrivalRate, columnsOf({ arrivals: [600, 1200] }), 1)]).toEqual([10, 20]);
  });

  it('grows against what it was so many rows before', () => {
    expect([...growthOver(Float64Array.of(10, 20, 15, 30), 2)]).toEqual([NaN, NaN, 0.5, 0.5]);
  });
});

describe('a backtest', () => {
  /** Twelve minutes; p95 misses 1 s in minutes 5 to 7 and 10. Busy from minute 3 to 7, and in minute 0. */
  const slow = [0.1, 0.1, 0.1, 0.1, 0.1, 2, 2, 2, 0.1, 0.1, 2, 0.1];
  const busy = [0.95, 0.1, 0.1, 0.95, 0.95, 0.95, 0.95, 0.95, 0.1, 0.1, 0.1, 0.1];
  const columns = columnsOf({ latencyP95: slow, utilisation: busy, completed: slow.map(() => 100) });
  const windows = {
    time: columns.time,
    completed: columns.completed,
    lost: columns.failed,
    latencyMean: columns.latencyP95,
    latencyP50: columns.latencyP95,
    latencyP95: columns.latencyP95,
    latencyP99: columns.latencyP95,
    queueLengthMax: columns.queueLengthMax,
  };
  const slo = { p95: 1, window: 60, attainment: 0.99 };
  const outcome = (rule: object, within = '1m') => {
    const config = alertsSchema.parse({ rules: [{ name: 'rule', ...rule }], within });
    return backtest(config, { columns, windows, slo, recordingInterval: 60, warmup: 0, end: 720 })[0]!;
  };

  it('finds when it fires, what it warned of, how far ahead, and what was for nothing', () => {
    expect(outcome({ metric: 'utilisation', above: '90%' })).toEqual({
      name: 'rule',
      severity: 'warning',
      // Evaluated at the end of rows 0 and 3 to 7, resolved at the end of rows 1 and 8.
      firings: [
        { from: 60, to: 120 },
        { from: 240, to: 540 },
      ],
      falseAlarms: 1,
      breaks: 2,
      caught: 1,
      leadTimes: [60],
    });
  });

  it('counts an earlier firing as a warning when it is allowed to be that early', () => {
    const early = outcome({ metric: 'utilisation', above: '90%' }, '10m');
    expect(early).toMatchObject({ falseAlarms: 0, caught: 2, leadTimes: [240, 540] });
  });

  it('says when it came late', () => {
    expect(outcome({ metric: 'latencyP95', above: '1s' })).toMatchObject({
      caught: 2,
      leadTimes: [-60, -60],
      falseAlarms: 0,
    });
  });

  it('waits', () => {
    expect(outcome({ metric: 'utilisation', above: 0.9, for: '3m' }).firings).toEqual([{ from: 420, to: 540 }]);
    expect(outcome({ metric: 'utilisation', below: '50%', for: '4m' }).firings).toEqual([]);
  });
});

describe('a rule', () => {
  it.each([
    [{ metric: 'latencyP95' }, 'Give one of `above` and `below`.'],
    [{ metric: 'latencyP95', above: '1s', below: '2s' }, 'Give one of `above` and `below`.'],
    [{ metric: 'latencyP95', above: '70%' }, '`70%` is no threshold for `latencyP95`; write one such as 1s.'],
    [
      { metric: 'arrivalRate', above: '20/s', growthIn: '7d' },
      '`20/s` is no threshold for `arrivalRate`; write one such as 70%.',
    ],
  ])('%j is refused: %s', (rule, message) => {
    const parsed = alertsSchema.safeParse({ rules: [{ name: 'rule', ...rule }] });
    expect(parsed.error?.issues.map((issue) => issue.message)).toEqual([message]);
  });
});
