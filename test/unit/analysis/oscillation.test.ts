import { describe, expect, test } from 'vitest';
import type { CountOverTime } from '../../../sim-core/analysis/count-over-time.ts';
import { binnedMeans, desiredOverTime } from '../../../sim-core/analysis/count-over-time.ts';
import { oscillationOf } from '../../../sim-core/analysis/oscillation.ts';
import { testRandom } from '../../support/random.ts';

const horizon = 7200;

/** A course looked at every `step` seconds, rounded to whole replicas. */
function counted(course: (time: number) => number, step = 15, end = horizon): CountOverTime {
  const times = Array.from({ length: end / step }, (_, index) => index * step);
  return { before: Math.round(course(0)), times, values: times.map((time) => Math.round(course(time))) };
}

const sinusoid = (amplitude: number, period: number) => (time: number) =>
  amplitude * Math.sin((2 * Math.PI * time) / period);
const found = (course: (time: number) => number, step?: number) => oscillationOf(counted(course, step), 0, horizon);

describe('a rhythm', () => {
  test.each([
    [8, 600],
    [3, 250],
    [20, 1800],
  ])('of a sinusoid of %i replicas every %i s is found', (amplitude, period) => {
    const { period: seconds, amplitude: replicas } = found((time) => 30 + sinusoid(amplitude, period)(time));
    expect(Math.abs(seconds / period - 1)).toBeLessThan(0.01);
    // Whole replicas add a variance of 1/12; the line takes a little of few periods.
    expect(Math.abs(replicas - amplitude)).toBeLessThan(0.03 * amplitude + 0.06);
  });

  test('of a square wave, whose variance is that of a sinusoid 1.41 times as high', () => {
    const { period, amplitude } = found((time) => (time % 900 < 450 ? 24 : 16));
    expect(Math.abs(period / 900 - 1)).toBeLessThan(0.01);
    expect(Math.abs(amplitude / (4 * Math.SQRT2) - 1)).toBeLessThan(0.03);
  });

  test('on top of growth and noise', () => {
    const random = testRandom(1);
    const course = (time: number) => 20 + time / 200 + sinusoid(8, 600)(time) + 4 * (random() - 0.5);
    const { period, amplitude } = found(course);
    expect(Math.abs(period / 600 - 1)).toBeLessThan(0.01);
    expect(Math.abs(amplitude / 8 - 1)).toBeLessThan(0.05);
  });

  test('is that of the short one where a slow one is weaker', () => {
    const { period } = found((time) => 30 + sinusoid(8, 400)(time) + sinusoid(3, 1900)(time));
    expect(Math.abs(period / 400 - 1)).toBeLessThan(0.02);
  });
});

describe('no rhythm', () => {
  const none = { period: NaN, amplitude: NaN };

  test.each<[string, (time: number) => number]>([
    ['a count that stays', () => 10],
    ['growth', (time) => 10 + time / 300],
    ['one spike', (time) => (time > 3000 && time < 3600 ? 30 : 10)],
    ['fewer than three periods', (time) => 30 + sinusoid(10, 2900)(time)],
  ])('%s', (_, course) => expect(found(course)).toEqual(none));

  test('nothing to look at', () => {
    expect(oscillationOf(desiredOverTime([]), 0, horizon)).toEqual(none);
    expect(oscillationOf(counted(sinusoid(8, 600)), 100, 100)).toEqual(none);
  });

  test('chance is taken for a rhythm at most once in twenty times', () => {
    const random = testRandom(2);
    let periodic = 0;
    for (let run = 0; run < 200; run += 1) {
      let level = 0;
      const wander = counted(() => {
        level = (run % 2 === 0 ? 0.9 : 1) * level + 12 * (random() - 0.5);
        return 50 + level;
      });
      if (!Number.isNaN(oscillationOf(wander, 0, horizon).period)) periodic += 1;
    }
    expect(periodic).toBeLessThanOrEqual(10);
  });
});

test('means of equal parts, by hand', () => {
  const count = { before: 2, times: [10, 25, 40], values: [4, 8, 0] };
  expect([...binnedMeans(count, 0, 40, 2)]).toEqual([3, (4 * 5 + 8 * 15) / 20]);
  expect([...binnedMeans(count, 10, 50, 4)]).toEqual([4, 6, 8, 0]);
});
