import { decimalPattern, looseDecimalPattern, parseDecimal, printShifted, shortestExact } from './decimal.ts';

/** Units longer than a second, s. */
const secondsIn: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3600, m: 60 };
/** Units of a second and less: powers of ten. */
const placesOf: Readonly<Record<string, number>> = { s: 0, ms: -3, us: -6, µs: -6, μs: -6, ns: -9 };

const segments = ['w', 'd', 'h', 'm', 's', 'ms', '(?:us|µs|μs)', 'ns'];
const compound = segments.map((unit) => `(?:${decimalPattern} ?${unit} ?)?`).join('');

/** What parseDuration takes, as a regular expression for editors: it leaves the order of the units to the parser. */
export const durationPattern = `^(?:${looseDecimalPattern}|(?:${looseDecimalPattern} ?(?:w|d|h|m|s|ms|us|µs|μs|ns) ?)+|[Pp][\\d.WDTHMSwdthms]+)$`;

const compoundForm = new RegExp(`^${compound}$`);
const segmentForm = new RegExp(`(${decimalPattern}) ?([a-zµμ]+)`, 'g');
const isoForm = new RegExp(
  `^P(?:(${decimalPattern})W)?(?:(${decimalPattern})D)?(?:T(?:(${decimalPattern})H)?(?:(${decimalPattern})M)?(?:(${decimalPattern})S)?)?$`,
  'i',
);

/**
 * A length of time, s. Accepts `15s`, `500ms`, `2d`, `1w`, several units from large to small (`1h30m`, `1d 12h`),
 * fractions (`1.5h`), ISO 8601 without months and years (`PT1H30M`), and a bare number of seconds.
 *
 * @returns undefined when the text is none of these, negative ones included
 */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (/^[\d.]/.test(trimmed)) return parseDecimal(trimmed) ?? parseCompound(trimmed);
  return parseIso(trimmed);
}

function parseCompound(text: string): number | undefined {
  if (!compoundForm.test(text)) return undefined;
  let seconds = 0;
  for (const [, digits = '', unit = ''] of text.matchAll(segmentForm)) {
    seconds += amount(digits, unit) ?? NaN;
  }
  return Number.isFinite(seconds) ? seconds : undefined;
}

function parseIso(text: string): number | undefined {
  const match = isoForm.exec(text);
  if (match === null || !/\d[WDHMS]$/i.test(text)) return undefined;
  let seconds = 0;
  for (const [index, unit] of ['w', 'd', 'h', 'm', 's'].entries()) {
    const digits = match[index + 1];
    if (digits !== undefined) seconds += amount(digits, unit) ?? NaN;
  }
  return Number.isFinite(seconds) ? seconds : undefined;
}

function amount(digits: string, unit: string): number | undefined {
  const places = placesOf[unit];
  if (places !== undefined) return parseDecimal(digits, places);
  const value = parseDecimal(digits);
  const factor = secondsIn[unit];
  return value === undefined || factor === undefined ? undefined : value * factor;
}

/**
 * The duration as people write it, exact: parseDuration returns the same number. Weeks and days appear only when they
 * come out whole, as Prometheus prints them: `1w`, `2d`, `36h`, `1h30m`, `80ms`, `1.25s`.
 *
 * @param seconds s, finite, ≥ 0
 * @throws RangeError outside that range
 */
export function printDuration(seconds: number): string {
  if (!(seconds >= 0 && seconds < Infinity)) throw new RangeError(`not a duration: ${seconds}`);
  if (Number.isInteger(seconds)) return printWhole(seconds);
  const small = [`${seconds}s`, `${printShifted(seconds, 3)}ms`, `${printShifted(seconds, 6)}us`];
  return shortestExact(seconds, small, parseDuration) ?? `${seconds}s`;
}

function printWhole(seconds: number): string {
  if (seconds === 0 || seconds > Number.MAX_SAFE_INTEGER) return `${seconds}s`;
  if (seconds % 604_800 === 0) return `${seconds / 604_800}w`;
  if (seconds % 86_400 === 0) return `${seconds / 86_400}d`;
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [seconds % 60, 's'],
  ] as const;
  return parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`)).join('');
}

/** What was probably meant by a text parseDuration refuses: `15 seconds` → `15s`. */
export function suggestDuration(text: string): string | undefined {
  const match = new RegExp(`^(${decimalPattern})\\s*([a-z]+)\\.?$`, 'i').exec(text.trim());
  const unit = longNames[(match?.[2] ?? '').toLowerCase().replace(/s$/, '')];
  return match === null || unit === undefined ? undefined : `${match[1]}${unit}`;
}

const longNames: Readonly<Record<string, string>> = {
  millisecond: 'ms',
  msec: 'ms',
  milli: 'ms',
  sec: 's',
  second: 's',
  '': 's',
  min: 'm',
  minute: 'm',
  hr: 'h',
  hour: 'h',
  h: 'h',
  day: 'd',
  d: 'd',
  wk: 'w',
  week: 'w',
  w: 'w',
};
