import { describe, expect, it } from 'vitest';
import type { TraceSeries } from '../../../sim-core/trace/contract.ts';
import { fillSeasonally } from '../../../sim-core/trace/fill-gaps.ts';

const hour = 3600;

/** Rows an hour each; hours that are missing begin with one row without a value, as importers write gaps. */
function hours(count: number, rateAt: (hour: number) => number, missing: (hour: number) => boolean): TraceSeries {
  const rows: [number, number][] = [];
  for (let h = 0; h < count; h++) {
    if (!missing(h)) rows.push([h * hour, rateAt(h)]);
    else if (!missing(h - 1)) rows.push([h * hour, NaN]);
  }
  return {
    kind: 'rate',
    time: Float64Array.from(rows, ([at]) => at),
    rate: Float64Array.from(rows, ([, rate]) => rate),
    bucket: hour,
    startEpoch: 0,
  };
}

describe('filling gaps by season', () => {
  it('gives a repeating day back exactly, hour by hour', () => {
    const day = (h: number): number => 10 + (h % 24);
    const filled = fillSeasonally(hours(96, day, (h) => h >= 30 && h < 40));
    expect([...filled.time]).toEqual(Array.from({ length: 96 }, (_, h) => h * hour));
    expect([...filled.rate]).toEqual(Array.from({ length: 96 }, (_, h) => day(h)));
  });

  it('prefers the same weekday where there is one', () => {
    const week = (h: number): number => (Math.floor(h / 24) % 7 >= 5 ? 1 : 100);
    const gap = (h: number): boolean => h >= 24 * 12 && h < 24 * 13;
    expect(fillSeasonally(hours(24 * 21, week, gap)).rate.every((rate, h) => rate === week(h))).toBe(true);
  });

  it('leaves missing what no other day knows', () => {
    const filled = fillSeasonally(
      hours(
        20,
        () => 5,
        (h) => h === 7,
      ),
    );
    expect(filled.rate[7]).toBeNaN();
    expect(filled.rate.filter((rate) => rate === 5)).toHaveLength(19);
  });
});
