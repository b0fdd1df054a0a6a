import { decimalPattern, looseDecimalPattern, parseDecimal, printShifted, shortestExact } from './decimal.ts';

/** What parseFraction takes, as a regular expression for editors. */
export const fractionPattern = `^${looseDecimalPattern} ?%?$`;

const form = new RegExp(`^(${decimalPattern}) ?(%?)$`);

/**
 * A share: `70%` and `0.7` are both 0.7.
 *
 * @returns undefined when the text is neither
 */
export function parseFraction(text: string): number | undefined {
  const match = form.exec(text.trim());
  if (match === null) return undefined;
  return parseDecimal(match[1] ?? '', match[2] === '%' ? -2 : 0);
}

/**
 * The share in per cent, exact: parseFraction returns the same number. `70%`, `99.95%`.
 *
 * @param fraction finite, ≥ 0
 * @throws RangeError outside that range
 */
export function printFraction(fraction: number): string {
  if (!(fraction >= 0 && fraction < Infinity)) throw new RangeError(`not a fraction: ${fraction}`);
  return shortestExact(fraction, [`${printShifted(fraction, 2)}%`], parseFraction) ?? String(fraction);
}
