import { scaleByPowerOfTwo } from './float-bits.ts';
import { ln2High, ln2Low } from './logarithm.ts';

const inverseLn2 = 1.442695040888963387;
/** Above, the result overflows; below −745.13…, it is 0. */
const overflow = 7.09782712893383973096e2;
const underflow = -7.4513321910194110842e2;

/** Minimax coefficients of r − r(eʳ − 1)⁻¹… in r² on |r| ≤ ½ ln 2, error below 2^-59. fdlibm 5.3, e_exp.c. */
const [p1, p2, p3, p4, p5] = [
  1.66666666666666019037e-1, -2.77777777770155933842e-3, 6.61375632143793436117e-5, -1.6533902205465251539e-6,
  4.13813679705723846039e-8,
] as const;

/** Coefficients of the rational approximation of eʳ − 1 in r²/2, |r| ≤ ½ ln 2. fdlibm 5.3, s_expm1.c. */
const [q1, q2, q3, q4, q5] = [
  -3.33333333333331316428e-2, 1.58730158725481460165e-3, -7.93650757867487942473e-5, 4.00821782732936239552e-6,
  -2.01099218183624371326e-7,
] as const;

/** eˣ. Error below 1 ulp. */
export function exp(x: number): number {
  return expWithTail(x, 0);
}

/** e^(x + tail) for a tail far below x: what a power needs. */
export function expWithTail(x: number, tail: number): number {
  if (!(x <= overflow)) return x > overflow ? Infinity : x;
  if (x < underflow) return 0;
  const k = Math.floor(x * inverseLn2 + 0.5);
  const high = x - k * ln2High;
  const low = k * ln2Low - tail;
  const r = high - low;
  const z = r * r;
  const c = r - z * (p1 + z * (p2 + z * (p3 + z * (p4 + z * p5))));
  return scaleByPowerOfTwo(1 - (low - (r * c) / (2 - c) - high), k);
}

/** eˣ − 1 without loss for small x. Error below 1 ulp. */
export function expm1(x: number): number {
  if (!(x <= overflow)) return x > overflow ? Infinity : x;
  if (x < -40) return -1;
  if (Math.abs(x) < 2 ** -54) return x;
  const k = Math.floor(x * inverseLn2 + 0.5);
  const high = x - k * ln2High;
  const low = k * ln2Low;
  const r = high - low;
  const lost = high - r - low;
  const half = 0.5 * r;
  const z = r * half;
  const r1 = 1 + z * (q1 + z * (q2 + z * (q3 + z * (q4 + z * q5))));
  const t = 3 - r1 * half;
  const e = z * ((r1 - t) / (6 - r * t));
  if (k === 0) return r - (r * e - z);
  // eʳ − 1 = r − d; the cases below differ in where subtracting 1 from 2^k eʳ costs least.
  const d = r * (e - lost) - lost - z;
  if (k === -1) return 0.5 * (r - d) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (d - (r + 0.5)) : 1 + 2 * (r - d);
  const inverse = scaleByPowerOfTwo(1, -k);
  if (k <= -2 || k > 56) return scaleByPowerOfTwo(1 - (d - r), k) - 1;
  if (k < 20) return scaleByPowerOfTwo(1 - inverse - (d - r), k);
  return scaleByPowerOfTwo(r - (d + inverse) + 1, k);
}
