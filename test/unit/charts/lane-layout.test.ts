import { describe, expect, test } from 'vitest';
import { placeLanes } from '../../../sim-core/export/chart/lane-geometry.ts';
import { layoutLane, markAt, markPath } from '../../../sim-core/export/chart/lane-layout.ts';
import type { LaneMark, LaneModel, Quantity } from '../../../sim-core/export/chart/lane-model.ts';
import { describeLane, laneTable, readLane } from '../../../sim-core/export/chart/lane-reading.ts';
import { valueAxis } from '../../../sim-core/export/chart/value-axis.ts';

const time = Float64Array.from({ length: 10 }, (_, i) => i * 60);

function laneOf(values: readonly number[], change: Partial<LaneModel> = {}): LaneModel {
  const rows = { time: time.subarray(0, values.length), interval: 60, values: Float64Array.from(values) };
  return {
    id: 'test',
    name: 'Test',
    unit: 'things',
    quantity: 'count',
    currency: '',
    axisFactor: 1,
    weight: 1,
    series: [
      {
        ...rows,
        id: 'a',
        policy: 'a',
        label: 'main',
        slot: 1,
        step: true,
        line: 'solid',
        width: 1.5,
        opacity: 1,
        fill: false,
        band: null,
      },
    ],
    readings: [{ ...rows, policy: 'a', label: 'a', slot: 1, next: null }],
    marks: [],
    shades: [],
    ceiling: null,
    objective: null,
    emptyText: 'Nothing here.',
    ...change,
  };
}

describe('the value axis', () => {
  const ticks = (
    values: readonly number[],
    quantity: Quantity = 'count',
    change: Partial<LaneModel> = {},
    height = 100,
  ): string[] => valueAxis(laneOf(values, { quantity, ...change }), [0, 600], height).ticks.map(({ label }) => label);

  test.each<[string, readonly number[], Quantity, string[]]>([
    ['round numbers', [120, 560], 'rate', ['0', '200', '400', '600']],
    ['thousands in full', [1200, 5600], 'count', ['0', '2,000', '4,000', '6,000']],
    ['tens of thousands short', [12_000, 56_000], 'count', ['0', '20k', '40k', '60k']],
    ['small shares reach 100 %', [0.2, 0.4], 'fraction', ['0 %', '50 %', '100 %']],
    ['whole replicas only', [1, 2], 'replicas', ['0', '1', '2', '3', '4']],
    ['nothing but zero', [0, 0], 'count', ['0', '5', '10']],
    ['fractions with equal decimals', [0.3, 1.4], 'money', ['0', '0.5', '1.0', '1.5']],
  ])('%s', (_, values, quantity, labels) => expect(ticks(values, quantity)).toEqual(labels));

  test('in the unit of the lane', () => {
    expect(ticks([0.1, 0.4], 'seconds', { axisFactor: 1000 })).toEqual(['0', '100', '200', '300', '400']);
  });

  test('holds all of the data and the objective, and starts at zero', () => {
    const axis = valueAxis(laneOf([3, 7], { objective: { value: 20, label: 'SLO' } }), [0, 600], 100);
    expect(axis.bottom).toBe(0);
    expect(axis.top).toBeGreaterThan(20);
    expect(valueAxis(laneOf([-3, 7]), [0, 600], 100).bottom).toBeLessThanOrEqual(-3);
  });

  test('looks at the window only', () => {
    expect(valueAxis(laneOf([1000, 1, 2, 3, 4, 5]), [130, 350], 100).top).toBeLessThan(12);
  });

  test('stops at the ceiling', () => {
    expect(valueAxis(laneOf([20, 1000], { ceiling: 50 }), [0, 600], 100).top).toBeLessThan(60);
  });

  test('is empty where there is no value', () => {
    expect(valueAxis(laneOf([NaN, NaN, 3]), [0, 119], 100).empty).toBe(true);
    expect(valueAxis(laneOf([NaN, NaN, 3]), [0, 200], 100).empty).toBe(false);
  });
});

test('shapes are drawn shades first, lines last; shades outside the window not at all', () => {
  const shades = [
    { meaning: 'violation', policy: 'a', start: 60, end: 120 },
    { meaning: 'violation', policy: 'a', start: 1000, end: 1100 },
  ] as const;
  const base = laneOf([1, 2, 3], { shades });
  const band = { lower: Float64Array.of(0, 1, 2), upper: Float64Array.of(2, 3, 4) };
  const model = { ...base, series: base.series.map((series) => ({ ...series, band, fill: true })) };
  const { shapes } = layoutLane(model, [0, 600], 600, 100);
  expect(shapes.map(({ kind }) => kind)).toEqual(['shade', 'fill', 'band', 'line']);
  expect(shapes[0]).toMatchObject({ from: 60, to: 120 });
});

test('a shade thinner than a pixel still shows', () => {
  const model = laneOf([1], { shades: [{ meaning: 'violation', policy: 'a', start: 100, end: 100.1 }] });
  const [shade] = layoutLane(model, [0, 600], 60, 100).shapes;
  expect(shade).toMatchObject({ from: 10, to: 11 });
});

