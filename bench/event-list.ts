/**
 * The event-list path beside the epoch path, on the same customers in the same process: 16 replicas × 8 slots at 80 %,
 * exponential service of 80 ms, a row a minute. `customers` go through each. CPU time is measured, and ratios are to the
 * epoch path of the same round, so that what else the machine does matters little.
 */
import type { KernelModel } from '../sim-core/kernel/contract.ts';
import type { Engine } from '../sim-core/kernel/engine.ts';
import { EventListKernel } from '../sim-core/kernel/event-list-kernel.ts';
import { Kernel } from '../sim-core/kernel/kernel.ts';
import { createStream } from '../sim-core/random/stream.ts';
import { exponentialSampler } from '../sim-core/random/ziggurat.ts';
import { median } from './support/median.ts';

const replicas = 16;
const concurrency = 8;
const serviceTimeMean = 0.08;
const rate = (0.8 * replicas * concurrency) / serviceTimeMean;
const customers = Number(process.argv[2] ?? 2_000_000);
const rounds = Number(process.argv[3] ?? 5);

function modelOf(effects: Partial<KernelModel>): KernelModel {
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
        for (let i = 0; i < count; i++) target[i] = time += target[i]!;
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
    limits: { maxQueue: 1e7, maxArrivals: 1e10, maxSlots: 1e6 },
    routingStream: createStream(1, 0, 'routing'),
    ...effects,
  };
}

const epochs = (model: KernelModel): Engine => new Kernel(model);
const events = (model: KernelModel): Engine => new EventListKernel(model);
const patience = () => exponentialSampler(createStream(1, 0, 'patience'), 1);

const contenders: { name: string; create: (model: KernelModel) => Engine; effects: () => Partial<KernelModel> }[] = [
  { name: 'epoch path, central', create: epochs, effects: () => ({}) },
  { name: 'central', create: events, effects: () => ({}) },
  { name: 'central, queue timeout', create: events, effects: () => ({ queueTimeout: 1 }) },
  { name: 'central, client timeout', create: events, effects: () => ({ clientTimeouts: patience() }) },
  { name: 'round-robin', create: events, effects: () => ({ routing: 'round-robin' }) },
  { name: 'random', create: events, effects: () => ({ routing: 'random' }) },
  { name: 'power-of-two', create: events, effects: () => ({ routing: 'power-of-two' }) },
  { name: 'least-outstanding', create: events, effects: () => ({ routing: 'least-outstanding' }) },
  {
    name: 'sharing, round-robin',
    create: events,
    effects: () => ({ discipline: 'processor-sharing', processors: concurrency, routing: 'round-robin' }),
  },
];

const times = contenders.map(() => [] as number[]);
for (let round = 0; round < rounds; round++) {
  for (const [i, { create, effects }] of contenders.entries()) {
    const engine = create(modelOf(effects()));
    const start = process.cpuUsage();
    while (!engine.advance(100_000));
    times[i]!.push(process.cpuUsage(start).user / 1000);
  }
}
console.log(`${replicas} replicas × ${concurrency} slots at 80 %, ${customers} customers, ${rounds} rounds`);
for (const [i, { name }] of contenders.entries()) {
  const time = median(times[i]!);
  const ratios = times[i]!.map((own, round) => times[0]![round]! / own);
  const speeds = [customers / time / 1000, customers / Math.min(...times[i]!) / 1000].map((speed) => speed.toFixed(1));
  console.log(
    `${name.padEnd(26)} ${speeds[0]} M requests/s (best ${speeds[1]}), ratio to the epoch path ${median(ratios).toFixed(2)}`,
  );
}
