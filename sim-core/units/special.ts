import { exp, expm1, log, log1p } from './math.ts';

/**
 * Special functions on the portable elementary ones, so that they too give the same bits everywhere. Accuracies are
 * those the tests hold against 40-digit references.
 */

const halfLogTwoPi = 0.91893853320467274178;

/** B₂ₖ / (2k(2k − 1)) of Stirling's series. Abramowitz & Stegun 6.1.41. */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156, -3617 / 122_400] as const;

/** log Γ(a) − [(a − ½) log a − a + ½ log 2π], for a ≥ 10. */
function stirlingRest(a: number): number {
  const square = 1 / (a * a);
  let sum = 0;
  for (let index = stirling.length - 1; index >= 0; index--) sum = sum * square + stirling[index]!;
  return sum / a;
}

/**
 * log Γ(x), x > 0. Error below 1e-14 × max(1, |value|).
 *
 * @throws RangeError for x ≤ 0 or NaN
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma of ${x}`);
  let product = 1;
  let shifted = x;
  while (shifted < 10) product *= shifted++;
  return (shifted - 0.5) * log(shifted) - shifted + halfLogTwoPi + stirlingRest(shifted) - log(product);
}

/** xᵃ e⁻ˣ ÷ Γ(a), without the cancellation of large a. */
function gammaDensityTimesX(a: number, x: number): number {
  if (a < 10) return exp(a * log(x) - x - logGamma(a));
  const offset = (x - a) / a;
  const logRatio = Math.abs(offset) < 0.5 ? log1p(offset) : log(x / a);
  return Math.sqrt(a) * exp(a * (logRatio - offset) - halfLogTwoPi - stirlingRest(a));
}

/** P(N = count) of a Poisson variable with this mean, without the cancellation of large counts. */
export function poissonMass(count: number, mean: number): number {
  if (mean === 0) return count === 0 ? 1 : 0;
  return gammaDensityTimesX(count + 1, mean) / mean;
}

/**
 * Regularised lower incomplete gamma function P(a, x): the probability that a gamma variable of shape a and scale 1 is
 * at most x. Relative error of the smaller of P and Q below 1e-12 for a ≤ 10⁴.
 *
 * @param a shape, > 0
 * @param x ≥ 0
 * @see Abramowitz & Stegun 6.5.29, 6.5.31
 */
export function gammaP(a: number, x: number): number {
  return x < a + 1 ? gammaSeries(a, x) : 1 - gammaFraction(a, x);
}

/** Q(a, x) = 1 − P(a, x), accurate where it is small. */
export function gammaQ(a: number, x: number): number {
  return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x);
}

function gammaSeries(a: number, x: number): number {
  if (x <= 0) return 0;
  let term = 1;
  let sum = 1;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return (gammaDensityTimesX(a, x) / a) * sum;
}

function gammaFraction(a: number, x: number): number {
  if (x === Infinity) return 0;
  // Lentz's evaluation of the continued fraction; its denominators stay positive for x ≥ a + 1.
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; ; n++) {
    const numerator = n * (a - n);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 3e-16 || n > 100_000) break;
  }
  return gammaDensityTimesX(a, x) * fraction;
}

/**
 * Inverse of P(a, ·). Relative error of the probability it leads back to below 1e-12 for 0.01 ≤ a ≤ 10⁴.
 *
 * @param p in [0, 1]
 * @param a shape, > 0
 * @returns 0 at p = 0, Infinity at p = 1
 */
export function gammaQuantile(p: number, a: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return Infinity;
  return a < 1 ? quantileOfSmallShape(p, a) : quantileOfLargeShape(p, a);
}

/**
 * Newton's steps from the left. P is at most the first term of its series, which gives the start; log P is concave in
 * log x and −log Q concave in x, so that no step passes the root.
 */
