import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { KernelModel, ServiceSnapshot } from '../../sim-core/kernel/contract.ts';
import type { KernelResult } from '../../sim-core/kernel/engine.ts';
import { EventListKernel } from '../../sim-core/kernel/event-list-kernel.ts';
import { Kernel } from '../../sim-core/kernel/kernel.ts';
import { LatencyHistogram } from '../../sim-core/statistics/latency-histogram.ts';
import { kernelModel, listArrivals, listSampler, scriptedScaling } from '../support/kernel-model.ts';
import { plainResult, runToEnd } from '../support/kernel-run.ts';
import { testRandom } from '../support/random.ts';

/**
 * A random central FIFO service for both engines. Every quantity is a multiple of 2^-bits, so that sums of seconds are
 * exact in any order and the results must agree to the last bit, sums included.
 *
 * Which of several slots idle since the same instant takes a request is not part of the contract, and decides what a
 * shrinking replica holds. So where arrivals, ends, readiness, deadlines and ticks coincide all the time (`everything`,
 * 2 bits), capacity only grows; where all of them but ends do (`all but ends`), it goes both ways, to zero and back, with
 * kills at the drain limit; so it does where next to nothing coincides (`nothing`, 20 bits).
 */
type Coincidence = 'everything' | 'all but ends' | 'nothing';
const seeds: Readonly<Record<Coincidence, number>> = { everything: 0, nothing: 1, 'all but ends': 1_000_000 };

function randomModel(seed: number, coincides: Coincidence): () => KernelModel {
  const uniform = testRandom(seed * 2 + seeds[coincides]);
  const coarse = coincides !== 'nothing';
  const grows = coincides === 'everything';
  const pick = <T>(...choices: T[]): T => choices[Math.floor(uniform() * choices.length)]!;
  const onGrid = (mean: number, bits: number) => Math.round(-Math.log(1 - uniform()) * mean * 2 ** bits) / 2 ** bits;
  const quantity = (mean: number) => onGrid(mean, coarse ? 2 : 20);
  const horizon = 60;
  const load = pick(0.3, 1, 3);
  const times: number[] = [];
  for (let time = quantity(1 / load); time < horizon && times.length < 300; time += quantity(1 / load))
    times.push(time);
  const needs = times.map(() => onGrid(1, grows ? 2 : 20));
  if (needs.length === 0) needs.push(1);
  const script = Array.from({ length: 60 }, (_, i) =>
    grows ? Math.floor((uniform() * i) / 8) : Math.floor(uniform() * 6),
  );
  const interval = coarse ? pick(1, 2.5) : pick(1.125, 3.375);
  const delays = Array.from({ length: 600 }, () =>
    coarse && uniform() < 0.3 ? 0 : quantity(2) + (coarse ? 0 : 2 ** -20),
  );
  const provisioning = Array.from({ length: 600 }, () => (uniform() < 0.5 ? 0 : quantity(1)));
  const nodeDelays = Array.from({ length: 200 }, () => (uniform() < 0.2 ? 0 : quantity(3)));
  const nodes =
    uniform() < 0.4
      ? {
          initial: 3,
          minimum: pick(0, 1, 3),
          maximum: pick(3, 5),
          replicasPerNode: pick(1, 2),
          scaleDownAfter: pick(0, 2, Infinity),
          placement: pick('pack' as const, 'spread' as const),
        }
      : undefined;
  const settings: Partial<KernelModel> = {
    horizon,
    recordingInterval: pick(1, 5, 7, 60),
    rowsPerWindow: pick(1, 3),
    warmup: pick(0, 12),
    concurrency: pick(1, 2, 3),
    queueCapacity: pick(Infinity, 0, 2, 7),
    queueTimeout: pick(Infinity, 0.5, 2, 6),
    retryMax: pick(0, 1, 3),
    retryBackoff: pick(0, 0.5, 0.75),
    backlogThreshold: pick(0, 3),
    initialReplicas: grows ? pick(1, 3) : 1,
    drainLimit: grows ? Infinity : pick(0, coarse ? 0.5 : 0.375, 2, Infinity),
    scaleDownOrder: pick('newest-first', 'oldest-first', 'fewest-requests'),
    cpu: { request: 1, idle: 0.125, perBusySlot: 0.5, startupExtra: 0.25, startupFor: 3 },
    limits: { maxQueue: pick(1e6, 40), maxArrivals: pick(1e6, 200), maxSlots: 1000, maxReplicas: pick(1e6, 60) },
  };
  return () =>
    kernelModel({
      ...settings,
      ...(nodes !== undefined && { nodes: { ...nodes, provisioningDelays: listSampler(nodeDelays) } }),
      arrivals: listArrivals(times),
      serviceTimes: listSampler(needs),
      provisioningDelays: listSampler(provisioning),
      startupDelays: listSampler(delays),
      scaling: {
        ...scriptedScaling(interval, (time, desired) => {
          const wish = script[Math.round(time / interval) % script.length]!;
          if (grows) return Math.max(wish, desired);
          // One at a time, so that few become ready at one instant; but all leave at once.
          return coarse && wish > 0 ? desired + Math.sign(wish - desired) : wish;
        }),
        scrapeInterval: 5,
      },
    });
}

