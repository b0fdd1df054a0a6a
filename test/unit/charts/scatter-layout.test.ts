import { expect, test } from 'vitest';
import { modelLane } from '../../../renderer/charts/model-lane.ts';
import { readLane } from '../../../sim-core/index.ts';
import { dotAt, layoutScatter } from '../../../renderer/charts/scatter-layout.ts';

const pair = (x: readonly number[], y: readonly number[]) => ({
  name: 'M/M/c',
  slot: 1,
  x: Float64Array.from(x),
  y: Float64Array.from(y),
});

test('equal numbers lie on the diagonal', () => {
  for (const scale of ['linear', 'log'] as const) {
    for (const dot of layoutScatter([pair([0.1, 1, 3], [0.1, 1, 3])], 300, 'seconds', scale).dots) {
      expect(dot.x + dot.y).toBeCloseTo(300, 9);
    }
  }
});

test('pairs without a number are left out, zeros only on a logarithmic scale', () => {
  const series = [pair([0, 1, NaN, Infinity, 2], [1, 1, 1, 1, 4])];
  expect(layoutScatter(series, 300, 'seconds', 'linear').dots.map(({ row }) => row)).toEqual([0, 1, 4]);
  expect(layoutScatter(series, 300, 'seconds', 'log').dots.map(({ row }) => row)).toEqual([1, 4]);
  expect(layoutScatter([pair([NaN], [1])], 300, 'seconds', 'linear').dots).toEqual([]);
});

test('ticks say their unit', () => {
  expect(layoutScatter([pair([0, 3.9], [0, 3.9])], 300, 'seconds', 'linear').ticks.map(({ label }) => label)).toEqual([
    '0',
    '1 s',
    '2 s',
    '3 s',
    '4 s',
  ]);
  expect(layoutScatter([pair([0.002, 2], [0.002, 2])], 300, 'seconds', 'log').ticks.map(({ label }) => label)).toEqual([
    '10 ms',
    '100 ms',
    '1 s',
  ]);
});

test('the nearest dot within reach is found', () => {
  const { dots } = layoutScatter([pair([1, 2], [1, 2])], 208, 'count', 'linear');
  expect(dotAt(dots, dots[1]!.x + 4, dots[1]!.y - 4)?.row).toBe(1);
  expect(dotAt(dots, 5, 5)).toBeNull();
});

test('waits of models: infinite ones are gaps, and the axis follows what can be trusted', () => {
  const lane = modelLane({
    name: 'Mean wait',
    time: Float64Array.of(0, 60, 120, 180),
    interval: 60,
    simulated: Float64Array.of(0.1, 0.2, 130, 0.4),
    predictions: [{ name: 'M/M/c', slot: 1, values: Float64Array.of(0.1, 0.3, Infinity, 0.2) }],
    broken: [{ start: 120, end: 180, reason: 'Unstable', meaning: 'doubt' }],
  });
  expect([...lane.series[1]!.values]).toEqual([0.1, 0.3, NaN, 0.2]);
  expect(readLane(lane, 130).map(({ text }) => text)).toEqual(['2 min 10 s', '∞']);
  expect(lane.ceiling).toBeCloseTo(0.5, 12);
  expect(lane.unit).toBe('milliseconds');
  expect(lane.shades).toEqual([{ meaning: 'doubt', policy: null, start: 120, end: 180 }]);
});
