import { pow } from '../units/math.ts';
import { normalQuantile } from '../units/special.ts';
import { forecastFrom } from './contract.ts';
import type { Forecaster } from './contract.ts';

export interface EwmaState {
  /** NaN before the first observed value */
  readonly level: number;
  /** Σ of squared one-step errors, and how many */
  readonly squareSum: number;
  readonly errors: number;
}

/**
 * Exponentially weighted moving average: level ← level + α·(value − level), a flat forecast at the level.
 *
 * α = 1 − 2^(−step/halfLife): a value's weight halves every half-life. The first value is the first level. The variance
 * k steps ahead is σ²·(1 + (k − 1)·α²), σ² the mean square of the one-step errors.
 *
 * @param halfLife s, > 0
 * @param step s between values, > 0
 * @throws RangeError outside the ranges above
 * @see Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., sec. 8.1 and 8.7, model ETS(A,N,N)
 */
export function createEwma(halfLife: number, step: number): Forecaster<EwmaState> {
  if (!(halfLife > 0 && step > 0)) throw new RangeError(`halfLife and step must be > 0 s, not ${halfLife} and ${step}`);
  const weight = 1 - pow(2, -step / halfLife);
  return {
    kind: 'ewma',
    initialState: { level: NaN, squareSum: 0, errors: 0 },
    update(state, value) {
      if (Number.isNaN(value)) return state;
      if (Number.isNaN(state.level)) return { ...state, level: value };
      const error = value - state.level;
      return {
        level: state.level + weight * error,
        squareSum: state.squareSum + error * error,
        errors: state.errors + 1,
      };
    },
    forecast(state, steps, confidence = 0.95) {
      const growth = Float64Array.from({ length: steps }, (_, i) => 1 + i * weight * weight);
      const variance = state.errors === 0 ? NaN : state.squareSum / state.errors;
      return forecastFrom(
        new Float64Array(steps).fill(state.level),
        growth,
        variance,
        normalQuantile((1 + confidence) / 2),
      );
    },
    describe: () => `the level of the last values, with a half-life of ${halfLife} s`,
  };
}
