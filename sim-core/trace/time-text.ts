import { daysSinceEpoch, printInstant } from '../units/instant.ts';
import { asciiText, isDigit } from './number-text.ts';

/** An instant read from a cell: whole seconds and the fraction apart, so that a nanosecond survives. */
export interface TimeRead {
  /** s, whole; since 1970 unless `kind` is relative */
  seconds: number;
  /** s, [0, 1) */
  fraction: number;
  /** minutes east of UTC; NaN when the text names no zone */
  offset: number;
  /** the date read last, as YYYYMMDD, and its first second */
  date: number;
  dateSeconds: number;
}

export function createTimeRead(): TimeRead {
  return { seconds: NaN, fraction: NaN, offset: NaN, date: NaN, dateSeconds: NaN };
}

/** Units a column of plain numbers can hold. `relative`: seconds from the start of the recording. */
export type EpochUnit = 'relative' | 's' | 'ms' | 'us' | 'ns';

export const epochUnitNames: Readonly<Record<EpochUnit, string>> = {
  relative: 'seconds from the start',
  s: 'unix seconds',
  ms: 'unix milliseconds',
  us: 'unix microseconds',
  ns: 'unix nanoseconds',
};

const digitsBelowSecond: Readonly<Record<EpochUnit, number>> = { relative: 0, s: 0, ms: 3, us: 6, ns: 9 };

/**
 * Guesses the unit from the size of one value: 10⁸ s is 1973 and 10¹¹ s the year 5138, so that the ranges of
 * seconds, milliseconds, microseconds and nanoseconds do not meet for any date a recording can have.
 */
export function epochUnitOf(value: number): EpochUnit {
  if (!(value >= 1e8)) return 'relative';
  if (value < 1e11) return 's';
  if (value < 1e14) return 'ms';
  if (value < 1e17) return 'us';
  return 'ns';
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Reads exactly `count` digits; −1 when they are not all digits. */
function digitsAt(bytes: Uint8Array, at: number, count: number, end: number): number {
  if (at + count > end) return -1;
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = bytes[i]! - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/**
 * Reads a date and time: `2026-11-27T14:00:05.25Z`, `2026-11-27 14:00`, `2026/11/27 14:00:05 +01:00`, `2026-11-27`.
 *
 * @returns false when the cell is none of these
 */
export function parseTimeText(bytes: Uint8Array, start: number, end: number, target: TimeRead): boolean {
  while (start < end && bytes[start]! <= 32) start++;
  while (end > start && bytes[end - 1]! <= 32) end--;
  const year = digitsAt(bytes, start, 4, end);
  const separator = bytes[start + 4];
  const month = digitsAt(bytes, start + 5, 2, end);
  const day = digitsAt(bytes, start + 8, 2, end);
  const date = year * 10_000 + month * 100 + day;
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return false;
  if ((separator !== 45 && separator !== 47 && separator !== 46) || bytes[start + 7] !== separator) return false;
  // Most rows share the date of the row before.
  if (date !== target.date) {
    target.date = date;
    target.dateSeconds = daysSinceEpoch(year, month, day) * 86_400;
  }
  target.seconds = target.dateSeconds;
  target.fraction = 0;
  target.offset = NaN;
  let i = start + 10;
  if (i === end) return true;
  if (bytes[i] !== 32 && bytes[i] !== 84 && bytes[i] !== 116) return false;
  const hour = digitsAt(bytes, i + 1, 2, end);
  const minute = digitsAt(bytes, i + 4, 2, end);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || bytes[i + 3] !== 58) return false;
  i += 6;
  let second = 0;
  if (bytes[i] === 58 && i < end) {
    second = digitsAt(bytes, i + 1, 2, end);
    if (second < 0 || second > 60) return false;
    i += 3;
    if (i < end && (bytes[i] === 46 || bytes[i] === 44)) {
      let scale = 1;
      let value = 0;
      for (i++; i < end && isDigit(bytes[i]); i++) {
        if (scale >= 1e15) continue;
        value = value * 10 + bytes[i]! - 48;
        scale *= 10;
      }
      if (scale === 1) return false;
      target.fraction = value / scale;
    }
  }
  target.seconds += hour * 3600 + minute * 60 + second;
  if (i === end) return true;
  const offset = parseZone(bytes, i, end);
  if (offset === null) return false;
  target.offset = offset;
  target.seconds -= offset * 60;
  return true;
}

/** `Z`, `UTC`, `GMT`, `+01:00`, `+0100`, `+01`, with or without a space before. */
function parseZone(bytes: Uint8Array, start: number, end: number): number | null {
  if (end - start === 1 && bytes[start] === 90) return 0;
  if (end - start > 8) return null;
  const text = asciiText(bytes, start, end).trim().toUpperCase();
  if (text === 'Z' || text === 'UTC' || text === 'GMT') return 0;
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(text);
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? '0');
  return minutes > 18 * 60 ? null : match[1] === '-' ? -minutes : minutes;
}

/**
 * Reads a plain number as an instant. Integer and fraction are read apart: 1.7 × 10¹⁸ ns and a microsecond behind
 * 1.7 × 10⁹ s both exceed what one double can hold.
 *
 * @returns false when the cell is not a number
 */
export function parseEpoch(bytes: Uint8Array, start: number, end: number, unit: EpochUnit, target: TimeRead): boolean {
  while (start < end && bytes[start]! <= 32) start++;
  while (end > start && bytes[end - 1]! <= 32) end--;
  target.offset = 0;
  let point = start;
  while (point < end && isDigit(bytes[point])) point++;
  const below = digitsBelowSecond[unit];
  const split = point - below;
  if (point === start || split - start > 15) return false;
  let seconds = 0;
  let fraction = 0;
  let scale = 1;
  for (let i = start; i < split; i++) seconds = seconds * 10 + bytes[i]! - 48;
  for (let i = Math.max(start, split); i < point; i++) fraction = fraction * 10 + bytes[i]! - 48;
  for (let k = 0; k < below; k++) scale *= 10;
  if (point < end) {
    if (bytes[point] !== 46 && bytes[point] !== 44) return false;
    for (let i = point + 1; i < end; i++) {
      if (!isDigit(bytes[i])) return false;
      if (scale >= 1e15) continue;
      fraction = fraction * 10 + bytes[i]! - 48;
      scale *= 10;
    }
  }
  target.seconds = seconds;
  target.fraction = fraction / scale;
  return true;
}

/** An offset from the start, to the millisecond; to the microsecond below a second. */
export function printFromStart(seconds: number): string {
  const perSecond = Math.abs(seconds) < 1 ? 1e6 : 1000;
  return `${Math.round(seconds * perSecond) / perSecond} s`;
}

/** `2026-11-27T14:00:00Z`, to the millisecond; the plain number outside the calendar. */
export function printEpoch(epoch: number): string {
  const rounded = Math.round(epoch * 1000) / 1000;
  return rounded >= -62_167_219_200 && rounded < 253_402_300_800 ? printInstant(rounded) : `${epoch} s`;
}
