/**
 * A method that extrapolates an equally spaced series. Like a controller it is pure: the state is a value, so the same
 * state always gives the same forecast, however often it is asked.
 */
export interface Forecaster<State = unknown> {
  /** `ewma`, `holt-winters` */
  readonly kind: string;
  readonly initialState: State;
  /** The state after the next value of the series; NaN stands for a value that was not observed. */
  update(state: State, value: number): State;
  /**
   * The next `steps` values: element k − 1 is k steps after the last update. All NaN before the first observed value.
   * Values are not held above 0: clamp what cannot be negative.
   * @param steps integer ≥ 1
   * @param confidence of the interval, in (0, 1); default 0.95
   */
  forecast(state: State, steps: number, confidence?: number): Forecast;
  /** One sentence: what the forecast rests on now (`24 h season, 3 seen; …`, `level only: first two seasons not over`). */
  describe(state: State): string;
}

/** A mean with its interval, in columns of equal length. */
export interface Forecast {
  readonly mean: Float64Array;
  /** bounds of the normal prediction interval; NaN before there is any error to judge by */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * A forecast from its means and, per step, its variance as a multiple of the one-step variance.
 * @param oneStepVariance mean square of the one-step errors so far; NaN when there are none
 */
export function forecastFrom(
  mean: Float64Array,
  growth: Float64Array,
  oneStepVariance: number,
  deviations: number,
): Forecast {
  const lower = new Float64Array(mean.length);
  const upper = new Float64Array(mean.length);
  for (let i = 0; i < mean.length; i += 1) {
    const halfWidth = deviations * Math.sqrt(growth[i]! * oneStepVariance);
    lower[i] = mean[i]! - halfWidth;
    upper[i] = mean[i]! + halfWidth;
  }
  return { mean, lower, upper };
}
