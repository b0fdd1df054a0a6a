import { pow } from '../units/math.ts';

/** Weights of additive Holt–Winters smoothing, each in [0, 1]. */
export interface SmoothingWeights {
  /** α: how much of an error moves the level */
  readonly level: number;
  /** β*: how much of a change of the level moves the trend */
  readonly trend: number;
  /** γ: how much of an error moves the season it fell in */
  readonly seasonal: number;
  /** φ: what is left of the trend one step on; 1 for a trend that never fades */
  readonly damping: number;
}

/** Level, trend and seasons after some value of the series. */
export interface Components {
  level: number;
  /** per step */
  trend: number;
  /** one deviation from the level for every position of the season */
  readonly seasons: Float64Array;
  /** position of the next value within the season */
  position: number;
}

/**
 * Level, trend and seasons before the first of two whole seasons: the trend is the difference of their means per
 * step, the line runs through their middles, and each season is the mean deviation from the line at its position.
 * @param values at least 2·length, none NaN
 * @see Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., sec. 8.6
 */
export function initialComponents(values: ArrayLike<number>, length: number): Components {
  let first = 0;
  let second = 0;
  for (let i = 0; i < length; i += 1) {
    first += values[i]!;
    second += values[length + i]!;
  }
  first /= length;
  second /= length;
  const trend = (second - first) / length;
  const level = first - (trend * (length + 1)) / 2;
  const seasons = new Float64Array(length);
  for (let i = 0; i < length; i += 1) {
    const early = values[i]! - (level + trend * (i + 1));
    const late = values[length + i]! - (level + trend * (length + i + 1));
    seasons[i] = (early + late) / 2;
  }
  return { level, trend, seasons, position: 0 };
}

/**
 * One step of damped additive Holt–Winters in error-correction form, in place:
 * e = y − (l + φb + s); l ← l + φb + αe; b ← φb + αβ*e; s ← s + γe. A NaN moves time on and nothing else.
 * @returns the one-step error e; NaN for a NaN
 * @see Hyndman, Koehler, Ord & Snyder, Forecasting with Exponential Smoothing (2008), sec. 3.4, model (A,Ad,A)
 */
export function advance(components: Components, weights: SmoothingWeights, value: number): number {
  const { position, seasons } = components;
  const trend = weights.damping * components.trend;
  const base = components.level + trend;
  const error = value - (base + seasons[position]!);
  components.position = position + 1 === seasons.length ? 0 : position + 1;
  if (Number.isNaN(error)) {
    components.level = base;
    components.trend = trend;
    return NaN;
  }
  components.level = base + weights.level * error;
  components.trend = trend + weights.level * weights.trend * error;
  seasons[position]! += weights.seasonal * error;
  return error;
}

/**
 * The next values and their variances as multiples of the one-step variance: 1 + Σ c_j², with
 * c_j = α + αβ*·(φ + … + φ^j) + γ·[j is a multiple of the season].
 * @see Hyndman et al. (2008), sec. 6.3
 */
export function extrapolate(
  components: Components,
  weights: SmoothingWeights,
  steps: number,
): { mean: Float64Array; growth: Float64Array } {
  const { level, trend, seasons, position } = components;
  const mean = new Float64Array(steps);
  const growth = new Float64Array(steps);
  let fade = 1;
  let reach = 0;
  let variance = 1;
  for (let i = 0; i < steps; i += 1) {
    fade *= weights.damping;
    reach += fade;
    mean[i] = level + reach * trend + seasons[(position + i) % seasons.length]!;
    growth[i] = variance;
    const seasonal = (i + 1) % seasons.length === 0 ? weights.seasonal : 0;
    const weight = weights.level + weights.level * weights.trend * reach + seasonal;
    variance += weight * weight;
  }
  return { mean, growth };
}

/** The weight with which exponential smoothing forgets half within `halfLife`. Both in s. */
export function weightOf(halfLife: number, step: number): number {
  return 1 - pow(2, -step / halfLife);
}
