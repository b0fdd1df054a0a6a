import { createForecaster } from '../../forecast/registry.ts';
import type { Observation } from '../contract.ts';
import type { StageRule } from '../pipeline.ts';
import { platformMetric } from '../platform-metrics.ts';
import { inWords } from '../words.ts';
import { cpuMetrics } from './config.ts';
import type { AwsPredictivePolicy } from './config.ts';
import { foreseen, learnLoad, startForecast } from './load-forecast.ts';
import type { ForecastState } from './load-forecast.ts';
import { effectiveMaximum, forecastHour } from './predictive.ts';

/** What a predictive policy says at one evaluation. */
export interface Prediction {
  /** capacity foreseen for now and for the end of the buffer time, the larger; NaN before there is a forecast */
  readonly capacity: number;
  readonly load: number;
  /** the maximum while the forecast holds */
  readonly max: number;
}

/** A predictive policy at work: it measures the load, and foresees the capacity. */
export interface Predictor {
  readonly initialState: ForecastState;
  learn(state: ForecastState, seen: Observation): ForecastState;
  predict(state: ForecastState, time: number, max: number): Prediction;
  /** whether it acts, and is not only asked */
  readonly acts: boolean;
}

export function predictorOf({ forecast, history, ...policy }: AwsPredictivePolicy, startEpoch: number): Predictor {
  const {
    MetricSpecifications: [metric],
    Mode,
    SchedulingBufferTime: buffer,
    MaxCapacityBreachBehavior: breach,
    MaxCapacityBuffer = null,
  } = policy.PredictiveScalingConfiguration;
  if (metric === undefined) throw new Error('A predictive policy without a metric was not parsed.');
  const { TargetValue: target, PredefinedMetricPairSpecification: pair } = metric;
  const forecaster = createForecaster(forecast, forecastHour);
  const hourAt = (time: number): number => Math.floor((startEpoch + time) / forecastHour);
  return {
    initialState: startForecast(forecaster, history, hourAt(0)),
    acts: Mode === 'ForecastAndScale',
    learn(state, seen) {
      const load =
        pair.PredefinedMetricType === 'ASGCPUUtilization'
          ? (platformMetric('CPUUtilization', cpuMetrics)?.read(seen) ?? NaN) * seen.readyReplicas
          : seen.service.arrivalRate * 60;
      return learnLoad(forecaster, state, startEpoch + seen.time, load);
    },
    predict(state, time, max) {
      const loads = [hourAt(time), hourAt(time + buffer)].map((hour) => foreseen(state, hour));
      const load = Math.max(0, ...loads.filter((each) => !Number.isNaN(each)));
      if (loads.every((each) => Number.isNaN(each))) return { capacity: NaN, load: NaN, max };
      const capacity = Math.ceil(load / target);
      return { capacity, load, max: effectiveMaximum(capacity, { min: 0, max, breach, buffer: MaxCapacityBuffer }) };
    },
  };
}

/** A forecast only ever raises: what is there, or what the alarms want, stays where it is more. */
export function predictionRule({ capacity, load }: Prediction, acts: boolean): StageRule {
  return {
    name: 'predictive',
    apply(input) {
      if (Number.isNaN(capacity)) {
        return { output: input, reason: 'NoForecast', detail: `Less than 24 h of history, no forecast: ${input}` };
      }
      const words = `Forecast load ${inWords(load)}: ${capacity} replicas`;
      if (!acts) return { output: input, reason: 'ForecastOnly', detail: `${words}, forecast only: ${input}` };
      const output = Math.max(input, capacity);
      const reason = output > input ? 'ForecastAhead' : 'ForecastMet';
      return { output, reason, detail: output > input ? `${words}: ${input} → ${output}` : `${words}: ${input}` };
    },
  };
}
