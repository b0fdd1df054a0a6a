import { describe, expect, it } from 'vitest';
import { Kernel } from '../../../sim-core/kernel/kernel.ts';
import type { KernelModel, ServiceSnapshot } from '../../../sim-core/kernel/contract.ts';
import { kernelModel, listArrivals, listSampler, scriptedScaling } from '../../support/kernel-model.ts';

/** Runs a model small enough to follow on paper and returns what happened to each attempt. */
function follow(overrides: Partial<KernelModel>) {
  const log: string[] = [];
  const kernel = new Kernel(
    kernelModel({
      ...overrides,
      probe: (arrival, start, end, attempt) => log.push(`${arrival} ${start} ${end} ${attempt}`),
    }),
  );
  while (!kernel.advance(1));
  return { log, ...kernel.result() };
}

describe('the engine, followed by hand', () => {
  it('one server, arrivals every 2 s, service of 3 s: each waits one second longer', () => {
    const { log, columns } = follow({
      horizon: 20,
      recordingInterval: 5,
      arrivals: listArrivals([0, 2, 4, 6]),
      serviceTimes: listSampler([3]),
    });
    // arrival, start, end, attempt
    expect(log).toEqual(['0 0 3 0', '2 3 6 0', '4 6 9 0', '6 9 12 0']);
    expect([...columns.arrivals]).toEqual([3, 1, 0, 0]);
    expect([...columns.completed]).toEqual([1, 2, 1, 0]);
    expect([...columns.queueLength]).toEqual([1, 0, 0, 0]);
    expect([...columns.inService]).toEqual([1, 1, 0, 0]);
    // waiting: 2–3 and 4–5 in the first row; 5–6 and 6–9 in the second
    expect([...columns.queueLengthMean]).toEqual([2 / 5, 4 / 5, 0, 0]);
    expect([...columns.inServiceMean]).toEqual([1, 1, 2 / 5, 0]);
    expect([...columns.utilisation]).toEqual([1, 1, 2 / 5, 0]);
    expect(columns.waitingTimeMean[0]).toBe(1 / 2);
    expect(columns.delayedShare[0]).toBe(1 / 2);
  });

  it('a replica asked for at 10 s is provisioned for 2 s, starts for 5 s, and serves the line from 17 s', () => {
    const { log, columns, replicas, changes } = follow({
      horizon: 40,
      recordingInterval: 1,
      arrivals: listArrivals([9, 9.25, 9.5, 9.75]),
      serviceTimes: listSampler([20, 4, 4, 4]),
      provisioningDelays: listSampler([2]),
      startupDelays: listSampler([5]),
      scaling: scriptedScaling(10, (time) => (time === 30 ? 1 : 2)),
    });
    expect(log).toEqual(['9 9 29 0', '9.25 17 21 0', '9.5 21 25 0', '9.75 25 29 0']);
    expect(changes).toEqual([
      { time: 10, from: 1, to: 2 },
      { time: 30, from: 2, to: 1 },
    ]);
    const second = replicas[1]!;
    expect([second.createdAt, second.startedAt, second.readyAt]).toEqual([10, 12, 17]);
    // A row shows the replicas at its end: what happens at 12 shows in the row that ends at 12.
    expect(Array.from(columns.provisioning.slice(9, 13))).toEqual([0, 1, 0, 0]);
    expect(Array.from(columns.starting.slice(10, 18))).toEqual([0, 1, 1, 1, 1, 1, 0, 0]);
    expect(Array.from(columns.ready.slice(15, 18))).toEqual([1, 2, 2]);
  });

  it('a leaving replica finishes what it holds and takes nothing new', () => {
    const { log, columns, replicas } = follow({
      horizon: 30,
      recordingInterval: 1,
      initialReplicas: 2,
      arrivals: listArrivals([1, 2, 11]),
      serviceTimes: listSampler([12, 13, 1]),
      scaling: scriptedScaling(10, () => 1),
    });
    // Both are busy at 10, one until 13, the other until 15; the newest leaves when its own request ends.
    const gone = replicas[1]!.goneAt;
    expect([13, 15]).toContain(gone);
    expect(replicas[1]!.drainingAt).toBe(10);
    const free = 13 + 15 - gone;
    expect(log).toEqual(['1 1 13 0', '2 2 15 0', `11 ${free} ${free + 1} 0`]);
    expect(Array.from(columns.draining.slice(9, 16))).toEqual([0, 1, 1, gone > 13 ? 1 : 0, gone > 13 ? 1 : 0, 0, 0]);
    expect(Array.from(columns.ready.slice(9, 12))).toEqual([2, 1, 1]);
  });

  it('kills what still runs at the drain limit, and the client tries again', () => {
    const { log, columns, replicas } = follow({
      horizon: 40,
      recordingInterval: 1,
      arrivals: listArrivals([9]),
      serviceTimes: listSampler([8]),
      drainLimit: 3,
      retryMax: 1,
      retryBackoff: 2,
      startupDelays: listSampler([0]),
      scaling: scriptedScaling(10, (time) => (time === 10 ? 0 : 1)),
    });
    // Killed at 13, tried again at 15, no replica until 20.
    expect(log).toEqual(['9 9 17 0', '15 20 28 1']);
    expect(replicas[0]!.goneAt).toBe(13);
    expect(columns.failed[12]! + columns.failed[13]!).toBe(1);
    expect(columns.retries[15]).toBe(1);
  });

  it('rejects beyond the capacity of the line, times out in it, and retries with a doubling pause', () => {
    const { log, columns } = follow({
      horizon: 40,
      recordingInterval: 40,
      arrivals: listArrivals([0, 1, 2]),
      serviceTimes: listSampler([10, 1, 1]),
      queueCapacity: 1,
      queueTimeout: 5,
      retryMax: 2,
      retryBackoff: 1,
    });
    // The request of 1 s times out at 6 and 12, tried again at 7 (served at 10). The request of 2 s is rejected at
    // 2 and 3, and joins at 5? No: the line is full until 6, so it is rejected at 5 for good.
    expect(log).toEqual(['0 0 10 0', '7 10 11 1']);
    expect([columns.rejected[0], columns.timedOut[0], columns.retries[0], columns.completed[0]]).toEqual([3, 1, 3, 2]);
    expect(columns.arrivals[0]).toBe(6);
  });

  it('measures CPU as a container would: idle, busy slots, and the burst after the start', () => {
    const snapshots: ServiceSnapshot[] = [];
    const { columns } = follow({
      horizon: 31,
      recordingInterval: 1,
      arrivals: listArrivals([2]),
      serviceTimes: listSampler([6]),
      startupDelays: listSampler([4]),
      cpu: { request: 1, idle: 0.125, perBusySlot: 0.5, startupExtra: 1, startupFor: 3 },
      scaling: { ...scriptedScaling(10, () => 2), scrapeInterval: 5, scrape: (snapshot) => snapshots.push(snapshot) },
    });
    const cpu = (time: number, replica: number) =>
      snapshots.find((snapshot) => snapshot.time === time)!.cpuTime[replica]!;
    expect(cpu(5, 0)).toBe(5 * 0.125 + 3 * 0.5);
    expect(cpu(10, 0)).toBe(10 * 0.125 + 6 * 0.5);
    // started at 10
    expect(cpu(15, 1)).toBe(5 * 0.125 + 3 * 1);
    expect(snapshots.map(({ time }) => time)).toEqual([0, 5, 10, 15, 20, 25, 30]);
    // The share of the request, over ready replicas: idle, then idle and half a core, then two idle replicas.
    expect([columns.cpuUtilisation[0], columns.cpuUtilisation[4], columns.cpuUtilisation[20]]).toEqual([
      0.125, 0.625, 0.125,
    ]);
  });

  it('stops with a result up to there when the line grows beyond the limit', () => {
    const { end, stopped, columns } = follow({
      horizon: 1000,
      recordingInterval: 10,
      arrivals: listArrivals(Array.from({ length: 900 }, (_, i) => i + 0.5)),
      serviceTimes: listSampler([1000]),
      limits: { maxQueue: 55, maxArrivals: 1e9, maxSlots: 100, maxReplicas: 1000 },
    });
    expect(stopped).toEqual({ at: 56.5, limit: 'queue' });
    expect(end).toBe(50);
    expect(columns.time.length).toBe(5);
    expect(columns.queueLength[4]).toBe(49);
  });

  it('stops at the limits of attempts, slots and replicas that ever were, at a boundary', () => {
    const limits = { maxQueue: 1e6, maxArrivals: 1e9, maxSlots: 100, maxReplicas: 1000 };
    const stops = (given: Partial<typeof limits>) =>
      follow({
        horizon: 1000,
        recordingInterval: 100,
        arrivals: listArrivals(Array.from({ length: 900 }, (_, i) => i + 0.5)),
        serviceTimes: listSampler([0.25]),
        limits: { ...limits, ...given },
        // Every ten seconds: 1, 9, 1, 9 … replicas, of one slot each.
        scaling: { ...scriptedScaling(10, (time) => (time % 20 === 0 ? 1 : 9)), scrapeInterval: 5 },
      }).stopped;
    expect(stops({})).toBeNull();
    // 222 have come by the scrape at 225 s, in the middle of a row.
    expect(stops({ maxArrivals: 220 })).toEqual({ at: 225, limit: 'arrivals' });
    // Without a replica or a queue everyone is turned away, and comes again much later.
    const retrying = follow({
      horizon: 1000,
      recordingInterval: 100,
      initialReplicas: 0,
      queueCapacity: 0,
      retryMax: 1,
      retryBackoff: 900,
      arrivals: listArrivals(Array.from({ length: 900 }, (_, i) => i + 0.5)),
      limits: { ...limits, maxQueue: 250 },
    });
    expect(retrying.stopped).toEqual({ at: 300, limit: 'queue' });
    expect(stops({ maxSlots: 8 })).toEqual({ at: 10, limit: 'slots' });
    // 1 + 8 + 8 + 8 by 50 s; eight more at 70 s would be 33.
    expect(stops({ maxReplicas: 32 })).toEqual({ at: 70, limit: 'replicas' });
  });
});
