import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../sim-core/autoscaling/contract.ts';
import { decisionAt, firstDifference, isScaling } from '../../../sim-core/autoscaling/decision-log.ts';

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
