import { describe, expect, test } from 'vitest';
import type { CountOverTime } from '../../../sim-core/analysis/count-over-time.ts';
import { readyOverTime } from '../../../sim-core/analysis/count-over-time.ts';
import { stepResponseOf } from '../../../sim-core/analysis/step-response.ts';

/** From `from` to `to` as a system of second order goes, in whole replicas, every second from t = 100 on. */
function secondOrder(from: number, to: number, damping: number, frequency: number, end: number): CountOverTime {
  const root = Math.sqrt(1 - damping * damping);
  const phase = Math.acos(damping);
  const response = (time: number) =>
    1 - (Math.exp(-damping * frequency * time) / root) * Math.sin(frequency * root * time + phase);
  const times = Array.from({ length: end - 100 }, (_, index) => 100 + index);
  return { before: from, times, values: times.map((time) => Math.round(from + (to - from) * response(time - 100))) };
}

const step = { time: 100, until: 4100, grows: true };

describe('a system of second order', () => {
  test.each([0.2, 0.4, 0.6])('damping %d: overshoot is exp(−πζ ÷ √(1 − ζ²))', (damping) => {
    const expected = Math.exp((-Math.PI * damping) / Math.sqrt(1 - damping * damping));
    const count = secondOrder(1000, 11_000, damping, 0.05, 4100);
    expect(stepResponseOf(count, [step], 0, 4100).overshoot).toBeCloseTo(expected, 3);
    // Downwards the same.
    const down = secondOrder(11_000, 1000, damping, 0.05, 4100);
    expect(stepResponseOf(down, [{ ...step, grows: false }], 0, 4100).overshoot).toBeCloseTo(expected, 3);
  });

  test.each([
    // Times for which ω·t leaves the band for the last time: solved for the closed form on paper, by bisection.
    [0.2, 13.74],
    [0.4, 7.61],
    [0.6, 5.23],
  ])('damping %d: settles within 5 %% at ω·t = %d', (damping, expected) => {
    const { settlingTime } = stepResponseOf(secondOrder(1000, 11_000, damping, 0.05, 4100), [step], 0, 4100);
    expect(Math.abs(settlingTime * 0.05 - expected)).toBeLessThan(0.06);
  });
});

describe('in replicas', () => {
  const at = (before: number, ...jumps: [time: number, value: number][]): CountOverTime => ({
    before,
    times: jumps.map(([time]) => time),
    values: jumps.map(([, value]) => value),
  });
  const held = { time: 100, until: 1100, grows: true };

  test.each<[string, CountOverTime, number, number]>([
    ['straight there', at(4, [160, 10]), 60, 0],
    ['past it and back', at(4, [160, 13], [400, 10]), 300, 0.5],
    ['one replica to and fro is settled', at(4, [160, 10], [500, 11], [600, 10]), 60, 1 / 6],
    ['never moved', at(4, [50, 4]), 0, 0],
    [
      'still on its way in the last quarter',
      at(4, [160, 10], [1000, 20]),
      Infinity,
      (20 - (150 * 10 + 100 * 20) / 250) / 10,
    ],
    ['too late for the step', at(4, [1200, 10]), 0, 0],
  ])('%s', (_, count, settlingTime, overshoot) => {
    const found = stepResponseOf(count, [held], 0, 2000);
    expect(found.settlingTime).toBe(settlingTime);
    expect(found.overshoot).toBeCloseTo(overshoot, 12);
  });

  test('the worst of several steps; those before the warm-up and after the end do not count', () => {
    const count = at(4, [160, 13], [400, 10], [1200, 6]);
    const back = { time: 1100, until: 2100, grows: false };
    expect(stepResponseOf(count, [held, back], 0, 2100)).toEqual({ settlingTime: 300, overshoot: 0.5 });
    expect(stepResponseOf(count, [held, back], 200, 2100)).toEqual({ settlingTime: 100, overshoot: 0 });
    expect(stepResponseOf(count, [held, back], 0, 1000)).toEqual({ settlingTime: 300, overshoot: 0.5 });
    expect(stepResponseOf(count, [back], 0, 1000)).toEqual({ settlingTime: NaN, overshoot: NaN });
    expect(stepResponseOf(count, [], 0, 1000)).toEqual({ settlingTime: NaN, overshoot: NaN });
  });
});

test('ready replicas over time', () => {
  const life = (readyAt: number, drainingAt: number, goneAt: number) => ({
    id: 0,
    createdAt: 0,
    startedAt: 0,
    readyAt,
    drainingAt,
    goneAt,
  });
  const lives = [life(0, NaN, NaN), life(0, 50, 70), life(30, NaN, 60), life(NaN, 40, 40), life(80, NaN, NaN)];
  expect(readyOverTime(lives)).toEqual({ before: 0, times: [0, 30, 50, 60, 80], values: [2, 3, 2, 1, 2] });
});
