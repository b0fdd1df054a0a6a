import { describe, expect, it } from 'vitest';
import { compareWithTheory, createRun, serviceOf, theoryStation } from '../../sim-core/index.ts';
import { fixedPatienceQueue } from '../../sim-core/queueing/fixed-patience.ts';
import { erlangB, erlangC } from '../../sim-core/queueing/erlang.ts';
import { loadText } from '../support/run-inline.ts';

interface Case {
  readonly rate: number;
  readonly arrivals?: string;
  /** a further term of the rate */
  readonly also?: string;
  /** lines of the service */
  readonly service: string;
  readonly replicas: number;
  readonly minutes?: number;
}

/** A constant rate, a fixed number of replicas, rows of a quarter of a minute: what theory says of it. */
function theoryOf({ rate, arrivals = 'poisson', also = '', service, replicas, minutes = 120 }: Case) {
  const loaded = loadText(`schema: headroom/v1
name: Beside
horizon: ${minutes}m
warmup: 2m
seed: beside
workload: {arrivals: ${arrivals}, sum: [{constant: {rate: ${rate}/s}}${also}]}
services:
  web: {${service}, replicas: {initial: ${replicas}, startup: 10s}}
slo: {p95: 1s}
policies: [{name: fixed, controller: {static: {replicas: ${replicas}}}}]
`);
  const run = createRun(loaded, { policy: 'fixed', replication: 0, decisionLog: false });
  while (!run.advance(1e6).done);
  const { columns, recordingInterval } = run.result();
  const { scenario } = loaded;
  const station = theoryStation(serviceOf(scenario));
  return compareWithTheory({ columns, recordingInterval, warmup: 120, end: scenario.horizon, station, sampled: true });
}

const exponential = 'serviceTime: {exponential: {mean: 100ms}}';

describe('fixed patience', () => {
  const system = { arrivalRate: 8, serviceTimeMean: 1, servers: 10, patienceMean: 1 };

  it('is M/M/c when it is endless, Erlang B when there is none', () => {
    const endless = fixedPatienceQueue({ ...system, patienceMean: 1e6 });
    expect(endless.delayProbability).toBeCloseTo(erlangC(10, 8), 12);
    expect(endless.waitingTimeMean).toBeCloseTo(erlangC(10, 8) / 2, 12);
    expect(fixedPatienceQueue({ ...system, patienceMean: 1e-9 }).abandonmentProbability).toBeCloseTo(erlangB(10, 8), 8);
  });

  it.each([8, 10, 10.000_001, 12])('conserves flow and matches its integrals at %f erlang', (arrivalRate) => {
    const queue = fixedPatienceQueue({ ...system, arrivalRate });
    // Simpson's rule over the wait that endless patience would meet.
    const weight = (x: number) => Math.exp(arrivalRate * Math.min(x, 1) - 10 * x);
    const integral = (f: (x: number) => number, from: number, to: number) => {
      let sum = 0;
      for (let k = 0; k <= 2000; k++)
        sum += f(from + ((to - from) * k) / 2000) * (k % 2000 === 0 ? 1 : k % 2 === 1 ? 4 : 2);
      return (sum * (to - from)) / 6000;
    };
    const waiting = integral(weight, 0, 1) + integral(weight, 1, 6);
    const total = 1 / erlangB(9, arrivalRate) + arrivalRate * waiting;
    expect(queue.delayProbability).toBeCloseTo((arrivalRate * waiting) / total, 9);
    expect(queue.abandonmentProbability).toBeCloseTo((1 + (arrivalRate - 10) * waiting) / total, 9);
    const served = (arrivalRate * integral((x) => x * weight(x), 0, 1)) / total;
    expect(queue.waitingTimeServedMean * (1 - queue.abandonmentProbability)).toBeCloseTo(served, 9);
  });

  it('has numbers for a hundred thousand servers, and for none who come', () => {
    const many = fixedPatienceQueue({ arrivalRate: 1.2e5, serviceTimeMean: 1, servers: 1e5, patienceMean: 10 });
    expect(many.abandonmentProbability).toBeCloseTo(1 / 6, 9);
    expect(fixedPatienceQueue({ ...system, arrivalRate: 0 }).waitingTimeMean).toBe(0);
    expect(fixedPatienceQueue({ ...system, arrivalRate: 1, servers: 1e5 }).delayProbability).toBe(0);
  });
});

