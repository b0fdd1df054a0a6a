import { describe, expect, it, test } from 'vitest';
import { adjustCapacity, roundAdjustment, stepFor } from '../../../sim-core/autoscaling/aws/adjustment.ts';
import { combineVotes, proportionalCapacity } from '../../../sim-core/autoscaling/aws/target-tracking.ts';
import { controllerConfig } from '../../../sim-core/autoscaling/registry.ts';
import { controllerFrom, drive, seen } from './seen.ts';

const tracking = (fields: object = {}) => ({
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 50,
    PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
    ...fields,
  },
});
const alarm = (ComparisonOperator: string, Threshold: number) => ({
  MetricName: 'CPUUtilization',
  ComparisonOperator,
  Threshold,
  EvaluationPeriods: 1,
});
const simple = (ScalingAdjustment: number, Alarm: object, fields: object = {}) => ({
  PolicyType: 'SimpleScaling',
  AdjustmentType: 'ChangeInCapacity',
  ScalingAdjustment,
  Alarm,
  ...fields,
});
const step = (StepAdjustments: object[], fields: object = {}) => ({
  PolicyType: 'StepScaling',
  StepScalingPolicyConfiguration: { AdjustmentType: 'PercentChangeInCapacity', StepAdjustments, ...fields },
  Alarm: alarm('GreaterThanOrEqualToThreshold', 60),
});
const aws = (...Policies: object[]) => controllerFrom({ aws: { MinCapacity: 2, MaxCapacity: 40, Policies } });
const minutes = (cpu: readonly number[]) =>
  cpu.map((value, minute) => (replicas: number) => seen(minute * 60, replicas, value));
const hold = (value: number, count: number): number[] => Array.from({ length: count }, () => value);

describe('target tracking', () => {
  test('three minutes above the target, then in proportion; the addition counts until the cool-down is over', () => {
    // ⌈4 × 0.6 ÷ 0.5⌉ = 5; six at five minutes, as the same four would still ask for five only.
    expect(drive(aws(tracking()), minutes(hold(0.6, 9)))).toEqual([4, 4, 5, 5, 5, 5, 5, 6, 6]);
  });
  test('a worse reading within the cool-down tops up', () =>
    expect(drive(aws(tracking()), minutes([0.6, 0.6, 0.6, 0.9]))).toEqual([4, 4, 5, 8]));
  test('fifteen minutes below nine tenths, not fourteen', () => {
    expect(drive(aws(tracking()), minutes(hold(0.3, 15)), 10)).toEqual([...hold(10, 14), 6]);
    expect(drive(aws(tracking()), minutes(hold(0.45, 30)), 10)).toEqual(hold(10, 30));
  });
  test('a scale-in cool-down holds the next, a missing point breaks the row', () => {
    const counts = drive(aws(tracking()), minutes(hold(0.4, 21)), 20);
    expect([counts[14], counts[18], counts[19]]).toEqual([16, 16, 13]);
    expect(drive(aws(tracking()), minutes([0.6, 0.6, NaN, 0.6, 0.6]))).toEqual(hold(4, 5));
  });
  test('DisableScaleIn', () =>
    expect(drive(aws(tracking({ DisableScaleIn: true })), minutes(hold(0.1, 30)), 10)).toEqual(hold(10, 30)));
  test('requests of a minute for each target', () => {
    const PredefinedMetricSpecification = { PredefinedMetricType: 'ALBRequestCountPerTarget' };
    const controller = aws(tracking({ TargetValue: 600, PredefinedMetricSpecification }));
    const steps = [0, 60, 120].map((time) => (replicas: number) => seen(time, replicas, 0.5, { arrivalRate: 50 }));
    // 50/s on four are 750 a minute each.
    expect(drive(controller, steps)).toEqual([4, 4, 5]);
  });
  test.each([
    [10, 50, 10],
    [3, 51, 4],
    [10, 44, 9],
    [10, 45.1, 10],
  ])('%d at %d of 50: %d', (capacity, metric, wanted) =>
    expect(proportionalCapacity(capacity, metric, 50)).toBe(wanted),
  );
  test('a policy with scale-in disabled does not hold back the others', () => {
    expect(
      combineVotes(10, [
        { wants: 'in', capacity: 8 },
        { wants: 'disabled', capacity: 10 },
      ]),
    ).toBe(8);
    expect(
      combineVotes(10, [
        { wants: 'in', capacity: 8 },
        { wants: 'none', capacity: 10 },
      ]),
    ).toBe(10);
    expect(combineVotes(10, [{ wants: 'disabled', capacity: 8 }])).toBe(10);
  });
});

