import { z } from 'zod';
import { configIssue } from '../config-issue.ts';
import { platformMetric, unknownMetric } from '../platform-metrics.ts';
import { replicaCount } from '../replica-count.ts';

/** CPU utilisation in percent. */
export const cpuMetrics = ['CPUUtilization'];

const metricName = z.string().superRefine((name, context) => {
  if (platformMetric(name, cpuMetrics) !== undefined) return;
  context.addIssue(configIssue('unknown-name', unknownMetric(name, cpuMetrics)));
});

const predefined = ['ECSServiceAverageCPUUtilization', 'ASGAverageCPUUtilization', 'ALBRequestCountPerTarget'] as const;
const predefinedType = z.string().transform((name, context) => {
  const known = predefined.find((each) => each === name);
  if (known !== undefined) return known;
  const message = `The simulation cannot observe \`${name}\`. It offers: ${predefined.join(', ')}; or name a metric in \`CustomizedMetricSpecification\`.`;
  context.addIssue(configIssue('not-supported', message));
  return z.NEVER;
});

const seconds = z.int().min(0).max(86_400);
const positive = z.number().min(1e-9);

const tracking = z
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
  });

const adjustmentType = z.enum(['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity']);
const adjustment = z.int().min(-100_000).max(100_000);

const step = z.strictObject({
  MetricIntervalLowerBound: z.number().nullish(),
  MetricIntervalUpperBound: z.number().nullish(),
  ScalingAdjustment: adjustment,
});

const steps = z
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
    if (sorted.some(({ lower, upper }, index) => lower >= upper || (index > 0 && sorted[index - 1]?.upper !== lower))) {
      context.addIssue(configIssue('contradictory-bounds', 'Steps must follow one another without gap or overlap.'));
    }
    return read;
  });

const alarm = z
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
  .describe('The CloudWatch alarm that starts the policy.');

const policy = z.discriminatedUnion('PolicyType', [
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
]);

export const awsConfig = z
  .strictObject({
    MinCapacity: replicaCount().default(1),
    MaxCapacity: replicaCount().min(1),
    Policies: z.array(policy).min(1).max(50),
  })
  .superRefine(({ MinCapacity, MaxCapacity }, context) => {
    if (MinCapacity <= MaxCapacity) return;
    const message = `\`MinCapacity\` (${MinCapacity}) must not exceed \`MaxCapacity\` (${MaxCapacity}).`;
    context.addIssue(configIssue('contradictory-bounds', message, ['MinCapacity']));
  })
  .describe('AWS scaling policies: a scalable target and the policies put to it, with the field names of the API.');

export type AwsConfig = z.output<typeof awsConfig>;
export type AwsPolicy = AwsConfig['Policies'][number];
export type AwsAlarm = z.output<typeof alarm>;
