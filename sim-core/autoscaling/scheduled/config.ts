import { z } from 'zod';
import { configIssue } from '../../config-issue.ts';
import { lazily } from '../../units/lazily.ts';
import { duration } from '../../units/schema.ts';
import { replicaCount } from '../replica-count.ts';
import { timeZoneName } from '../../time-zone-name.ts';
import { cronText, moment } from './clock.ts';

const entry = lazily(() =>
  z
    .strictObject({
      cron: cronText
        .optional()
        .describe('Minute, hour, day of month, month, day of week (0 and 7 are Sunday), as in `0 8 * * 1-5`.'),
      at: moment.optional().describe('Once: a time after the start (`2h`) or a date.'),
      replicas: replicaCount(),
    })
    .superRefine((value, context) => {
      if ((value.cron === undefined) === (value.at === undefined)) {
        context.addIssue(configIssue('contradictory-keys', 'Give either `cron` or `at`, not both and not neither.'));
      }
    }),
);

export const scheduledConfig = lazily(() =>
  z
    .strictObject({
      replicas: replicaCount().describe('Before any entry of the schedule has ever been due.'),
      timezone: timeZoneName
        .default('UTC')
        .describe('Whose clocks the cron fields mean: `Europe/Berlin`, `UTC`, or an offset (`+02:00`).'),
      schedule: z
        .array(entry)
        .min(1)
        .max(1000)
        .describe('The entry due last holds; of two due at once, the later in the list.'),
      interval: duration({ positive: true }).default(30).describe('How often the schedule is looked at.'),
    })
    .describe('Replica counts by the clock.'),
);

export type ScheduledConfig = z.output<typeof scheduledConfig>;