describe('marks', () => {
  const mark = (at: number, direction: 'up' | 'down' = 'up'): LaneMark => ({
    policy: 'a',
    slot: 1,
    time: at,
    direction,
    from: 1,
    to: 2,
    value: 5,
  });
  const place = (marks: readonly LaneMark[], window: readonly [number, number] = [0, 600]) =>
    layoutLane(laneOf([5, 5, 5, 5, 5, 5, 5, 5, 5, 5], { marks: [marks] }), window, 600, 100).marks;

  test('stand above the line for up and below it for down, inside the plot', () => {
    const layout = layoutLane(laneOf([5, 5], { marks: [[mark(100), mark(200, 'down')]] }), [0, 600], 600, 100);
    const line = layout.y(5);
    expect(layout.marks.map(({ x }) => x)).toEqual([100, 200]);
    expect(layout.marks[0]!.y).toBeLessThan(line);
    expect(layout.marks[1]!.y).toBeGreaterThan(line);
  });

  test('nearer than a triangle are drawn once', () => {
    expect(place([mark(100), mark(101), mark(102), mark(300)]).map(({ x }) => x)).toEqual([100, 300]);
  });

  test('too many in a row show where each episode begins: a turn, or a start after a pause', () => {
    const run = Array.from({ length: 30 }, (_, i) => mark(i * 14));
    const episodes = place([...run, mark(430, 'down'), mark(590, 'down')]);
    expect(episodes.map(({ x }) => x)).toEqual([0, 430, 590]);
  });

  test('when even the episodes are too many, the line speaks alone', () => {
    const flapping = Array.from({ length: 4000 }, (_, i) => mark(i * 0.15, i % 2 === 0 ? 'up' : 'down'));
    expect(place(flapping)).toEqual([]);
    expect(place(flapping, [0, 3]).length).toBeGreaterThan(10);
  });

  test('are found by a click near them', () => {
    const marks = place([mark(100), mark(130)]);
    expect(markAt(marks, 128, marks[1]!.y + 3)?.mark.time).toBe(130);
    expect(markAt(marks, 115, marks[0]!.y)).toBeNull();
    expect(markPath(marks[0]!)).toMatch(/^M100\.0 [\d.]+l3\.7 6h-7\.4z$/);
  });
});

describe('readings', () => {
  const model = laneOf([1, NaN, 3]);

  test('the crosshair reads the row it stands in', () => {
    expect([0, 59, 60, 179, 180].map((at) => readLane(model, at)[0]!.text)).toEqual(['1', '1', '–', '3', '–']);
  });

  test('ready → desired', () => {
    const next = Float64Array.of(2, NaN, 4);
    const paired = { ...model, readings: model.readings.map((reading) => ({ ...reading, next })) };
    expect(readLane(paired, 0)[0]!.text).toBe('1 → 2');
  });

  test('the table twin has a row per row of the window, sampled to its limit', () => {
    const long = laneOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const table = laneTable(long, [60, 540], 4);
    expect(table.total).toBe(8);
    expect(table.rows).toEqual([
      { time: 60, cells: ['1'] },
      { time: 180, cells: ['3'] },
      { time: 300, cells: ['5'] },
      { time: 420, cells: ['7'] },
    ]);
    expect(table.columns[0]!.label).toBe('a, main');
  });

  test('the description says what the picture shows', () => {
    expect(describeLane(model, [0, 600])).toBe('Test, things. a: 1 to 3.');
    expect(describeLane(model, [0, 59])).toBe('Test, things. a: 1 throughout.');
    expect(describeLane({ ...model, readings: [] }, [0, 600])).toBe('Test, things. Nothing here.');
  });
});

describe('heights of lanes', () => {
  const lanes = [1, 1.3, 1.15, 0.85].map((weight) => ({ ...laneOf([1]), weight }));

  test('fill what there is by weight, without gaps', () => {
    const places = placeLanes(lanes, 500);
    let top = 0;
    for (const place of places) {
      expect(place.top).toBe(top);
      top += place.height;
    }
    expect(top).toBe(500);
    expect(places[1]!.height).toBeGreaterThan(places[0]!.height);
  });

  test('never fall below the least, and then overflow', () => {
    expect(placeLanes(lanes, 100).map(({ height }) => height)).toEqual([72, 72, 72, 72]);
    const tight = placeLanes(lanes, 300);
    expect(Math.min(...tight.map(({ height }) => height))).toBe(72);
    expect(tight.reduce((sum, { height }) => sum + height, 0)).toBe(300);
  });

  test('no lanes take no room', () => expect(placeLanes([], 400)).toEqual([]));
});

describe('a latency lane that runs far beyond its objective', () => {
  const lane = (highest: number) => {
    const objective = { value: 0.5, label: 'SLO 500 ms' };
    return layoutLane(laneOf([0.2, 0.25, highest, 0.25], { quantity: 'seconds', objective }), [0, 240], 400, 100);
  };

  test('is logarithmic, so that the objective and the peak can both be read', () => {
    const { axis, y, objectiveY } = lane(10);
    expect(axis.scale).toBe('log');
    expect(axis.ticks.map(({ label }) => label)).toEqual(['1', '10']);
    expect(y(10)).toBeLessThan(10);
    expect(objectiveY).toBeGreaterThan(60);
    expect(y(2) - y(10)).toBeCloseTo(y(0.2) - y(1), 9);
    expect(y(0)).toBe(100);
  });

  test('has as many ticks as there is room for', () => {
    const objective = { value: 0.5, label: 'SLO 500 ms' };
    const tall = layoutLane(laneOf([0.2, 10], { quantity: 'seconds', objective }), [0, 120], 400, 200);
    expect(tall.axis.ticks.map(({ label }) => label)).toEqual(['0.2', '0.5', '1', '2', '5', '10']);
    const long = layoutLane(laneOf([0.0002, 10_000], { quantity: 'seconds', objective }), [0, 120], 400, 60);
    expect(long.axis.ticks.length).toBeLessThanOrEqual(4);
  });

  test('stays linear up to six times the objective', () => {
    expect(lane(3).axis.scale).toBe('linear');
    expect(lane(3.01).axis.scale).toBe('log');
  });
});
