/** What parseInstant takes, as a regular expression for editors: it leaves the calendar to the parser. */
export const instantPattern =
  '^\\d{4}-\\d{2}-\\d{2}(?:[Tt ]\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?(?:[Zz]| ?[+-]\\d{2}(?::?\\d{2})?))?$';

const form =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?:[Zz]| ?([+-])(\d{2})(?::?(\d{2}))?)?)?$/;
const zoned = /[Zz]$|[+-]\d{2}(?::?\d{2})?$/;

/**
 * An instant as Unix time, s. Accepts ISO 8601 date-times with an offset or Z (`2026-11-27T09:30:00+01:00`) and a
 * bare date, which is midnight UTC. A date-time without offset is refused: it would mean another instant on every
 * machine; see lacksZone.
 *
 * @returns undefined when the text is neither, or the day or the hour does not exist
 */
export function parseInstant(text: string): number | undefined {
  return lacksZone(text) ? undefined : readInstant(text.trim());
}

/** Whether the text is a date-time that is right in everything but its missing offset. */
export function lacksZone(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length > 10 && !zoned.test(trimmed.slice(10)) && readInstant(trimmed) !== undefined;
}

function readInstant(text: string): number | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const field = (index: number): number => Number(match[index] ?? '0');
  const [year, month, day, hour, minute, second] = [field(1), field(2), field(3), field(4), field(5), field(6)];
  const [offsetHours, offsetMinutes] = [field(9), field(10)];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || offsetHours > 23 || offsetMinutes > 59) return undefined;
  const whole = daysSinceEpoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
  const offset = (offsetHours * 3600 + offsetMinutes * 60) * (match[8] === '-' ? -1 : 1);
  return whole - offset + Number(`0.${match[7] ?? '0'}`);
}

/**
 * Days from 1970-01-01, proleptic Gregorian calendar. Years are counted from March, so that the leap day comes last
 * and 400 years always have 146,097 days.
 */
export function daysSinceEpoch(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/**
 * The instant in UTC: `2026-11-27T09:30:00Z`, with as many decimals of a second as it takes to read back the same
 * number; nine at most, which is enough for every instant after 1970.
 *
 * @param epoch Unix time, s, within the years 0000 to 9999
 * @throws RangeError outside that range
 */
export function printInstant(epoch: number): string {
  if (!(epoch >= -62_167_219_200 && epoch < 253_402_300_800)) throw new RangeError(`not an instant: ${epoch}`);
  const whole = Math.floor(epoch);
  const fraction = epoch - whole;
  let decimals = '';
  for (let digits = 0; digits <= 9; digits++) {
    decimals = fraction.toFixed(digits);
    if (whole + Number(decimals) === epoch) break;
  }
  // Rounding may have carried into the next second.
  return `${printWhole(whole + Number(decimals.slice(0, 1)))}${decimals.slice(1)}Z`;
}

function printWhole(epoch: number): string {
  const day = Math.floor(epoch / 86_400);
  const second = epoch - day * 86_400;
  // The inverse of daysSinceEpoch: era, year and day counted from 0000-03-01.
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const clock = [Math.floor(second / 3600), Math.floor((second % 3600) / 60), second % 60];
  const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}`;
  return `${date}T${clock.map((part) => pad(part, 2)).join(':')}`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
