import { daysSinceEpoch } from '../../units/instant.ts';
import { isDigit } from '../number-text.ts';
import { parseTimeText, type TimeRead } from '../time-text.ts';

/** `Jan` … `Dec` as three bytes in one number. */
const months = new Map(
  ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name, i) => [
    (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.charCodeAt(2),
    i + 1,
  ]),
);

function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 48;
  const ones = bytes[at + 1]! - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

/**
 * The time of a Common Log Format line, `10/Oct/2000:13:55:36 -0700`, with a fraction of the second where Apache was set to
 * write one (`%{msec_frac}t`, `%{usec_frac}t`); ISO 8601 where a log was set to write that.
 *
 * @returns false when the text is neither
 */
export function parseLogTime(bytes: Uint8Array, start: number, end: number, target: TimeRead): boolean {
  if (bytes[start + 2] !== 47 || end - start < 26) return parseTimeText(bytes, start, end, target);
  const month = months.get((bytes[start + 3]! << 16) | (bytes[start + 4]! << 8) | bytes[start + 5]!);
  const day = twoDigits(bytes, start);
  const year = twoDigits(bytes, start + 7) * 100 + twoDigits(bytes, start + 9);
  const hour = twoDigits(bytes, start + 12);
  const minute = twoDigits(bytes, start + 15);
  const second = twoDigits(bytes, start + 18);
  let at = start + 20;
  let fraction = 0;
  if (bytes[at] === 46 || bytes[at] === 44) {
    at++;
    let scale = 1;
    for (; at < end && isDigit(bytes[at]); at++) {
      if (scale >= 1e9) continue;
      fraction = fraction * 10 + bytes[at]! - 48;
      scale *= 10;
    }
    fraction /= scale;
  }
  const sign = bytes[at + 1];
  const zone = twoDigits(bytes, at + 2) * 60 + twoDigits(bytes, at + 4);
  if (month === undefined || !(day >= 1 && day <= 31 && hour <= 23 && minute <= 59 && second <= 60)) return false;
  if (!(year >= 0) || !(zone <= 18 * 60) || (sign !== 43 && sign !== 45)) return false;
  const date = year * 10_000 + month * 100 + day;
  if (date !== target.date) {
    target.date = date;
    target.dateSeconds = daysSinceEpoch(year, month, day) * 86_400;
  }
  target.offset = sign === 45 ? -zone : zone;
  target.seconds = target.dateSeconds + hour * 3600 + minute * 60 + second - target.offset * 60;
  target.fraction = fraction;
  return true;
}
