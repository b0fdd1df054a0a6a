import {
  parseCpu,
  parseDuration,
  parseFraction,
  parseRate,
  printCpu,
  printDuration,
  printFraction,
  printRate,
} from '../../../sim-core/index.ts';

/** What a number in a form is, which decides how it is read, printed and written to the file. */
export type FieldUnit = 'duration' | 'rate' | 'fraction' | 'count' | 'number' | 'wholeSeconds' | 'wholePercent' | 'cpu';

interface UnitRules {
  /** The number as the file holds it, in s, 1/s, a fraction, thousandths of a core or plain; undefined when it is something else. */
  read(written: unknown): number | undefined;
  /** What to put into the file. */
  write(value: number): string | number;
  /** For people: `80 ms`, `60 %`. */
  print(value: number): string;
  /** What people may type, in words. */
  readonly examples: string;
}

const asText = (written: unknown, parse: (text: string) => number | undefined): number | undefined =>
  typeof written === 'number'
    ? Number.isFinite(written)
      ? written
      : undefined
    : typeof written === 'string'
      ? parse(written)
      : undefined;

const plain = (written: unknown): number | undefined => {
  if (typeof written === 'number') return Number.isFinite(written) ? written : undefined;
  if (typeof written !== 'string' || !/^\s*\d+([.,]\d+)?\s*$/.test(written)) return undefined;
  return Number(written.replace(',', '.'));
};

const whole = (value: number | undefined): number | undefined =>
  value !== undefined && Number.isInteger(value) ? value : undefined;

/** `1h30m` → `1 h 30 m`: easier on the eye, and read back all the same. */
const spaced = (text: string): string => text.replace(/(\d)([a-zµ%])/gi, '$1 $2').replace(/([a-z])(\d)/gi, '$1 $2');

export const unitRules: Readonly<Record<FieldUnit, UnitRules>> = {
  duration: {
    read: (written) => asText(written, parseDuration),
    write: printDuration,
    print: (value) =>
      value > 0 && value < 1 ? `${Number((value * 1000).toPrecision(12))} ms` : spaced(printDuration(value)),
    examples: 'a duration such as 80ms, 15s or 1h30m',
  },
  rate: {
    read: (written) => asText(written, parseRate),
    write: printRate,
    print: printRate,
    examples: 'a rate such as 150/s or 9000/min',
  },
  fraction: {
    read: (written) => asText(written, parseFraction),
    write: printFraction,
    print: (value) => spaced(printFraction(value)),
    examples: 'a share such as 70% or 0.7',
  },
  count: {
    read: (written) => whole(plain(written)),
    write: (value) => value,
    print: (value) => String(value),
    examples: 'a whole number',
  },
  number: {
    read: plain,
    write: (value) => value,
    print: (value) => String(value),
    examples: 'a number',
  },
  wholeSeconds: {
    read: (written) => whole(asText(written, parseDuration)),
    write: (value) => value,
    print: (value) => `${value} s`,
    examples: 'whole seconds such as 120',
  },
  wholePercent: {
    read: (written) => whole(typeof written === 'string' ? plain(written.replace('%', '')) : plain(written)),
    write: (value) => value,
    print: (value) => `${value} %`,
    examples: 'whole per cent such as 60',
  },
  cpu: {
    read: (written) =>
      typeof written === 'number' || typeof written === 'string' ? parseCpu(String(written)) : undefined,
    write: printCpu,
    print: (value) => spaced(printCpu(value)),
    examples: 'an amount of CPU such as 250m or 2',
  },
};

/** The unit a written value is in, for fields nobody described. */
export function unitOf(written: unknown): FieldUnit | undefined {
  if (typeof written === 'number') return Number.isInteger(written) ? 'count' : 'number';
  if (typeof written !== 'string') return undefined;
  if (/\/\s*(s|sec|m|min|h|d)\s*$/.test(written)) return parseRate(written) === undefined ? undefined : 'rate';
  if (/%\s*$/.test(written)) return parseFraction(written) === undefined ? undefined : 'fraction';
  return /[a-z]/i.test(written) && parseDuration(written) !== undefined ? 'duration' : undefined;
}

/** Two significant digits and whole counts: what a slider should land on. */
export function rounded(value: number, unit: FieldUnit): number {
  if (unit === 'count' || unit === 'wholeSeconds' || unit === 'wholePercent') return Math.round(value);
  if (value === 0) return 0;
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const step = 10 ** (magnitude - 1);
  const near = Math.round(value / step) * step;
  return Number(near.toPrecision(3));
}
