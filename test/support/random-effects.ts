import type { KernelModel } from '../../sim-core/kernel/contract.ts';
import { createStream } from '../../sim-core/random/stream.ts';
import { kernelModel, listArrivals, listSampler, scriptedScaling } from './kernel-model.ts';
import { testRandom } from './random.ts';

/**
 * A random service with random effects: a fresh model at each call, because samplers and scripts are used up.
 *
 * @param grid whether times are multiples of 1/4, so that events coincide all the time; otherwise hardly ever
 */
export function randomEffects(seed: number, grid: boolean): { times: number[]; model: () => KernelModel } {
  const uniform = testRandom(seed);
  const pick = <T>(...choices: T[]): T => choices[Math.floor(uniform() * choices.length)]!;
  const maybe = <T>(make: () => T): T | undefined => (uniform() < 0.4 ? make() : undefined);
  const quantity = (mean: number) => {
    const value = -Math.log(1 - uniform()) * mean;
    return grid ? Math.round(value * 4) / 4 : value;
  };
  const positive = (mean: number) => quantity(mean) + (grid ? 0.25 : 1e-3);
  const list = (length: number, draw: () => number) => Array.from({ length }, draw);
  const load = pick(0.5, 1.5, 4);
  const times: number[] = [];
  for (let time = quantity(1 / load); time < 60 && times.length < 250; time += quantity(1 / load)) times.push(time);
  const needs = list(Math.max(1, times.length), () => quantity(1));
  const delays = list(400, () => positive(2));
  const provisioning = list(400, () => positive(0.5));
  const lifetimes = maybe(() => list(400, () => positive(pick(5, 30))));
  const speeds = maybe(() => list(400, () => (grid ? pick(0.5, 1, 2) : 0.5 + uniform())));
  const patience = maybe(() => list(400, () => positive(pick(1, 4))));
  const nodes = maybe(() => ({
    delays: list(100, () => positive(4)),
    initial: pick(1, 2, 3),
    replicasPerNode: pick(1, 2, 3),
    maximum: pick(3, 4, 9),
    minimum: pick(0, 1, 3),
    scaleDownAfter: pick(grid ? 0 : 0.05, 1, 2.3, Infinity),
    placement: pick('pack' as const, 'spread' as const),
  }));
  const script = list(60, () => Math.floor(uniform() * 6));
  const interval = grid ? pick(1, 2.5) : pick(1.1, 3.3);
  const settings: Partial<KernelModel> = {
    horizon: 60,
    recordingInterval: pick(1, 7),
    concurrency: pick(1, 2, 4, 16),
    queueCapacity: pick(Infinity, 0, 2, 7),
    queueTimeout: pick(Infinity, 2, 6),
    retryMax: pick(0, 1, 3),
    retryBackoff: grid ? 0.5 : 0.7,
    backlogThreshold: 3,
    initialReplicas: nodes === undefined ? pick(1, 3) : Math.min(3, nodes.initial * nodes.replicasPerNode),
    drainLimit: pick(0.4, 2, Infinity),
    scaleDownOrder: pick('newest-first', 'oldest-first', 'fewest-requests'),
    discipline: pick('fifo', 'lifo', 'processor-sharing'),
    processors: pick(1, 2, 1.5),
    routing: pick('central', 'round-robin', 'random', 'least-outstanding', 'power-of-two'),
    cancelOnTimeout: pick(true, false),
    ...(uniform() < 0.4 ? { slowStart: { speed: pick(0.25, 0.5), duration: grid ? pick(1, 4) : quantity(3) } } : {}),
    ...(uniform() < 0.4 ? { retryBackoffMax: 1.3 } : {}),
    ...(uniform() < 0.4 ? { retryBudget: { share: pick(0, 0.125, 0.5), burst: pick(1, 5) } } : {}),
    ...(uniform() < 0.4 && !grid ? { retryJitter: pick(0.5, 1) } : {}),
  };
  const model = () =>
    kernelModel({
      ...settings,
      arrivals: listArrivals(times),
      serviceTimes: listSampler(needs),
      provisioningDelays: listSampler(provisioning),
      startupDelays: listSampler(delays),
      routingStream: createStream(seed, 0, 'routing'),
      retryStream: createStream(seed, 0, 'retry'),
      ...(nodes === undefined ? {} : { nodes: { ...nodes, provisioningDelays: listSampler(nodes.delays) } }),
      ...(lifetimes === undefined ? {} : { crashTimes: listSampler(lifetimes) }),
      ...(speeds === undefined ? {} : { speeds: listSampler(speeds) }),
      ...(patience === undefined ? {} : { clientTimeouts: listSampler(patience) }),
      scaling: scriptedScaling(interval, (time) => script[Math.round(time / interval) % script.length]!),
    });
  return { times, model };
}
