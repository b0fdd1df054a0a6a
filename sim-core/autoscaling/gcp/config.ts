import { z } from 'zod';
import { configIssue } from '../../config-issue.ts';
import { numericText } from '../numeric-text.ts';
import { platformMetric, unknownMetric } from '../platform-metrics.ts';
import { replicaCount } from '../replica-count.ts';
import type { ScaleInAllowance } from './rules.ts';
import { lazily } from '../../units/lazily.ts';

const metric = lazily(() =>
  z.string().superRefine((name, context) => {
    if (platformMetric(name, []) !== undefined) return;
    context.addIssue(configIssue('unknown-name', unknownMetric(name, [])));
  }),
);

const positive = lazily(() => numericText({ least: 1e-9 }));

const maxScaledIn = lazily(() =>
  z
    .strictObject({
      fixed: replicaCount().optional(),
      percent: z.number().min(0).max(100).optional(),
      calculated: z.number().optional().describe('Kept: worked out by the platform.'),
    })
    .transform(({ fixed, percent }, context): ScaleInAllowance => {
      if (fixed !== undefined && percent === undefined) return { fixed };
      if (percent !== undefined && fixed === undefined) return { percent };
      const message = 'Give either `fixed` or `percent`, not both and not neither.';
      context.addIssue(configIssue(fixed === undefined ? 'missing-key' : 'contradictory-keys', message));
      return z.NEVER;
    }),
);

export const gcpConfig = lazily(() =>
  z
    .strictObject({
      mode: z
        .enum(['ON', 'ONLY_SCALE_OUT', 'ONLY_UP', 'OFF'])
        .transform((mode) => (mode === 'ONLY_UP' ? 'ONLY_SCALE_OUT' : mode))
        .default('ON'),
      minNumReplicas: replicaCount().default(0),
      maxNumReplicas: replicaCount().min(1),
      coolDownPeriodSec: z.int().min(0).max(3600).default(60).describe('The initialization period of an instance.'),
      stabilizationPeriodSec: z.int().min(60).max(3600).default(600),
      cpuUtilization: z
        .strictObject({
          utilizationTarget: numericText({ least: 0.01, most: 1 }),
          predictiveMethod: z.literal('NONE').optional().describe('Predictive autoscaling is not simulated.'),
        })
        .optional(),
      customMetricUtilizations: z
        .array(
          z
            .strictObject({
              metric,
              utilizationTarget: positive.optional().describe('Of the average over instances.'),
              utilizationTargetType: z.literal('GAUGE').optional(),
              singleInstanceAssignment: positive
                .optional()
                .describe('What one instance takes of a value of the group.'),
            })
            .superRefine(({ utilizationTarget, singleInstanceAssignment }, context) => {
              if ((utilizationTarget === undefined) !== (singleInstanceAssignment === undefined)) return;
              const message =
                'Give either `utilizationTarget` or `singleInstanceAssignment`, not both and not neither.';
              context.addIssue(configIssue('contradictory-keys', message));
            }),
        )
        .max(5)
        .default([]),
      scaleInControl: z
        .strictObject({ maxScaledInReplicas: maxScaledIn, timeWindowSec: z.int().min(60).max(3600) })
        .optional(),
    })
    .superRefine((value, context) => {
      if (value.minNumReplicas > value.maxNumReplicas) {
        const message = `\`minNumReplicas\` (${value.minNumReplicas}) must not exceed \`maxNumReplicas\` (${value.maxNumReplicas}).`;
        context.addIssue(configIssue('contradictory-bounds', message, ['minNumReplicas']));
      }
      if (value.cpuUtilization === undefined && (value.customMetricUtilizations?.length ?? 0) === 0) {
        context.addIssue(configIssue('missing-key', 'Give a signal: `cpuUtilization` or `customMetricUtilizations`.'));
      }
    })
    .describe('Autoscaler of a Compute Engine managed instance group: its autoscalingPolicy, verbatim.'),
);

export type GcpConfig = z.output<typeof gcpConfig>;
