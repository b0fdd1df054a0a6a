import type { KernelModel, ScalingPort } from '../../sim-core/kernel/contract.ts';
import type { Sampler } from '../../sim-core/random/contract.ts';
import type { ArrivalProcess } from '../../sim-core/workload/contract.ts';

/** A sampler that hands out the given numbers in order, then the last one for ever. */
export function listSampler(values: ArrayLike<number>): Sampler {
  let position = 0;
  const next = () => values[Math.min(position++, values.length - 1)]!;
  return {
    next,
    fill: (target, count) => {
      for (let i = 0; i < count; i++) target[i] = next();
    },
  };
}

export function listArrivals(times: ArrayLike<number>): ArrivalProcess {
  let position = 0;
  return {
    fill: (target) => {
      let count = 0;
      while (count < target.length && position < times.length) target[count++] = times[position++]!;
      return count;
    },
  };
}

export const noScaling: ScalingPort = {
  interval: Infinity,
  scrapeInterval: 15,
  scrape: () => {},
  evaluate: (_time, desired) => desired,
  cpuSeen: NaN,
};

/** A policy that asks for what the script says, at k × interval. */
export function scriptedScaling(interval: number, desiredAt: (time: number, desired: number) => number): ScalingPort {
  return { ...noScaling, interval, evaluate: desiredAt };
}

/** A plain single-server model: overwrite what the test is about. */
export function kernelModel(overrides: Partial<KernelModel>): KernelModel {
  return {
    horizon: 100,
    recordingInterval: 10,
    rowsPerWindow: 1,
    warmup: 0,
    arrivals: listArrivals([]),
    serviceTimes: listSampler([1]),
    provisioningDelays: listSampler([0]),
    startupDelays: listSampler([0]),
    concurrency: 1,
    queueCapacity: Infinity,
    queueTimeout: Infinity,
    retryMax: 0,
    retryBackoff: 0,
    backlogThreshold: 0,
    initialReplicas: 1,
    drainLimit: Infinity,
    scaleDownOrder: 'newest-first',
    cpu: { request: 1, idle: 0, perBusySlot: 1, startupExtra: 0, startupFor: 0 },
    scaling: noScaling,
    limits: { maxQueue: 1e7, maxArrivals: 1e10, maxSlots: 1e6, maxReplicas: 1e7 },
    ...overrides,
  };
}
