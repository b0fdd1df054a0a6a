import { z } from 'zod';
import { parseDuration } from '../../units/duration.ts';
import { parseInstant } from '../../units/instant.ts';
import { configIssue } from '../../config-issue.ts';
import { isDue, lastDue, parseCron } from './cron.ts';

/** How people name points of the calendar, for schedules and freeze windows alike. */

/** A five-field cron expression, kept as text. */
export const cronText = z.string().superRefine((text, context) => {
  const { problem } = parseCron(text);
  if (problem !== undefined) context.addIssue(configIssue('bad-cron', problem));
});

/** Either s after t = 0 or a Unix time in s. */
export const moment = z.union([z.string(), z.number()]).transform((value, context) => {
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

export type Moment = z.output<typeof moment>;

/** What cron fields mean: a fixed offset to UTC. */
export const timezone = z.string().regex(/^(Z|UTC|[+-](0\d|1[0-4]):[0-5]\d)$/, {
  error: 'Give a fixed offset to UTC such as `+02:00`, or `UTC`.',
});

/** @returns Unix time in s */
export function epochOf(at: Moment, startEpoch: number): number {
  return 'after' in at ? startEpoch + at.after : at.epoch;
}

/** When something was last due, Unix time in s at or before `epoch`; undefined when it never was. */
export type LastDue = (epoch: number) => number | undefined;

/** Questions this near to the one before are answered minute by minute. */
const mostMinutesAhead = 60;

/** @throws Error for an expression that `cronText` would have refused */
export function cronDue(text: string, zone: string): LastDue {
  const { cron, problem } = parseCron(text);
  if (cron === undefined) throw new Error(problem);
  const offset = offsetSeconds(zone);
  // Looking years back for a rare time is slow, and clocks go forward: only the minutes since the last question are new.
  let known = NaN;
  let due: number | undefined;
  return (epoch) => {
    const minute = Math.floor((epoch + offset) / 60);
    if (minute > known && minute - known <= mostMinutesAhead) {
      for (let next = known + 1; next <= minute; next++) if (isDue(cron, next)) due = next * 60 - offset;
    } else if (minute !== known) {
      const found = lastDue(cron, epoch + offset);
      due = found === undefined ? undefined : found - offset;
    }
    known = minute;
    return due;
  };
}

/** `+02:00` → 7200 */
function offsetSeconds(zone: string): number {
  const match = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  if (match === null) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === '-' ? -seconds : seconds;
}
