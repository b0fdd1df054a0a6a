import { FluidEngine, type FluidModel } from '../../sim-core/fluid/fluid-engine.ts';
import type { KernelResult } from '../../sim-core/kernel/engine.ts';
import { createDistribution } from '../../sim-core/random/registry.ts';
import { rateFromCorners } from '../../sim-core/workload/rate-function.ts';
import { listArrivals, listSampler, noScaling } from './kernel-model.ts';

/** One server, one request a second, none arriving, for a hundred seconds; everything else as given. */
export function fluidModel(overrides: Partial<FluidModel> = {}): FluidModel {
  const horizon = overrides.horizon ?? 100;
  return {
    horizon,
    recordingInterval: 1,
    rowsPerWindow: 1,
    warmup: 0,
    arrivals: listArrivals([]),
    serviceTimes: listSampler([1]),
    rate: rateFromCorners([[0, 0]], horizon),
    serviceTime: createDistribution({ exponential: { mean: 1 } }),
    arrivalScv: 1,
    provisioningDelays: listSampler([0]),
    startupDelays: listSampler([0]),
    concurrency: 1,
    queueCapacity: Infinity,
    queueTimeout: Infinity,
    retryMax: 0,
    retryBackoff: 0,
    backlogThreshold: 0,
    initialReplicas: 1,
    drainLimit: 30,
    scaleDownOrder: 'newest-first',
    cpu: { request: 1, idle: 0, perBusySlot: 1, startupExtra: 0, startupFor: 0 },
    scaling: noScaling,
    limits: { maxQueue: Infinity, maxArrivals: Infinity, maxSlots: 1e6, maxReplicas: 1e7 },
    ...overrides,
  };
}

export function runFluid(model: FluidModel): KernelResult {
  const engine = new FluidEngine(model);
  while (!engine.advance(1e6));
  return engine.result();
}
