import { daysSinceEpoch } from '../instant.ts';

/** A day of every year: the n-th weekday of a month (5: the last), and a time of that day. */
interface YearlyChange {
  readonly month: number;
  readonly week: number;
  /** 0: Sunday */
  readonly weekday: number;
  /** s of the clock as it was before; below 0 and above 24 h are other days */
  readonly time: number;
}

/** What a zone does in all later years. */
export interface YearlyRule {
  /** s east of UTC */
  readonly standard: number;
  /** null: no daylight saving */
  readonly daylight: { readonly offset: number; readonly begins: YearlyChange; readonly ends: YearlyChange } | null;
}

const form =
  /^(?:[A-Za-z]+|<[^>]+>)([+-]?[\d:]+)(?:(?:[A-Za-z]+|<[^>]+>)([+-]?[\d:]+)?,M(\d+)\.(\d)\.(\d)(?:\/([+-]?[\d:]+))?,M(\d+)\.(\d)\.(\d)(?:\/([+-]?[\d:]+))?)?$/;

/**
 * Reads `CET-1CEST,M3.5.0,M10.5.0/3`, as the time zone database ends its files.
 *
 * @throws Error for another form of rule: the table has none
 * @see RFC 9636, section 3.3, and POSIX.1-2017, 8.3 (TZ), with hours from −167 to 167
 */
export function parseYearlyRule(text: string): YearlyRule {
  const found = form.exec(text);
  if (found === null) throw new Error(`not a rule of time: ${text}`);
  const [, west = '', daylightWest, ...changes] = found;
  // What POSIX counts to the west, everybody else counts to the east.
  const standard = 0 - seconds(west);
  if (changes[0] === undefined) return { standard, daylight: null };
  const offset = daylightWest === undefined ? standard + 3600 : 0 - seconds(daylightWest);
  return { standard, daylight: { offset, begins: change(changes.slice(0, 4)), ends: change(changes.slice(4)) } };
}

function change([month, week, weekday, time = '2']: (string | undefined)[]): YearlyChange {
  return { month: Number(month), week: Number(week), weekday: Number(weekday), time: seconds(time) };
}

/** `-3`, `10:30`, `+2:00:30` */
function seconds(text: string): number {
  const [hours = 0, minutes = 0, rest = 0] = text.replace(/^[+-]/, '').split(':').map(Number);
  const size = hours * 3600 + minutes * 60 + rest;
  return text.startsWith('-') ? -size : size;
}

/** The changes of one year, Unix time in s, and the offsets then; in order of time. */
export function changesOf(year: number, { standard, daylight }: YearlyRule): { at: number; offset: number }[] {
  if (daylight === null) return [];
  const { begins, ends, offset } = daylight;
  return [
    { at: localTime(year, begins) - standard, offset },
    { at: localTime(year, ends) - offset, offset: standard },
  ].sort((a, b) => a.at - b.at);
}

function localTime(year: number, { month, week, weekday, time }: YearlyChange): number {
  const first = daysSinceEpoch(year, month, 1);
  const next = month === 12 ? daysSinceEpoch(year + 1, 1, 1) : daysSinceEpoch(year, month + 1, 1);
  // 1970-01-01 was a Thursday.
  let day = first + ((((weekday - first - 4) % 7) + 7) % 7) + (week - 1) * 7;
  while (day >= next) day -= 7;
  return day * 86_400 + time;
}
