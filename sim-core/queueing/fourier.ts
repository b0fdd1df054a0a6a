import { cos, sin } from '../units/math.ts';

/**
 * The discrete Fourier transform in place: Xₙ = Σₖ xₖ·e^(−2πikn/N), by Cooley and Tukey's halving.
 * @param re real parts, a power of two of them
 * @param im imaginary parts, as many
 */
export function fourier(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i += 1) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
  }
  for (let span = 1; span < n; span *= 2) {
    for (let k = 0; k < span; k += 1) {
      const angle = (-3.141592653589793 * k) / span;
      const x = cos(angle);
      const y = sin(angle);
      for (let even = k; even < n; even += 2 * span) {
        const odd = even + span;
        const a = x * re[odd]! - y * im[odd]!;
        const b = x * im[odd]! + y * re[odd]!;
        re[odd] = re[even]! - a;
        im[odd] = im[even]! - b;
        re[even] = re[even]! + a;
        im[even] = im[even]! + b;
      }
    }
  }
}
