import { describe, expect, test } from 'vitest';
import { labelWidth, placeLabels, rangeLabel, timeLabel, timeTicks } from '../../../sim-core/export/chart/time-axis.ts';
import { formatClock, formatRelative } from '../../../sim-core/export/chart/time-text.ts';

const start = Date.UTC(2026, 10, 27) / 1000;
const hour = 3600;
const day = 24 * hour;

const labels = (
  window: [number, number],
  width: number,
  mode: 'clock' | 'relative' = 'clock',
  epoch = start,
): string[] => timeTicks(window, width, epoch, mode).map(({ label }) => label);

describe('clock ticks', () => {
  test('fall on round hours of a day', () => {
    expect(labels([0, day], 760)).toEqual([
      '00:00',
      '03:00',
      '06:00',
      '09:00',
      '12:00',
      '15:00',
      '18:00',
      '21:00',
      '00:00',
    ]);
  });

  test('are not much denser than they should be', () => {
    expect(labels([12 * hour, 18 * hour], 756)).toEqual([
      '12:00',
      '13:00',
      '14:00',
      '15:00',
      '16:00',
      '17:00',
      '18:00',
    ]);
    expect(labels([12 * hour, 17 * hour], 756)).toHaveLength(11);
  });

  test('fall on round clock times even when t = 0 does not', () => {
    expect(labels([0, 2 * hour], 500, 'clock', start + 17 * 60 + 3)).toEqual(['00:30', '01:00', '01:30', '02:00']);
  });

  test('show seconds and milliseconds when they differ by them', () => {
    expect(labels([30, 60], 500)).toEqual([
      '00:00:30',
      '00:00:35',
      '00:00:40',
      '00:00:45',
      '00:00:50',
      '00:00:55',
      '00:01:00',
    ]);
    expect(labels([0, 1], 400)[1]).toBe('00:00:00.200');
  });

  test('name the day at midnight when the window spans several', () => {
    const ticks = timeTicks([0, 2 * day], 760, start, 'clock');
    expect(ticks.filter(({ major }) => major).map(({ label }) => label)).toEqual(['27 Nov', '28 Nov', '29 Nov']);
  });

  test('become days, then months', () => {
    expect(labels([0, 14 * day], 760)[1]).toMatch(/^\d+ (Nov|Dec)$/);
    expect(labels([0, 365 * day], 1000).slice(0, 3)).toEqual(['Dec 2026', 'Jan 2027', 'Feb 2027']);
  });

  test('an empty window or no width has none', () => {
    expect(labels([5, 5], 700)).toEqual([]);
    expect(labels([0, 5], 0)).toEqual([]);
  });
});

test('relative ticks are multiples of a round step from t = 0, before it too', () => {
  expect(labels([-hour, 4 * hour], 500, 'relative')).toEqual(['t−1h', 't+0', 't+1h', 't+2h', 't+3h', 't+4h']);
  expect(labels([0, 3 * day], 400, 'relative')).toEqual(['t+0', 't+1d', 't+2d', 't+3d']);
});

describe('relative times', () => {
  test.each([
    [0, 't+0'],
    [45, 't+45s'],
    [90, 't+1m30s'],
    [5400, 't+1h30m'],
    [3605, 't+1h00m5s'],
    [183_600, 't+2d3h'],
    [172_860, 't+2d0h01m'],
    [-90, 't−1m30s'],
  ])('%d s is %s', (seconds, text) => expect(formatRelative(seconds)).toBe(text));

  test('are cut to the precision asked for', () => {
    expect(formatRelative(5459, 'minute')).toBe('t+1h30m');
    expect(formatRelative(1.2345, 'millisecond')).toBe('t+1.234s');
  });
});

test('clock times are UTC and cut', () => {
  expect(formatClock(start + 14 * hour + 4 * 60 + 15.999)).toBe('14:04:15');
  expect(formatClock(start + 59.9996, 'millisecond')).toBe('00:00:59.999');
  expect(formatClock(-1, 'second')).toBe('23:59:59');
});

test('the crosshair says the day only where days differ', () => {
  expect(timeLabel(14 * hour, [0, day], start, 'clock')).toBe('14:00:00');
  expect(timeLabel(14 * hour, [0, 3 * day], start, 'clock')).toBe('27 Nov 14:00:00');
  expect(timeLabel(14 * hour, [0, day], start, 'relative')).toBe('t+14h');
});

test('a stretch is named by its days', () => {
  expect(rangeLabel([0, day], start)).toBe('Fri 27 Nov');
  expect(rangeLabel([0, 14 * day], start)).toBe('27 Nov – 10 Dec');
  expect(rangeLabel([0, 1095 * day], start)).toBe('Nov 2026 – Nov 2029');
  expect(rangeLabel([hour, 4 * hour], start, 'relative')).toBe('t+1h – 4h');
});

test('placed labels never overlap and never leave the axis', () => {
  for (const width of [120, 240, 400, 560, 760, 1200]) {
    for (const span of [10, 600, hour, 7 * hour, day, 5 * day, 60 * day, 800 * day]) {
      for (const from of [0, span * 0.37]) {
        const window: [number, number] = [from, from + span];
        for (const mode of ['clock', 'relative'] as const) {
          let edge = -Infinity;
          for (const { x, anchor, label } of placeLabels(timeTicks(window, width, start, mode), window, width)) {
            const size = labelWidth(label);
            const left = anchor === 'start' ? x : anchor === 'end' ? x - size : x - size / 2;
            expect(left).toBeGreaterThanOrEqual(Math.max(-1, edge));
            edge = left + size;
            expect(edge).toBeLessThanOrEqual(width + 1);
          }
        }
      }
    }
  }
});
