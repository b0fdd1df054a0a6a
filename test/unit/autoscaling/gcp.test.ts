import { describe, expect, test } from 'vitest';
import { roundChange } from '../../../sim-core/autoscaling/gcp/rules.ts';
import { controllerConfig } from '../../../sim-core/autoscaling/registry.ts';
import { controllerFrom, drive, pod, seen } from './seen.ts';

const gcp = (fields: object = {}) =>
  controllerFrom({ gcp: { maxNumReplicas: 40, cpuUtilization: { utilizationTarget: 0.6 }, ...fields } });
/** A load that spreads: the CPU use of so many whole instances, a minute each. */
const minutes = (loads: readonly number[]) =>
  loads.map((load, minute) => (replicas: number) => seen(minute * 60, replicas, load / replicas));
const hold = (value: number, count: number): number[] => Array.from({ length: count }, () => value);

describe('size', () => {
  test.each([
    [1.5, 2],
    [0.1, 1],
    [0, 0],
    [-0.9, 0],
    [-1.5, -1],
    [-2, -2],
  ])('a change of %d is %d', (change, rounded) => expect(roundChange(change)).toBe(rounded));

  test('growth is immediate, shrinking waits for the stabilization period, then goes at once', () => {
    const counts = drive(gcp(), minutes([12, ...hold(6, 12)]), 10);
    expect(counts).toEqual([...hold(20, 10), ...hold(10, 3)]);
  });

  test('a longer initialization period stretches the stabilization', () => {
    const counts = drive(gcp({ coolDownPeriodSec: 720 }), minutes([6, ...hold(3, 13)]), 10);
    expect(counts).toEqual([...hold(10, 12), 5, 5]);
  });

  test('instances that initialise have no say in growth', () => {
    const fresh = { startTime: 100, cpuMilli: 500 };
    const pods = [pod(0, 300), pod(1, 300), pod(2, 500, fresh), pod(3, 500, fresh)];
    const at = (time: number) => seen(time, 4, 0.8, {}, { pods });
    const controller = gcp();
    // Two at the target are enough for what they carry; at 160 s the other two count: 3.2 instances of load.
    expect(controller.evaluate(at(159), controller.initialState).decision.applied).toBe(4);
    expect(controller.evaluate(at(160), controller.initialState).decision.applied).toBe(6);
  });

  test('the largest signal counts; one without data has none', () => {
    const metrics = [{ metric: 'queue_length', singleInstanceAssignment: 10 }];
    const controller = gcp({ customMetricUtilizations: metrics });
    const size = (queueLength: number) =>
      controller.evaluate(seen(0, 4, 0.6, { queueLength }), controller.initialState).decision.applied;
    expect([size(81), size(20), size(NaN)]).toEqual([9, 4, 4]);
  });

  test('without any data the size stays', () => {
    const controller = gcp();
    const { decision } = controller.evaluate(seen(0, 4, NaN), controller.initialState);
    expect(decision.applied).toBe(4);
    expect(decision.stages[0]?.reason).toBe('NoData');
  });
});

describe('scale-in control', () => {
  test('a ramp instead of one step', () => {
    const scaleInControl = { maxScaledInReplicas: { fixed: 4 }, timeWindowSec: 300 };
    const counts = drive(gcp({ scaleInControl }), minutes([12, ...hold(6, 22)]), 20);
    expect(counts).toEqual([...hold(20, 10), ...hold(16, 5), ...hold(12, 5), ...hold(10, 3)]);
  });

  test('a percentage of the peak, rounded down', () => {
    const scaleInControl = { maxScaledInReplicas: { percent: 19 }, timeWindowSec: 300 };
    const counts = drive(gcp({ scaleInControl }), minutes([6, ...hold(1, 10)]), 10);
    expect(counts.at(-1)).toBe(9);
  });
});

describe('modes and bounds', () => {
  test.each([
    ['ON', 12, 20],
    ['OFF', 12, 10],
    ['ONLY_SCALE_OUT', 12, 20],
    ['ONLY_UP', 12, 20],
  ])('%s with a load of %d instances: %d', (mode, load, count) =>
    expect(drive(gcp({ mode }), minutes([load]), 10)).toEqual([count]),
  );
  test('ONLY_SCALE_OUT never shrinks', () =>
    expect(drive(gcp({ mode: 'ONLY_SCALE_OUT' }), minutes(hold(1, 15)), 10)).toEqual(hold(10, 15)));
  test('bounds', () => {
    expect(drive(gcp({ maxNumReplicas: 15 }), minutes([12]), 10)).toEqual([15]);
    expect(drive(gcp({ minNumReplicas: 12 }), minutes([1]), 10)).toEqual([12]);
  });
});

describe('configuration', () => {
  const codes = (fields: object) =>
    controllerConfig
      .safeParse({ gcp: { maxNumReplicas: 5, ...fields } })
      .error?.issues.map((issue) => ('params' in issue ? issue.params?.['code'] : issue.code)) ?? [];
  const cpuUtilization = { utilizationTarget: 0.6 };
  const scaleInControl = (maxScaledInReplicas: object) => ({
    cpuUtilization,
    scaleInControl: { maxScaledInReplicas, timeWindowSec: 600 },
  });
  test.each([
    ['no signal', {}, 'missing-key'],
    ['min above max', { minNumReplicas: 9, cpuUtilization }, 'contradictory-bounds'],
    ['an unknown metric', { customMetricUtilizations: [{ metric: 'x', utilizationTarget: 1 }] }, 'unknown-name'],
    [
      'both kinds of target',
      { customMetricUtilizations: [{ metric: 'queue_length', utilizationTarget: 1, singleInstanceAssignment: 2 }] },
      'contradictory-keys',
    ],
    ['no allowance', scaleInControl({}), 'missing-key'],
    ['two allowances', scaleInControl({ fixed: 1, percent: 2 }), 'contradictory-keys'],
    ['load balancing', { cpuUtilization, loadBalancingUtilization: { utilizationTarget: 0.8 } }, 'unrecognized_keys'],
  ])('%s', (_, fields, code) => expect(codes(fields)).toContain(code));
});
