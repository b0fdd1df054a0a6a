import { describe, expect, it } from 'vitest';
import type { KernelModel, ServiceSnapshot } from '../../../sim-core/kernel/contract.ts';
import { createKernel } from '../../../sim-core/kernel/create-kernel.ts';
import { EventListKernel } from '../../../sim-core/kernel/event-list-kernel.ts';
import { Kernel } from '../../../sim-core/kernel/kernel.ts';
import type { RandomStream } from '../../../sim-core/random/contract.ts';
import { kernelModel, listArrivals, listSampler, scriptedScaling } from '../../support/kernel-model.ts';

/** Runs a model small enough to follow on paper and returns what happened, in order. */
function follow(overrides: Partial<KernelModel>) {
  const log: string[] = [];
  const kernel = new EventListKernel(
    kernelModel({
      recordingInterval: 1,
      ...overrides,
      departureProbe: (arrival, start, end, attempt, outcome) =>
        log.push(
          `${arrival}${attempt > 0 ? `'${attempt}` : ''} ${Number.isNaN(start) ? '–' : start} ${end} ${outcome}`,
        ),
    }),
  );
  while (!kernel.advance(1));
  return { log, ...kernel.result() };
}

/** A stream whose uniform numbers are given. */
function listStream(values: readonly number[]): RandomStream {
  let position = 0;
  const nextUniform = () => values[position++ % values.length]!;
  const nextUint32 = () => Math.floor(nextUniform() * 2 ** 32);
  return {
    nextUniform,
    nextUint32,
    fillUint32: (target) => target.forEach((_, i) => (target[i] = nextUint32())),
  };
}

