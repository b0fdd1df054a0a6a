import { z } from 'zod';
import { configIssue } from '../../config-issue.ts';
import { lazily } from '../../units/lazily.ts';
import { duration } from '../../units/schema.ts';
import { replicaCount } from '../replica-count.ts';

/** What is held at its setpoint. All of them fall as replicas are added. */
const metrics = ['cpuUtilisation', 'utilisation', 'latencyP95', 'queuePerReplica'] as const;
export type PiMetric = (typeof metrics)[number];

export const piConfig = lazily(() =>
  z
    .strictObject({
      metric: z.enum(metrics).default('cpuUtilisation').describe('What is to be held at the setpoint.'),
      setpoint: z
        .number()
        .positive()
        .describe('The value wanted: 0.6 for 60 % utilisation, seconds for a latency, requests for a queue.'),
      proportionalGain: z
        .number()
        .positive()
        .max(1e6)
        .describe('Replicas asked for per unit of error, where the error is the metric less the setpoint.'),
      integralTime: duration({ positive: true }).describe(
        'How long a constant error takes to add once more what the gain alone gives for it.',
      ),
      antiWindup: z
        .enum(['clamping', 'none'])
        .default('clamping')
        .describe(
          'clamping: the integral is held to what the bounds let through. none: it grows on, and takes as long to come back.',
        ),
      interval: duration({ positive: true }).default(15).describe('How often it is evaluated.'),
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
    .describe('Proportional-integral control of a metric by the number of replicas.'),
);

export type PiConfig = z.output<typeof piConfig>;
