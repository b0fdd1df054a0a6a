import { describe, expect, test } from 'vitest';
import { readIsoDuration } from '../../../sim-core/autoscaling/azure/iso-duration.ts';
import { changed, flappingRule } from '../../../sim-core/autoscaling/azure/rules.ts';
import { controllerConfig } from '../../../sim-core/autoscaling/registry.ts';
import { controllerFrom, drive, seen } from './seen.ts';

const rule = (operator: string, threshold: number, direction: string, action: object = {}, trigger: object = {}) => ({
  metricTrigger: { metricName: 'Percentage CPU', timeWindow: 'PT5M', operator, threshold, ...trigger },
  scaleAction: { direction, type: 'ChangeCount', value: '1', cooldown: 'PT5M', ...action },
});
const setting = (rules: object[], capacity: object = {}) => ({
  azure: { profiles: [{ capacity: { minimum: '2', maximum: '10', default: '3', ...capacity }, rules }] },
});
const out = rule('GreaterThan', 70, 'Increase');
const inward = rule('LessThan', 30, 'Decrease');

const minutes = (cpu: readonly number[]) =>
  cpu.map((value, minute) => (replicas: number) => seen(minute * 60, replicas, value));
const hold = (value: number, count: number): number[] => Array.from({ length: count }, () => value);
const run = (config: unknown, cpu: readonly number[], start = 4) => drive(controllerFrom(config), minutes(cpu), start);

describe('rules', () => {
  test('thresholds are strict where the operator is', () => {
    expect(run(setting([out]), [0.7])).toEqual([4]);
    expect(run(setting([out]), [0.71])).toEqual([5]);
    expect(run(setting([rule('GreaterThanOrEqual', 70, 'Increase')]), [0.7])).toEqual([5]);
  });

  test('the average of the window decides: four of five minutes at 60 %, one at 100 %, is not above 70 %', () => {
    expect(run(setting([out]), [...hold(0.6, 4), 1])).toEqual(hold(4, 5));
    expect(run(setting([rule('GreaterThan', 70, 'Increase', {}, { timeAggregation: 'Last' })]), [0.6, 1])).toEqual([
      4, 5,
    ]);
  });

  test('one that scales out is enough, all that scale in must agree', () => {
    const queue = (threshold: number, direction: string) =>
      rule(
        direction === 'Increase' ? 'GreaterThan' : 'LessThan',
        threshold,
        direction,
        {},
        { metricName: 'queue_length' },
      );
    const controller = controllerFrom(setting([out, inward, queue(50, 'Increase'), queue(5, 'Decrease')]));
    const count = (cpu: number, queueLength: number) =>
      controller.evaluate(seen(0, 4, cpu, { queueLength }), controller.initialState).decision.applied;
    expect(count(0.1, 60)).toBe(5);
    expect(count(0.1, 10)).toBe(4);
    expect(count(0.1, 1)).toBe(3);
  });

  test.each([
    ['out', { percent: 1 }, 11],
    ['out', { percent: 26 }, 13],
    ['in', { percent: 20 }, 8],
    ['in', { exact: 4 }, 4],
    ['out', { exact: 4 }, 10],
    ['in', { count: 11 }, 0],
  ] as const)('ten instances, %s, %o: %d', (direction, change, count) =>
    expect(changed(10, direction, change)).toBe(count),
  );
});

describe('cool-down', () => {
  test('each rule waits its own time since the last action of any', () => {
    const config = setting([
      rule('GreaterThan', 70, 'Increase', { cooldown: 'PT10M' }),
      rule('LessThan', 30, 'Decrease', { cooldown: 'PT20M' }),
    ]);
    // Out at 0; again at exactly ten minutes. From there quiet, so in at exactly thirty.
    const counts = run(config, [...hold(0.9, 11), ...hold(0.2, 25)]);
    const changes = counts.flatMap((count, minute) => (count === (counts[minute - 1] ?? 4) ? [] : [minute]));
    expect(changes).toEqual([0, 10, 30]);
  });
});

describe('flapping', () => {
  test('is only looked for on the way in', () => {
    const both = setting([rule('GreaterThan', 45, 'Increase'), rule('LessThan', 44, 'Decrease')]);
    // 40 % on four would be 53 % on three.
    const controller = controllerFrom(both);
    expect(controller.evaluate(seen(0, 4, 0.4), controller.initialState).decision).toMatchObject({
      applied: 4,
      binding: 'flapping',
      withoutBinding: 3,
    });
    expect(run(both, [0.5])).toEqual([5]);
  });

  test('the first count that stays quiet is taken', () => {
    const cpu = {
      direction: 'out',
      metric: 'cpu',
      op: '>',
      threshold: 70,
      value: 65,
      resting: 0,
      change: { count: 1 },
    } as const;
    const apply = (perInstance: boolean) => flappingRule(30, [{ ...cpu, perInstance }]).apply(20, []);
    // 65 × 30 ÷ 28 = 69.6 is the first below 70.
    expect(apply(true)).toMatchObject({ output: 28, reason: 'PartialScaleIn' });
    expect(apply(false)).toMatchObject({ output: 20, reason: 'NoFlapping' });
  });
});

describe('missing metrics and counts outside', () => {
  test('below the default it is raised to it, above nothing happens', () => {
    expect(run(setting([out]), [NaN], 2)).toEqual([3]);
    expect(run(setting([out]), [NaN], 5)).toEqual([5]);
  });
  test('a count outside the bounds is pulled in', () => {
    expect(run(setting([out, inward]), [0.5], 20)).toEqual([10]);
    expect(run(setting([out, inward]), [0.5], 1)).toEqual([2]);
  });
});

describe('configuration', () => {
  test.each([
    ['PT10M', 600],
    ['PT1H30M', 5400],
    ['P1DT1S', 86_401],
    ['10m', 600],
    ['PT', undefined],
    ['T5M', undefined],
  ])('%s', (text, seconds) => expect(readIsoDuration(text)).toBe(seconds));

  const codes = (config: unknown) =>
    controllerConfig
      .safeParse(config)
      .error?.issues.map((issue) => ('params' in issue ? issue.params?.['code'] : '')) ?? [];
  test.each([
    [
      'memory',
      setting([rule('GreaterThan', 1, 'Increase', {}, { metricName: 'Available Memory Bytes' })]),
      'unknown-name',
    ],
    ['too short a window', setting([rule('GreaterThan', 1, 'Increase', {}, { timeWindow: 'PT1M' })]), 'out-of-range'],
    ['minimum above maximum', setting([out], { minimum: 11 }), 'contradictory-bounds'],
    ['default outside', setting([out], { default: 1 }), 'contradictory-bounds'],
  ])('%s', (_, config, code) => expect(codes(config)).toEqual([code]));
});