/** Whether two replicas became ready at one instant: their slots are then idle since the same one. */
function hasTies({ replicas }: KernelResult): boolean {
  const instants = replicas.map(({ readyAt }) => readyAt).filter(Number.isFinite);
  return new Set(instants).size < instants.length;
}

/** What the autoscaler is told; on the coarse grid without the CPU of single replicas, which a tie may swap. */
function recordScrapes(model: KernelModel, coarse: boolean): { model: KernelModel; seen: unknown[] } {
  const seen: unknown[] = [];
  const counted = new LatencyHistogram();
  const scrape = ({ latencies, replicas, cpuTime: used, ...gauges }: ServiceSnapshot) => {
    counted.clear();
    latencies.addTo(counted);
    const counts: number[] = [];
    counted.counts.forEach((count, bucket) => {
      if (count > 0) counts.push(bucket, count);
    });
    const pods = replicas.map((pod, i) => (coarse ? pod : { ...pod, cpuTime: used[i] }));
    const cpuTime = used.reduce((sum, each) => sum + each, 0);
    seen.push({ ...gauges, counts, pods, cpuTime });
  };
  return { model: { ...model, scaling: { ...model.scaling, scrape } }, seen };
}

/** To the bit, and quickly; the difference is only worked out when there is one. */
function expectSame(found: unknown, expected: unknown, where: string): void {
  if (!isDeepStrictEqual(found, expected)) expect(found, where).toStrictEqual(expected);
}

const told: Readonly<Record<Coincidence, string>> = {
  everything: 'with simultaneous events everywhere',
  'all but ends': 'where capacity shrinks, to zero and back, at instants of readiness, deadlines and arrivals',
  nothing: 'in both directions of scaling',
};

describe('the event-list path against the epoch path', () => {
  it.each(Object.keys(told) as Coincidence[])('agrees bit for bit: %s coincides', (coincides) => {
    const met = { retries: 0, timedOut: 0, rejected: 0, failed: 0, stopped: 0, gone: 0, nodes: 0, atZero: 0, runs: 0 };
    const grows = coincides === 'everything';
    for (let seed = 1; seed <= 600; seed++) {
      const model = randomModel(seed, coincides);
      const epochs = recordScrapes(model(), grows);
      const events = recordScrapes(model(), grows);
      const expected = runToEnd((m) => new Kernel(m), epochs.model);
      if (coincides === 'all but ends' && hasTies(expected.result)) continue;
      const found = runToEnd((m) => new EventListKernel(m), events.model, seed % 2 === 0 ? 3 : Infinity);
      expectSame(
        [found.starts, plainResult(found.result), events.seen],
        [expected.starts, plainResult(expected.result), epochs.seen],
        `seed ${seed}, ${told[coincides]}`,
      );
      // Unwatched, the epoch path serves usual requests in a loop of their own.
      const unwatched = new Kernel(model());
      while (!unwatched.advance(seed % 3 === 0 ? 5 : Infinity));
      expectSame(plainResult(unwatched.result()), plainResult(expected.result), `seed ${seed}, unwatched`);
      const { columns, stopped, replicas } = expected.result;
      for (const name of ['retries', 'timedOut', 'rejected', 'failed'] as const) {
        met[name] += columns[name].reduce((total, value) => total + value, 0);
      }
      met.runs++;
      if (stopped !== null) met.stopped++;
      met.nodes += expected.result.nodes.filter(({ readyAt }) => readyAt >= 0 && readyAt < 60).length;
      met.gone += replicas.filter(({ goneAt }) => goneAt < 60).length;
      met.atZero += columns.ready.filter((ready) => ready === 0).length;
    }
    // What would agree because it never happens proves nothing.
    expect(met.runs).toBeGreaterThan(coincides === 'all but ends' ? 200 : 599);
    const least = { retries: 600, timedOut: 600, rejected: 600, stopped: 6, nodes: 90 };
    for (const [name, count] of Object.entries(least))
      expect(met[name as keyof typeof met], name).toBeGreaterThan(count);
    if (grows) return;
    for (const [name, count] of Object.entries({ failed: 60, gone: 600, atZero: 300 }))
      expect(met[name as keyof typeof met], name).toBeGreaterThan(count);
  });
});
