import { cos, exp, log, sin } from '../units/math.ts';
import { gammaP, gammaQ, normalQuantile } from '../units/special.ts';

/**
 * Smallest n with P(N ≤ n) ≥ p of a Poisson number of busy servers: those of M/G/∞ with offered load a, whatever the
 * distribution of service, and at any moment of Mt/G/∞ with a = m(t).
 * @param p in [0, 1)
 * @see Eick, Massey & Whitt, The physics of the Mt/G/∞ queue, Operations Research 41 (1993)
 */
export function busyServersQuantile(offeredLoad: number, p: number): number {
  if (offeredLoad === 0) return 0;
  let n = Math.max(0, Math.floor(offeredLoad + normalQuantile(Math.max(p, 1e-300)) * Math.sqrt(offeredLoad)));
  // P(N ≤ n) = Q(n + 1, a)
  while (gammaQ(n + 1, offeredLoad) < p) n += 1;
  while (n > 0 && gammaQ(n, offeredLoad) >= p) n -= 1;
  return n;
}

/** λ(t) = mean + amplitude·sin(2πt/period), 1/s. */
export interface SinusoidalRate {
  readonly mean: number;
  readonly amplitude: number;
  /** s */
  readonly period: number;
}

const twoPi = 6.283185307179586;

/** λ(t), 1/s. */
export function sinusoidalRateAt({ mean, amplitude, period }: SinusoidalRate, seconds: number): number {
  return mean + amplitude * sin((twoPi * seconds) / period);
}

/**
 * m(t), the mean number of busy servers in Mt/G/∞ long after the start, when service is gamma with mean S and scv s
 * (exponential at 1, constant at 0): with γ = 2π/period and φ = (1 + iγSs)^(−1/s) the characteristic function of service,
 * m(t) = L·S + A·Im[e^(iγt)·(1 − φ)/(iγ)]. The peak comes later than that of λ(t), and lower.
 *
 * @returns erlang
 * @see Eick, Massey & Whitt, Mt/G/∞ queues with sinusoidal arrival rates, Management Science 39 (1993)
 */
export function sinusoidalOfferedLoad(
  rate: SinusoidalRate,
  serviceTimeMean: number,
  serviceScv: number,
  seconds: number,
): number {
  const gamma = twoPi / rate.period;
  const turn = gamma * serviceTimeMean;
  const [size, angle] =
    serviceScv === 0
      ? [1, -turn]
      : [
          exp(-log(1 + turn * serviceScv * (turn * serviceScv)) / (2 * serviceScv)),
          -angleOf(turn * serviceScv) / serviceScv,
        ];
  const re = 1 - size * cos(angle);
  const im = -size * sin(angle);
  // (re + i·im)/(iγ) = (im − i·re)/γ, times e^(iγt), imaginary part
  const c = cos(gamma * seconds);
  const s = sin(gamma * seconds);
  return rate.mean * serviceTimeMean + (rate.amplitude * (s * im - c * re)) / gamma;
}

/** Where m(t) peaks: its height, erlang, and how much later than the rate, s. */
export function sinusoidalPeak(
  rate: SinusoidalRate,
  serviceTimeMean: number,
  serviceScv: number,
): { readonly offeredLoad: number; readonly lag: number } {
  const mean = rate.mean * serviceTimeMean;
  const inPhase = sinusoidalOfferedLoad(rate, serviceTimeMean, serviceScv, rate.period / 4) - mean;
  const late = mean - sinusoidalOfferedLoad(rate, serviceTimeMean, serviceScv, 0);
  const size = Math.sqrt(inPhase * inPhase + late * late);
  if (size === 0) return { offeredLoad: mean, lag: 0 };
  // Half the angle has a tangent without a pole but at half a period.
  const half = angleOf(Math.abs(late) / (size + inPhase));
  const angle = late < 0 ? twoPi - 2 * half : 2 * half;
  return { offeredLoad: mean + size, lag: (angle / twoPi) * rate.period };
}

/** arctan x, x ≥ 0: halved until small, then its series. */
function angleOf(x: number): number {
  let reduced = x;
  let factor = 1;
  while (reduced > 0.05) {
    reduced = reduced / (1 + Math.sqrt(1 + reduced * reduced));
    factor *= 2;
  }
  const square = reduced * reduced;
  let sum = 0;
  for (let k = 6; k >= 0; k -= 1) sum = (k % 2 === 0 ? 1 : -1) / (2 * k + 1) + square * sum;
  return factor * reduced * sum;
}

/**
 * m(t) at the end of every row for a rate that is constant within each row: Σ of what arrived in each earlier row times
 * the share still in service, with gamma service. Before the first row the rate is taken to have been the first row's.
 *
 * @param rates 1/s, one a row
 * @param interval s
 * @returns erlang: the mean over each row's two ends
 */
export function offeredLoadOfRows(
  rates: ArrayLike<number>,
  interval: number,
  serviceTimeMean: number,
  serviceScv: number,
): Float64Array {
  // share[k] = ∫ P(S > u) du over [k·interval, (k + 1)·interval], s; what is beyond goes to the rate before.
  const until = (seconds: number): number => meanUntil(seconds, serviceTimeMean, serviceScv);
  const shares: number[] = [];
  for (let k = 0; k < rates.length; k += 1) {
    const share = until((k + 1) * interval) - until(k * interval);
    shares.push(share);
    if (serviceTimeMean - until((k + 1) * interval) < 1e-12 * serviceTimeMean) break;
  }
  const first = rates.length > 0 ? rates[0]! : 0;
  const ends = Array.from({ length: rates.length + 1 }, (_, row) => {
    let load = 0;
    let used = 0;
    for (let k = 0; k < Math.min(row, shares.length); k += 1) {
      load += rates[row - 1 - k]! * shares[k]!;
      used += shares[k]!;
    }
    return load + first * Math.max(0, serviceTimeMean - used);
  });
  return Float64Array.from({ length: rates.length }, (_, row) => (ends[row]! + ends[row + 1]!) / 2);
}

/** E[min(S, x)] of gamma service, s. */
function meanUntil(seconds: number, mean: number, scv: number): number {
  if (scv === 0) return Math.min(seconds, mean);
  const shape = 1 / scv;
  const x = seconds / (mean * scv);
  return seconds * gammaQ(shape, x) + mean * gammaP(shape + 1, x);
}
