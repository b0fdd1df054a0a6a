import { z } from 'zod';
import { configIssue } from '../../config-issue.ts';
import { forecastConfig } from '../../forecast/registry.ts';
import { lazily } from '../../units/lazily.ts';
import { duration, fraction } from '../../units/schema.ts';
import { replicaCount } from '../replica-count.ts';

const target = lazily(() =>
  z
    .strictObject({
      p50: duration({ positive: true }).optional(),
      p95: duration({ positive: true }).optional(),
      p99: duration({ positive: true }).optional(),
    })
    .superRefine((value, context) => {
      if (Object.values(value).filter((seconds) => seconds !== undefined).length !== 1) {
        context.addIssue(configIssue('contradictory-keys', 'Give exactly one of `p50`, `p95`, `p99`.'));
      }
    }),
);

export const predictiveConfig = lazily(() =>
  z
    .strictObject({
      forecast: forecastConfig.describe('How the arrival rate is extrapolated.'),
      model: z
        .enum(['mmc', 'mgc'])
        .default('mgc')
        .describe(
          'Queueing model that turns a rate into servers: M/M/c, or M/G/c with the observed variability of the service time.',
        ),
      horizon: duration({ positive: true })
        .default(900)
        .describe(
          'How far ahead the highest rate is looked for; at least one start-up and one interval are always covered.',
        ),
      interval: duration({ positive: true }).default(30).describe('How often it is evaluated.'),
      minReplicas: replicaCount().min(1).default(1),
      maxReplicas: replicaCount().min(1),
      target: target.optional().describe('Latency to plan for. Default: the latency objective of the scenario.'),
      headroom: fraction({ max: 10 })
        .default(0)
        .describe('Added to the forecast rate before staffing; 10% plans for 1.1 times the forecast.'),
      drainBacklog: duration({ positive: true })
        .default(120)
        .describe('Staffs to serve the requests that wait now within this time, on top of the forecast.'),
    })
    .superRefine((value, context) => {
      if (value.minReplicas > value.maxReplicas) {
        context.addIssue(
          configIssue(
            'contradictory-bounds',
            `\`minReplicas\` (${value.minReplicas}) must not exceed \`maxReplicas\` (${value.maxReplicas}).`,
            ['minReplicas'],
          ),
        );
      }
    })
    .describe('Forecasts the arrival rate and staffs for it by a queueing model.'),
);

export type PredictiveConfig = z.output<typeof predictiveConfig>;
