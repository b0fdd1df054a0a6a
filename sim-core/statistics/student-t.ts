import { exp, log1p } from '../units/math.ts';
import { betaI, logGamma, normalQuantile } from '../units/special.ts';

const logPi = 1.1447298858494001741;

/**
 * Quantile of Student's t distribution.
 *
 * The upper tail is convex, and heavier than the normal one: Newton's steps from the normal quantile never pass the
 * root. Relative error below 1e-10.
 *
 * @param p in (0, 1)
 * @param df degrees of freedom, > 0
 * @returns −Infinity and Infinity at p = 0 and 1
 * @throws RangeError outside the ranges above
 * @see Abramowitz & Stegun 26.7
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1) || !(df > 0)) throw new RangeError(`no t quantile at p = ${p}, df = ${df}`);
  if (p < 0.5) return -studentTQuantile(1 - p, df);
  if (p === 1) return Infinity;
  if (df === 2) return (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
  const tail = 1 - p;
  let t = normalQuantile(p);
  for (let step = 0; step < 200; step++) {
    const change = (upperTail(t, df) - tail) / density(t, df);
    t += change;
    if (Math.abs(change) <= 1e-12 * t) break;
  }
  return t;
}

/** P(T > t), t ≥ 0. */
function upperTail(t: number, df: number): number {
  // The smaller of the two arguments keeps its digits.
  const square = t * t;
  return square < df
    ? 0.5 - 0.5 * betaI(square / (df + square), 0.5, df / 2)
    : 0.5 * betaI(df / (df + square), df / 2, 0.5);
}

function density(t: number, df: number): number {
  const logDensity = logGamma((df + 1) / 2) - logGamma(df / 2) - 0.5 * logPi - ((df + 1) / 2) * log1p((t * t) / df);
  return exp(logDensity) / Math.sqrt(df);
}
