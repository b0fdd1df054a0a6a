import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../sim-core/autoscaling/contract.ts';
import { decisionAt, differencesOf, firstDifference, isScaling } from '../../../sim-core/autoscaling/decision-log.ts';

const decision = (time: number, current: number, applied: number): Decision => ({
  time,
  current,
  observed: {},
  recommended: applied,
  stages: [],
  applied,
  binding: null,
  withoutBinding: NaN,
  reason: '',
});
const log = (...steps: readonly [time: number, current: number, applied: number][]) =>
  steps.map((step) => decision(...step));

it('a scaling changes the count', () => {
  expect([decision(0, 4, 4), decision(0, 4, 5), decision(0, 4, 3)].map(isScaling)).toEqual([false, true, true]);
});

it.each([
  [-1, undefined],
  [0, 0],
  [14.9, 0],
  [15, 15],
  [1e9, 30],
])('the decision in force at %d s was made at %s', (time, made) => {
  expect(decisionAt(log([0, 4, 4], [15, 4, 6], [30, 6, 6]), time)?.time).toBe(made);
});

describe('the first difference of two policies', () => {
  it('is where the counts part, not where the texts do', () => {
    const left = log([0, 4, 4], [15, 4, 6], [30, 6, 6]);
    const right = log([0, 4, 4], [15, 4, 6], [30, 6, 7]);
    expect(firstDifference(left, right)).toEqual({ time: 30, left: left[2], right: right[2] });
  });

  it('holds each count between the evaluations of policies with other periods', () => {
    const left = log([0, 4, 4], [60, 4, 8]);
    const right = log([0, 4, 4], [15, 4, 4], [30, 4, 5], [45, 5, 8], [60, 8, 8]);
    expect(firstDifference(left, right)).toEqual({ time: 30, left: left[0], right: right[2] });
  });

  it('is at the first evaluation of the one, before the other has decided at all', () => {
    const left = log([0, 4, 6]);
    const right = log([60, 4, 6]);
    expect(firstDifference(left, right)).toEqual({ time: 0, left: left[0], right: undefined });
  });

  it('does not exist for equal counts, nor beside a policy that decides nothing', () => {
    expect(firstDifference(log([0, 4, 5]), log([0, 4, 5], [15, 5, 5]))).toBeUndefined();
    expect(firstDifference(log([0, 4, 5]), [])).toBeUndefined();
  });
});

describe('all differences of two policies', () => {
  it('begin anew whenever one of the counts moves and the two stand apart', () => {
    const left = log([0, 4, 4], [15, 4, 6], [30, 6, 6], [45, 6, 8], [60, 8, 8]);
    const right = log([0, 4, 4], [20, 4, 5], [40, 5, 6], [50, 6, 8], [70, 8, 3]);
    const found = [...differencesOf(left, right)];
    expect(found.map(({ time, left: one, right: other }) => [time, one?.applied, other?.applied])).toEqual([
      [15, 6, 4],
      [20, 6, 5],
      [45, 8, 6],
      [70, 8, 3],
    ]);
    expect(firstDifference(left, right)).toEqual(found[0]);
  });

  it('are as many as a look at every evaluation finds', () => {
    const walk = (seed: number, period: number) => {
      let [state, count] = [seed, 5];
      return log(
        ...Array.from({ length: 200 }, (_, i): [number, number, number] => {
          state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
          const next = Math.max(1, count + (state >>> 30) - 1);
          const step: [number, number, number] = [i * period, count, next];
          count = next;
          return step;
        }),
      );
    };
    const [left, right] = [walk(1, 15), walk(2, 20)];
    const times = [...new Set([...left, ...right].map(({ time }) => time))].sort((a, b) => a - b);
    const pairs = times.map((time) => [time, decisionAt(left, time)?.applied, decisionAt(right, time)?.applied]);
    const expected = pairs.filter(
      ([, one, other], i) => one !== other && (pairs[i - 1]?.[1] !== one || pairs[i - 1]?.[2] !== other),
    );
    expect(
      [...differencesOf(left, right)].map(({ time, left: l, right: r }) => [time, l?.applied, r?.applied]),
    ).toEqual(expected);
  });
});