describe('steps', () => {
  const ladder = [
    { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 15, ScalingAdjustment: 10 },
    { MetricIntervalLowerBound: 15, ScalingAdjustment: 30 },
  ];
  test('the same step adds nothing within the cool-down, a bigger one the difference', () =>
    expect(drive(aws(step(ladder)), minutes([0.7, 0.7, 0.8, 0.8, 0.5, 0.7, 0.7, 0.7]), 10)).toEqual([
      11, 11, 13, 13, 13, 13, 13, 14,
    ]));
  test('bounds above and below the threshold', () => {
    const up = [{ lower: 0, upper: 10, adjustment: 1 }];
    const down = [{ lower: -10, upper: 0, adjustment: -1 }];
    expect([-0.1, 0, 9.9, 10].map((difference) => stepFor(difference, up)?.adjustment)).toEqual([
      undefined,
      1,
      1,
      undefined,
    ]);
    expect([-10, -9.9, 0, 0.1].map((difference) => stepFor(difference, down)?.adjustment)).toEqual([
      undefined,
      -1,
      -1,
      undefined,
    ]);
  });
  test.each([
    [0, 0],
    [0.2, 1],
    [-0.2, -1],
    [1, 1],
    [1.9, 1],
    [-1.9, -1],
  ])('%d is rounded to %d', (value, rounded) => expect(roundAdjustment(value)).toBe(rounded));
  test('a percentage changes at least the magnitude, never below nothing', () => {
    expect(adjustCapacity(10, 'PercentChangeInCapacity', 10, 3)).toBe(13);
    expect(adjustCapacity(10, 'PercentChangeInCapacity', -10, 3)).toBe(7);
    expect(adjustCapacity(2, 'ChangeInCapacity', -5)).toBe(0);
  });
});

describe('simple scaling', () => {
  const out = simple(1, alarm('GreaterThanThreshold', 70), { Cooldown: 120 });
  test('waits for its cool-down', () => expect(drive(aws(out), minutes(hold(0.9, 5)))).toEqual([5, 5, 6, 6, 7]));
  test('its scale-in is not held back by target tracking', () => {
    const inward = simple(-1, alarm('LessThanThreshold', 48));
    expect(drive(aws(tracking(), inward), minutes([0.47]))).toEqual([3]);
  });
});

test('bounds hold whatever the policies say', () => {
  expect(drive(aws(tracking()), minutes([0.5]), 50)).toEqual([40]);
  expect(drive(aws(tracking()), minutes([0.5]), 1)).toEqual([2]);
});

describe('configuration', () => {
  const codes = (policy: object, bounds: object = {}) =>
    controllerConfig
      .safeParse({ aws: { MaxCapacity: 5, Policies: [policy], ...bounds } })
      .error?.issues.map((issue) => ('params' in issue ? issue.params?.['code'] : issue.code)) ?? [];
  const memory = { PredefinedMetricType: 'ECSServiceAverageMemoryUtilization' };
  const gap = [
    { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 1 },
    { MetricIntervalLowerBound: 11, ScalingAdjustment: 2 },
  ];
  test.each([
    ['memory', tracking({ PredefinedMetricSpecification: memory }), 'not-supported'],
    ['no metric', tracking({ PredefinedMetricSpecification: undefined }), 'contradictory-keys'],
    ['an unknown metric', simple(1, { ...alarm('LessThanThreshold', 1), MetricName: 'Lag' }), 'unknown-name'],
    ['a gap between steps', step(gap), 'contradictory-bounds'],
  ])('%s', (_, policy, code) => expect(codes(policy)).toContain(code));
  test('min above max', () => expect(codes(tracking(), { MinCapacity: 9 })).toEqual(['contradictory-bounds']));
});

