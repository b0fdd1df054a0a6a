import type { Fit } from './fit.ts';
import type { Sample } from './sample.ts';

/** A number or text of a scenario file, or a mapping or list of them. */
export type Written = string | number | readonly Written[] | { readonly [key: string]: Written };

/** Keys of a distribution whose numbers are no times. */
export const dimensionless: ReadonlySet<string> = new Set([
  'shape',
  'scv',
  'stages',
  'sigma',
  'weights',
  'weight',
  'counts',
]);

/**
 * A fit as it is written into a scenario, under `serviceTime`: durations with units, five significant digits. Where some
 * values were zero, a mixture in which they have their share.
 */
export function serviceTimeOf({ config }: Fit, { zeros, count }: Sample): Written {
  const of = written(config, false);
  if (zeros === 0) return of;
  return {
    mixture: [
      { weight: digits(zeros / (zeros + count)), of: '0s' },
      { weight: digits(count / (zeros + count)), of },
    ],
  };
}

function written(value: unknown, isNumber: boolean): Written {
  if (typeof value === 'number') return isNumber ? digits(value) : durationText(value);
  if (Array.isArray(value)) return value.map((item) => written(item, isNumber));
  const entries = Object.entries(value as object).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.map(([key, inner]) => [key, written(inner, dimensionless.has(key))]));
}

const digits = (value: number): number => Number(value.toPrecision(5));

/** Seconds as a scenario has them, five significant digits. */
export function durationText(seconds: number): string {
  if (seconds >= 1 || seconds === 0) return `${digits(seconds)}s`;
  return seconds >= 1e-3 ? `${digits(seconds * 1e3)}ms` : `${digits(seconds * 1e6)}us`;
}
