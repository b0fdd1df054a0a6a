import type { KernelModel } from '../../sim-core/kernel/contract.ts';
import type { Engine } from '../../sim-core/kernel/engine.ts';
import { createStream } from '../../sim-core/random/stream.ts';
import { exponentialSampler } from '../../sim-core/random/ziggurat.ts';

interface FixedService {
  readonly customers: number;
  readonly replicas: number;
  readonly concurrency: number;
  /** s */
  readonly serviceTimeMean: number;
  /** 1/s */
  readonly rate: number;
}

/** Replicas that nobody controls, Poisson arrivals, exponential service, a row a minute. */
export function fixedService(service: FixedService, effects: Partial<KernelModel>): KernelModel {
  const { customers, replicas, concurrency, serviceTimeMean, rate } = service;
  const gaps = exponentialSampler(createStream(1, 0, 'arrivals'), 1 / rate);
  const never = { next: () => 0, fill: () => {} };
  let time = 0;
  let left = customers;
  return {
    horizon: customers / rate,
    recordingInterval: 60,
    rowsPerWindow: 1,
    warmup: 0,
    arrivals: {
      fill: (target) => {
        const count = Math.min(target.length, left);
        gaps.fill(target, count);
        // Kept here meanwhile: a variable of the function outside would be a new object at every addition.
        let last = time;
        for (let i = 0; i < count; i++) target[i] = last += target[i]!;
        time = last;
        left -= count;
        return count;
      },
    },
    serviceTimes: exponentialSampler(createStream(1, 0, 'service'), serviceTimeMean),
    provisioningDelays: never,
    startupDelays: never,
    concurrency,
    queueCapacity: Infinity,
    queueTimeout: Infinity,
    retryMax: 0,
    retryBackoff: 1,
    backlogThreshold: 100,
    initialReplicas: replicas,
    drainLimit: 30,
    scaleDownOrder: 'newest-first',
    cpu: { request: 1, idle: 0, perBusySlot: 0.1, startupExtra: 0, startupFor: 0 },
    scaling: {
      interval: Infinity,
      scrapeInterval: 15,
      scrape: () => {},
      evaluate: (_time, desired) => desired,
      cpuSeen: NaN,
    },
    limits: { maxQueue: 1e7, maxArrivals: 1e10, maxSlots: 1e6, maxReplicas: 1e7 },
    routingStream: createStream(1, 0, 'routing'),
    ...effects,
  };
}

/** Runs an engine to its end. @returns s of processor time */
export function processorTimeOf(engine: Engine): number {
  const start = process.cpuUsage();
  while (!engine.advance(100_000));
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
