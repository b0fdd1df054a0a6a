import { z } from 'zod';
import { forecastConfig } from '../../forecast/registry.ts';
import { parseInstant } from '../../units/instant.ts';
import { lazily } from '../../units/lazily.ts';
import { configIssue } from '../../config-issue.ts';
import { timeZoneName } from '../../time-zone-name.ts';
import { platformMetric, unknownMetric } from '../platform-metrics.ts';
import { replicaCount } from '../replica-count.ts';
import { parseCron } from '../scheduled/cron.ts';

/** CPU utilisation in percent. */
export const cpuMetrics = ['CPUUtilization'];

const metricName = lazily(() =>
  z.string().superRefine((name, context) => {
    if (platformMetric(name, cpuMetrics) !== undefined) return;
    context.addIssue(configIssue('unknown-name', unknownMetric(name, cpuMetrics)));
  }),
);

const predefined = ['ECSServiceAverageCPUUtilization', 'ASGAverageCPUUtilization', 'ALBRequestCountPerTarget'] as const;
const predefinedType = lazily(() =>
  z.string().transform((name, context) => {
    const known = predefined.find((each) => each === name);
    if (known !== undefined) return known;
    const message = `The simulation cannot observe \`${name}\`. It offers: ${predefined.join(', ')}; or name a metric in \`CustomizedMetricSpecification\`.`;
    context.addIssue(configIssue('not-supported', message));
    return z.NEVER;
  }),
);

const seconds = lazily(() => z.int().min(0).max(86_400));
const positive = lazily(() => z.number().min(1e-9));

const tracking = lazily(() =>
  z
    .strictObject({
      TargetValue: positive,
      PredefinedMetricSpecification: z
        .strictObject({ PredefinedMetricType: predefinedType, ResourceLabel: z.string().optional() })
        .optional(),
      CustomizedMetricSpecification: z
        .strictObject({
          MetricName: metricName,
          Namespace: z.string().optional(),
          Dimensions: z.array(z.unknown()).optional(),
          Statistic: z.literal('Average').optional(),
          Unit: z.string().optional(),
        })
        .optional(),
      DisableScaleIn: z.boolean().default(false),
      ScaleOutCooldown: seconds.default(300),
      ScaleInCooldown: seconds.default(300),
    })
    .superRefine((given, context) => {
      const both = [given.PredefinedMetricSpecification, given.CustomizedMetricSpecification];
      if (both.filter((each) => each !== undefined).length === 1) return;
      const message = 'Give either `PredefinedMetricSpecification` or `CustomizedMetricSpecification`.';
      context.addIssue(configIssue('contradictory-keys', message));
    }),
);

const adjustmentType = lazily(() => z.enum(['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity']));
const adjustment = lazily(() => z.int().min(-100_000).max(100_000));

const step = lazily(() =>
  z.strictObject({
    MetricIntervalLowerBound: z.number().nullish(),
    MetricIntervalUpperBound: z.number().nullish(),
    ScalingAdjustment: adjustment,
  }),
);

const steps = lazily(() =>
  z
    .array(step)
    .min(1)
    .max(20)
    .transform((given, context) => {
      const read = given.map((each) => ({
        lower: each.MetricIntervalLowerBound ?? -Infinity,
        upper: each.MetricIntervalUpperBound ?? Infinity,
        adjustment: each.ScalingAdjustment,
      }));
      const sorted = [...read].sort((a, b) => (a.lower < b.lower ? -1 : 1));
      if (
        sorted.some(({ lower, upper }, index) => lower >= upper || (index > 0 && sorted[index - 1]?.upper !== lower))
      ) {
        context.addIssue(configIssue('contradictory-bounds', 'Steps must follow one another without gap or overlap.'));
      }
      return read;
    }),
);

const alarm = lazily(() =>
  z
    .strictObject({
      AlarmName: z.string().optional(),
      MetricName: metricName,
      Namespace: z.string().optional(),
      Statistic: z.literal('Average').optional(),
      ComparisonOperator: z.enum([
        'GreaterThanThreshold',
        'GreaterThanOrEqualToThreshold',
        'LessThanThreshold',
        'LessThanOrEqualToThreshold',
      ]),
      Threshold: z.number(),
      EvaluationPeriods: z.int().min(1).max(1440),
      DatapointsToAlarm: z.int().min(1).max(1440).optional(),
      Period: z.literal(60).default(60),
    })
    .describe('The CloudWatch alarm that starts the policy.'),
);

const pairs = ['ASGCPUUtilization', 'ALBRequestCount'] as const;
const pairType = lazily(() =>
  z.string().transform((name, context) => {
    const known = pairs.find((each) => each === name);
    if (known !== undefined) return known;
    const message = `The simulation cannot forecast \`${name}\`. It offers: ${pairs.join(', ')}.`;
    context.addIssue(configIssue('not-supported', message));
    return z.NEVER;
  }),
);

