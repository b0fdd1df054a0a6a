/** Coefficients of sin r and cos r on |r| ≤ π/4; errors below 2^-58. fdlibm 5.3, k_sin.c and k_cos.c. */
const [s1, s2, s3, s4, s5, s6] = [
  -1.66666666666666324348e-1, 8.33333333332248946124e-3, -1.98412698298579493134e-4, 2.75573137070700676789e-6,
  -2.50507602534068634195e-8, 1.58969099521155010221e-10,
] as const;
const [c1, c2, c3, c4, c5, c6] = [
  4.16666666666666019037e-2, -1.38888888888741095749e-3, 2.48015872894767294178e-5, -2.75573143513906633035e-7,
  2.0875723212981748279e-9, -1.13596475577881948265e-11,
] as const;

const twoOverPi = 6.36619772367581382433e-1;
/** π/2 in three parts; the first two have 33 bits, so that multiples up to 2^20 are exact. fdlibm 5.3, e_rem_pio2.c. */
const halfPi1 = 1.57079632673412561417;
const halfPi2 = 6.0771005063039659766e-11;
const halfPi3 = 2.02226624879595063154e-21;

/** Multiple of π/2 taken off by reduce, and what remains as a sum of two numbers. */
let quadrant = 0;
let remainder = 0;
let remainderLow = 0;

/** Sine of x radians. Error below 1 ulp everywhere; beyond 10⁶ slow (microseconds), so take whole periods off first. */
export function sin(x: number): number {
  if (Math.abs(x) < 2 ** -27) return x;
  reduce(x);
  const value = (quadrant & 1) === 0 ? sinReduced(remainder, remainderLow) : cosReduced(remainder, remainderLow);
  return (quadrant & 2) === 0 ? value : -value;
}

/** Cosine of x radians. Error below 1 ulp everywhere; beyond 10⁶ slow (microseconds). */
export function cos(x: number): number {
  reduce(x);
  const value = (quadrant & 1) === 0 ? cosReduced(remainder, remainderLow) : sinReduced(remainder, remainderLow);
  return ((quadrant + 1) & 2) === 0 ? value : -value;
}

function sinReduced(x: number, tail: number): number {
  const z = x * x;
  const cube = z * x;
  const rest = s2 + z * (s3 + z * (s4 + z * (s5 + z * s6)));
  return x - (z * (0.5 * tail - cube * rest) - tail - cube * s1);
}

function cosReduced(x: number, tail: number): number {
  const z = x * x;
  const rest = z * (c1 + z * (c2 + z * (c3 + z * (c4 + z * (c5 + z * c6)))));
  const halfSquare = 0.5 * z;
  const whole = 1 - halfSquare;
  return whole + (1 - whole - halfSquare + (z * rest - x * tail));
}

/** Cody and Waite's reduction, and exact integers where that cancels too much. */
function reduce(x: number): void {
  if (Math.abs(x) <= Math.PI / 4) {
    quadrant = 0;
    remainder = x;
    remainderLow = 0;
    return;
  }
  if (Math.abs(x) < 1e6) {
    const n = Math.floor(x * twoOverPi + 0.5);
    const first = x - n * halfPi1;
    const second = n * halfPi2;
    const difference = first - second;
    const lost = n * halfPi3 - (first - difference - second);
    remainder = difference - lost;
    remainderLow = difference - remainder - lost;
    quadrant = n & 3;
    if (Math.abs(remainder) > 2 ** -30) return;
  }
  reduceExactly(x);
}

const bits = 1280n;
let halfPi = 0n;

/** x mod π/2 in integers of 2^-1280, enough for every finite x. */
function reduceExactly(x: number): void {
  if (!Number.isFinite(x)) {
    remainder = NaN;
    return;
  }
  if (halfPi === 0n) halfPi = computeHalfPi();
  const scaled = toFixedPoint(Math.abs(x));
  const n = (2n * scaled + halfPi) / (2n * halfPi);
  const rest = (scaled - n * halfPi) >> (bits - 200n);
  remainder = Number(rest) * 2 ** -200;
  remainderLow = Number(rest - BigInt(remainder * 2 ** 200)) * 2 ** -200;
  quadrant = Number(n & 3n);
  if (x > 0) return;
  quadrant = -quadrant & 3;
  remainder = -remainder;
  remainderLow = -remainderLow;
}

/** |x| × 2^1280 for 2^-200 < |x|. */
function toFixedPoint(size: number): bigint {
  // The scaling is exact, and makes an integer of every double from 2^-200 on.
  return size < 2 ** 100 ? BigInt(size * 2 ** 800) << (bits - 800n) : BigInt(size) << bits;
}

/** π/2 × 2^1280 by Machin's formula π/4 = 4 arctan ⅕ − arctan 1/239. */
function computeHalfPi(): bigint {
  const guard = 32n;
  const unit = 1n << (bits + guard);
  return (2n * (4n * arctanOfInverse(5n, unit) - arctanOfInverse(239n, unit))) >> guard;
}

function arctanOfInverse(n: bigint, unit: bigint): bigint {
  let power = unit / n;
  let sum = power;
  for (let k = 3n; power !== 0n; k += 2n) {
    power /= -(n * n);
    sum += power / k;
  }
  return sum;
}