describe('the event-list path, followed by hand', () => {
  it('last in, first out: who came last starts first', () => {
    const { log } = follow({
      horizon: 20,
      arrivals: listArrivals([0, 1, 2, 3]),
      serviceTimes: listSampler([4]),
      discipline: 'lifo',
    });
    expect(log).toEqual(['0 0 4 completed', '3 4 8 completed', '2 8 12 completed', '1 12 16 completed']);
  });

  it('processor sharing: two requests at half speed, and a third that waits for the limit of two', () => {
    const { log, columns } = follow({
      horizon: 20,
      arrivals: listArrivals([0, 2, 3]),
      serviceTimes: listSampler([4, 4, 1]),
      discipline: 'processor-sharing',
      concurrency: 2,
    });
    // 0–2 the first alone (2 done), then at half speed: its other 2 take until 6. The second has had 2 by then, the
    // third starts at 6 and needs 1: done at 8, when the second has had 3; its last 1 takes until 9.
    expect(log).toEqual(['0 0 6 completed', '3 6 8 completed', '2 2 9 completed']);
    expect([...columns.queueLength.subarray(0, 7)]).toEqual([0, 0, 0, 1, 1, 0, 0]);
  });

  it('under processor sharing CPU goes with the processors at work, utilisation with the slots taken', () => {
    const snapshots: ServiceSnapshot[] = [];
    const { columns } = follow({
      horizon: 12,
      arrivals: listArrivals([0, 0, 0]),
      serviceTimes: listSampler([2]),
      discipline: 'processor-sharing',
      processors: 2,
      concurrency: 4,
      cpu: { request: 4, idle: 0, perBusySlot: 1, startupExtra: 0, startupFor: 0 },
      scaling: { ...scriptedScaling(5, () => 1), scrapeInterval: 5, scrape: (snapshot) => snapshots.push(snapshot) },
    });
    // Three requests of 2 s on two processors: all done at 3.
    expect(columns.completed[3]! + columns.completed[2]!).toBe(3);
    expect([...columns.utilisation.subarray(0, 4)]).toEqual([0.75, 0.75, 0.75, 0]);
    expect([...columns.cpuUtilisation.subarray(0, 4)]).toEqual([0.5, 0.5, 0.5, 0]);
    expect(snapshots[1]!.cpuTime[0]).toBe(6);
  });

  it('a slow start: half speed for 4 s after ready, in the middle of a request too', () => {
    const { log } = follow({
      horizon: 40,
      initialReplicas: 0,
      arrivals: listArrivals([8, 8.5]),
      serviceTimes: listSampler([1, 3]),
      slowStart: { speed: 0.5, duration: 4 },
      scaling: scriptedScaling(10, () => 1),
    });
    // Ready at 10: 1 s of work takes 2 s; of the next 3 s one is done by 14, the others by 16.
    expect(log).toEqual(['8 10 12 completed', '8.5 12 16 completed']);
  });

  it('a crash fails what runs and what waits there; the replica starts again, and burns its start-up CPU again', () => {
    const snapshots: ServiceSnapshot[] = [];
    const { log, columns, replicas } = follow({
      horizon: 20,
      arrivals: listArrivals([3, 3.5, 12]),
      serviceTimes: listSampler([4]),
      routing: 'round-robin',
      crashTimes: listSampler([5, Infinity]),
      startupDelays: listSampler([2]),
      cpu: { request: 1, idle: 0, perBusySlot: 1, startupExtra: 1, startupFor: 1 },
      scaling: { ...scriptedScaling(5, () => 1), scrapeInterval: 5, scrape: (snapshot) => snapshots.push(snapshot) },
    });
    expect(log).toEqual(['3 3 5 failed', '3.5 – 5 failed', '12 12 16 completed']);
    expect([...columns.starting.subarray(4, 7)]).toEqual([1, 1, 0]);
    expect(replicas).toHaveLength(1);
    expect([replicas[0]!.crashes, replicas[0]!.readyAt, replicas[0]!.readyAgainAt]).toEqual([1, -Infinity, 7]);
    const pod = (time: number) => {
      const { replicas: seen, cpuTime } = snapshots.find((snapshot) => snapshot.time === time)!;
      return { ...seen[0]!, cpuTime: cpuTime[0] };
    };
    expect([pod(5).phase, pod(5).readyAt, pod(5).cpuTime]).toEqual(['starting', Infinity, 2]);
    expect([pod(10).phase, pod(10).readyAt, pod(10).cpuTime]).toEqual(['ready', 7, 3]);
  });

  it('a client that gives up leaves its slot, or leaves its work behind', () => {
    const model = (cancelOnTimeout: boolean): Partial<KernelModel> => ({
      horizon: 20,
      arrivals: listArrivals([0, 1]),
      serviceTimes: listSampler([6, 2]),
      clientTimeouts: listSampler([4, 8]),
      cancelOnTimeout,
    });
    expect(follow(model(true)).log).toEqual(['0 0 4 timed-out', '1 4 6 completed']);
    const { log, columns } = follow(model(false));
    expect(log).toEqual(['0 0 4 abandoned', '0 0 6 wasted', '1 6 8 completed']);
    expect([columns.timedOut[3]! + columns.timedOut[4]!, columns.completed.reduce((a, b) => a + b, 0)]).toEqual([1, 1]);
  });

  it('a retry keeps its need and its patience; the pause doubles to its longest, and jitter shortens it', () => {
    const { log } = follow({
      horizon: 60,
      initialReplicas: 0,
      routing: 'round-robin',
      arrivals: listArrivals([0]),
      retryMax: 4,
      retryBackoff: 2,
      retryBackoffMax: 7,
      retryJitter: 0.5,
      retryStream: listStream([0.5, 0, 0.5, 1]),
    });
    // Pauses of 2, 4, 7, 7 s, shortened by ¼, 0, ¼ and ½.
    expect(log).toEqual([
      '0 – 0 rejected',
      "1.5'1 – 1.5 rejected",
      "5.5'2 – 5.5 rejected",
      "10.75'3 – 10.75 rejected",
      "14.25'4 – 14.25 rejected",
    ]);
  });

  it('a retry budget: a full bucket of two, and one more retry for every four first attempts', () => {
    const { log, columns } = follow({
      horizon: 40,
      initialReplicas: 0,
      routing: 'round-robin',
      arrivals: listArrivals(Array.from({ length: 16 }, (_, i) => i)),
      retryMax: 1,
      retryBackoff: 0.5,
      retryBudget: { share: 0.25, burst: 2 },
    });
    // The first attempt finds the bucket full: its share is lost. Two tokens and 15 × ¼ are five retries and ¾ of one.
    expect(columns.retries.reduce((a, b) => a + b, 0)).toBe(5);
    const retried = log.filter((line) => line.includes("'1")).map((line) => Number.parseFloat(line));
    expect(retried).toEqual([0.5, 1.5, 4.5, 8.5, 12.5]);
  });

  it('a leaving replica works off its own line, and is gone with the last request', () => {
    const { log, replicas } = follow({
      horizon: 30,
      initialReplicas: 2,
      routing: 'least-outstanding',
      arrivals: listArrivals([1, 1.5, 2, 2.5, 12]),
      serviceTimes: listSampler([6]),
      scaling: scriptedScaling(5, () => 1),
    });
    // Each holds two at 5; the newest leaves when its second ends. What comes later goes to the other.
    expect(log).toEqual([
      '1 1 7 completed',
      '1.5 1.5 7.5 completed',
      '2 7 13 completed',
      '2.5 7.5 13.5 completed',
      '12 13 19 completed',
    ]);
    expect([replicas[1]!.drainingAt, replicas[1]!.goneAt]).toEqual([5, 13.5]);
  });

  it('fewest requests leave first, or whoever the stream says', () => {
    const leaver = (overrides: Partial<KernelModel>) =>
      follow({
        horizon: 8,
        initialReplicas: 3,
        concurrency: 2,
        routing: 'round-robin',
        arrivals: listArrivals([1, 1.5, 2, 2.5, 3]),
        serviceTimes: listSampler([20]),
        scaling: scriptedScaling(5, () => 2),
        ...overrides,
      }).replicas.find(({ drainingAt }) => drainingAt === 5)!.id;
    // Replicas 0 and 1 hold two requests each, replica 2 one.
    expect(leaver({ scaleDownOrder: 'oldest-first' })).toBe(0);
    expect(leaver({ scaleDownOrder: 'fewest-requests' })).toBe(2);
    expect(leaver({ scaleDownOrder: 'random', scaleDownStream: listStream([0, 0]) })).toBe(1);
    expect(leaver({ scaleDownOrder: 'random', scaleDownStream: listStream([0.99, 0.99]) })).toBe(2);
  });
});

