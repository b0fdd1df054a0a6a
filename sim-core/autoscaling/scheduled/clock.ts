import { z } from 'zod';
import { parseDuration } from '../../units/duration.ts';
import { parseInstant } from '../../units/instant.ts';
import { lazily } from '../../units/lazily.ts';
import { timeZone } from '../../units/zone/time-zone.ts';
import { configIssue } from '../../config-issue.ts';
import { parseCron } from './cron.ts';
import { isDueIn, lastDueIn } from './zoned-cron.ts';

/** How people name points of the calendar, for schedules and freeze windows alike. */

/** A five-field cron expression, kept as text. */
export const cronText = lazily(() =>
  z.string().superRefine((text, context) => {
    const { problem } = parseCron(text);
    if (problem !== undefined) context.addIssue(configIssue('bad-cron', problem));
  }),
);

/** Either s after t = 0 or a Unix time in s. */
export const moment = lazily(() =>
  z.union([z.string(), z.number()]).transform((value, context) => {
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
  }),
);

export type Moment = z.output<typeof moment>;

/** @returns Unix time in s */
export function epochOf(at: Moment, startEpoch: number): number {
  return 'after' in at ? startEpoch + at.after : at.epoch;
}

/** When something was last due, Unix time in s at or before `epoch`; undefined when it never was. */
export type LastDue = (epoch: number) => number | undefined;

/** Questions this near to the one before are answered minute by minute. */
const mostMinutesAhead = 60;

/** @throws Error for an expression that `cronText` would have refused */
export function cronDue(text: string, zoneName: string): LastDue {
  const { cron, problem } = parseCron(text);
  if (cron === undefined) throw new Error(problem);
  const zone = timeZone(zoneName);
  // Looking years back for a rare time is slow, and clocks go forward: only the minutes since the last question are new.
  let known = NaN;
  let due: number | undefined;
  return (epoch) => {
    const minute = Math.floor(epoch / 60);
    if (minute > known && minute - known <= mostMinutesAhead) {
      for (let next = known + 1; next <= minute; next++) if (isDueIn(cron, zone, next)) due = next * 60;
    } else if (minute !== known) {
      due = lastDueIn(cron, zone, epoch);
    }
    known = minute;
    return due;
  };
}
