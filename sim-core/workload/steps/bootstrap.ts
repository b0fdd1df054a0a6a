import { z } from 'zod';
import { createStream } from '../../random/stream.ts';
import type { TraceSeries } from '../../trace/contract.ts';
import { defineStep, needsRates } from './contract.ts';
import { evenRates } from './resample.ts';
import { lazily } from '../../units/lazily.ts';

const day = 86_400;
/** Share of a day's buckets that must be known for it to be drawn. */
const mostlyKnown = 0.9;

/** `bootstrap: {weeks: 4, seed: 7}` */
export const bootstrap = defineStep({
  config: lazily(() =>
    z
      .strictObject({
        weeks: z.int().min(1).max(520).describe('How many weeks to make.'),
        seed: z.union([z.string(), z.int()]).default(1).describe('Another seed draws other days.'),
        days: z
          .enum(['auto', 'weekday', 'weekend', 'any'])
          .default('auto')
          .describe(
            'For which days a day may stand: the same weekday; those of the working week or of the weekend; any. Default: the same weekday where each was recorded twice, else weekend, else any.',
          ),
        level: z
          .enum(['mean', 'last'])
          .default('mean')
          .describe('The level of the new weeks: the mean of all recorded days, or that of the last seven.'),
      })
      .describe(
        'Makes new weeks out of whole recorded days, drawn at random among days of their kind and brought to one level: the course of the day, the week and all burstiness within a day stay.',
      ),
  ),
  apply: (series, { weeks, seed, days, level }) => {
    if (series.kind === 'timestamps') return needsRates;
    const recorded = wholeDays(series);
    if (typeof recorded === 'string') return recorded;
    const kinds = kindsOf(recorded, days);
    const random = createStream(seed, 0, 'days of a bootstrap');
    const levels = localLevels(recorded);
    const target = meanOf((level === 'last' ? recorded.slice(-7) : recorded).map(({ mean }) => mean));
    const { bucket } = series;
    const perDay = Math.round(day / bucket);
    const rate = new Float64Array(weeks * 7 * perDay);
    for (let d = 0; d < weeks * 7; d++) {
      const kind = kinds((recorded[0]!.weekday + d) % 7);
      const candidates = recorded.flatMap(({ weekday }, i) => (kinds(weekday) === kind ? [i] : []));
      const all = candidates.length > 0 ? candidates : recorded.map((_, i) => i);
      const drawn = all[Math.floor(random.nextUniform() * all.length)]!;
      const factor = levels[drawn]! > 0 ? target / levels[drawn]! : 1;
      recorded[drawn]!.rate.forEach((value, k) => (rate[d * perDay + k] = value * factor));
    }
    return {
      kind: 'rate',
      time: rate.map((_, i) => i * bucket),
      rate,
      bucket,
      startEpoch: series.startEpoch + recorded[0]!.start,
    };
  },
});

interface RecordedDay {
  /** s on the series' clock */
  readonly start: number;
  /** 0: Monday; counted from the first day where there are no dates */
  readonly weekday: number;
  readonly rate: Float64Array;
  readonly mean: number;
}

/** The days, from midnight UTC where there are dates, that are mostly known. */
function wholeDays(series: TraceSeries): RecordedDay[] | string {
  const { bucket, startEpoch } = series;
  const perDay = Math.round(day / bucket);
  if (perDay < 1 || Math.abs(perDay * bucket - day) > 1e-6 * day)
    return `A day is no whole number of buckets of ${bucket} s. Put \`- resample: 1m\` before it.`;
  const { rate } = evenRates(series, bucket);
  const dated = !Number.isNaN(startEpoch);
  const offset = dated ? Math.round(((day - (((startEpoch % day) + day) % day)) % day) / bucket) : 0;
  const days: RecordedDay[] = [];
  for (let at = offset; at + perDay <= rate.length; at += perDay) {
    const own = rate.slice(at, at + perDay);
    const known = own.filter((value) => !Number.isNaN(value));
    if (known.length < mostlyKnown * perDay) continue;
    const start = at * bucket;
    // 1970-01-01 was a Thursday.
    const weekday = (Math.floor((dated ? startEpoch + start + bucket / 2 : start) / day) + (dated ? 3 : 0)) % 7;
    days.push({ start, weekday, rate: own, mean: meanOf([...known]) });
  }
  const counted = dated ? 'from midnight to midnight (UTC)' : 'of 24 hours';
  return days.length > 0 ? days : `The trace has no whole day ${counted}. A bootstrap draws whole days.`;
}

function kindsOf(
  days: readonly RecordedDay[],
  asked: 'auto' | 'weekday' | 'weekend' | 'any',
): (weekday: number) => number {
  const weekend = (weekday: number): number => (weekday >= 5 ? 1 : 0);
  const least = (kinds: number, kind: (weekday: number) => number): number =>
    Math.min(...Array.from({ length: kinds }, (_, k) => days.filter(({ weekday }) => kind(weekday) === k).length));
  if (asked === 'weekday' || (asked === 'auto' && least(7, (weekday) => weekday) >= 2)) return (weekday) => weekday;
  return asked === 'weekend' || (asked === 'auto' && least(2, weekend) >= 1) ? weekend : () => 0;
}

/** The level around each day: the mean of the seven days around it; of all where there are fewer. */
function localLevels(days: readonly RecordedDay[]): number[] {
  return days.map((_, i) => {
    const from = Math.max(0, Math.min(i - 3, days.length - 7));
    return meanOf(days.slice(from, from + 7).map(({ mean }) => mean));
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
