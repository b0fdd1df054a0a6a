/**
 * Integer arithmetic as the HPA does it, on 64 bits, without paying for BigInt where numbers are exact.
 * A value is a number while it is a safe integer, a bigint above that.
 */
export type Int64 = number | bigint;

const most = (1n << 63n) - 1n;

const reduced = (value: bigint): Int64 => {
  const held = value > most ? most : value < -most ? -most : value;
  const number = Number(held);
  return Number.isSafeInteger(number) ? number : held;
};

/** Reads an integer or a decimal string. */
export function int64(value: number | string | bigint): Int64 {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : reduced(BigInt(value));
}

/** Σ, held at 2⁶³−1. */
export function sum(values: Iterable<Int64>): Int64 {
  let total = 0;
  let large = 0n;
  for (const value of values) {
    if (typeof value === 'bigint') large += value;
    else if (Number.isSafeInteger(total + value)) total += value;
    else {
      large += BigInt(total) + BigInt(value);
      total = 0;
    }
  }
  return large === 0n ? total : reduced(large + BigInt(total));
}

/** a × b ÷ c, truncated toward zero; c is not 0. */
export function multiplyDivide(a: Int64, b: Int64, c: Int64): Int64 {
  if (typeof a === 'number' && typeof b === 'number' && typeof c === 'number') {
    const product = a * b;
    // Below 2⁵² the rounded quotient never reaches the next integer.
    if (Math.abs(product) < 4_503_599_627_370_496) return Math.trunc(product / c);
  }
  return reduced((BigInt(a) * BigInt(b)) / BigInt(c));
}

/** ⌈a ÷ b⌉ of positive integers. */
export function divideUp(a: Int64, b: Int64): Int64 {
  return reduced((BigInt(a) + BigInt(b) - 1n) / BigInt(b));
}
