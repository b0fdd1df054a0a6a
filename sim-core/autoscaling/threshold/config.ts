import { z } from 'zod';
import { configIssue } from '../../config-issue.ts';
import { lazily } from '../../units/lazily.ts';
import { duration, fraction, rate } from '../../units/schema.ts';
import { replicaCount } from '../replica-count.ts';
import { parseChange } from './change.ts';

const change = lazily(() =>
  z
    .union([z.int(), z.string()])
    .transform((value, context) => {
      const parsed = parseChange(value);
      if (parsed !== undefined) return parsed;
      context.addIssue(
        configIssue(
          'bad-unit',
          'Give replicas to add or remove (`+2`, `-1`) or a share of those asked for (`+50%`, `-25%`), not zero.',
        ),
      );
      return z.NEVER;
    })
    .describe('Replicas to add or remove (`+2`, `-1`), or a share of those asked for (`+50%`, `-25%`): at least one.'),
);

const rest = {
  for: duration().default(0).describe('How long the condition must have held at every evaluation.'),
  change,
};

const rule = lazily(() =>
  z
    .discriminatedUnion('metric', [
      z.strictObject({
        metric: z.enum(['cpu', 'utilisation', 'errorRate']),
        above: fraction({ max: 100 }).optional(),
        below: fraction({ max: 100 }).optional(),
        ...rest,
      }),
      z.strictObject({
        metric: z.enum(['p50', 'p95', 'p99', 'mean']),
        above: duration().optional(),
        below: duration().optional(),
        ...rest,
      }),
      z.strictObject({
        metric: z.enum(['rate', 'ratePerReplica', 'throughput']),
        above: rate().optional(),
        below: rate().optional(),
        ...rest,
      }),
      z.strictObject({
        metric: z.enum(['queue', 'queuePerReplica', 'inService']),
        above: z.number().min(0).optional(),
        below: z.number().min(0).optional(),
        ...rest,
      }),
    ])
    .superRefine((value, context) => {
      if ((value.above === undefined) === (value.below === undefined)) {
        context.addIssue(
          configIssue('contradictory-keys', 'Give either `above` or `below`, not both and not neither.'),
        );
      }
    }),
);

export const thresholdConfig = lazily(() =>
  z
    .strictObject({
      interval: duration({ positive: true }).default(15).describe('How often the rules are looked at.'),
      rules: z
        .array(rule)
        .min(1)
        .max(100)
        .describe('Growth goes before shrinking; of several due at once, the larger count.'),
      min: replicaCount().default(1),
      max: replicaCount().min(1),
    })
    .superRefine((value, context) => {
      if (value.min > value.max) {
        context.addIssue(
          configIssue('contradictory-bounds', `\`min\` (${value.min}) must not exceed \`max\` (${value.max}).`, [
            'min',
          ]),
        );
      }
    })
    .describe('Rules of a runbook: a metric above or below a value for some time adds or removes replicas.'),
);

export type ThresholdConfig = z.output<typeof thresholdConfig>;
export type ThresholdRule = ThresholdConfig['rules'][number];
export type ThresholdMetric = ThresholdRule['metric'];
