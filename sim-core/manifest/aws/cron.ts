import { parseInstant, printInstant } from '../../units/instant.ts';
import { findTimeZone } from '../../units/zone/time-zone.ts';

const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * A schedule of Application Auto Scaling as an action of a group has it: `cron(0 8 ? * MON-FRI *)`, whose days of the
 * week begin with Sunday as 1 and which names a year, as five fields; `at(2026-11-27T08:00:00)` as a start time.
 *
 * @returns undefined for what cannot be said that way: a rate, single years, the last or nearest day
 */
export function readSchedule(text: string, zone: string): { Recurrence: string } | { StartTime: string } | undefined {
  const [, at] = /^at\(\s*([\dT:-]+)\s*\)$/.exec(text) ?? [];
  if (at !== undefined) {
    const local = parseInstant(`${at}Z`);
    const clock = findTimeZone(zone);
    return local === undefined || clock === undefined
      ? undefined
      : { StartTime: printInstant(clock.read(local).first) };
  }
  const [, inside = ''] = /^cron\(([^)]*)\)$/.exec(text) ?? [];
  const fields = inside.trim().split(/\s+/);
  const [minute, hour, day, month, weekday = '', year] = fields;
  if (fields.length !== 6 || year !== '*' || /[LW#]/.test(`${day} ${weekday.replace(/[A-Z]{3}/g, '')}`))
    return undefined;
  const open = (field = '*'): string => field.replace('?', '*');
  const numbered = open(weekday).replace(/(?<![/\d])\d/g, (digit) => String(Number(digit) - 1));
  const named = numbered.replace(/[A-Za-z]{3}/g, (name) => String(days.indexOf(name.toUpperCase())));
  return { Recurrence: [minute, hour, open(day), month, named].join(' ') };
}

/** Five fields as Application Auto Scaling writes them; undefined where a day of the month meets a day of the week. */
export function writeSchedule(recurrence: string): string | undefined {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = recurrence.trim().split(/\s+/);
  if (day !== '*' && weekday !== '*') return undefined;
  const named = weekday.replace(/(?<![/\d])[0-7]/g, (digit) => days[Number(digit) % 7] ?? '');
  return `cron(${minute} ${hour} ${weekday === '*' ? day : '?'} ${month} ${weekday === '*' ? '?' : named} *)`;
}
