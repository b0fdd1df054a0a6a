import { z } from 'zod';
import { configIssue } from '../../config-issue.ts';
import { numericText } from '../numeric-text.ts';
import { platformMetric, unknownMetric } from '../platform-metrics.ts';
import { mostReplicas } from '../replica-count.ts';
import { isoDuration } from './iso-duration.ts';
import { lazily } from '../../units/lazily.ts';

/** CPU utilisation in percent, of scale sets and of app service plans. */
export const cpuMetrics = ['Percentage CPU', 'CpuPercentage'];

const metricName = lazily(() =>
  z.string().superRefine((name, context) => {
    if (platformMetric(name, cpuMetrics) !== undefined) return;
    context.addIssue(configIssue('unknown-name', unknownMetric(name, cpuMetrics)));
  }),
);

const operators = {
  GreaterThan: '>',
  GreaterThanOrEqual: '>=',
  LessThan: '<',
  LessThanOrEqual: '<=',
  Equals: '==',
  NotEquals: '!=',
} as const;

const count = lazily(() => numericText({ least: 0, most: mostReplicas, whole: true }));

const rule = lazily(() =>
  z.strictObject({
    metricTrigger: z.strictObject({
      metricName,
      metricNamespace: z.string().optional(),
      metricResourceUri: z.string().optional(),
      metricResourceLocation: z.string().optional(),
      dimensions: z.array(z.unknown()).max(0).optional(),
      timeGrain: isoDuration(60, 43_200).optional().describe('Kept: the simulation has a value an evaluation.'),
      statistic: z.literal('Average').default('Average').describe('Over instances.'),
      timeWindow: isoDuration(300, 43_200),
      timeAggregation: z.enum(['Average', 'Minimum', 'Maximum', 'Last', 'Total', 'Count']).default('Average'),
      operator: z
        .enum(['GreaterThan', 'GreaterThanOrEqual', 'LessThan', 'LessThanOrEqual', 'Equals', 'NotEquals'])
        .transform((name) => operators[name]),
      threshold: numericText(),
      dividePerInstance: z.boolean().default(false),
    }),
    scaleAction: z.strictObject({
      direction: z.enum(['Increase', 'Decrease']),
      type: z.enum(['ChangeCount', 'PercentChangeCount', 'ExactCount']),
      value: count,
      cooldown: isoDuration(60, 604_800),
    }),
  }),
);

const profile = lazily(() =>
  z.strictObject({
    name: z.string().optional(),
    capacity: z.strictObject({ minimum: count, maximum: count, default: count }),
    rules: z.array(rule).min(1).max(10),
  }),
);

export const azureConfig = lazily(() =>
  z
    .strictObject({
      enabled: z.literal(true).optional(),
      name: z.string().optional(),
      targetResourceUri: z.string().optional().describe('Kept; the simulated service is the target.'),
      profiles: z
        .array(profile)
        .min(1)
        .max(1)
        .describe('The default profile; schedules of profiles are not simulated.'),
      interval: isoDuration(30, 60).default(60).describe('How often the engine runs: every 30 to 60 s.'),
    })
    .superRefine(({ profiles }, context) => {
      const { minimum, maximum, default: fallback } = profiles[0]?.capacity ?? { minimum: 0, maximum: 0, default: 0 };
      const path = ['profiles', 0, 'capacity'];
      if (minimum > maximum) {
        const message = `\`minimum\` (${minimum}) must not exceed \`maximum\` (${maximum}).`;
        context.addIssue(configIssue('contradictory-bounds', message, [...path, 'minimum']));
      } else if (fallback < minimum || fallback > maximum) {
        const message = `\`default\` (${fallback}) must lie within ${minimum} to ${maximum}.`;
        context.addIssue(configIssue('contradictory-bounds', message, [...path, 'default']));
      }
    })
    .describe('Azure Monitor autoscale: the properties of an autoscale setting, verbatim.'),
);

export type AzureConfig = z.output<typeof azureConfig>;
export type AzureRuleConfig = AzureConfig['profiles'][number]['rules'][number];
