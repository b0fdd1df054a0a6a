import type { FluidModel } from '../fluid/fluid-engine.ts';
import { createDistribution } from '../random/registry.ts';
import { expectedArrivals } from '../workload/arrivals.ts';
import {
  arrivalRateOf,
  buildModel,
  serviceOf,
  streamsOf,
  type BuiltModel,
  type ModelSource,
  type RunSelection,
} from './build.ts';

/**
 * Wires one fluid run: the model of the kernel with the arrival rate and the distribution of the service time in the place
 * of what is drawn from them. The rate is the same realisation as the kernel's of this replication (noise and the spells
 * of modulated arrivals draw from its streams), and so are the start-up delays.
 */
export function buildFluidModel(source: ModelSource, job: RunSelection): BuiltModel<FluidModel> {
  const { model, ...built } = buildModel(source, job);
  const { rate, dispersion } = expectedArrivals(source.scenario.workload, arrivalRateOf(source, job.replication), {
    stream: streamsOf(source.scenario, job.replication),
  });
  const { maxSlots, maxReplicas } = model.limits;
  const expectations = {
    rate,
    serviceTime: createDistribution(serviceOf(source.scenario).serviceTime),
    arrivalScv: dispersion,
    // A number has no size: what stops the kernel for want of memory does not stop a mean.
    limits: { maxQueue: Infinity, maxArrivals: Infinity, maxSlots, maxReplicas },
  };
  // No literal that spreads the model and adds keys to it: V8 gives each of those a shape of its own after a few runs, and
  // every model of a new shape throws away what was compiled for the ones before.
  return { model: Object.assign({}, model, expectations), ...built };
}
