import type { Issue } from '../../issue.ts';
import { createForecaster } from '../../forecast/registry.ts';
import { smallestServers } from '../../queueing/staffing.ts';
import type { Controller, ControllerContext, Stage } from '../contract.ts';
import type { ControllerKind } from '../controller-kind.ts';
import { boundsRule, decide } from '../pipeline.ts';
import { inWords, percentInWords, secondsInWords } from '../words.ts';
import { predictiveConfig } from './config.ts';
import type { PredictiveConfig } from './config.ts';
import { learnServiceTime, noServiceTimes, serviceTimeOf } from './service-time.ts';
import type { ServiceTimeState } from './service-time.ts';

export interface PredictiveState {
  readonly forecaster: unknown;
  readonly serviceTimes: ServiceTimeState;
}

type Objective = NonNullable<ControllerContext['latencyObjective']>;

const quantiles = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;
const modelTitles = { mmc: 'M/M/c', mgc: 'M/G/c' } as const;

function objectiveOf({ target }: PredictiveConfig, { latencyObjective }: ControllerContext): Objective | null {
  for (const name of ['p50', 'p95', 'p99'] as const) {
    const seconds = target?.[name];
    if (seconds !== undefined) return { quantile: quantiles[name], seconds };
  }
  return latencyObjective;
}

/**
 * Staffs for what is coming: the highest mean the forecast gives for the arrival rate within the horizon, with headroom,
 * becomes the smallest number of servers that keeps the latency quantile in steady state, and that becomes replicas.
 *
 * The horizon always covers one start-up and one interval, or the replicas would come too late. Service times are those
 * observed. The model is one of steady state and knows no queue left over from before, so the requests that wait now are
 * added to the rate, spread over `drainBacklog`.
 */
export const predictiveKind = {
  config: predictiveConfig,
  create(config: PredictiveConfig, context: ControllerContext): Controller<PredictiveState> {
    const objective = objectiveOf(config, context);
    if (objective === null) throw new Error('A predictive controller without a latency to plan for was not checked.');
    const { interval } = config;
    const forecaster = createForecaster(config.forecast, interval);
    const ahead = Math.max(config.horizon, context.startupDelay + interval);
    const steps = Math.ceil(ahead / interval);
    const bounds = [boundsRule('bounds', config.minReplicas, config.maxReplicas)];
    return {
      kind: 'predictive',
      interval,
      initialState: { forecaster: forecaster.initialState, serviceTimes: noServiceTimes },
      evaluate(seen, state) {
        const { service, time, desiredReplicas: current } = seen;
        const forecasterState = forecaster.update(state.forecaster, service.arrivalRate);
        const serviceTimes = learnServiceTime(state.serviceTimes, interval, {
          mean: service.serviceTimeMean,
          scv: service.serviceScv,
          throughput: service.throughput,
        });
        const { mean, lower, upper } = forecaster.forecast(forecasterState, steps);
        const peak = highest(mean);
        const forecastRate = Math.max(0, mean[peak] ?? NaN);
        const serviceTime = serviceTimeOf(serviceTimes);
        const observed = {
          arrivalRate: service.arrivalRate,
          serviceTimeMean: serviceTime.mean,
          serviceScv: serviceTime.scv,
          forecastRate,
          forecastLower: Math.max(0, lower[peak] ?? NaN),
          forecastUpper: Math.max(0, upper[peak] ?? NaN),
        };
        const next = { forecaster: forecasterState, serviceTimes };
        if (Number.isNaN(forecastRate) || Number.isNaN(serviceTime.mean)) {
          const detail = 'No arrival rate and service time known yet';
          const origin: Stage = {
            name: 'staffing',
            input: current,
            output: current,
            reason: 'NothingObserved',
            detail,
          };
          return {
            decision: decide({ time, current, observed, recommended: NaN, origin: [origin] }, bounds),
            state: next,
          };
        }
        const backlogRate = service.queueLength > 0 ? service.queueLength / config.drainBacklog : 0;
        const planned = forecastRate * (1 + config.headroom) + backlogRate;
        const { servers, attainable, limit } = smallestServers({
          model: config.model,
          arrivalRate: planned,
          serviceTimeMean: serviceTime.mean,
          serviceScv: serviceTime.scv,
          objective: { kind: 'sojourn', quantile: objective.quantile, seconds: objective.seconds },
        });
        const replicas = Math.ceil(servers / context.concurrency);
        const offeredLoad = planned * serviceTime.mean;
        const detail = [
          `Forecast ${inWords(forecastRate)}/s in ${secondsInWords((peak + 1) * interval)}` +
            (Number.isNaN(observed.forecastUpper)
              ? ''
              : ` (95 %: ${inWords(observed.forecastLower)} to ${inWords(observed.forecastUpper)})`),
          ...(config.headroom > 0
            ? [`with ${percentInWords(config.headroom)} headroom ${inWords(planned - backlogRate)}/s`]
            : []),
          ...(backlogRate > 0
            ? [
                `${inWords(service.queueLength)} waiting, served in ${secondsInWords(config.drainBacklog)}: ${inWords(planned)}/s`,
              ]
            : []),
          `× ${inWords(serviceTime.mean, 4)} s = ${inWords(offeredLoad)} erlang`,
          `${modelTitles[config.model]} for p${inWords(objective.quantile * 100)} ≤ ${inWords(objective.seconds, 3)} s: ${servers} servers` +
            (attainable
              ? ''
              : ` (out of reach: the service alone takes ${inWords(limit, 3)} s, so waiting is made negligible)`),
          `ceil(${servers} ÷ ${context.concurrency}) = ${replicas}`,
        ].join(', ');
        const reason = attainable ? 'Staffed' : 'ObjectiveOutOfReach';
        const origin: Stage = { name: 'staffing', input: current, output: replicas, reason, detail };
        const wish = {
          time,
          current,
          observed: { ...observed, offeredLoad, servers },
          recommended: replicas,
          origin: [origin],
        };
        return { decision: decide(wish, bounds), state: next };
      },
    };
  },
  check(config: PredictiveConfig, context: ControllerContext): Issue[] {
    const issues: Issue[] = [];
    if (objectiveOf(config, context) === null) {
      issues.push({
        code: 'missing-key',
        severity: 'error',
        path: ['target'],
        message:
          'A predictive policy needs a latency to plan for: add `target: {p95: …}` here, or a latency objective such as `slo: {p95: 500ms}` to the scenario.',
      });
    }
    try {
      createForecaster(config.forecast, config.interval);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      issues.push({
        code: 'contradictory-bounds',
        severity: 'error',
        path: ['forecast'],
        message: `This forecast cannot be made every ${secondsInWords(config.interval)}: ${error.message}. Shorten \`interval\`, or lengthen the season.`,
      });
    }
    return issues;
  },
} satisfies ControllerKind<typeof predictiveConfig>;

/** Index of the largest value. */
function highest(values: Float64Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) if ((values[index] ?? NaN) > (values[best] ?? NaN)) best = index;
  return best;
}
