import { normalQuantile } from '../units/special.ts';
import { forecastFrom } from './contract.ts';
import type { Forecaster } from './contract.ts';
import { fitWeights } from './holt-winters-fit.ts';
import { advance, extrapolate, initialComponents, weightOf } from './smoothing.ts';
import type { Components, SmoothingWeights } from './smoothing.ts';

export interface HoltWintersOptions {
  /** s, at least two steps; rounded to whole steps */
  readonly season: number;
  /** weights that are fixed; the others are fitted */
  readonly weights: Partial<SmoothingWeights>;
}

/** Components with the squared one-step errors they have left so far. */
interface Track {
  readonly components: Components;
  readonly weights: SmoothingWeights;
  readonly squareSum: number;
  readonly errors: number;
}

interface Cell {
  readonly value: number;
  readonly before: Cell | null;
}

export interface HoltWintersState {
  /** whole seasons so far, the last ones */
  readonly seasons: readonly Float64Array[];
  /** whole seasons so far, in all */
  readonly seasonsSeen: number;
  /** values of the season under way, the latest first: sharing the list keeps an update cheap */
  readonly current: Cell | null;
  readonly currentCount: number;
  /** level and damped trend alone; null before the first value */
  readonly holt: Track | null;
  /** null until two seasons are over */
  readonly seasonal: Track | null;
}

/** Weights are fitted on four seasons, or on as many as make up this many values. */
const fittedValues = 336;
/** Weights until there are three seasons to fit them on. */
const unfitted: SmoothingWeights = { level: 0.2, trend: 0, seasonal: 0.1, damping: 0.98 };
/** Half-lives of level, trend and of the trend's extrapolation while there is no season yet, s. */
const holtHalfLives = { level: 120, trend: 600, damping: 900 };

/**
 * Additive Holt–Winters with a damped trend.
 *
 * Two whole seasons give the starting values; until then a damped trend without season answers (Holt's method, with
 * half-lives of 2 min for the level and 10 min for the trend, which fades with a half-life of 15 min). At the end of
 * every season from the third on, the weights are fitted anew on the last four seasons (more when they are short) and the
 * components recomputed from them; weights that are given stay, and when all are given nothing is ever recomputed. A value that was not
 * observed is taken as it was forecast.
 *
 * Intervals are normal. The one-step variance is the mean square of the one-step errors, less a degree of freedom for
 * every seasonal starting value while only two seasons are known.
 *
 * @param step s between values, > 0
 * @throws RangeError when the season is shorter than two steps
 * @see Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., sec. 8.3
 */
export function createHoltWinters(options: HoltWintersOptions, step: number): Forecaster<HoltWintersState> {
  const length = Math.round(options.season / step);
  if (!(step > 0 && length >= 2)) {
    throw new RangeError(`a season of ${options.season} s must cover at least two steps of ${step} s`);
  }
  const kept = Math.max(4, Math.ceil(fittedValues / length));
  const given = options.weights;
  const allGiven = (['level', 'trend', 'seasonal', 'damping'] as const).every((name) => given[name] !== undefined);
  const holtWeights: SmoothingWeights = {
    level: weightOf(holtHalfLives.level, step),
    trend: weightOf(holtHalfLives.trend, step),
    seasonal: 0,
    damping: 1 - weightOf(holtHalfLives.damping, step),
  };

  const startSeasonal = (seasons: readonly Float64Array[], previous: SmoothingWeights | null): Track => {
    const values = joined(seasons);
    const weights = seasons.length > 2 ? fitWeights(values, length, given, previous) : { ...unfitted, ...given };
    const components = initialComponents(values, length);
    let squareSum = 0;
    const from = seasons.length > 2 ? 2 * length : 0;
    for (let i = 0; i < values.length; i += 1) {
      const error = advance(components, weights, values[i]!);
      if (i >= from) squareSum += error * error;
    }
    return { components, weights, squareSum, errors: seasons.length > 2 ? values.length - from : length - 1 };
  };

  return {
    kind: 'holt-winters',
    initialState: { seasons: [], seasonsSeen: 0, current: null, currentCount: 0, holt: null, seasonal: null },
    update(state, value) {
      const missing = Number.isNaN(value);
      if (state.holt === null) {
        if (missing) return state;
        const components = { level: value, trend: 0, seasons: new Float64Array(1), position: 0 };
        const holt = { components, weights: holtWeights, squareSum: 0, errors: 0 };
        return { ...state, holt, current: { value, before: null }, currentCount: 1 };
      }
      const filled = missing ? extrapolateOne(state.seasonal ?? state.holt) : value;
      const holt = next(state.holt, value);
      const current: Cell = { value: filled, before: state.current };
      if (state.currentCount + 1 < length) {
        const seasonal = state.seasonal === null ? null : next(state.seasonal, value);
        return { ...state, holt, seasonal, current, currentCount: state.currentCount + 1 };
      }
      const seasons = [...state.seasons, unrolled(current, length)].slice(-kept);
      const restart = seasons.length === 2 || (seasons.length > 2 && !allGiven);
      // From the whole grid while seasons are few, then now and again; from the last weights otherwise.
      const seen = state.seasonsSeen + 1;
      const previous = seen > 4 && seen % 8 !== 0 ? state.seasonal!.weights : null;
      const seasonal = restart ? startSeasonal(seasons, previous) : state.seasonal && next(state.seasonal, value);
      return { seasons, seasonsSeen: seen, current: null, currentCount: 0, holt, seasonal };
    },
    forecast(state, steps, confidence = 0.95) {
      const track = state.seasonal ?? state.holt;
      const deviations = normalQuantile((1 + confidence) / 2);
      if (track === null)
        return forecastFrom(new Float64Array(steps).fill(NaN), new Float64Array(steps).fill(1), NaN, deviations);
      const { mean, growth } = extrapolate(track.components, track.weights, steps);
      return forecastFrom(mean, growth, track.errors > 0 ? track.squareSum / track.errors : NaN, deviations);
    },
    describe(state) {
      if (state.seasonal === null) {
        return `level and fading trend without a season: two seasons of ${length} values are needed, ${state.seasonsSeen} seen`;
      }
      const { level, trend, seasonal, damping } = state.seasonal.weights;
      const fitted = allGiven ? 'given' : state.seasonsSeen > 2 ? 'fitted' : 'not fitted yet';
      const weights = [level, trend, seasonal, damping].map((weight) => Math.round(weight * 1000) / 1000).join(', ');
      return `season of ${length} values, ${state.seasonsSeen} seen; level, trend, seasonal, damping ${weights} (${fitted})`;
    },
  };
}

/** The track after a value, leaving the old one as it was. */
function next(track: Track, value: number): Track {
  const components = { ...track.components, seasons: track.components.seasons.slice() };
  const error = advance(components, track.weights, value);
  if (Number.isNaN(error)) return { ...track, components };
  return { ...track, components, squareSum: track.squareSum + error * error, errors: track.errors + 1 };
}

function extrapolateOne(track: Track): number {
  return extrapolate(track.components, track.weights, 1).mean[0]!;
}

/** The last `count` values of the list in the order of time. */
function unrolled(list: Cell, count: number): Float64Array {
  const values = new Float64Array(count);
  let cell: Cell | null = list;
  for (let i = count - 1; i >= 0 && cell !== null; i -= 1) {
    values[i] = cell.value;
    cell = cell.before;
  }
  return values;
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
