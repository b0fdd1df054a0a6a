import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  extremesOf,
  firstAtOrAfter,
  firstAtOrAfterNear,
  queryExtremes,
  rowAt,
} from '../../../sim-core/export/chart/extremes.ts';
import { areaUnder, replay, traceBand, traceLine } from '../../../sim-core/export/chart/polyline.ts';
import type { Polyline } from '../../../sim-core/export/chart/polyline.ts';

const values = fc.array(fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constant(NaN)), {
  minLength: 1,
  maxLength: 2000,
});

test('extremes of any stretch are those a plain scan finds', () => {
  fc.assert(
    fc.property(values, fc.nat(2100), fc.nat(2100), (list, a, b) => {
      const column = Float64Array.from(list);
      const from = Math.min(a, b);
      const to = Math.max(a, b);
      const known = list.slice(from, to).filter((value) => !Number.isNaN(value));
      const found = { lowest: 0, highest: 0 };
      queryExtremes(extremesOf(column), from, to, found);
      expect(found).toEqual({
        lowest: known.reduce((least, value) => Math.min(least, value), Infinity),
        highest: known.reduce((most, value) => Math.max(most, value), -Infinity),
      });
    }),
  );
});

test('a search near a guess finds what a search of everything finds', () => {
  const steps = fc.array(fc.double({ min: 0.1, max: 50, noNaN: true }), { maxLength: 300 });
  fc.assert(
    fc.property(
      steps,
      fc.double({ min: -10, max: 16_000, noNaN: true }),
      fc.integer({ min: -5, max: 310 }),
      (gaps, at, guess) => {
        let sum = 0;
        const time = Float64Array.from(gaps, (gap) => (sum += gap));
        expect(firstAtOrAfterNear(time, at, guess)).toBe(firstAtOrAfter(time, at));
      },
    ),
  );
});

test('a row covers its start but not its end, and gaps belong to no row', () => {
  const time = Float64Array.of(0, 60, 180);
  expect([-1, 0, 59.9, 60, 119.9, 120, 179, 180, 239.9, 240].map((at) => rowAt(time, 60, at))).toEqual([
    -1, 0, 0, 1, 1, -1, -1, 2, 2, -1,
  ]);
});

const y = (value: number): number => 100 - value;
const everyMinute = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i * 60);

/** The stretches of a polyline as lists of points. */
function stretches(line: Polyline): [number, number][][] {
  const found: [number, number][][] = [];
  replay(line, {
    moveTo: (x, at) => void found.push([[x, at]]),
    lineTo: (x, at) => void found.at(-1)!.push([x, at]),
  });
  return found;
}

describe('few rows are drawn as they are', () => {
  const frame = { window: [0, 240] as const, width: 240, y };

  test('lines join the middles of rows', () => {
    const line = traceLine({ time: everyMinute(4), interval: 60, values: Float64Array.of(1, 2, 3, 4) }, false, frame);
    expect(stretches(line)).toEqual([
      [
        [30, 99],
        [90, 98],
        [150, 97],
        [210, 96],
      ],
    ]);
  });

  test('steps hold their value over the row', () => {
    const line = traceLine({ time: everyMinute(2), interval: 60, values: Float64Array.of(1, 5) }, true, frame);
    expect(stretches(line)).toEqual([
      [
        [0, 99],
        [60, 99],
        [60, 95],
        [120, 95],
      ],
    ]);
  });

  test('NaN and missing rows are gaps; a lone value stays visible', () => {
    const time = Float64Array.of(0, 60, 120, 300, 360);
    const column = { time, interval: 60, values: Float64Array.of(1, NaN, 3, 4, 5) };
    const line = traceLine(column, false, { window: [0, 420], width: 420, y });
    expect(stretches(line)).toEqual([
      [
        [29, 99],
        [31, 99],
      ],
      [
        [149, 97],
        [151, 97],
      ],
      [
        [330, 96],
        [390, 95],
      ],
    ]);
  });

  test('lines leave the window at both sides', () => {
    const column = { time: everyMinute(10), interval: 60, values: new Float64Array(10) };
    const [points] = stretches(traceLine(column, false, { window: [200, 340], width: 140, y }));
    expect(points![0]![0]).toBeLessThan(0);
    expect(points!.at(-1)![0]).toBeGreaterThan(140);
  });
});

