import { describe, expect, it } from 'vitest';
import { BucketedCounts } from '../../../sim-core/trace/bucketed-counts.ts';
import { Findings } from '../../../sim-core/trace/findings.ts';
import { RequestLog, outcomes } from '../../../sim-core/trace/request-log.ts';
import { SeriesGroup } from '../../../sim-core/trace/series-group.ts';
import { sortOrder } from '../../../sim-core/trace/sort-order.ts';

const findings = new Findings('f');
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

describe('rows beyond the limit', () => {
  it('are merged into longer buckets, and what they sum to stays', () => {
    const group = new SeriesGroup([{ name: 'a' }, { name: 'b' }], findings, 100);
    for (let i = 0; i < 6400; i++) {
      group.at(i + 1, 1_767_225_600 + 10 * i);
      group.set(0, i % 13);
      if (i % 2 === 0) group.set(1, 5);
    }
    const { time, columns, mergedFrom, inOrder } = group.take();
    expect(inOrder).toBe(true);
    expect(mergedFrom).toBe(10);
    expect(time.length).toBeLessThanOrEqual(100);
    const width = time[1]! - time[0]!;
    expect(time.every((at, i) => at === i * width)).toBe(true);
    const expected = Array.from({ length: 6400 }, (_, i) => i % 13).reduce((total, value) => total + value, 0);
    expect(sum(columns[0]!) * (width / 10)).toBeCloseTo(expected, 6);
    expect(columns[1]!.every((value) => value === 5)).toBe(true);
    expect(group.findings.issues().map(({ code }) => code)).toEqual(['trace-coarsened']);
  });

  it('are refused when they are in no order', () => {
    const group = new SeriesGroup([{ name: 'a' }], findings, 64);
    for (let i = 0; i < 200; i++) group.at(i + 1, (i * 7919) % 200);
    expect(group.take().time.length).toBeLessThanOrEqual(64);
    expect(group.findings.count('trace-too-many-rows')).toBe(1);
  });
});

describe('counts per bucket', () => {
  it('are the same in any order of events, before and after the first', () => {
    const times = [5, 3, -2.5, 900, 4.2, 3.9, -700];
    for (const order of [times, times.toReversed(), times.toSorted((a, b) => a - b)]) {
      const counts = new BucketedCounts(2);
      for (const time of order) counts.add(time);
      const taken = counts.take();
      expect(taken.first).toBe(-700);
      expect(sum(taken.counts)).toBe(times.length);
      const at = (time: number): number => taken.counts[Math.floor((time - taken.first) / 2)]!;
      expect([at(3), at(5), at(-2.5), at(900)]).toEqual([2, 2, 1, 1]);
    }
  });

  it('stay bounded when one time is far from the others', () => {
    const counts = new BucketedCounts(1);
    for (const time of [0, 1, 2, 1_700_000_000]) counts.add(time);
    const taken = counts.take();
    expect(sum(taken.counts)).toBe(4);
    expect(taken.counts.length).toBeLessThanOrEqual(4_194_304);
  });
});

describe('a log of requests', () => {
  it('moves requests from their end to their start, with their durations, and keeps quantiles within 4 %', () => {
    const log = new RequestLog({ loggedAt: 'end', unordered: true }, { file: 'f' }, findings);
    for (let i = 1; i <= 1000; i++)
      log.add(i, 1000 + i, 0, (i % 100) / 10, i % 50 === 0 ? outcomes.failed : outcomes.served);
    const { time, serviceTime } = log.takeTimes()!;
    const starts = Array.from({ length: 1000 }, (_, k) => [k - ((k + 1) % 100) / 10, ((k + 1) % 100) / 10] as const);
    const ordered = starts.toSorted(([a], [b]) => a - b);
    expect([...time]).toEqual(ordered.map(([start]) => start));
    expect([...serviceTime!]).toEqual(ordered.map(([, took]) => took));
    expect(log.moved).toBe(1000);
    expect(log.failed.total).toBe(20);
    const durations = starts
      .filter(([start]) => start >= 500 && start < 510)
      .map(([, took]) => took)
      .toSorted((a, b) => a - b);
    const { start, quantiles, mean } = log.latency.read([0.5]);
    const bucket = (500 - start) / 10;
    expect(mean[bucket]).toBeCloseTo(durations.reduce((a, b) => a + b) / durations.length, 9);
    const median = durations[Math.ceil(durations.length / 2) - 1]!;
    expect(Math.abs(quantiles[0]![bucket]! - median) / median).toBeLessThan(0.04);
  });

  it('is counted when rates are asked for', () => {
    const log = new RequestLog({ loggedAt: 'start' }, { file: 'f', kind: 'rate', bucket: 10 }, findings);
    for (let i = 0; i < 35; i++) log.add(i + 1, 100 + i, 0);
    expect(log.takeTimes()).toBeUndefined();
    expect(log.takeCounts()).toEqual({ first: 0, width: 10, counts: Float64Array.of(10, 10, 10, 5) });
  });
});

it('sorts as a stable sort does', () => {
  const keys = Float64Array.from({ length: 5000 }, (_, i) => (i * 7919) % 613);
  const expected = Array.from(keys, (_, i) => i).sort((a, b) => keys[a]! - keys[b]! || a - b);
  expect([...sortOrder(keys)]).toEqual(expected);
});
