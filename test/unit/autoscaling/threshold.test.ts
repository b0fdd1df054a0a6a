import { describe, expect, test } from 'vitest';
import { applyChange, parseChange } from '../../../sim-core/autoscaling/threshold/change.ts';
import { controllerFrom, drive, seen } from './seen.ts';

const runbook = (fields: object = {}) =>
  controllerFrom({
    threshold: {
      interval: '1m',
      min: 2,
      max: 8,
      rules: [
        { metric: 'cpu', above: '70%', for: '10m', change: '+1' },
        { metric: 'cpu', below: '30%', for: '30m', change: '-1' },
      ],
      ...fields,
    },
  });

/** One evaluation a minute with the CPU of each minute. */
const minutes = (cpu: readonly number[]) =>
  cpu.map((value, minute) => (replicas: number) => seen(minute * 60, replicas, value));
const hold = (value: number, count: number): number[] => Array.from({ length: count }, () => value);

describe('for', () => {
  test('above for ten minutes adds one, not a minute earlier', () => {
    const counts = drive(runbook(), minutes(hold(0.71, 11)));
    expect(counts).toEqual([...hold(4, 10), 5]);
  });

  test('exactly at the threshold is not above it', () => {
    expect(drive(runbook(), minutes(hold(0.7, 30)))).toEqual(hold(4, 30));
  });

  test('one minute below starts the wait anew', () => {
    const cpu = [...hold(0.9, 9), 0.5, ...hold(0.9, 11)];
    expect(drive(runbook(), minutes(cpu))).toEqual([...hold(4, 20), 5]);
  });

  test('a missing measurement starts the wait anew', () => {
    const cpu = [...hold(0.9, 9), NaN, ...hold(0.9, 11)];
    expect(drive(runbook(), minutes(cpu))).toEqual([...hold(4, 20), 5]);
  });

  test('after a change every rule waits anew, from that instant', () => {
    const counts = drive(runbook(), minutes(hold(0.9, 31)));
    expect(
      counts.map((count, index) => [index, count]).filter(([, count], at, all) => at > 0 && all[at - 1]![1] !== count),
    ).toEqual([
      [10, 5],
      [20, 6],
      [30, 7],
    ]);
  });

  test('below for thirty minutes removes one, down to the minimum', () => {
    const counts = drive(runbook(), minutes(hold(0.1, 121)));
    expect([counts[29], counts[30], counts[60], counts[120]]).toEqual([4, 3, 2, 2]);
  });

  test('a rule at the bound stays due and says what holds it', () => {
    const controller = runbook({ max: 4 });
    let { state } = controller.evaluate(seen(0, 4, 0.9), controller.initialState);
    const observation = seen(600, 4, 0.9);
    const { decision } = controller.evaluate(observation, state);
    expect(decision).toMatchObject({ recommended: 5, applied: 4, binding: 'bounds', withoutBinding: 5 });
    state = controller.afterApply?.(state, observation, 4) ?? state;
    expect(controller.evaluate(seen(660, 4, 0.9), state).decision.recommended).toBe(5);
  });
});

describe('several rules', () => {
  const rules = (...given: object[]) => controllerFrom({ threshold: { min: 1, max: 50, rules: given } });
  test('growth goes before shrinking, and the larger count wins', () => {
    const controller = rules(
      { metric: 'cpu', below: '90%', change: '-1' },
      { metric: 'p95', above: '500ms', change: '+1' },
      { metric: 'queue', above: 100, change: '+50%' },
    );
    const both = (service: object) =>
      controller.evaluate(seen(0, 10, 0.5, service), controller.initialState).decision.applied;
    expect(both({ latencyP95: 0.4, queueLength: 0 })).toBe(9);
    expect(both({ latencyP95: 0.6, queueLength: 0 })).toBe(11);
    expect(both({ latencyP95: 0.6, queueLength: 101 })).toBe(15);
  });

  test('per-replica metrics are unknown without ready replicas', () => {
    const controller = rules({ metric: 'queuePerReplica', above: 5, change: '+1' });
    const decide = (replicas: number) =>
      controller.evaluate(seen(0, replicas, 0.5, { queueLength: 11 }), controller.initialState).decision;
    expect(decide(2).applied).toBe(3);
    expect(decide(0)).toMatchObject({ recommended: 0, observed: { queueLengthPerReplica: NaN } });
  });

  test('says what it waits for', () => {
    const controller = runbook();
    const { state } = controller.evaluate(seen(0, 4, 0.712), controller.initialState);
    expect(controller.evaluate(seen(240, 4, 0.712), state).decision.reason).toBe(
      'Stays at 4: cpu 71.2 % > 70 % for 10 min: held for 4 min so far',
    );
  });
});

describe('changes', () => {
  test.each([
    [4, '+2', 6],
    [4, -1, 3],
    [4, '-9', 0],
    [10, '+10%', 11],
    [10, '+11%', 12],
    [10, '-25%', 7],
    [1, '+1%', 2],
    [30, '+10%', 33],
    [0, '+50%', 1],
  ])('%i %s = %i', (current, text, expected) => {
    const change = parseChange(text);
    if (change === undefined) throw new Error('not read');
    expect(applyChange(current, change)).toBe(expected);
  });
});
