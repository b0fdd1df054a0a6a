import { z } from 'zod';
import { configIssue } from '../config-issue.ts';

interface NumericOptions {
  readonly least?: number;
  readonly most?: number;
  /** whether only whole numbers are meant */
  readonly whole?: boolean;
}

/**
 * A number as configuration files of other programs carry it: bare or within quotes (`10`, `"10"`). Reading is strict,
 * text with anything else around the digits is refused.
 */
export const numericText = ({ least = -Infinity, most = Infinity, whole = false }: NumericOptions = {}) =>
  z.union([z.number(), z.string()]).transform((given, context) => {
    const value = typeof given === 'number' ? given : readNumber(given);
    const kind = whole ? 'a whole number' : 'a number';
    if (value === undefined || (whole && !Number.isInteger(value))) {
      context.addIssue(configIssue('bad-unit', `\`${given}\` is not ${kind}.`));
      return z.NEVER;
    }
    if (value < least || value > most) {
      const range =
        most === Infinity ? `at least ${least}` : least === -Infinity ? `at most ${most}` : `from ${least} to ${most}`;
      context.addIssue(configIssue('out-of-range', `Give ${kind} ${range}, not ${value}.`));
      return z.NEVER;
    }
    return value;
  });

/** @returns undefined for what is no number in digits */
export function readNumber(text: string): number | undefined {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : undefined;
}