function quantileOfSmallShape(p: number, a: number): number {
  let x = exp((log(p) + log(a) + logGamma(a)) / a);
  // So far down the first term is all of the series.
  for (let step = 0; x > 1e-17 && step < 100; step++) {
    const slope = gammaDensityTimesX(a, x);
    let change: number;
    if (p <= 0.5) {
      const below = gammaP(a, x);
      change = x * expm1(((log(p) - log(below)) * below) / slope);
    } else {
      const above = gammaQ(a, x);
      change = ((log(above) - log1p(-p)) * above * x) / slope;
    }
    x += change;
    if (Math.abs(change) <= 1e-13 * x) break;
  }
  return x;
}

/** Halley's steps from Wilson and Hilferty's (1931) cube. */
function quantileOfLargeShape(p: number, a: number): number {
  const cube = 1 - 1 / (9 * a) + normalQuantile(p) / (3 * Math.sqrt(a));
  let x = cube > 0.2 ? a * cube * cube * cube : exp((log(p) + log(a) + logGamma(a)) / a);
  for (let step = 0; step < 60; step++) {
    const excess = p < 0.5 ? gammaP(a, x) - p : 1 - p - gammaQ(a, x);
    const slope = gammaDensityTimesX(a, x) / x;
    const newton = excess / slope;
    // Halley's correction, held back where it would turn the step round.
    const change = newton / (1 - 0.5 * Math.min(1, newton * ((a - 1) / x - 1)));
    x = change >= x ? x / 2 : x - change;
    if (Math.abs(change) <= 1e-13 * x) break;
  }
  return x;
}

/**
 * Regularised incomplete beta function I_x(a, b), by the continued fraction of Abramowitz & Stegun 26.5.8. Relative error
 * below 1e-12 for a, b ≤ 1000.
 *
 * @param x in [0, 1]
 */
export function betaI(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 3e-16) break;
  }
  return fraction;
}

/** Φ(x), the standard normal distribution function, relative error below 1e-13 in either tail. */
export function normalCdf(x: number): number {
  const tail = 0.5 * gammaQ(0.5, 0.5 * x * x);
  return x < 0 ? tail : 1 - tail;
}

/**
 * Inverse of Φ, relative error below 1e-15.
 *
 * @param p in [0, 1]
 * @returns −Infinity at 0, Infinity at 1, NaN outside
 * @see M. J. Wichura, Algorithm AS 241, Applied Statistics 37 (1988)
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(centreNumerator, r)) / polynomial(centreDenominator, r);
  }
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const size =
    r <= 5
      ? polynomial(middleNumerator, r - 1.6) / polynomial(middleDenominator, r - 1.6)
      : polynomial(tailNumerator, r - 5) / polynomial(tailDenominator, r - 5);
  return q < 0 ? -size : size;
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let index = coefficients.length - 1; index >= 0; index--) sum = sum * x + coefficients[index]!;
  return sum;
}

const centreNumerator = [
  3.387132872796366608, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
  4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
] as const;
const centreDenominator = [
  1, 4.2313330701600911252e1, 6.871870074920579083e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
  3.930789580009271061e4, 2.8729085735721942674e4, 5.226495278852854561e3,
] as const;
const middleNumerator = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504, 1.27045825245236838258,
  2.4178072517745061177e-1, 2.27238449892691845833e-2, 7.7454501427834140764e-4,
] as const;
const middleDenominator = [
  1, 2.05319162663775882187, 1.6763848301838038494, 6.8976733498510000455e-1, 1.4810397642748007459e-1,
  1.51986665636164571966e-2, 5.475938084995344946e-4, 1.05075007164441684324e-9,
] as const;
const tailNumerator = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 2.9656057182850489123e-1,
  2.6532189526576123093e-2, 1.2426609473880784386e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
] as const;
const tailDenominator = [
  1, 5.9983220655588793769e-1, 1.3692988092273580531e-1, 1.48753612908506148525e-2, 7.868691311456132591e-4,
  1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
] as const;
