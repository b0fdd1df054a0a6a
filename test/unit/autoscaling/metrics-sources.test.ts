import { describe, expect, test } from 'vitest';
import { metricsConfig } from '../../../sim-core/autoscaling/metrics-pipeline.ts';
import { Observer } from '../../../sim-core/autoscaling/observation.ts';
import { rateExtrapolation } from '../../../sim-core/autoscaling/prometheus-range.ts';
import { createStream } from '../../../sim-core/random/stream.ts';
import type { RandomStream } from '../../../sim-core/random/contract.ts';
import { always, scrape } from './scrape.ts';

const deployment = { cpuRequestMilli: 500 };
const observer = (metrics: unknown, stream?: RandomStream) =>
  new Observer(metricsConfig.parse(metrics), deployment, stream);
const upTo = (seen: Observer, end: number, step: number) => {
  for (let time = 0; time <= end; time += step) seen.add(scrape(time));
  return seen;
};

describe('what a source has', () => {
  test.each([
    [{}, { scrapeInterval: 15, window: 30, delay: 0 }],
    [{ source: 'prometheus' }, { scrapeInterval: 15, window: 120, delay: 0, extrapolated: true }],
    [
      { source: 'prometheus', window: '5m' },
      { scrapeInterval: 15, window: 300, delay: 0, extrapolated: true },
    ],
    [
      { source: 'cloudwatch', delay: 0 },
      { scrapeInterval: 15, window: 60, delay: 0, period: 60 },
    ],
    [{ source: 'knative' }, { scrapeInterval: 1, window: 1, delay: 0 }],
    [{ missing: '2%' }, { scrapeInterval: 15, window: 30, delay: 0, missing: 0.02 }],
  ])('%j', (given, expected) => expect(metricsConfig.parse(given)).toMatchObject(expected));
});

describe('rate over a range, by hand', () => {
  // Samples every 15 s; the mean distance is 15 s, so ends up to 16.5 s away are reached.
  const samples = { start: 0, end: 60, first: 10, last: 55, count: 4 };
  test.each<[string, Partial<typeof samples>, number, number, number]>([
    ['both ends reached', {}, 1000, 45, 60 / 60],
    ['the end too far: half a distance more', { last: 40, count: 3 }, 1000, 30, (30 + 10 + 7.5) / 60],
    ['the start too far', { first: 25, last: 55, count: 3 }, 1000, 30, (30 + 7.5 + 5) / 60],
    ['not beyond where the counter was zero', {}, 4, 45, (45 + 4 + 5) / 60],
    ['a counter that began within the range', { first: 30, last: 60, count: 3 }, 0, 30, 30 / 60],
    ['a counter that stands', {}, 0, 0, 60 / 60],
  ])('%s', (_, change, value, increase, expected) => {
    expect(rateExtrapolation({ ...samples, ...change }, value, increase)).toBeCloseTo(expected, 12);
  });
});

describe('Prometheus', () => {
  test('of an even load the rate is the load, wherever in the range the scrapes lie', () => {
    const seen = upTo(observer({ source: 'prometheus', window: '1m' }), 300, 15);
    for (const time of [300, 303, 314]) {
      const { service, pods } = seen.observe(time, 2);
      expect(service.arrivalRate).toBeCloseTo(10, 9);
      expect(service.throughput).toBeCloseTo(9, 9);
      expect(service.utilisation).toBeCloseTo(0.5, 9);
      expect(service.cpuUtilisation).toBeCloseTo(0.6, 9);
      expect(pods[0]).toMatchObject({ sampleTime: 300, sampleWindow: 60 });
    }
  });

  test('a young counter is underestimated, one sample is none', () => {
    const seen = upTo(observer({ source: 'prometheus', window: '2m' }), 0, 15);
    expect(seen.observe(0, 2).service.arrivalRate).toBeNaN();
    seen.add(scrape(15));
    seen.add(scrape(30));
    // From 0 to 300 requests in the 30 s since the counter was zero, over the 120 s of the range.
    expect(seen.observe(30, 2).service.arrivalRate).toBeCloseTo(300 / 120, 9);
  });

  test('missing samples are bridged as long as two are left', () => {
    const losses = [0, 1, 1, 0];
    const stream = { nextUniform: () => (losses[Math.floor(calls++ / 3)] === 1 ? 0 : 0.99) } as RandomStream;
    let calls = 0;
    const seen = observer({ source: 'prometheus', window: '1m', missing: '50%' }, stream);
    for (const time of [615, 630, 645, 660]) seen.add(scrape(time));
    // Samples at 615 and 660 alone, their distance 45 s: both ends are reached.
    const { service, pods } = seen.observe(660, 2);
    expect(service.arrivalRate).toBeCloseTo(10, 9);
    expect(pods[0]!.cpuMilli).toBeCloseTo(300, 9);
    // Twenty seconds on, 615 has left the range.
    expect(seen.observe(680, 2).service.arrivalRate).toBeNaN();
    expect(seen.observe(680, 2).pods[0]!.cpuMilli).toBeNaN();
  });
});

