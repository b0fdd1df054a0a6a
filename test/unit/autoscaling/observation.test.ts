import { describe, expect, test } from 'vitest';
import { Observer } from '../../../sim-core/autoscaling/observation.ts';
import { LatencyHistogram } from '../../../sim-core/statistics/latency-histogram.ts';
import { always, scrape } from './scrape.ts';

const pipeline = { scrapeInterval: 15, window: 30, delay: 0 };
const observer = (overrides: Partial<typeof pipeline> = {}) =>
  new Observer({ ...pipeline, ...overrides }, { cpuRequestMilli: 500 });

describe('the service', () => {
  test('before the first scrape nothing is known', () => {
    const { pods, service, currentReplicas } = observer().observe(0, 2);
    expect(pods).toEqual([]);
    expect(currentReplicas).toBe(0);
    expect(Object.values(service).every(Number.isNaN)).toBe(true);
  });

  test('is averaged over the window', () => {
    const seen = observer();
    for (const time of [0, 15, 30, 45, 60]) seen.add(scrape(time));
    const { service } = seen.observe(60, 2);
    expect(service.arrivalRate).toBeCloseTo(10, 9);
    expect(service.throughput).toBeCloseTo(9, 9);
    expect(service.utilisation).toBeCloseTo(0.5, 9);
    expect(service.latencyMean).toBeCloseTo(0.3, 9);
    expect(service.serviceTimeMean).toBeCloseTo(0.2, 9);
    expect(service.serviceScv).toBeCloseTo(0.05 / 0.04 - 1, 9);
    expect(service.errorRate).toBeCloseTo(0.1, 9);
    expect(service.cpuUtilisation).toBeCloseTo(0.6, 9);
    expect(service).toMatchObject({ queueLength: 3, inService: 2 });
  });

  test('a change shows by as much of the window as it fills', () => {
    const seen = observer();
    // The rate doubles at 45 s.
    for (const time of [0, 15, 30, 45]) seen.add(scrape(time));
    seen.add(scrape(60, { arrivals: 450 + 300 }));
    expect(seen.observe(60, 2).service.arrivalRate).toBeCloseTo(15, 9);
    seen.add(scrape(75, { arrivals: 450 + 600 }));
    expect(seen.observe(75, 2).service.arrivalRate).toBeCloseTo(20, 9);
  });

  test('arrives late by the delay, and is then as old as the newest scrape before it', () => {
    const seen = observer({ delay: 20 });
    for (const time of [0, 15, 30, 45, 60]) seen.add(scrape(time, { queueLength: time }));
    expect(seen.observe(60, 2).service.queueLength).toBe(30);
    expect(seen.observe(65, 2).service.queueLength).toBe(45);
    expect(seen.observe(64.9, 2).service.queueLength).toBe(30);
    expect(seen.observe(65, 2).pods[0]?.sampleTime).toBe(45);
  });

  test('quantiles are those of all completions in the window and no others', () => {
    const seen = observer();
    const latencies: number[] = [];
    for (let index = 0; index <= 8; index++) {
      const snapshot = scrape(15 * index);
      const completed = new LatencyHistogram();
      for (let request = 0; request < 100; request++) completed.add(index + request / 100);
      seen.add({ ...snapshot, latencies: completed });
      if (index >= 7) for (let request = 0; request < 100; request++) latencies.push(index + request / 100);
    }
    const { service } = seen.observe(120, 2);
    const exact = latencies.sort((a, b) => a - b);
    expect(service.latencyP50 / exact[100]!).toBeCloseTo(1, 1);
    expect(Math.abs(service.latencyP95 / exact[190]! - 1)).toBeLessThan(0.01);
    expect(Math.abs(service.latencyP99 / exact[198]! - 1)).toBeLessThan(0.01);
  });

  test('a window shorter than the scrape interval reaches back one scrape', () => {
    const seen = observer({ window: 5 });
    for (const time of [0, 15, 30]) seen.add(scrape(time, { arrivals: time * time }));
    expect(seen.observe(30, 2).service.arrivalRate).toBeCloseTo((900 - 225) / 15, 9);
  });

  test('what did not happen is no number', () => {
    const seen = observer();
    const nothing = { completed: 0, rejected: 0, timedOut: 0, failed: 0, busyTime: 0, readySlotTime: 0 };
    const sums = { serviceTimeSum: 0, serviceTimeSquareSum: 0, sojournTimeSum: 0 };
    for (const time of [0, 15]) seen.add(scrape(time, { ...nothing, ...sums, replicas: [] }));
    const { service } = seen.observe(15, 0);
    const { latencyMean, latencyP95, serviceTimeMean, serviceScv, errorRate, utilisation, cpuUtilisation } = service;
    for (const value of [
      latencyMean,
      latencyP95,
      serviceTimeMean,
      serviceScv,
      errorRate,
      utilisation,
      cpuUtilisation,
    ]) {
      expect(value).toBeNaN();
    }
    expect(service.throughput).toBe(0);
  });

  test('equal service times have no variance', () => {
    const seen = observer();
    for (const time of [0, 15])
      seen.add(scrape(time, { completed: 3 * time, serviceTimeSum: 0.3 * time, serviceTimeSquareSum: 0.03 * time }));
    expect(seen.observe(15, 2).service.serviceScv).toBeCloseTo(0, 12);
  });
});

