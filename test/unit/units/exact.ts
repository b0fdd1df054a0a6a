/**
 * Elementary functions in integers of 2^-320, by Taylor series: a reference that shares nothing with the floating-point
 * ones. The first hundred digits of π are from any table.
 */
const bits = 320n;
const one = 1n << bits;
const pi =
  (31415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679n * one) /
  10n ** 100n;
const ln2 = 2n * artanh(one / 3n);

const floats = new Float64Array(1);
const words = new BigUint64Array(floats.buffer);

/** A double as integer significand × 2^exponent. */
function split(x: number): { significand: bigint; exponent: number } {
  floats[0] = x;
  const word = words[0]!;
  const field = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xfffffffffffffn;
  const size = field === 0 ? fraction : fraction | 0x10000000000000n;
  return { significand: x < 0 ? -size : size, exponent: (field === 0 ? 1 : field) - 1075 };
}

/** x × 2^320, for |x| > 2^-268 or so. */
export function fixed(x: number): bigint {
  const { significand, exponent } = split(x);
  const shift = bits + BigInt(exponent);
  return shift >= 0n ? significand << shift : significand >> -shift;
}

/** |approximation − exact × 2^power| in units of the approximation's last place. */
export function ulpError(approximation: number, exact: bigint, power = 0): number {
  const { significand, exponent } = split(approximation);
  const shift = Number(bits) + exponent - power - 32;
  // one unit in the last place = 2^32 here
  const scaled = shift >= 0 ? exact >> BigInt(shift) : exact << BigInt(-shift);
  const error = (significand << 32n) - scaled;
  return Number(error < 0n ? -error : error) / 2 ** 32;
}

function artanh(x: bigint): bigint {
  const square = (x * x) >> bits;
  let power = x;
  let sum = 0n;
  for (let k = 1n; power !== 0n && power !== -1n; k += 2n) {
    sum += power / k;
    power = (power * square) >> bits;
  }
  return sum;
}

/** log of a positive fixed-point number. */
export function exactLog(x: bigint): bigint {
  let k = 0n;
  let m = x;
  while (m > 2n * one) {
    m >>= 1n;
    k++;
  }
  while (m < one) {
    m <<= 1n;
    k--;
  }
  // Shifting down drops bits only above 2, where 320 are left.
  return k * ln2 + 2n * artanh(((m - one) << bits) / (m + one));
}

/** eˣ = fraction × 2^power. */
export function exactExp(x: bigint): { fraction: bigint; power: number } {
  const k = x / ln2;
  const r = x - k * ln2;
  let term = one;
  let sum = 0n;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    sum += term;
    term = ((term * r) >> bits) / n;
  }
  return { fraction: sum, power: Number(k) };
}

/** eˣ − 1 for |x| < 60. */
export function exactExpm1(x: bigint): bigint {
  const { fraction, power } = exactExp(x);
  return (power >= 0 ? fraction << BigInt(power) : fraction >> BigInt(-power)) - one;
}

export function exactSin(x: bigint): bigint {
  let r = x % (2n * pi);
  if (r > pi) r -= 2n * pi;
  if (r < -pi) r += 2n * pi;
  const square = (r * r) >> bits;
  let term = r;
  let sum = 0n;
  for (let n = 1n; term !== 0n && term !== -1n; n += 2n) {
    sum += term;
    term = -((term * square) >> bits) / ((n + 1n) * (n + 2n));
  }
  return sum;
}

export function exactCos(x: bigint): bigint {
  return exactSin(x + pi / 2n);
}
