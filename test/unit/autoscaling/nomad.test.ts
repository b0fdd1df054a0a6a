import { describe, expect, test } from 'vitest';
import { controllerConfig } from '../../../sim-core/autoscaling/registry.ts';
import { controllerFrom, drive, seen } from './seen.ts';

const nomad = (check: object, policy: object = {}, bounds: object = {}) =>
  controllerFrom({ nomad: { min: 2, max: 10, ...bounds, policy: { ...policy, check } } });

/** One evaluation every ten seconds with the CPU of each. */
const tens = (cpu: readonly number[], service: object = {}) =>
  cpu.map((value, index) => (replicas: number) => seen(index * 10, replicas, value, service));
const hold = <T>(value: T, count: number): T[] => Array.from({ length: count }, () => value);
const cpuTarget = { cpu: { query: 'avg_cpu', strategy: { 'target-value': { target: '70' } } } };

describe('target-value', () => {
  test.each([
    ['at the target', 0.7, 4],
    ['at the edge of the dead zone above', 0.707, 4],
    ['beyond it', 0.71, 5],
    ['at the edge below, where rounding up keeps the count anyway', 0.693, 4],
    ['a third less: ceil(4 × 0.64)', 0.45, 3],
    ['down to the minimum', 0.01, 2],
    ['up to the maximum', 9, 10],
  ])('%s', (_, cpu, count) => expect(drive(nomad(cpuTarget), tens([cpu]))).toEqual([count]));

  test('from zero the factor is the count', () => {
    const check = { queue: { query: 'queue_length', strategy: { 'target-value': { target: 4 } } } };
    const controller = nomad(check, {}, { min: 0 });
    expect(drive(controller, tens([NaN], { queueLength: 9 }), 0)).toEqual([3]);
  });

  test('caps of a step', () => {
    const strategy = { 'target-value': { target: 10, max_scale_up: 2, max_scale_down: 1 } };
    const controller = nomad({ cpu: { query: 'avg_cpu', strategy } }, { cooldown: 0 });
    expect(drive(controller, tens([0.9, 0.9, 0.01, 0.01]))).toEqual([6, 8, 7, 6]);
  });
});

describe('threshold', () => {
  const strategy = { threshold: { lower_bound: 80, upper_bound: 101, delta: 1, within_bounds_trigger: 3 } };
  const high = { high: { query: 'avg_cpu', query_window: '1m', strategy } };
  test('as soon as enough points of the window lie within', () =>
    expect(drive(nomad(high), tens([0.9, 0.5, 0.9, 0.5, 0.9]))).toEqual([4, 4, 4, 4, 5]));
  test('a point as old as the window has left it', () =>
    expect(drive(nomad(high), tens([0.9, 0.5, 0.5, 0.9, 0.5, 0.5, 0.9]))).toEqual(hold(4, 7)));
  test('lower bound inclusive, upper exclusive', () => {
    expect(drive(nomad(high), tens(hold(0.8, 3)))).toEqual([4, 4, 5]);
    expect(drive(nomad(high), tens(hold(1.01, 3)))).toEqual([4, 4, 4]);
  });
});

describe('several checks', () => {
  const step = (group: string, lower: number, upper: number, delta: number) => ({
    query: 'avg_cpu',
    group,
    strategy: { threshold: { lower_bound: lower, upper_bound: upper, delta, within_bounds_trigger: 1 } },
  });
  test('without a group standing still beats shrinking, within a named one it does not vote', () => {
    const checks = (group: string) => ({ low: step(group, 0, 30, -1), high: step(group, 80, 999, 1) });
    expect(drive(nomad(checks('')), tens([0.1]))).toEqual([4]);
    expect(drive(nomad(checks('cpu')), tens([0.1]))).toEqual([3]);
    expect(drive(nomad(checks('cpu')), tens([0.9]))).toEqual([5]);
  });
  test('a check without data has no vote', () => {
    const checks = { low: step('', 0, 30, -1), p95: { ...step('', 0, 1, 1), query: 'latency_p95_seconds' } };
    expect(drive(nomad(checks), tens([0.1]))).toEqual([3]);
    expect(drive(nomad({ p95: checks.p95 }), tens([0.1]))).toEqual([4]);
  });
});

describe('cool-down', () => {
  const changes = (policy: object, cpu: number) => {
    const counts = drive(nomad(cpuTarget, policy, { max: 100 }), tens(hold(cpu, 40)));
    return counts.flatMap((count, index) => (count === (counts[index - 1] ?? 4) ? [] : [index * 10]));
  };
  test('rests after each action, also at exactly its end', () =>
    expect(changes({ cooldown: '1m' }, 1)).toEqual([0, 70, 140, 210, 280, 350]));
  test('a rest of its own after growth', () =>
    expect(changes({ cooldown: '5m', cooldown_on_scale_up: '20s' }, 1).slice(0, 3)).toEqual([0, 30, 60]));
  test('what it stops is told', () => {
    const controller = nomad(cpuTarget);
    const first = controller.evaluate(seen(0, 4, 1), controller.initialState);
    const state = controller.afterApply!(first.state, seen(0, 4, 1), 6);
    expect(controller.evaluate(seen(10, 6, 1), state).decision).toMatchObject({
      recommended: 9,
      applied: 6,
      binding: 'cooldown',
      withoutBinding: 9,
    });
  });
  test('a count outside the limits is corrected at once', () => {
    const controller = nomad(cpuTarget);
    const state = controller.afterApply!(controller.initialState, seen(0, 4, 1), 20);
    expect(controller.evaluate(seen(10, 20, 0.7), state).decision.applied).toBe(10);
  });
});

describe('configuration', () => {
  const check = (given: object) => ({ nomad: { max: 5, policy: { check: { a: given } } } });
  const codes = (config: unknown) =>
    controllerConfig
      .safeParse(config)
      .error?.issues.map((issue) => ('params' in issue ? issue.params?.['code'] : '')) ?? [];
  const target = { 'target-value': { target: 1 } };
  test.each([
    ['a query in a language of its own', check({ query: 'sum(rate(x[1m]))', strategy: target }), 'unknown-name'],
    ['memory', check({ query: 'avg_memory', strategy: target }), 'unknown-name'],
    ['no query', check({ strategy: target }), 'missing-key'],
    [
      'two strategies',
      check({ query: 'avg_cpu', strategy: { ...target, 'fixed-value': { value: 3 } } }),
      'contradictory-keys',
    ],
    ['no strategy', check({ query: 'avg_cpu', strategy: {} }), 'missing-key'],
    ['no bounds', check({ query: 'avg_cpu', strategy: { threshold: { delta: 1 } } }), 'missing-key'],
    [
      'two changes',
      check({ query: 'avg_cpu', strategy: { threshold: { lower_bound: 1, delta: 1, value: 3 } } }),
      'contradictory-keys',
    ],
    [
      'bounds crossed',
      { nomad: { min: 9, max: 5, policy: { check: { a: { query: 'avg_cpu', strategy: target } } } } },
      'contradictory-bounds',
    ],
  ])('%s', (_, config, code) => expect(codes(config)).toContain(code));
  test('a metric shared out among replicas', () =>
    expect(codes(check({ query: 'arrival_rate_per_replica', strategy: target }))).toEqual([]));
});
