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
import { fixedService, processorTimeOf } from './support/fixed-service.ts';
import { median } from './support/median.ts';

const replicas = 16;
const concurrency = 8;
const serviceTimeMean = 0.08;
const customers = Number(process.argv[2] ?? 2_000_000);
const rounds = Number(process.argv[3] ?? 5);

const epochs = (model: KernelModel): Engine => new Kernel(model);
const events = (model: KernelModel): Engine => new EventListKernel(model);
const patience = () => exponentialSampler(createStream(1, 0, 'patience'), 1);

interface Contender {
  readonly name: string;
  readonly create: (model: KernelModel) => Engine;
  readonly effects: () => Partial<KernelModel>;
  /** requests a replica works on at full speed */
  readonly processors?: number;
}

const sharing = (processors: number): Contender => ({
  name: `sharing ${processors}, round-robin`,
  create: events,
  effects: () => ({ discipline: 'processor-sharing', processors, routing: 'round-robin' }),
  processors,
});

const contenders: Contender[] = [
  { name: 'epoch path, central', create: epochs, effects: () => ({}) },
  { name: 'central', create: events, effects: () => ({}) },
  { name: 'central, queue timeout', create: events, effects: () => ({ queueTimeout: 1 }) },
  { name: 'central, client timeout', create: events, effects: () => ({ clientTimeouts: patience() }) },
  { name: 'round-robin', create: events, effects: () => ({ routing: 'round-robin' }) },
  { name: 'random', create: events, effects: () => ({ routing: 'random' }) },
  { name: 'power-of-two', create: events, effects: () => ({ routing: 'power-of-two' }) },
  { name: 'least-outstanding', create: events, effects: () => ({ routing: 'least-outstanding' }) },
  sharing(concurrency),
  sharing(1),
];

const times = contenders.map(() => [] as number[]);
for (let round = 0; round < rounds; round++) {
  for (const [i, { create, effects, processors = concurrency }] of contenders.entries()) {
    const rate = (0.8 * replicas * processors) / serviceTimeMean;
    const model = fixedService({ customers, replicas, concurrency, serviceTimeMean, rate }, effects());
    times[i]!.push(processorTimeOf(create(model)));
  }
}
console.log(`${replicas} replicas × ${concurrency} slots at 80 %, ${customers} customers, ${rounds} rounds`);
for (const [i, { name }] of contenders.entries()) {
  const time = median(times[i]!);
  const ratios = times[i]!.map((own, round) => times[0]![round]! / own);
  const speeds = [customers / time / 1e6, customers / Math.min(...times[i]!) / 1e6].map((speed) => speed.toFixed(1));
  console.log(
    `${name.padEnd(26)} ${speeds[0]} M requests/s (best ${speeds[1]}), ratio to the epoch path ${median(ratios).toFixed(2)}`,
  );
}
