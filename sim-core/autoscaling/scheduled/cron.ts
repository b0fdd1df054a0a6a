/** A five-field cron expression, compiled: which minutes, hours and days it names. */
export interface Cron {
  /** 0 … 59 */
  readonly minutes: ReadonlySet<number>;
  /** 0 … 23 */
  readonly hours: ReadonlySet<number>;
  /** @param day days since 1970-01-01 */
  readonly matchesDay: (day: number) => boolean;
}

const fields = [
  { name: 'minute', min: 0, max: 59, words: [] },
  { name: 'hour', min: 0, max: 23, words: [] },
  { name: 'day of month', min: 1, max: 31, words: [] },
  {
    name: 'month',
    min: 1,
    max: 12,
    words: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { name: 'day of week', min: 0, max: 7, words: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
] as const;

type Field = (typeof fields)[number];

function parseNumber(text: string, field: Field): number {
  const word = (field.words as readonly string[]).indexOf(text.toLowerCase());
  if (word >= 0) return word + field.min;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  return value >= field.min && value <= field.max ? value : NaN;
}

/** One comma-separated part: `*`, `5`, `1-5`, each with an optional `/step`; `5/10` runs from 5 to the end. */
function parsePart(part: string, field: Field): number[] | undefined {
  const [range = '', step, ...more] = part.split('/');
  if (more.length > 0) return undefined;
  const stride = step === undefined ? 1 : /^\d{1,2}$/.test(step) ? Number(step) : 0;
  if (stride < 1) return undefined;
  let from: number;
  let to: number;
  if (range === '*') {
    from = field.min;
    to = field.name === 'day of week' ? 6 : field.max;
  } else {
    const ends = range.split('-');
    if (ends.length > 2) return undefined;
    from = parseNumber(ends[0] ?? '', field);
    to = ends[1] !== undefined ? parseNumber(ends[1], field) : step === undefined ? from : field.max;
  }
  if (!(from <= to)) return undefined;
  const values: number[] = [];
  for (let value = from; value <= to; value += stride) values.push(value);
  return values;
}

/** Year, month (1 … 12) and day (1 … 31) of the proleptic Gregorian calendar; after H. Hinnant's civil_from_days. */
export function civilDate(day: number): { year: number; month: number; date: number } {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date };
}

/** 0 = Sunday; 1970-01-01 was a Thursday. */
const weekday = (day: number): number => (((day + 4) % 7) + 7) % 7;

/**
 * Reads `minute hour day-of-month month day-of-week` with `*`, lists, ranges, steps and English three-letter names.
 *
 * As in crontab(5): when both day fields are restricted (do not start with `*`), a day matching either is meant.
 * Macros (`@daily`), seconds, `L`, `W` and `#` are not read.
 */
export function parseCron(text: string): { cron?: Cron; problem?: string } {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 5) {
    return {
      problem: `A cron expression has five fields (minute, hour, day of month, month, day of week), as in \`0 8 * * 1-5\`; this has ${text.trim() === '' ? 0 : parts.length}.`,
    };
  }
  const sets: Set<number>[] = [];
  for (const [index, field] of fields.entries()) {
    const values = new Set<number>();
    for (const part of (parts[index] ?? '').split(',')) {
      const found = parsePart(part, field);
      if (found === undefined) {
        return {
          problem: `\`${part}\` is no ${field.name} of a cron expression: give ${field.min}-${field.max}, \`*\`, a range \`a-b\`, a list \`a,b\` or a step \`*/n\`.`,
        };
      }
      for (const value of found) values.add(value);
    }
    sets.push(values);
  }
  const [minutes, hours, dates, months, weekdays] = sets as [
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
  ];
  if (weekdays.has(7)) weekdays.add(0);
  const eitherDay = !(parts[2] ?? '').startsWith('*') && !(parts[4] ?? '').startsWith('*');
  const matchesDay = (day: number): boolean => {
    const { month, date } = civilDate(day);
    if (!months.has(month)) return false;
    const byDate = dates.has(date);
    const byWeekday = weekdays.has(weekday(day));
    return eitherDay ? byDate || byWeekday : byDate && byWeekday;
  };
  const cron = { minutes, hours, matchesDay };
  if (lastDue(cron, 0, daysInCycle) === undefined) return { problem: `\`${text}\` is never due: no such day exists.` };
  return { cron };
}

/** Leap days come back after at most eight years (1896 to 1904). */
export const daysInCycle = 8 * 366;

/** Whether it is due in this minute, counted from the epoch. */
export function isDue(cron: Cron, minute: number): boolean {
  const day = Math.floor(minute / 1440);
  const within = minute - day * 1440;
  return cron.minutes.has(within % 60) && cron.hours.has(Math.floor(within / 60)) && cron.matchesDay(day);
}

/**
 * The last minute at or before `epoch` at which the expression is due.
 *
 * @param epoch s, in the expression's own time zone
 * @param days how far to look back
 * @returns s, a multiple of 60; undefined when nothing was due
 */
export function lastDue(cron: Cron, epoch: number, days: number = daysInCycle): number | undefined {
  const minute = Math.floor(epoch / 60);
  const today = Math.floor(minute / 1440);
  for (let day = today; day >= today - days; day--) {
    if (!cron.matchesDay(day)) continue;
    const latest = day === today ? minute - today * 1440 : 1439;
    for (let hour = Math.floor(latest / 60); hour >= 0; hour--) {
      if (!cron.hours.has(hour)) continue;
      for (let within = Math.min(59, latest - hour * 60); within >= 0; within--) {
        if (cron.minutes.has(within)) return (day * 1440 + hour * 60 + within) * 60;
      }
    }
  }
  return undefined;
}
