import { z } from 'zod';
import { configIssue } from '../config-issue.ts';
import { parseDuration } from '../../units/duration.ts';
import { parseInstant } from '../../units/instant.ts';
import { duration } from '../../units/schema.ts';
import { replicaCount } from '../replica-count.ts';
import { parseCron } from './cron.ts';

const cron = z.string().superRefine((text, context) => {
  const { problem } = parseCron(text);
  if (problem !== undefined) context.addIssue(configIssue('bad-cron', problem));
});

/** Either s after t = 0 or a Unix time in s. */
const moment = z.union([z.string(), z.number()]).transform((value, context) => {
  const after = typeof value === 'number' ? value : parseDuration(value);
  if (after !== undefined && after >= 0) return { after };
  const epoch = typeof value === 'number' ? undefined : parseInstant(value);
  if (epoch !== undefined) return { epoch };
  context.addIssue(
    configIssue(
      'bad-unit',
      `\`${value}\` is neither a time after the start (\`2h\`) nor a date (\`2026-11-27T09:30:00Z\`).`,
    ),
  );
  return z.NEVER;
});

const entry = z
  .strictObject({
    cron: cron
      .optional()
      .describe('Minute, hour, day of month, month, day of week (0 and 7 are Sunday), as in `0 8 * * 1-5`.'),
    at: moment.optional().describe('Once: a time after the start (`2h`) or a date.'),
    replicas: replicaCount(),
  })
  .superRefine((value, context) => {
    if ((value.cron === undefined) === (value.at === undefined)) {
      context.addIssue(configIssue('contradictory-keys', 'Give either `cron` or `at`, not both and not neither.'));
    }
  });

const offset = z.string().regex(/^(Z|UTC|[+-](0\d|1[0-4]):[0-5]\d)$/, {
  error: 'Give a fixed offset to UTC such as `+02:00`, or `UTC`.',
});

export const scheduledConfig = z
  .strictObject({
    replicas: replicaCount().describe('Before any entry of the schedule has ever been due.'),
    timezone: offset
      .default('UTC')
      .describe('What the cron fields mean: a fixed offset to UTC (`+02:00`), without daylight saving.'),
    schedule: z
      .array(entry)
      .min(1)
      .max(1000)
      .describe('The entry due last holds; of two due at once, the later in the list.'),
    interval: duration({ positive: true }).default(30).describe('How often the schedule is looked at.'),
  })
  .describe('Replica counts by the clock.');

export type ScheduledConfig = z.output<typeof scheduledConfig>;