describe('models beside a simulation', () => {
  it('M/M/c+D knows of time-outs in overload, where the others see no steady state', () => {
    const theory = theoryOf({ rate: 120, service: `${exponential}, queue: {timeout: 500ms}`, replicas: 10 });
    expect(theory.counts.impatience).toBeGreaterThan(100);
    expect(theory.trusted).toBe('fixedPatience');
    expect(theory.models.fixedPatience!.relativeError).toBeLessThan(0.02);
    expect(theory.models.erlangA!.relativeError).toBeGreaterThan(0.1);
    expect(theory.models.mmc!.scoredRows).toBeLessThan(10);
    expect(theory.reason).toContain('Clients give up');
  });

  it('Erlang A knows of clients whose patience is exponential', () => {
    const service = `${exponential}, client: {timeout: {exponential: {mean: 4s}}, cancelsWork: true}`;
    const { models, counts, trusted, simulated } = theoryOf({ rate: 110, service, replicas: 10 });
    expect(counts.impatience).toBeGreaterThan(400);
    expect(models.fixedPatience).toBeUndefined();
    expect(trusted).toBe('erlangA');
    const mean = simulated.reduce((sum, value) => sum + value, 0) / simulated.length;
    // Service ends a little sooner than it would without impatience, too.
    expect(Math.abs(models.erlangA!.bias) / mean).toBeLessThan(0.08);
    expect(mean).toBeGreaterThan(0.2);
  });

  it('processor sharing: one replica is both the pool and itself', () => {
    const service = 'serviceTime: {lognormal: {mean: 10ms, scv: 4}}, discipline: processor-sharing, concurrency: 500';
    const { measure, models } = theoryOf({ rate: 70, service, replicas: 1 });
    expect(measure).toBe('sojourn');
    expect(Object.keys(models)).toEqual(['psPool', 'psEach']);
    expect(Math.abs(models.psPool!.bias)).toBeLessThan(0.05 * (0.01 / 0.3));
    expect(models.psEach!.bias).toBe(models.psPool!.bias);
  });

  it('processor sharing: random routing is replicas by themselves, good routing lies below', () => {
    const service = (routing: string) =>
      `${exponential}, discipline: processor-sharing, concurrency: 500, routing: ${routing}`;
    const random = theoryOf({ rate: 28, service: service('random'), replicas: 4, minutes: 120 });
    const best = theoryOf({ rate: 28, service: service('least-outstanding'), replicas: 4 });
    expect(random.trusted).toBe('psEach');
    // The rate of a row is that of its few hundred requests, and delay is convex in it.
    expect(Math.abs(random.models.psEach!.bias)).toBeLessThan(0.1 * (0.1 / 0.3));
    expect(best.models.psEach!.bias).toBeGreaterThan(0.05);
    expect(best.models.psPool!.bias).toBeLessThan(0);
  });

  it('queues of each replica’s own, fed at random, are M/G/c by replica', () => {
    const { models, trusted } = theoryOf({ rate: 28, service: `${exponential}, routing: random`, replicas: 4 });
    expect(trusted).toBe('each');
    expect(Math.abs(models.each!.bias)).toBeLessThan(0.05);
    expect(models.mgc!.bias).toBeLessThan(-0.1);
  });

  it.each([
    ['poisson', 'steady'],
    ['deterministic', 'non-poisson'],
    ['{renewal: {scv: 5}}', 'non-poisson'],
    ['poisson', 'correlated'],
  ] as const)('arrivals %s: most rows are %s', (arrivals, verdict) => {
    // A rate that wobbles, for minutes at a time.
    const also = verdict === 'correlated' ? ', {noise: {deviation: 6%, correlation: 2m}}' : '';
    const { counts, windows } = theoryOf({
      rate: 400,
      arrivals,
      also,
      service: exponential,
      replicas: 60,
      minutes: 60,
    });
    expect(counts[verdict]).toBeGreaterThan(120);
    if (verdict === 'steady') expect(windows.map(({ kind }) => kind)).not.toContain('correlated');
    if (arrivals.includes('renewal')) {
      const mean = windows.reduce((sum, { dispersion }) => sum + dispersion, 0) / windows.length;
      expect(mean).toBeGreaterThan(2.5);
    }
  });
});
