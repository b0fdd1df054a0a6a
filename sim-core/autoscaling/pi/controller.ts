import type { Controller, ControllerContext, Observation, Stage } from '../contract.ts';
import type { ControllerKind } from '../controller-kind.ts';
import { boundsRule, decide } from '../pipeline.ts';
import { inWords, secondsInWords } from '../words.ts';
import { piConfig } from './config.ts';
import type { PiConfig, PiMetric } from './config.ts';

const readers: Readonly<Record<PiMetric, (seen: Observation) => number>> = {
  cpuUtilisation: ({ service }) => service.cpuUtilisation,
  utilisation: ({ service }) => service.utilisation,
  latencyP95: ({ service }) => service.latencyP95,
  queuePerReplica: ({ service, readyReplicas }) => service.queueLength / readyReplicas,
};

export interface PiState {
  /** replicas, not whole: the integral part of what is asked for */
  readonly integral: number;
  /** s: when it was last evaluated; NaN before */
  readonly evaluated: number;
}

/**
 * The textbook controller in its positional form: u = K·e + I, where İ = K·e ÷ Tᵢ and e is the metric less the setpoint.
 * I begins at the count there is. Tustin's or Euler's sum makes little difference at intervals short beside Tᵢ; this is
 * Euler's, the error of now held over the time since the last evaluation.
 *
 * With clamping, I is held such that u stays within the bounds, so that it turns as soon as the error does. Without a
 * measurement nothing changes.
 *
 * @see Åström and Hägglund, PID Controllers: Theory, Design, and Tuning, 2nd ed., sec. 3.2 and 3.5
 */
export const piKind = {
  config: piConfig,
  create(config: PiConfig, { initialReplicas }: ControllerContext): Controller<PiState> {
    const { metric, setpoint, proportionalGain: gain, integralTime, antiWindup, interval, min, max } = config;
    const bounds = [boundsRule('bounds', min, max)];
    return {
      kind: 'pi',
      interval,
      initialState: { integral: initialReplicas, evaluated: NaN },
      evaluate(seen, state) {
        const { time, desiredReplicas: current } = seen;
        const value = readers[metric](seen);
        const observed = { [metric]: value };
        if (!Number.isFinite(value)) {
          const origin = [origins(current, current, 'NothingObserved', `No ${metric} known`)];
          return { decision: decide({ time, current, observed, recommended: NaN, origin }, bounds), state };
        }
        const error = value - setpoint;
        const elapsed = Number.isNaN(state.evaluated) ? interval : time - state.evaluated;
        const proportional = gain * error;
        const summed = state.integral + (proportional * elapsed) / integralTime;
        const integral =
          antiWindup === 'none' ? summed : Math.max(min - proportional, Math.min(max - proportional, summed));
        const exact = proportional + integral;
        const recommended = Math.max(0, Math.round(exact));
        const detail =
          `${metric} ${inWords(value, 3)} − ${inWords(setpoint, 3)} = ${inWords(error, 3)}; ` +
          `${inWords(gain)} × ${inWords(error, 3)} + ∫ ${inWords(integral)} (over ${secondsInWords(integralTime)}) ` +
          `= ${inWords(exact)}, rounded ${recommended}`;
        const origin = [origins(current, recommended, 'Controlled', detail)];
        return {
          decision: decide({ time, current, observed: { ...observed, integral }, recommended, origin }, bounds),
          state: { integral, evaluated: time },
        };
      },
    };
  },
} satisfies ControllerKind<typeof piConfig>;

const origins = (input: number, output: number, reason: string, detail: string): Stage => ({
  name: 'pi',
  input,
  output,
  reason,
  detail,
});
