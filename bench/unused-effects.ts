/**
 * What effects cost that are switched on but never happen: the same customers with and without them, in turn, in
 * processor time. 1.00 is nothing. `npm run bench -- unused-effects [rounds]`
 */
import type { KernelModel } from '../sim-core/kernel/contract.ts';
import type { Engine } from '../sim-core/kernel/engine.ts';
import { EventListKernel } from '../sim-core/kernel/event-list-kernel.ts';
import { Kernel } from '../sim-core/kernel/kernel.ts';
import { createStream } from '../sim-core/random/stream.ts';
import { fixedService, processorTimeOf } from './support/fixed-service.ts';
import { median } from './support/median.ts';

const rounds = Number(process.argv[2] ?? 7);
const [customers, replicas, concurrency, serviceTimeMean] = [2_000_000, 16, 8, 0.08];

interface Case {
  readonly name: string;
  readonly create: (model: KernelModel) => Engine;
  readonly without: Partial<KernelModel>;
  readonly processors: number;
  /** on top of `without`; nothing of it happens in the run */
  readonly effects: () => Partial<KernelModel>;
}

const epochs = {
  create: (model: KernelModel) => new Kernel(model),
  without: {},
  processors: concurrency,
};
const sharing = {
  create: (model: KernelModel) => new EventListKernel(model),
  without: { discipline: 'processor-sharing', processors: 1, routing: 'round-robin' },
  processors: 1,
} as const;
const retries = { retryMax: 3, retryBackoff: 1 };
const never = { next: () => 1e9, fill: () => {} };

const cases: Case[] = [
  { name: 'epochs: queue limit, retries', ...epochs, effects: () => ({ ...retries, queueCapacity: 1e6 }) },
  { name: 'epochs: queue time-out, retries', ...epochs, effects: () => ({ ...retries, queueTimeout: 1e4 }) },
  { name: 'sharing: queue limit, retries', ...sharing, effects: () => ({ ...retries, queueCapacity: 1e6 }) },
  {
    name: 'sharing: retries with jitter and budget',
    ...sharing,
    effects: () => ({
      ...retries,
      retryJitter: 1,
      retryStream: createStream(1, 0, 'retry'),
      retryBudget: { share: 0.1, burst: 10 },
    }),
  },
  { name: 'sharing: crashes', ...sharing, effects: () => ({ crashTimes: never }) },
  { name: 'sharing: slow start', ...sharing, effects: () => ({ slowStart: { speed: 0.5, duration: 60 } }) },
];

for (const { name, create, without, processors, effects } of cases) {
  const rate = (0.8 * replicas * processors) / serviceTimeMean;
  const timeWith = (added: Partial<KernelModel>) =>
    processorTimeOf(
      create(fixedService({ customers, replicas, concurrency, serviceTimeMean, rate }, { ...without, ...added })),
    );
  timeWith({});
  timeWith(effects());
  const ratios = Array.from({ length: rounds }, () => timeWith({}) / timeWith(effects()));
  console.log(`${name.padEnd(40)} speed with ÷ speed without: ${median(ratios).toFixed(2)}`);
}
