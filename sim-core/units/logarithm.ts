import { highWord, withHighWord } from './float-bits.ts';

/** ln 2 in two parts; k × ln2High is exact for |k| < 2^20. */
export const ln2High = 6.9314718036912381649e-1;
export const ln2Low = 1.90821492927058770002e-10;

/** High word of √½: significands are brought into [√½, √2). */
const sqrtHalf = 0x3fe6a09e;

/**
 * Minimax coefficients in s² of (log(1+f) − 2s)/s, s = f/(2+f), |s| < 0.1716; error below 2^-58.45.
 * Published with fdlibm 5.3 (Sun Microsystems, 1993), e_log.c.
 */
const [l1, l2, l3, l4, l5, l6, l7] = [
  6.66666666666673513e-1, 3.999999999940941908e-1, 2.857142874366239149e-1, 2.222219843214978396e-1,
  1.818357216161805012e-1, 1.531383769920937332e-1, 1.479819860511658591e-1,
] as const;

/** Natural logarithm. Error below 1 ulp; log(0) = −Infinity, NaN below 0. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const subnormal = x < 2 ** -1022;
  const normal = subnormal ? x * 2 ** 54 : x;
  const word = highWord(normal) + (0x3ff00000 - sqrtHalf);
  const exponent = (word >> 20) - 1023;
  const significand = withHighWord(normal, (word & 0xfffff) + sqrtHalf);
  return logReduced(significand - 1, subnormal ? exponent - 54 : exponent, 0);
}

/** log(1 + x) without loss for small x. Error below 1 ulp; −Infinity at −1, NaN below. */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN;
  if (x === Infinity || Math.abs(x) < 2 ** -54) return x;
  if (x > -0.29 && x < 0.41) return logReduced(x, 0, 0);
  const sum = 1 + x;
  const word = highWord(sum) + (0x3ff00000 - sqrtHalf);
  const exponent = (word >> 20) - 1023;
  const significand = withHighWord(sum, (word & 0xfffff) + sqrtHalf);
  // What rounding took from 1 + x, relative to the sum; beyond 2^54 it is nothing.
  const lost = exponent >= 54 ? 0 : (exponent > 0 ? 1 - (sum - x) : x - (sum - 1)) / sum;
  return logReduced(significand - 1, exponent, lost);
}

/** log((1 + f) 2^k) + tail, for f in [√½ − 1, √2 − 1]. */
function logReduced(f: number, k: number, tail: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = w * (l2 + w * (l4 + w * l6));
  const even = z * (l1 + w * (l3 + w * (l5 + w * l7)));
  const halfSquare = 0.5 * f * f;
  return s * (halfSquare + (odd + even)) + (k * ln2Low + tail) - halfSquare + f + k * ln2High;
}
