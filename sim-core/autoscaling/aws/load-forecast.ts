import type { Forecaster } from '../../forecast/contract.ts';
import { forecastHour, forecastMadeAt, hasEnoughHistory } from './predictive.ts';

/** Load of whole hours, and what was made of it. */
export interface ForecastState {
  readonly forecaster: unknown;
  /** hours taken in, those of before the run among them */
  readonly hours: number;
  /** hour of the clock that is being measured; NaN before the first measurement */
  readonly hour: number;
  readonly sum: number;
  readonly samples: number;
  /** load by hour, from `from` on; null before there is enough history */
  readonly forecast: {
    /** hour of the clock in which the first one was made */
    readonly first: number;
    /** hour of the clock in which this one was made, and begins */
    readonly from: number;
    readonly load: readonly number[];
  } | null;
}

/** h a forecast reaches */
const reach = 48;

/**
 * @param history mean load of the hours before the run, oldest first
 * @param firstHour hour of the clock in which the run begins
 */
export function startForecast(forecaster: Forecaster, history: readonly number[], firstHour: number): ForecastState {
  const taken = history.reduce<unknown>((state, load) => forecaster.update(state, load), forecaster.initialState);
  const state = { forecaster: taken, hours: history.length, hour: NaN, sum: 0, samples: 0, forecast: null };
  return refreshed(forecaster, state, firstHour);
}

/**
 * Takes in the load of a moment. A finished hour joins the history with its mean; a forecast is made when there is enough of
 * it, and anew every six hours.
 *
 * @param load NaN when unknown
 */
export function learnLoad(forecaster: Forecaster, state: ForecastState, epoch: number, load: number): ForecastState {
  const hour = Math.floor(epoch / forecastHour);
  let next = state;
  if (hour !== state.hour && !Number.isNaN(state.hour)) {
    const mean = state.samples === 0 ? NaN : state.sum / state.samples;
    const taken = forecaster.update(state.forecaster, mean);
    next = refreshed(forecaster, { ...state, forecaster: taken, hours: state.hours + 1, sum: 0, samples: 0 }, hour);
  }
  if (Number.isNaN(load)) return { ...next, hour };
  return { ...next, hour, sum: next.sum + load, samples: next.samples + 1 };
}

function refreshed(forecaster: Forecaster, state: ForecastState, hour: number): ForecastState {
  if (!hasEnoughHistory(state.hours)) return state;
  const first = state.forecast?.first ?? hour;
  if (state.forecast !== null && first + forecastMadeAt(hour - first) <= state.forecast.from) return state;
  const { mean } = forecaster.forecast(state.forecaster, reach);
  return { ...state, forecast: { first, from: hour, load: [...mean] } };
}

/** Load foreseen for an hour of the clock; NaN where nothing is. */
export function foreseen({ forecast }: ForecastState, hour: number): number {
  return forecast?.load[hour - forecast.from] ?? NaN;
}
