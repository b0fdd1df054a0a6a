import { z } from 'zod';
import { configIssue } from '../../config-issue.ts';

/** Powers of ten and of 1024 that a quantity may end in. */
const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binary: Readonly<Record<string, bigint>> = {
  Ki: 1n << 10n,
  Mi: 1n << 20n,
  Gi: 1n << 30n,
  Ti: 1n << 40n,
  Pi: 1n << 50n,
  Ei: 1n << 60n,
};
export const int64Max = (1n << 63n) - 1n;

/**
 * A Kubernetes quantity (`500m`, `100`, `1k`, `1.5Gi`, `1e3`) in thousandths.
 *
 * Exact in whatever size; rounded up to a whole thousandth and held within ±(2⁶³−1), as `resource.Quantity.MilliValue` does.
 *
 * @returns undefined when it is no quantity
 */
export function parseQuantity(input: string | number): bigint | undefined {
  const text = typeof input === 'number' ? String(input) : input.trim();
  const match = /^([+-]?)(\d{1,30})?(?:\.(\d{0,30}))?(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d{1,3})?$/.exec(
    text,
  );
  if (match === null) return undefined;
  const [, sign, whole = '', part = '', suffix = ''] = match;
  if (whole === '' && part === '') return undefined;
  let value = BigInt(whole + part) * 1000n;
  let power = -part.length;
  const multiple = binary[suffix];
  if (multiple !== undefined) value *= multiple;
  else power += decimal[suffix] ?? Number(suffix.slice(1));
  if (power >= 0) value *= 10n ** BigInt(power);
  else {
    const divisor = 10n ** BigInt(-power);
    // Away from zero, so that a quantity that is not zero never becomes zero.
    value = (value + divisor - 1n) / divisor;
  }
  if (value > int64Max) value = int64Max;
  return sign === '-' ? -value : value;
}

/** Thousandths printed as people write them: 1500 → `1500m`, 2000 → `2`. */
export function printQuantity(milli: number): string {
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

/** Input: a quantity of at least zero (or above zero); output: thousandths as a number, exact below 2⁵³. */
export const quantity = (allowed: 'positive' | 'not-negative') =>
  z.union([z.string(), z.number()]).transform((value, context) => {
    const milli = parseQuantity(value);
    if (milli === undefined) {
      context.addIssue(
        configIssue('bad-unit', `\`${value}\` is no quantity: write a number such as \`100\`, \`500m\` or \`1k\`.`),
      );
      return z.NEVER;
    }
    if (milli < 0n || (milli === 0n && allowed === 'positive')) {
      context.addIssue(
        configIssue('out-of-range', `The quantity must be ${allowed === 'positive' ? 'above' : 'at least'} zero.`),
      );
      return z.NEVER;
    }
    return Number(milli);
  });
