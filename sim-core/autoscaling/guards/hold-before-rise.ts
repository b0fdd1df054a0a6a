import { createForecaster } from '../../forecast/registry.ts';
import type { Observation } from '../contract.ts';
import type { StageRule } from '../pipeline.ts';
import { inWords, percentInWords, secondsInWords } from '../words.ts';
import type { GuardsConfig } from './config.ts';

type HoldBeforeRise = NonNullable<GuardsConfig['holdBeforeRise']>;

export interface RiseState {
  readonly forecaster: unknown;
  /** evaluations so far */
  readonly evaluations: number;
  readonly expected: Expected;
}

/** What the forecast said when it was last asked; rates in 1/s, NaN before anything was observed. */
interface Expected {
  readonly next: number;
  readonly highest: number;
  /** s from the forecast to the highest rate */
  readonly ahead: number;
}

const nothingExpected: Expected = { next: NaN, highest: NaN, ahead: NaN };

/** Watches the arrival rate, one value every `interval` rounded to whole evaluations. */
export interface RiseWatch {
  readonly initialState: RiseState;
  see(seen: Observation, state: RiseState): RiseState;
}

/**
 * @param evaluationInterval s, finite
 * @throws RangeError for a season shorter than two values, which `checkGuards` reports
 */
export function createRiseWatch(config: HoldBeforeRise, evaluationInterval: number): RiseWatch {
  const every = evaluationsPerValue(config, evaluationInterval);
  const step = every * evaluationInterval;
  const steps = Math.max(2, Math.ceil(config.horizon / step));
  const forecaster = createForecaster(config.forecast, step);
  return {
    initialState: { forecaster: forecaster.initialState, evaluations: 0, expected: nothingExpected },
    see({ service }, { forecaster: before, evaluations, expected }) {
      const next = evaluations + 1;
      if (evaluations % every !== 0) return { forecaster: before, evaluations: next, expected };
      const state = forecaster.update(before, service.arrivalRate);
      const { mean } = forecaster.forecast(state, steps);
      return { forecaster: state, evaluations: next, expected: expectedFrom(mean, step) };
    },
  };
}

/** Evaluations from one value of the forecast to the next. */
export function evaluationsPerValue({ interval }: HoldBeforeRise, evaluationInterval: number): number {
  return Math.max(1, Math.round(interval / evaluationInterval));
}

function expectedFrom(mean: Float64Array, step: number): Expected {
  let best = 0;
  for (let index = 1; index < mean.length; index++) if (mean[index]! > mean[best]!) best = index;
  return { next: Math.max(0, mean[0]!), highest: Math.max(0, mean[best]!), ahead: (best + 1) * step };
}

/**
 * No shrinking while the forecast rises, within the horizon, by more than `rise` above its own next value. The last
 * measured rate would be the more obvious thing to compare with, but its noise alone would then look like a rise.
 */
export function holdBeforeRiseRule(
  { rise }: HoldBeforeRise,
  current: number,
  { next, highest, ahead }: Expected,
): StageRule {
  return {
    name: 'guard-hold-before-rise',
    apply(input) {
      if (input >= current) return { output: input, reason: 'NotShrinking', detail: `Not shrinking: ${input}` };
      if (Number.isNaN(highest)) return { output: input, reason: 'Unknown', detail: `No forecast yet: ${input}` };
      const course = `Forecast ${inWords(next)}/s, ${inWords(highest)}/s in ${secondsInWords(ahead)}`;
      if (highest > next * (1 + rise)) {
        const detail = `${course}, more than ${percentInWords(rise)} higher: ${input} → ${current}`;
        return { output: current, reason: 'RiseAhead', detail };
      }
      return {
        output: input,
        reason: 'NoRiseAhead',
        detail: `${course}, no rise above ${percentInWords(rise)}: ${input}`,
      };
    },
  };
}