describe('CloudWatch', () => {
  /** 10 requests a second in even minutes, 30 in odd ones. */
  const seen = observer({ source: 'cloudwatch', delay: '30s' });
  for (let time = 0; time <= 600; time += 15) {
    const minute = Math.floor(time / 60);
    const whole = Math.ceil(minute / 2) * 600 + Math.floor(minute / 2) * 1800;
    seen.add(scrape(time, { arrivals: whole + (time - minute * 60) * (minute % 2 === 0 ? 10 : 30) }));
  }

  test.each([
    // At 555 s the period up to 540 s is not there yet: 30 s have to pass.
    [555, 30, 480],
    [569.9, 30, 480],
    [570, 10, 540],
    [600, 10, 540],
  ])('at %d s the last whole minute that has arrived, no part of another', (time, rate, end) => {
    const { service, pods } = seen.observe(time, 2);
    // Minute 7 (420 s to 480 s) has 30/s, minute 8 10/s.
    expect(service.arrivalRate).toBeCloseTo(rate, 9);
    expect(pods[0]).toMatchObject({ sampleTime: end, sampleWindow: 60 });
  });

  test('pods are as the platform knows them now', () => {
    seen.add(scrape(615, { replicas: [{ id: 0, ...always, cpuTime: 185 }] }));
    expect(seen.observe(615, 2).currentReplicas).toBe(1);
  });
});

describe('missing samples', () => {
  /** Loses what a list says: the service first, then the two replicas, scrape by scrape. */
  const losing = (...scrapes: number[][]) => {
    const lost = scrapes.flat();
    let next = 0;
    return { nextUniform: () => (lost[next++] === 1 ? 0 : 0.99) } as RandomStream;
  };
  const metrics = { missing: '2%' };

  test('a pod is without a sample until two scrapes in a row have it, the others are not', () => {
    const seen = observer(metrics, losing([0, 0, 0], [0, 0, 0], [0, 0, 1], [0, 0, 0], [0, 0, 0]));
    const measured: boolean[][] = [];
    for (const time of [15, 30, 45, 60, 75]) {
      seen.add(scrape(time));
      measured.push(seen.observe(time, 2).pods.map(({ cpuMilli }) => !Number.isNaN(cpuMilli)));
    }
    expect(measured).toEqual([
      [false, false],
      [true, true],
      [true, false],
      [true, false],
      [true, true],
    ]);
    // The window of the second pod would begin with the scrape that is missing: the one after it takes its place.
    const { pods, service } = seen.observe(75, 2);
    expect(pods.map(({ sampleWindow }) => sampleWindow)).toEqual([30, 15]);
    expect(pods[1]!.cpuMilli).toBeCloseTo(300, 9);
    expect(service.cpuUtilisation).toBeCloseTo(0.6, 9);
    expect(service.arrivalRate).toBeCloseTo(10, 9);
  });

  test('without the sample of the service its numbers are unknown, CPU and pods are not', () => {
    const seen = observer(metrics, losing([0, 0, 0], [0, 0, 0], [1, 0, 0], [0, 0, 0]));
    for (const time of [15, 30, 45]) seen.add(scrape(time));
    const { service, readyReplicas } = seen.observe(45, 2);
    expect(service.arrivalRate).toBeNaN();
    expect(service.queueLength).toBeNaN();
    expect(service.cpuUtilisation).toBeCloseTo(0.6, 9);
    expect(readyReplicas).toBe(2);
    // Counters lose nothing: the next one is whole.
    seen.add(scrape(60));
    expect(seen.observe(60, 2).service.arrivalRate).toBeCloseTo(10, 9);
  });

  test('happen as often as stated', () => {
    const seen = observer({ missing: '10%' }, createStream(1, 0, 'missing-samples'));
    let [services, pods] = [0, 0];
    for (let time = 15; time <= 15 * 4000; time += 15) {
      seen.add(scrape(time));
      const look = seen.observe(time, 2);
      if (Number.isNaN(look.service.arrivalRate)) services += 1;
      if (Number.isNaN(look.pods[0]!.cpuMilli)) pods += 1;
    }
    // Four standard deviations of 4000 draws: 0.019; a pod needs two scrapes, 1 − 0.9² = 0.19.
    expect(Math.abs(services / 4000 - 0.1)).toBeLessThan(0.019);
    expect(Math.abs(pods / 4000 - 0.19)).toBeLessThan(0.03);
  });
});