describe('simultaneous events', () => {
  it('a request that completes at its deadline has completed', () => {
    const { log } = follow({
      horizon: 10,
      arrivals: listArrivals([0]),
      serviceTimes: listSampler([4]),
      clientTimeouts: listSampler([4]),
      cancelOnTimeout: true,
    });
    expect(log).toEqual(['0 0 4 completed']);
  });

  it('completion comes before a crash and a crash before a start', () => {
    const { log } = follow({
      horizon: 10,
      arrivals: listArrivals([0, 1]),
      serviceTimes: listSampler([4]),
      routing: 'round-robin',
      crashTimes: listSampler([4, Infinity]),
      startupDelays: listSampler([1]),
    });
    expect(log).toEqual(['0 0 4 completed', '1 – 4 failed']);
  });

  it('ends at the limit of crashes, also when all of them come at one instant', () => {
    const limits = { maxQueue: 1e6, maxArrivals: 1e9, maxSlots: 100, maxReplicas: 2 };
    const crashing = { horizon: 100, arrivals: listArrivals([0]), serviceTimes: listSampler([1]), limits };
    const calm = { ...crashing, crashTimes: listSampler([3]), startupDelays: listSampler([1]) };
    expect(follow(calm).stopped).toEqual({ at: 11, limit: 'crashes' });
    expect(follow({ ...calm, horizon: 11 }).stopped).toBeNull();
    const atOnce = follow({
      ...crashing,
      initialReplicas: 0,
      scaling: scriptedScaling(5, () => 1),
      crashTimes: listSampler([1e-30]),
      startupDelays: listSampler([0]),
    });
    expect(atOnce.stopped).toEqual({ at: 5, limit: 'crashes' });
  });

  it('a replica that becomes ready takes who would have timed out then', () => {
    const { log } = follow({
      horizon: 20,
      initialReplicas: 0,
      arrivals: listArrivals([6]),
      serviceTimes: listSampler([1]),
      clientTimeouts: listSampler([4]),
      cancelOnTimeout: true,
      scaling: scriptedScaling(5, (time) => (time === 10 ? 1 : 0)),
    });
    // Ready at 10, but by the decision of 10: the client has given up just before.
    expect(log).toEqual(['6 – 10 timed-out']);
    const earlier = follow({
      horizon: 20,
      initialReplicas: 0,
      arrivals: listArrivals([6]),
      serviceTimes: listSampler([1]),
      queueTimeout: 4,
      discipline: 'lifo',
      startupDelays: listSampler([5]),
      scaling: scriptedScaling(5, () => 1),
    });
    // Ready at 10 by the decision of 5: it starts first.
    expect(earlier.log).toEqual(['6 10 11 completed']);
  });

  it('the slot of a client that gives up is taken before the next one gives up', () => {
    const { log } = follow({
      horizon: 20,
      arrivals: listArrivals([0, 1, 2]),
      serviceTimes: listSampler([9, 3, 3]),
      clientTimeouts: listSampler([6, 5, 4]),
      cancelOnTimeout: true,
    });
    // All three patiences end at 6: the second takes the slot of the first, gives up at once, and so does the third.
    expect(log).toEqual(['0 0 6 timed-out', '1 6 6 timed-out', '2 6 6 timed-out']);
  });

  it('retries arrive before first attempts', () => {
    const { log } = follow({
      horizon: 20,
      arrivals: listArrivals([0, 1, 3]),
      serviceTimes: listSampler([3, 5, 7]),
      routing: 'least-outstanding',
      queueCapacity: 0,
      retryMax: 1,
      retryBackoff: 2,
    });
    expect(log).toEqual([
      '1 – 1 rejected',
      '0 0 3 completed',
      '3 – 3 rejected',
      "5'1 – 5 rejected",
      "3'1 3 8 completed",
    ]);
  });
});

