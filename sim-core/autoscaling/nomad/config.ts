import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { duration } from '../../units/schema.ts';
import { configIssue } from '../../config-issue.ts';
import { platformMetric, unknownMetric } from '../platform-metrics.ts';
import { replicaCount } from '../replica-count.ts';
import { strategyConfig } from './strategy-config.ts';

/** CPU utilisation in percent, as queries of the Nomad APM name it. */
export const cpuQueries = ['avg_cpu', 'avg_cpu-allocated'];

const query = lazily(() =>
  z.string().superRefine((name, context) => {
    if (platformMetric(name, cpuQueries) !== undefined) return;
    context.addIssue(configIssue('unknown-name', unknownMetric(name, cpuQueries)));
  }),
);

const check = lazily(() =>
  z
    .strictObject({
      source: z.string().optional().describe('Kept: every query asks the simulated service.'),
      query: query.optional().describe('The metric; a fixed-value strategy needs none.'),
      query_window: duration({ positive: true }).default(60),
      group: z.string().default('').describe('Checks of a named group do not vote for standing still.'),
      strategy: strategyConfig,
    })
    .superRefine((value, context) => {
      if (value.query !== undefined || value.strategy['fixed-value'] !== undefined) return;
      context.addIssue(configIssue('missing-key', 'This strategy needs a `query`.', ['query']));
    }),
);

export const nomadConfig = lazily(() =>
  z
    .strictObject({
      enabled: z.literal(true).optional(),
      min: replicaCount().default(1),
      max: replicaCount().min(1),
      policy: z.strictObject({
        cooldown: duration().default(300),
        cooldown_on_scale_up: duration().optional().describe('Default: `cooldown`.'),
        evaluation_interval: duration({ positive: true }).default(10),
        target: z.unknown().optional().describe('Kept; the simulated service is the target.'),
        check: z
          .record(z.string().min(1), check)
          .refine((checks) => Object.keys(checks).length > 0, { error: 'Give at least one check.' }),
      }),
    })
    .superRefine(({ min, max }, context) => {
      if (min <= max) return;
      context.addIssue(
        configIssue('contradictory-bounds', `\`min\` (${min}) must not exceed \`max\` (${max}).`, ['min']),
      );
    })
    .describe('The scaling block of a Nomad job, in its JSON form: strategies and labels become keys.'),
);

export type NomadConfig = z.output<typeof nomadConfig>;
export type NomadCheck = NomadConfig['policy']['check'][string];