describe('many rows are aggregated by pixel column', () => {
  const random = (() => {
    let state = 1;
    return () => (state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647) / 2_147_483_647;
  })();
  const n = 50_000;
  const column = { time: everyMinute(n), interval: 60, values: Float64Array.from({ length: n }, () => random() * 90) };
  const width = 300;
  const window = [0, n * 60] as const;

  test('every column keeps its first, lowest, highest and last value', () => {
    const line = traceLine(column, false, { window, width, y });
    const byColumn = new Map<number, number[]>();
    for (const [x, at] of stretches(line)[0]!) {
      const pixel = Math.floor(x);
      byColumn.set(pixel, [...(byColumn.get(pixel) ?? []), 100 - at]);
    }
    for (let pixel = 0; pixel < width; pixel++) {
      const from = Math.ceil((pixel * n) / width - 1e-9);
      const to = Math.ceil(((pixel + 1) * n) / width - 1e-9);
      const rows = [...column.values.subarray(from, to)];
      const drawn = byColumn.get(pixel)!;
      expect(drawn[0]).toBeCloseTo(rows[0]!, 9);
      expect(drawn.at(-1)).toBeCloseTo(rows.at(-1)!, 9);
      expect(Math.min(...drawn)).toBeCloseTo(Math.min(...rows), 9);
      expect(Math.max(...drawn)).toBeCloseTo(Math.max(...rows), 9);
    }
  });

  test('four points a column at most, however many rows', () => {
    expect(traceLine(column, false, { window, width, y }).length / 2).toBeLessThanOrEqual(4 * (width + 3));
  });

  test('panning by whole pixels moves the points and changes none', () => {
    const span = n * 30;
    const pixel = span / width;
    const at = (shift: number): [number, number][] =>
      stretches(traceLine(column, false, { window: [shift * pixel, shift * pixel + span], width, y }))[0]!;
    const moved = at(7).map(([x, value]): string => `${(x + 7).toFixed(3)} ${value.toFixed(6)}`);
    const inside = at(0)
      .map(([x, value]) => [x, `${x.toFixed(3)} ${value.toFixed(6)}`] as const)
      .filter(([x]) => x > 8 && x < width - 1);
    expect(inside.length).toBeGreaterThan(width);
    for (const [, text] of inside) expect(moved).toContain(text);
  });

  test('a stretch without data is a gap', () => {
    const holed = column.values.slice().fill(NaN, 10_000, 20_000);
    expect(stretches(traceLine({ ...column, values: holed }, false, { window, width, y }))).toHaveLength(2);
  });
});

test('an area closes each stretch on its base', () => {
  const line = Float64Array.of(0, 5, 10, 6, NaN, NaN, 20, 7, 30, 8);
  expect(stretches(areaUnder(line, 50))).toEqual([
    [
      [0, 50],
      [0, 5],
      [10, 6],
      [10, 50],
    ],
    [
      [20, 50],
      [20, 7],
      [30, 8],
      [30, 50],
    ],
  ]);
});

test('a band goes along its upper edge and back along its lower', () => {
  const lower = Float64Array.of(1, 2, NaN);
  const upper = Float64Array.of(3, 4, NaN);
  const band = traceBand(everyMinute(3), 60, { lower, upper }, false, { window: [0, 180], width: 180, y });
  expect(stretches(band)).toEqual([
    [
      [30, 97],
      [90, 96],
      [90, 98],
      [30, 99],
    ],
  ]);
});