describe('pods', () => {
  const starting = { phase: 'starting', createdAt: 40, startedAt: 50, readyAt: Infinity } as const;

  test('phases as the platform shows them', () => {
    const seen = observer();
    seen.add(scrape(0));
    seen.add(
      scrape(60, {
        replicas: [
          { id: 0, ...always, cpuTime: 1 },
          { id: 1, phase: 'draining', createdAt: 0, startedAt: 5, readyAt: 10, cpuTime: 1 },
          { id: 2, ...starting, cpuTime: 1 },
          { id: 3, phase: 'provisioning', createdAt: 55, startedAt: Infinity, readyAt: Infinity, cpuTime: 0 },
        ],
      }),
    );
    const { pods, currentReplicas, readyReplicas, desiredReplicas } = seen.observe(60, 5);
    expect({ currentReplicas, readyReplicas, desiredReplicas }).toEqual({
      currentReplicas: 3,
      readyReplicas: 1,
      desiredReplicas: 5,
    });
    expect(pods.map(({ phase, ready, terminating }) => ({ phase, ready, terminating }))).toEqual([
      { phase: 'running', ready: true, terminating: false },
      { phase: 'running', ready: false, terminating: true },
      { phase: 'running', ready: false, terminating: false },
      { phase: 'pending', ready: false, terminating: false },
    ]);
    expect(pods[2]).toMatchObject({ startTime: 50, readyTransition: 50 });
    expect(pods[3]).toMatchObject({ startTime: NaN, readyTransition: NaN, cpuMilli: NaN });
  });

  test('a young pod has a sample after two scrapes, averaged since its start', () => {
    const seen = observer();
    const add = (time: number, cpuTime: number) =>
      seen.add(
        scrape(time, {
          replicas: [
            { id: 0, ...always, cpuTime: 0.3 * time },
            { id: 1, ...starting, cpuTime },
          ],
        }),
      );
    for (const time of [0, 15, 30, 45])
      seen.add(scrape(time, { replicas: [{ id: 0, ...always, cpuTime: 0.3 * time }] }));
    add(60, 4);
    expect(seen.observe(60, 2).pods[1]).toMatchObject({ cpuMilli: NaN, sampleTime: NaN, sampleWindow: NaN });
    add(75, 10);
    expect(seen.observe(75, 2).pods[1]).toMatchObject({ cpuMilli: 400, sampleTime: 75, sampleWindow: 25 });
    add(90, 16);
    expect(seen.observe(90, 2).pods[1]).toMatchObject({ cpuMilli: 400, sampleTime: 90, sampleWindow: 30 });
    // Not ready: its use is no part of the utilisation of the service.
    expect(seen.observe(90, 2).service.cpuUtilisation).toBeCloseTo(0.6, 9);
  });

  test('a pod that is gone disappears with the next scrape', () => {
    const seen = observer();
    for (const time of [0, 15, 30]) seen.add(scrape(time));
    seen.add(scrape(45, { replicas: [{ id: 1, ...always, cpuTime: 0.3 * 45 }] }));
    expect(seen.observe(45, 1).pods.map(({ id, cpuMilli }) => [id, Math.round(cpuMilli)])).toEqual([[1, 300]]);
  });
});

test('holds no more scrapes than it can need', () => {
  const seen = observer({ window: 60, delay: 30 });
  for (let index = 0; index < 10_000; index++) {
    seen.add(scrape(15 * index));
    expect(seen.held).toBeLessThanOrEqual(10);
  }
  expect(seen.observe(15 * 9999, 2).service.arrivalRate).toBeCloseTo(10, 6);
});
