import { replicasFor, serviceMoments, staffingObjectives } from '../analysis/needed-replicas.ts';
import type { ServiceMoments } from '../analysis/needed-replicas.ts';
import type { PolicyResult } from '../experiment/result.ts';
import type { StaffingObjective } from '../queueing/staffing.ts';
import { smallestServers } from '../queueing/staffing.ts';
import type { Scenario, Service } from '../scenario/schema.ts';
import { normalCdf, normalQuantile } from '../units/special.ts';
import type { RateForecast } from './demand.ts';

/** Of every band of a plan. */
export const confidence = 0.95;

/** What is planned for when the scenario states no latency objective. */
const fallback: StaffingObjective = { kind: 'delay-probability', probability: 0.2 };

/** How rates become replicas. */
export interface Sizing {
  /** null when no request was served */
  readonly service: ServiceMoments | null;
  readonly objectives: readonly StaffingObjective[];
  /** whether the scenario stated them */
  readonly stated: boolean;
  /** those of them that the service time alone exceeds */
  readonly unattainable: readonly StaffingObjective[];
  workersFor(rate: number): number;
}

/** How rates become replicas in a scenario, with the service time measured in a policy's example run. */
export function sizingOf(scenario: Scenario, service: Service, result: PolicyResult): Sizing {
  const stated = staffingObjectives(scenario.slo);
  const objectives = stated.length > 0 ? stated : [fallback];
  const moments = serviceMoments(result.example.columns);
  const unattainable = stated.filter(
    (objective) =>
      moments !== null && !smallestServers({ model: 'mgc', arrivalRate: 0, ...moments, objective }).attainable,
  );
  return {
    service: moments,
    objectives,
    stated: stated.length > 0,
    unattainable,
    // Something must run to serve the next request.
    workersFor: (rate) =>
      Math.max(1, moments === null ? 0 : replicasFor(rate, moments, service.concurrency, objectives)),
  };
}

/** The rate that is exceeded in one case of forty. */
export function upperBound({ mean, deviation }: RateForecast): number {
  return mean + normalQuantile((1 + confidence) / 2) * deviation;
}

/** Probability that a number of replicas is enough for a rate known by mean and deviation. */
export function sufficiency(sizing: Sizing, rate: RateForecast, workers: number): number {
  if (rate.deviation === 0) return sizing.workersFor(rate.mean) <= workers ? 1 : 0;
  // The highest rate they can take, to a hundredth of a standard deviation; beyond four it makes no difference.
  let low = -4;
  let high = 4;
  if (sizing.workersFor(Math.max(0, rate.mean + high * rate.deviation)) <= workers) return normalCdf(high);
  while (high - low > 0.01) {
    const middle = (low + high) / 2;
    if (sizing.workersFor(Math.max(0, rate.mean + middle * rate.deviation)) <= workers) low = middle;
    else high = middle;
  }
  return normalCdf(low);
}
