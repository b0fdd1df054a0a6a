/** The bits of float64 numbers, on machines of either byte order. */

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
const high = littleEndian ? 1 : 0;

/** Sign, exponent and the upper 20 bits of the significand, as a signed integer. */
export function highWord(value: number): number {
  float[0] = value;
  return words[high]! | 0;
}

/** `value` with another high word. */
export function withHighWord(value: number, word: number): number {
  float[0] = value;
  words[high] = word;
  return float[0];
}

/** value × 2^exponent, rounded once unless it is subnormal. @param exponent integer, −2200 … 2200 */
export function scaleByPowerOfTwo(value: number, exponent: number): number {
  let scaled = value;
  let rest = exponent;
  while (rest > 1023) {
    scaled *= 2 ** 1023;
    rest -= 1023;
  }
  // In steps that keep 53 bits as long as possible: only the last one may round.
  while (rest < -969) {
    scaled *= 2 ** -969;
    rest += 969;
  }
  return scaled * withHighWord(0, (rest + 1023) << 20);
}