describe('the choice of the engine', () => {
  it('is the epoch path unless a model uses what only the event list knows', () => {
    const plain = kernelModel({ queueTimeout: 1, retryMax: 2, discipline: 'fifo', routing: 'central', retryJitter: 0 });
    expect(createKernel(plain)).toBeInstanceOf(Kernel);
    const stream = listStream([0.5]);
    const effects: Partial<KernelModel>[] = [
      { discipline: 'lifo' },
      { routing: 'random', routingStream: stream },
      { speeds: listSampler([1]) },
      { slowStart: { speed: 0.5, duration: 1 } },
      { crashTimes: listSampler([100]) },
      { clientTimeouts: listSampler([1]) },
      { retryBackoffMax: 5 },
      { retryJitter: 0.5, retryStream: stream },
      { retryBudget: { share: 0.1, burst: 10 } },
    ];
    for (const effect of effects) expect(createKernel({ ...plain, ...effect })).toBeInstanceOf(EventListKernel);
  });

  it('says what a model lacks', () => {
    expect(() => createKernel(kernelModel({ routing: 'random' }))).toThrow('stream');
    expect(() => createKernel(kernelModel({ retryJitter: 0.5 }))).toThrow('stream');
    expect(() => createKernel(kernelModel({ discipline: 'processor-sharing', processors: 0 }))).toThrow(RangeError);
    expect(() => createKernel(kernelModel({ slowStart: { speed: 0, duration: 1 } }))).toThrow(RangeError);
    expect(() => createKernel(kernelModel({ crashTimes: listSampler([0]) }))).toThrow(RangeError);
    expect(() => createKernel(kernelModel({ speeds: listSampler([0]) }))).toThrow(RangeError);
  });
});