describe('predictive scaling', () => {
  /** A day of twelve quiet and twelve busy hours, in percent of one replica. */
  const day = Array.from({ length: 24 }, (_, hour) => (hour < 12 ? 200 : 800));
  const predictive = (change: object, rest: object = {}) => ({
    aws: {
      MinCapacity: 2,
      MaxCapacity: 10,
      Policies: [
        {
          PolicyType: 'PredictiveScaling',
          PredictiveScalingConfiguration: {
            MetricSpecifications: [
              {
                TargetValue: 50,
                PredefinedMetricPairSpecification: { PredefinedMetricType: 'ASGCPUUtilization' },
              },
            ],
            Mode: 'ForecastAndScale',
            ...change,
          },
          forecast: { 'holt-winters': { level: 0, trend: 0, seasonal: 1 } },
          history: [...day, ...day, ...day],
          ...rest,
        },
      ],
    },
  });
  /** Counts of the run’s minutes at an unchanging 40 % of CPU; the run begins at midnight. */
  const counts = (config: object, minutes: readonly number[]) => {
    const last = Math.max(...minutes);
    const all = drive(
      controllerFrom(config),
      Array.from({ length: last }, (_, index) => (replicas: number) => seen((index + 1) * 60, replicas, 0.4)),
      4,
    );
    return minutes.map((minute) => all[minute - 1]);
  };

  it('raises to the forecast of the hour, a buffer time before it begins, and never lowers', () => {
    // ⌈800 ÷ 50⌉ = 16 from noon on, of which the maximum leaves ten.
    expect(counts(predictive({}), [1, 714, 715, 720])).toEqual([4, 4, 10, 10]);
  });

  it('raises the maximum where told to', () => {
    const settings = { MaxCapacityBreachBehavior: 'IncreaseMaxCapacity', MaxCapacityBuffer: 10 };
    expect(counts(predictive({ ...settings, SchedulingBufferTime: 0 }), [719, 720])).toEqual([4, 16]);
  });

  it('only forecasts where told to, or without a day of history', () => {
    expect(counts(predictive({ Mode: 'ForecastOnly' }), [720])).toEqual([4]);
    expect(counts(predictive({}, { history: day.slice(1) }), [30])).toEqual([4]);
  });

  it('learns a day of the run by itself', () => {
    // 40 % of four replicas is a load of 160, for which eight are needed at 20 %.
    const pair = { PredefinedMetricPairSpecification: { PredefinedMetricType: 'ASGCPUUtilization' } };
    const learnt = predictive(
      { MetricSpecifications: [{ TargetValue: 20, ...pair }] },
      { history: [], forecast: 'ewma' },
    );
    expect(counts(learnt, [1439, 1440])).toEqual([4, 8]);
  });
});

describe('scheduled actions', () => {
  const scheduled = (...ScheduledActions: object[]) => ({ aws: { MinCapacity: 1, MaxCapacity: 8, ScheduledActions } });
  const counts = (config: object, minutes: number, start: number) =>
    drive(
      controllerFrom(config),
      Array.from({ length: minutes }, (_, index) => (replicas: number) => seen((index + 1) * 60, replicas, 0.5)),
      start,
    );

  it('set bounds from their time on, in their zone', () => {
    // The run begins at 00:00 UTC, which is 02:00 there.
    const actions = [
      { Recurrence: '2 2 * * *', TimeZone: '+02:00', MinSize: 3 },
      { Recurrence: '4 2 * * *', TimeZone: '+02:00', MinSize: 1, MaxSize: 2 },
    ];
    expect(counts(scheduled(...actions), 5, 2)).toEqual([2, 3, 3, 2, 2]);
  });

  it('set the capacity once', () => {
    const action = { StartTime: '2026-01-05T00:02:00Z', DesiredCapacity: 6 };
    const controller = controllerFrom(scheduled(action));
    const steps = [60, 120, 180].map((time) => (replicas: number) => seen(time, replicas, 0.5));
    expect(drive(controller, steps, 2)).toEqual([2, 6, 6]);
    // What somebody else then takes away stays away.
    expect(drive(controller, [...steps, () => seen(240, 3, 0.5)], 2)).toEqual([2, 6, 6, 3]);
  });

  it.each([
    [[{ MinSize: 2 }], 'Give `Recurrence`'],
    [[{ Recurrence: '0 8 * * *' }], 'Give `MinSize`'],
    [[{ Recurrence: '0 8 * * *', TimeZone: 'Europe/Pari', MinSize: 2 }], 'Did you mean `Europe/Paris`?'],
    [[], 'Give `Policies`'],
  ])('refuses %j', (actions, words) => {
    const issues = controllerConfig.safeParse(scheduled(...actions)).error?.issues ?? [];
    expect(issues.map(({ message }) => message).join(' ')).toContain(words);
  });
});
