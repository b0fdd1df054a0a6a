import type { Decision } from '../autoscaling/contract.ts';
import type { FluidModel } from '../fluid/fluid-engine.ts';
import { createDistribution } from '../random/registry.ts';
import { arrivalRateOf, buildModel, serviceOf, type ModelSource, type RunSelection } from './build.ts';
import type { Scenario } from './schema.ts';

/**
 * Wires one fluid run: the model of the kernel with the arrival rate and the distribution of the service time in the place
 * of what is drawn from them. The rate is the same realisation as the kernel's of this replication (profiles with noise
 * draw from its streams), and so are the start-up delays.
 */
export function buildFluidModel(
  source: ModelSource,
  job: RunSelection,
): { readonly model: FluidModel; readonly decisions: () => readonly Decision[] } {
  const { model, decisions } = buildModel(source, job);
  return {
    model: {
      ...model,
      rate: arrivalRateOf(source, job.replication),
      serviceTime: createDistribution(serviceOf(source.scenario).serviceTime),
      arrivalScv: arrivalScvOf(source.scenario.workload),
      // A number has no size: what stops the kernel for want of memory does not stop a mean.
      limits: { ...model.limits, maxQueue: Infinity, maxArrivals: Infinity },
    },
    decisions,
  };
}

/** A replayed log is as irregular as its rate, and Poisson below that. */
function arrivalScvOf({ arrivals }: Scenario['workload']): number {
  if (typeof arrivals === 'object') return arrivals.renewal.scv;
  return arrivals === 'deterministic' ? 0 : 1;
}
