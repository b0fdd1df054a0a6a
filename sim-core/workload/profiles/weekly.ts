import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { rate } from '../../units/schema.ts';
import { defineProfile } from '../profile.ts';
import { rateFromCorners } from '../rate-function.ts';

const hour = 3600;
const week = 168 * hour;
/** 1970-01-05, the first Monday of Unix time, s */
const firstMonday = 4 * 24 * hour;

const weights = (count: number, what: string) =>
  z
    .array(z.number().min(0))
    .length(count, { error: `Give ${count} factors, ${what}.` })
    .refine((list) => list.some((weight) => weight > 0), { error: 'At least one factor must be above zero.' });

/**
 * A week that repeats: `weekly: {mean: 150/s, daily: [0.5, 0.4, …], weekdays: [1, 1, 1, 1, 1.1, 0.7, 0.6]}`.
 *
 * The rate in the middle of each hour is mean × hour's factor × weekday's factor, factors taken relative to their own
 * averages, with straight lines between the middles. So the average over a whole week is exactly `mean`, whatever
 * the factors add up to.
 */
export const weekly = defineProfile({
  config: lazily(() =>
    z
      .strictObject({
        mean: rate().describe('Average rate over the week.'),
        daily: weights(24, 'one for each hour from midnight').prefault(() => Array<number>(24).fill(1)),
        weekdays: weights(7, 'one for each day from Monday to Sunday').prefault(() => Array<number>(7).fill(1)),
        utcOffset: z
          .string()
          .regex(/^(Z|UTC|[+-](0\d|1[0-4]):[0-5]\d)$/, {
            error: 'Give a fixed offset to UTC such as `+02:00`, or `UTC`.',
          })
          .default('UTC')
          .describe('Clock by which hours and days are counted.'),
      })
      .describe('A daily curve by the hour, and days of the week, by the clock of the scenario’s `start`.'),
  ),
  role: 'term',
  compile: ({ mean, daily, weekdays, utcOffset }, { horizon, startEpoch }) => {
    const dailyMean = average(daily);
    const weekdaysMean = average(weekdays);
    const rateAt = (k: number): number => {
      const slot = ((k % 168) + 168) % 168;
      return (mean * daily[slot % 24]! * weekdays[Math.floor(slot / 24)]!) / (dailyMean * weekdaysMean);
    };
    const sinceMonday = startEpoch + offsetSeconds(utcOffset) - firstMonday;
    // t of the Monday 00:00 at or before t = 0
    const origin = -(sinceMonday - Math.floor(sinceMonday / week) * week);
    const corners: [number, number][] = [];
    const first = Math.floor((-origin - hour / 2) / hour);
    for (let k = first; ; k++) {
      const t = origin + k * hour + hour / 2;
      corners.push([t, rateAt(k)]);
      if (t >= horizon) return rateFromCorners(corners, horizon);
    }
  },
  pieces: (_config, { horizon }) => horizon / hour,
});

function average(list: readonly number[]): number {
  return list.reduce((sum, value) => sum + value, 0) / list.length;
}

/** s east of UTC */
function offsetSeconds(text: string): number {
  const match = /^([+-])(\d\d):(\d\d)$/.exec(text);
  if (match === null) return 0;
  const seconds = Number(match[2]) * hour + Number(match[3]) * 60;
  return match[1] === '-' ? -seconds : seconds;
}
