import { createDistribution } from '../random/registry.ts';
import { arrivalRateOf, serviceOf } from '../scenario/build.ts';
import { evaluateSizing } from '../sizing/evaluate.ts';
import type { SizingRow } from '../sizing/evaluate.ts';
import { max, mean } from '../workload/rate-function.ts';
import type { LoadedScenario } from './load.ts';

/** The sizing model of a scenario, worked out with what the scenario knows of itself; empty when it has none. */
export function workOutSizing(loaded: LoadedScenario): SizingRow[] {
  const { scenario } = loaded;
  if (scenario.sizing === undefined) return [];
  const service = serviceOf(scenario);
  const rate = arrivalRateOf(loaded, 0);
  return evaluateSizing(
    scenario.sizing,
    {
      peakArrivalRate: { value: max(rate), unit: 'rate' },
      meanArrivalRate: { value: mean(rate), unit: 'rate' },
      meanServiceTime: { value: createDistribution(service.serviceTime).mean, unit: 'duration' },
      concurrency: { value: service.concurrency, unit: 'count' },
      perReplicaHour: { value: scenario.cost.perReplicaHour, unit: 'money' },
    },
    scenario.cost.currency,
  );
}
