import { normalQuantile } from '../units/special.ts';
import { calibrationConfidence } from './contract.ts';

/** A line through points that a few wrong ones do not move. */
export interface RobustLine {
  readonly slope: number;
  readonly slopeInterval: readonly [low: number, high: number];
  readonly intercept: number;
  /** of the intercept, at the ends of the slope's */
  readonly interceptInterval: readonly [low: number, high: number];
  readonly points: number;
}

/** More points would make millions of pairs: neighbours are then averaged. */
const mostPoints = 1500;

/**
 * Theil's line: the slope is the median over all pairs of points, the intercept the median of what remains; up to 29 % of
 * the points may be anything. The interval is Sen's, from the ranks of the pairs. It takes points for independent, as
 * readings of a system under changing load roughly are.
 *
 * @returns undefined with fewer than 8 points, or where x never changes
 * @see Sen, Estimates of the regression coefficient based on Kendall's tau, JASA 63 (1968)
 */
export function robustLine(xs: ArrayLike<number>, ys: ArrayLike<number>): RobustLine | undefined {
  const [x, y] = thinned(xs, ys);
  const n = x.length;
  const slopes: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) if (x[i] !== x[j]) slopes.push((y[j]! - y[i]!) / (x[j]! - x[i]!));
  }
  if (n < 8 || slopes.length === 0) return undefined;
  const sorted = Float64Array.from(slopes).sort();
  const slope = quantileOfSorted(sorted, 0.5);
  const half = normalQuantile((1 + calibrationConfidence) / 2) * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const low = Math.floor((sorted.length - half) / 2);
  const high = Math.ceil((sorted.length + half) / 2);
  const interceptAt = (at: number): number => median(x.map((value, i) => y[i]! - at * value));
  const ends = [sorted[Math.max(0, low)]!, sorted[Math.min(sorted.length - 1, high)]!] as const;
  const intercepts = ends.map(interceptAt);
  return {
    slope,
    slopeInterval: ends,
    intercept: interceptAt(slope),
    interceptInterval: [Math.min(...intercepts), Math.max(...intercepts)],
    points: n,
  };
}

/** Middle of the values; NaN of none. */
export function median(values: readonly number[]): number {
  return quantileOfSorted(Float64Array.from(values).sort(), 0.5);
}

/** Between the order statistics in a straight line; NaN of none. */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  const place = p * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** The interval of a median by ranks, n/2 ± 1.96 √n/2: the normal approximation of the binomial. */
export function medianInterval(sorted: ArrayLike<number>): [low: number, high: number] {
  const n = sorted.length;
  const reach = 0.98 * Math.sqrt(n);
  return [sorted[Math.max(0, Math.floor(n / 2 - reach) - 1)]!, sorted[Math.min(n - 1, Math.ceil(n / 2 + reach))]!];
}

/** Pairs of numbers without the gaps, neighbours by x averaged where there are too many. */
function thinned(xs: ArrayLike<number>, ys: ArrayLike<number>): [number[], number[]] {
  const order = Array.from({ length: xs.length }, (_, i) => i)
    .filter((i) => Number.isFinite(xs[i]) && Number.isFinite(ys[i]))
    .sort((a, b) => xs[a]! - xs[b]!);
  const together = Math.ceil(order.length / mostPoints);
  const x: number[] = [];
  const y: number[] = [];
  for (let start = 0; start < order.length; start += together) {
    const group = order.slice(start, start + together);
    x.push(group.reduce((sum, i) => sum + xs[i]!, 0) / group.length);
    y.push(group.reduce((sum, i) => sum + ys[i]!, 0) / group.length);
  }
  return [x, y];
}