const predictive = lazily(() =>
  z.strictObject({
    PolicyType: z.literal('PredictiveScaling'),
    PolicyName: z.string().optional(),
    PredictiveScalingConfiguration: z.strictObject({
      MetricSpecifications: z
        .array(
          z.strictObject({
            TargetValue: positive,
            PredefinedMetricPairSpecification: z.strictObject({
              PredefinedMetricType: pairType,
              ResourceLabel: z.string().optional(),
            }),
          }),
        )
        .length(1),
      Mode: z.enum(['ForecastOnly', 'ForecastAndScale']).default('ForecastOnly'),
      SchedulingBufferTime: z.int().min(0).max(3600).default(300),
      MaxCapacityBreachBehavior: z.enum(['HonorMaxCapacity', 'IncreaseMaxCapacity']).default('HonorMaxCapacity'),
      MaxCapacityBuffer: z.int().min(0).max(100).optional(),
    }),
    forecast: forecastConfig
      .default('holt-winters')
      .describe('How the load is extrapolated, hour by hour. The model of AWS is not public.'),
    history: z
      .array(z.number().min(0))
      .max(336)
      .default([])
      .describe(
        'Mean load of the hours before the run, oldest first: CPU of all replicas in percent of one, or requests a minute. Without it the first forecast comes after 24 h of the run.',
      ),
  }),
);

const policy = lazily(() =>
  z.discriminatedUnion('PolicyType', [
    predictive,
    z.strictObject({
      PolicyType: z.literal('TargetTrackingScaling'),
      PolicyName: z.string().optional(),
      TargetTrackingScalingPolicyConfiguration: tracking,
    }),
    z.strictObject({
      PolicyType: z.literal('StepScaling'),
      PolicyName: z.string().optional(),
      StepScalingPolicyConfiguration: z.strictObject({
        AdjustmentType: adjustmentType,
        StepAdjustments: steps,
        MinAdjustmentMagnitude: z.int().min(0).default(0),
        Cooldown: seconds.default(300),
        MetricAggregationType: z.literal('Average').optional(),
      }),
      Alarm: alarm,
    }),
    z.strictObject({
      PolicyType: z.literal('SimpleScaling'),
      PolicyName: z.string().optional(),
      AdjustmentType: adjustmentType,
      ScalingAdjustment: adjustment,
      MinAdjustmentMagnitude: z.int().min(0).default(0),
      Cooldown: seconds.default(300),
      Alarm: alarm,
    }),
  ]),
);

const instant = lazily(() =>
  z.string().transform((text, context) => {
    const epoch = parseInstant(text);
    if (epoch !== undefined) return epoch;
    context.addIssue(configIssue('bad-unit', `\`${text}\` is no date such as \`2026-11-27T09:30:00Z\`.`));
    return z.NEVER;
  }),
);

const scheduledAction = lazily(() =>
  z
    .strictObject({
      ScheduledActionName: z.string().optional(),
      Recurrence: z
        .string()
        .superRefine((text, context) => {
          const { problem } = parseCron(text);
          if (problem !== undefined) context.addIssue(configIssue('bad-cron', problem));
        })
        .optional(),
      StartTime: instant.optional(),
      EndTime: instant.optional(),
      TimeZone: timeZoneName.default('UTC').describe('Whose clocks `Recurrence` means.'),
      MinSize: replicaCount().optional(),
      MaxSize: replicaCount().optional(),
      DesiredCapacity: replicaCount().optional(),
    })
    .superRefine((given, context) => {
      if (given.Recurrence === undefined && given.StartTime === undefined) {
        context.addIssue(
          configIssue('missing-key', 'Give `Recurrence`, or a `StartTime` for an action that comes once.'),
        );
      }
      if (given.MinSize === undefined && given.MaxSize === undefined && given.DesiredCapacity === undefined) {
        context.addIssue(configIssue('missing-key', 'Give `MinSize`, `MaxSize` or `DesiredCapacity`.'));
      }
      if (given.MinSize !== undefined && given.MaxSize !== undefined && given.MinSize > given.MaxSize) {
        const message = `\`MinSize\` (${given.MinSize}) must not exceed \`MaxSize\` (${given.MaxSize}).`;
        context.addIssue(configIssue('contradictory-bounds', message, ['MinSize']));
      }
    })
    .describe('As given to put-scheduled-update-group-action.'),
);

export const awsConfig = lazily(() =>
  z
    .strictObject({
      MinCapacity: replicaCount().default(1),
      MaxCapacity: replicaCount().min(1),
      Policies: z.array(policy).max(50).default([]),
      ScheduledActions: z.array(scheduledAction).max(125).default([]),
    })
    .superRefine(({ MinCapacity, MaxCapacity, Policies, ScheduledActions }, context) => {
      if (Policies.length + ScheduledActions.length === 0) {
        context.addIssue(configIssue('missing-key', 'Give `Policies`, `ScheduledActions` or both.'));
      }
      if (Policies.filter(({ PolicyType }) => PolicyType === 'PredictiveScaling').length > 1) {
        context.addIssue(configIssue('not-supported', 'Give at most one predictive scaling policy.', ['Policies']));
      }
      if (MinCapacity <= MaxCapacity) return;
      const message = `\`MinCapacity\` (${MinCapacity}) must not exceed \`MaxCapacity\` (${MaxCapacity}).`;
      context.addIssue(configIssue('contradictory-bounds', message, ['MinCapacity']));
    })
    .describe('AWS scaling policies: a scalable target and the policies put to it, with the field names of the API.'),
);

export type AwsConfig = z.output<typeof awsConfig>;
export type ScheduledAction = AwsConfig['ScheduledActions'][number];
type AnyPolicy = AwsConfig['Policies'][number];
/** A policy that forecasts. */
export type AwsPredictivePolicy = Extract<AnyPolicy, { PolicyType: 'PredictiveScaling' }>;
/** A policy that an alarm starts. */
export type AwsPolicy = Exclude<AnyPolicy, AwsPredictivePolicy>;
export type AwsAlarm = z.output<typeof alarm>;
