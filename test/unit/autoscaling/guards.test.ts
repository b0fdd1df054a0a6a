import { describe, expect, test } from 'vitest';
import type { GuardsConfig } from '../../../sim-core/autoscaling/guards/config.ts';
import { checkGuards } from '../../../sim-core/autoscaling/guards/check-guards.ts';
import { guardController } from '../../../sim-core/autoscaling/guards/guard.ts';
import { asking, every } from './asking.ts';
import { context, controllerFrom, drive, seen } from './seen.ts';

const guarded = (guards: GuardsConfig, ...counts: number[]) => guardController(asking(...counts), guards, context);

test('without guards the controller is the same', () => {
  const inner = asking(1);
  expect(guardController(inner, {}, context)).toBe(inner);
});

describe('cool-down', () => {
  test('holds a direction for its time after any action, to the second', () => {
    const guards = { cooldown: { up: 60, down: 300 } };
    expect(drive(guarded(guards, 6, 4, 4, 4, 4, 4), every(60, 6))).toEqual([6, 6, 6, 6, 6, 4]);
    expect(drive(guarded(guards, 6, 7, 8), every(59, 3))).toEqual([6, 6, 8]);
    expect(drive(guarded(guards, 6, 7, 8), every(60, 3))).toEqual([6, 7, 8]);
  });

  test('a direction without a time is free', () => {
    expect(drive(guarded({ cooldown: { down: 300 } }, 6, 7, 6), every(1, 3))).toEqual([6, 7, 7]);
  });

  test('what another guard undoes is no action', () => {
    const guards = { cooldown: { up: 300 }, bounds: { max: 4 } };
    expect(drive(guarded(guards, 6, 3, 5), every(60, 3))).toEqual([4, 3, 3]);
  });

  test('explains itself', () => {
    const controller = guarded({ cooldown: { down: 300 } }, 6, 5);
    let observation = seen(0, 4, 0.5);
    const first = controller.evaluate(observation, controller.initialState);
    const state = controller.afterApply?.(first.state, observation, first.decision.applied);
    observation = seen(60, 6, 0.5);
    expect(controller.evaluate(observation, state).decision).toMatchObject({
      recommended: 5,
      applied: 6,
      binding: 'guard-cooldown',
      withoutBinding: 5,
      reason: 'Stays at 6: Cool-down 5 min, 1 min since the last action: 5 → 6',
    });
  });
});

describe('hysteresis', () => {
  const decideAt = (cpu: number, wish: number) => {
    const controller = guarded({ hysteresis: { up: 0.8, down: 0.4 } }, wish);
    return controller.evaluate(seen(0, 4, cpu), controller.initialState).decision.applied;
  };
  test.each([
    [0.8, 6, 6],
    [0.799, 6, 4],
    [0.4, 2, 2],
    [0.401, 2, 4],
    [0.9, 2, 4],
    [0.1, 6, 4],
    [NaN, 6, 6],
  ])('CPU %d, wish %i → %i', (cpu, wish, expected) => expect(decideAt(cpu, wish)).toBe(expected));
});

test('largest step, per direction', () => {
  expect(drive(guarded({ maxStep: { up: 3, down: 1 } }, 20, 7, 8, 1), every(60, 4))).toEqual([7, 7, 8, 7]);
  expect(drive(guarded({ maxStep: { down: 2 } }, 20, 1), every(60, 2))).toEqual([20, 18]);
});

test('bounds hold at once, even against the largest step', () => {
  expect(drive(guarded({ bounds: { min: 3, max: 10 }, maxStep: { down: 1 } }, 20, 1), every(60, 2), 40)).toEqual([
    10, 9,
  ]);
  expect(drive(guarded({ bounds: { min: 3 } }, 1), every(60, 1))).toEqual([3]);
});

describe('budget', () => {
  test.each([
    [2, 0.1, 20],
    [1.99, 0.1, 19],
    [0.3, 0.1, 3], // 0.3 ÷ 0.1 is 2.9999999999999996 in binary
    [0.05, 0.1, 0],
  ])('%d an hour at %d a replica pays for %i', (perHour, perReplicaHour, expected) => {
    const controller = guardController(asking(1000), { budget: { perHour } }, { ...context, perReplicaHour });
    expect(drive(controller, every(60, 1))).toEqual([expected]);
  });

  test('needs a price, and must agree with the bounds', () => {
    expect(checkGuards({ budget: { perHour: 2 } }, context, () => 60)).toEqual([]);
    expect(checkGuards({ budget: { perHour: 2 } }, { ...context, perReplicaHour: 0 }, () => 60)).toMatchObject([
      { path: ['budget'] },
    ]);
    expect(checkGuards({ budget: { perHour: 2 }, bounds: { min: 20 } }, context, () => 60)).toEqual([]);
    expect(checkGuards({ budget: { perHour: 2 }, bounds: { min: 21 } }, context, () => 60)).toMatchObject([
      { code: 'contradictory-bounds', path: ['budget', 'perHour'] },
    ]);
    expect(() => guardController(asking(1), { budget: { perHour: 2 } }, { ...context, perReplicaHour: 0 })).toThrow(
      'price',
    );
  });
});

test('the controller inside learns what was really done', () => {
  const controller = guarded({ maxStep: { up: 1 } }, 20);
  const observation = seen(0, 4, 0.5);
  const { decision, state } = controller.evaluate(observation, controller.initialState);
  expect(controller.afterApply?.(state, observation, decision.applied)).toMatchObject({ controller: { told: [5] } });
});

test('a controller at rest is woken for a guard that moves its start', () => {
  const rest = controllerFrom({ static: { replicas: 4 } });
  expect(guardController(rest, { bounds: { max: 4 } }, context).interval).toBe(Infinity);
  const woken = guardController(rest, { bounds: { max: 3 } }, context);
  expect(woken.interval).toBeLessThan(Infinity);
  expect(drive(woken, every(15, 1))).toEqual([3]);
});
