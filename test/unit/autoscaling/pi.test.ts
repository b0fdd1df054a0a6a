import { describe, expect, test } from 'vitest';
import { piKind, type PiState } from '../../../sim-core/autoscaling/pi/controller.ts';
import { piConfig } from '../../../sim-core/autoscaling/pi/config.ts';
import { context, seen } from './seen.ts';

const base = { setpoint: 0.5, proportionalGain: 8, integralTime: '60s', interval: '15s', min: 1, max: 100 };
const create = (changes: object = {}, initialReplicas = 10) =>
  piKind.create(piConfig.parse({ ...base, ...changes }), { ...context, initialReplicas });

/** Wished counts, and the integral, for a series of measurements. */
function respond(changes: object, values: readonly number[], initial = 10) {
  const controller = create(changes, initial);
  let state: PiState = controller.initialState;
  return values.map((value, index) => {
    const { decision, state: next } = controller.evaluate(seen((index + 1) * 15, 10, value), state);
    state = next;
    return { applied: decision.applied, wished: decision.recommended, integral: state.integral };
  });
}

describe('PI control', () => {
  test('a constant error e gives n + K·e·(1 + t/Ti): the step response of the textbook', () => {
    const e = 0.25;
    for (const [index, { integral }] of respond(
      {},
      Array.from({ length: 20 }, () => 0.5 + e),
    ).entries()) {
      expect(integral).toBeCloseTo(10 + (8 * e * (index + 1) * 15) / 60, 12);
    }
    expect(respond({}, [0.75, 0.75, 0.75, 0.75]).map(({ wished }) => wished)).toEqual([13, 13, 14, 14]);
  });

  test('at the setpoint it stays, and without a measurement nothing changes', () => {
    expect(respond({}, [0.5, 0.5, NaN, 0.5]).map(({ applied }) => applied)).toEqual([10, 10, 10, 10]);
    expect(respond({}, [NaN])[0]).toMatchObject({ wished: NaN, applied: 10, integral: 10 });
  });

  test('on a linear plant it follows the recursion of its closed loop, and settles without an error', () => {
    // y = d − g·n without rounding would be e' = (1 − …)·e; with whole counts the error ends within one replica.
    const gain = 0.02;
    const controller = create({ proportionalGain: 10, integralTime: '30s', max: 200 }, 20);
    let state = controller.initialState;
    let replicas = 20;
    let integral = 20;
    for (let step = 1; step <= 200; step++) {
      const value = 1.5 - gain * replicas;
      integral += (10 * (value - 0.5) * 15) / 30;
      const evaluated = controller.evaluate(seen(step * 15, replicas, value), state);
      state = evaluated.state;
      expect(state.integral).toBeCloseTo(integral, 9);
      expect(evaluated.decision.applied).toBe(Math.round(10 * (value - 0.5) + integral));
      replicas = evaluated.decision.applied;
    }
    expect(Math.abs(1.5 - gain * replicas - 0.5)).toBeLessThanOrEqual(gain);
  });

  test('clamping turns at once after a long overload; without it the integral has wound up', () => {
    const overload = [...Array.from({ length: 100 }, () => 1), ...Array.from({ length: 10 }, () => 0.3)];
    const clamped = respond({ max: 12 }, overload);
    const wound = respond({ max: 12, antiWindup: 'none' }, overload);
    expect(clamped[99]).toMatchObject({ applied: 12, integral: 8 });
    expect(clamped[100]!.applied).toBeLessThan(12);
    expect(wound.slice(100).every(({ applied }) => applied === 12)).toBe(true);
    expect(wound[99]!.integral).toBeCloseTo(10 + (100 * 8 * 0.5 * 15) / 60, 9);
  });

  test('the queue is shared among ready replicas', () => {
    const controller = create({ metric: 'queuePerReplica', setpoint: 2, proportionalGain: 1 });
    const { decision } = controller.evaluate(seen(15, 10, NaN, { queueLength: 60 }), controller.initialState);
    expect(decision).toMatchObject({ observed: { queuePerReplica: 6 }, recommended: 15 });
    expect(decision.reason).toBe('10 → 15: queuePerReplica 6 − 2 = 4; 1 × 4 + ∫ 11 (over 1 min) = 15, rounded 15');
  });

  test('bounds that cross are refused', () => {
    expect(piConfig.safeParse({ ...base, min: 5, max: 4 }).success).toBe(false);
  });
});
