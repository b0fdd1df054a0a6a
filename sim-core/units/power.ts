import { expWithTail } from './exponential.ts';
import { highWord, withHighWord } from './float-bits.ts';
import { ln2High, ln2Low } from './logarithm.ts';

/** High word of √½: significands are brought into [√½, √2). */
const sqrtHalf = 0x3fe6a09e;

/** 2/5, 2/7, … of 2 artanh s = 2s + ⅔s³ + ⅖s⁵ + …; with |s| < 0.1716 thirteen terms reach 2^-66. */
const tailCoefficients = Float64Array.from({ length: 13 }, (_, index) => 2 / (2 * index + 5));
const twoThirds = 2 / 3;
const twoThirdsLow = 3.7007434154171886e-17;

/** Rounding error of the last product or sum: pairs are returned as a high part, and this. */
let low = 0;

/**
 * x to the power y, with the special cases of the language's own. Error below 1 ulp: the logarithm is carried with
 * twice the digits (Dekker 1971), so that multiplying it by y costs nothing.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (x !== x || y !== y) return NaN;
  const size = Math.abs(x);
  if (y === Infinity || y === -Infinity) return size === 1 ? NaN : size > 1 === y > 0 ? Infinity : 0;
  const odd = Number.isInteger(y) && Math.abs(y) % 2 === 1;
  const sign = odd && (x < 0 || Object.is(x, -0)) ? -1 : 1;
  if (size === 0 || size === Infinity) return sign * (size > 0 === y > 0 ? Infinity : 0);
  if (x < 0 && !Number.isInteger(y)) return NaN;
  if (size === 1) return sign;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === 0.5) return Math.sqrt(x);
  if (y === -1) return 1 / x;
  // |log x| is 2^-53 at least.
  if (Math.abs(y) > 2 ** 64) return sign * (size > 1 === y > 0 ? Infinity : 0);
  const logHigh = logDouble(size);
  const logLow = low;
  const product = multiply(y, logHigh);
  return sign * expWithTail(product, low + y * logLow);
}

/** log x for x > 0, finite, as a sum of two numbers; relative error below 2^-64. */
function logDouble(x: number): number {
  const subnormal = x < 2 ** -1022;
  const normal = subnormal ? x * 2 ** 54 : x;
  const word = highWord(normal) + (0x3ff00000 - sqrtHalf);
  const k = (word >> 20) - (subnormal ? 1077 : 1023);
  const m = withHighWord(normal, (word & 0xfffff) + sqrtHalf);

  // s = (m − 1)/(m + 1) and z = s², each in two parts
  const f = m - 1;
  const g = m + 1;
  const gLow = m - (g - 1);
  const s = f / g;
  const back = multiply(s, g);
  const sLow = (f - back - low - s * gLow) / g;
  const z = multiply(s, s);
  const zLow = low + 2 * s * sLow;

  // v = ⅔ s z in two parts, the terms after it in one
  const u = multiply(z, twoThirds);
  const uLow = low + z * twoThirdsLow + zLow * twoThirds;
  const v = multiply(s, u);
  const vLow = low + s * uLow + sLow * u;
  let tail = 0;
  for (let index = tailCoefficients.length - 1; index >= 0; index--) tail = tail * z + tailCoefficients[index]!;
  tail *= s * z * z;

  const first = add(k * ln2High, 2 * s);
  let rest = low + (k * ln2Low + 2 * sLow);
  const second = add(first, v);
  rest += low + vLow + tail;
  return add(second, rest);
}

/** a × b, rounded; leaves the rounding error in `low`. |a|, |b| < 2^990 */
function multiply(a: number, b: number): number {
  const product = a * b;
  const aSplit = 134_217_729 * a;
  const aHigh = aSplit - (aSplit - a);
  const bSplit = 134_217_729 * b;
  const bHigh = bSplit - (bSplit - b);
  low = (a - aHigh) * (b - bHigh) - (product - aHigh * bHigh - (a - aHigh) * bHigh - aHigh * (b - bHigh));
  return product;
}

/** a + b, rounded; leaves the rounding error in `low` (Knuth's two-sum). */
function add(a: number, b: number): number {
  const sum = a + b;
  const bPart = sum - a;
  low = a - (sum - bPart) + (b - bPart);
  return sum;
}
