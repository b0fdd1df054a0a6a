import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { KernelModel, ServiceSnapshot } from '../../sim-core/kernel/contract.ts';
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
 * With 2 bits, arrivals, ends, readiness, deadlines and ticks coincide all the time; capacity then only grows, because
 * which of several slots idle since the same instant takes a request is not part of the contract. With 20 bits next to
 * nothing coincides, and capacity goes both ways, with kills at the drain limit.
 */
function randomModel(seed: number, bits: 2 | 20): () => KernelModel {
  const uniform = testRandom(seed * 2 + (bits === 2 ? 0 : 1));
  const coarse = bits === 2;
  const pick = <T>(...choices: T[]): T => choices[Math.floor(uniform() * choices.length)]!;
  const quantity = (mean: number) => Math.round(-Math.log(1 - uniform()) * mean * 2 ** bits) / 2 ** bits;
  const horizon = 60;
  const load = pick(0.3, 1, 3);
  const times: number[] = [];
  for (let time = quantity(1 / load); time < horizon && times.length < 300; time += quantity(1 / load))
    times.push(time);
  const needs = times.map(() => quantity(1));
  if (needs.length === 0) needs.push(1);
  const script = Array.from({ length: 60 }, (_, i) =>
    coarse ? Math.floor((uniform() * i) / 8) : Math.floor(uniform() * 6),
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
    initialReplicas: coarse ? pick(1, 3) : 1,
    drainLimit: coarse ? Infinity : pick(0, 0.375, 2, Infinity),
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
          return coarse ? Math.max(wish, desired) : wish;
        }),
        scrapeInterval: 5,
      },
    });
}

/** What the autoscaler is told; on the coarse grid without the CPU of single replicas, which a tie may swap. */
function recordScrapes(model: KernelModel, coarse: boolean): { model: KernelModel; seen: unknown[] } {
  const seen: unknown[] = [];
  const counted = new LatencyHistogram();
  const scrape = ({ latencies, replicas, cpuTime: used, ...gauges }: ServiceSnapshot) => {
    counted.clear();
    latencies.addTo(counted);
    const counts = [...counted.counts.entries()].filter(([, count]) => count > 0);
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

describe('the event-list path against the epoch path', () => {
  for (const bits of [2, 20] as const) {
    it(`agrees bit for bit on every start, column, window, total and scrape, ${bits === 2 ? 'with simultaneous events everywhere' : 'in both directions of scaling'}`, () => {
      const met = { retries: 0, timedOut: 0, rejected: 0, failed: 0, stopped: 0, gone: 0, nodes: 0 };
      for (let seed = 1; seed <= 1000; seed++) {
        const model = randomModel(seed, bits);
        const epochs = recordScrapes(model(), bits === 2);
        const events = recordScrapes(model(), bits === 2);
        const expected = runToEnd((m) => new Kernel(m), epochs.model);
        const found = runToEnd((m) => new EventListKernel(m), events.model, seed % 2 === 0 ? 3 : Infinity);
        const where = `seed ${seed}`;
        expectSame(
          [found.starts, plainResult(found.result), events.seen],
          [expected.starts, plainResult(expected.result), epochs.seen],
          where,
        );
        const { columns, stopped, replicas } = expected.result;
        for (const name of ['retries', 'timedOut', 'rejected', 'failed'] as const) {
          met[name] += columns[name].reduce((total, value) => total + value, 0);
        }
        if (stopped !== null) met.stopped++;
        met.nodes += expected.result.nodes.filter(({ readyAt }) => readyAt >= 0 && readyAt < 60).length;
        met.gone += replicas.filter(({ goneAt }) => goneAt < 60).length;
      }
      // What would agree because it never happens proves nothing.
      expect(met.retries).toBeGreaterThan(1000);
      expect(met.timedOut).toBeGreaterThan(1000);
      expect(met.rejected).toBeGreaterThan(1000);
      expect(met.stopped).toBeGreaterThan(10);
      expect(met.nodes).toBeGreaterThan(150);
      if (bits === 20) expect(met.failed).toBeGreaterThan(100);
      if (bits === 20) expect(met.gone).toBeGreaterThan(1000);
    });
  }
});
