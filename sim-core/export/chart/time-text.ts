/** Clock and relative times as text. All clocks are UTC; nothing depends on the machine's language or zone. */

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (n: number): string => String(n).padStart(2, '0');

/** The digits a time is worth: to the day, the minute, the second or the millisecond. */
export type TimePrecision = 'day' | 'minute' | 'second' | 'millisecond';

/** @param epoch Unix time, s, rounded to the precision asked for by cutting */
export function formatClock(epoch: number, precision: Exclude<TimePrecision, 'day'> = 'second'): string {
  const date = new Date(Math.floor(epoch * 1000 + 1e-6));
  const minute = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  if (precision === 'minute') return minute;
  const second = `${minute}:${two(date.getUTCSeconds())}`;
  return precision === 'second' ? second : `${second}.${String(date.getUTCMilliseconds()).padStart(3, '0')}`;
}

/** `27 Nov` */
export function formatDay(epoch: number): string {
  const date = new Date(epoch * 1000);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]!}`;
}

/** `Fri 27 Nov` */
export function formatWeekday(epoch: number): string {
  return `${weekdays[new Date(epoch * 1000).getUTCDay()]!} ${formatDay(epoch)}`;
}

/** `Nov 2026` */
export function formatMonth(epoch: number): string {
  const date = new Date(epoch * 1000);
  return `${months[date.getUTCMonth()]!} ${date.getUTCFullYear()}`;
}

/** `27 Nov 2026` */
export function formatDate(epoch: number): string {
  return `${formatDay(epoch)} ${new Date(epoch * 1000).getUTCFullYear()}`;
}

/** Time since the start: `t+0`, `t+45s`, `t+1h30m`, `t+2d04h`, `t+1h30m15s`. Cut, not rounded, to the precision. */
export function formatRelative(seconds: number, precision: TimePrecision = 'second'): string {
  const sign = seconds < 0 ? 't−' : 't+';
  const unit = { day: 86_400, minute: 60, second: 1, millisecond: 0.001 }[precision];
  const whole = Math.floor(Math.abs(seconds) / unit + 1e-6) * unit;
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor((whole % 86_400) / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = precision === 'millisecond' ? Number((whole % 60).toFixed(3)) : Math.floor(whole % 60);
  const parts: string[] = [];
  if (days > 0) parts.push(`${days}d`);
  if (hours > 0 || (days > 0 && minutes + rest > 0)) parts.push(`${hours}h`);
  if (minutes > 0 || (hours > 0 && rest > 0)) parts.push(`${parts.length > 0 ? two(minutes) : minutes}m`);
  if (rest > 0) parts.push(`${rest}s`);
  return sign + (parts.length === 0 ? '0' : parts.join(''));
}
