import { describe, expect, it } from 'vitest';
import { concurrencyLimit, lowLoadLatency } from '../../../sim-core/calibration/low-load-latency.ts';
import { metricLag } from '../../../sim-core/calibration/metric-lag.ts';
import { robustLine } from '../../../sim-core/calibration/robust-line.ts';
import { serviceDemand } from '../../../sim-core/calibration/service-demand.ts';
import { startUpDelay } from '../../../sim-core/calibration/start-up-delay.ts';
import { createStream } from '../../../sim-core/random/stream.ts';
import { readShared } from '../../support/published.ts';

const stream = createStream('calibration', 0, 'noise');
const noise = (size: number) => (stream.nextUniform() - 0.5) * 2 * size;

describe('a robust line', () => {
  it('is the median of all slopes', () => {
    const x = [1, 2, 3, 4, 10, 12, 18, 20];
    const y = [9, 15, 19, 20, 45, 55, 78, 200];
    const slopes = x.flatMap((a, i) => x.slice(i + 1).map((b, k) => (y[i + 1 + k]! - y[i]!) / (b - a)));
    const sorted = slopes.toSorted((a, b) => a - b);
    expect(robustLine(x, y)?.slope).toBe((sorted[13]! + sorted[14]!) / 2);
  });

  it('is not moved by a quarter of readings that are nonsense', () => {
    const x = Array.from({ length: 200 }, (_, i) => i);
    const y = x.map((value, i) => (i % 4 === 0 ? 1000 : 3 * value + 7 + noise(5)));
    const line = robustLine(x, y)!;
    expect(line.slopeInterval[0]).toBeLessThan(3);
    expect(line.slopeInterval[1]).toBeGreaterThan(3);
    expect(line.slopeInterval[1] - line.slopeInterval[0]).toBeLessThan(0.8);
  });

  it('averages neighbours instead of making millions of pairs', () => {
    const x = Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 20_000);
    const line = robustLine(
      x,
      x.map((value) => 0.25 * value + noise(50)),
    )!;
    expect(line.points).toBeLessThanOrEqual(1500);
    expect(line.slope).toBeCloseTo(0.25, 2);
  });
});

describe('service demand by the utilisation law', () => {
  it('is found again, with what the CPU does anyway', () => {
    const rate = Array.from({ length: 300 }, (_, i) => 40 + 30 * Math.sin(i / 20));
    const { found } = serviceDemand(
      rate,
      rate.map((each) => 0.3 + 0.02 * each + noise(0.1)),
    );
    const [low, high] = found!.perRequest.interval!;
    expect(low).toBeLessThan(0.02);
    expect(high).toBeGreaterThan(0.02);
    expect(high - low).toBeLessThan(0.002);
    expect(found!.idle.value).toBeCloseTo(0.3, 1);
    expect(found!.idle.interval![0]).toBeLessThan(0.3);
    expect(found!.idle.interval![1]).toBeGreaterThan(0.3);
    expect(found!.idle.interval![1] - found!.idle.interval![0]).toBeLessThan(0.1);
  });

  it('explains an OLTP database: least squares on the same readings gives nearly the same demand', () => {
    const rows = readShared('traces/metrics/oracledb_oltp_2min.csv').trim().split('\n');
    const names = rows[0]!.split(',');
    const column = (name: string) => rows.slice(1).map((row) => Number(row.split(',')[names.indexOf(name)]));
    const rate = column('txn_rate');
    const busy = column('cpu_util').map((percent) => (percent / 100) * 4);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [mx, my] = [mean(rate), mean(busy)];
    const least =
      rate.reduce((sum, x, i) => sum + (x - mx) * (busy[i]! - my), 0) / rate.reduce((s, x) => s + (x - mx) ** 2, 0);
    const { perRequest } = serviceDemand(rate, busy).found!;
    expect(perRequest.points).toBe(360);
    expect(Math.abs(perRequest.value / least - 1)).toBeLessThan(0.15);
    expect((perRequest.interval![1] - perRequest.interval![0]) / perRequest.value).toBeLessThan(0.25);
  });

  it('refuses CPU that has nothing to do with the rate', () => {
    const rate = Array.from({ length: 60 }, (_, i) => 10 + (i % 7));
    const { issues } = serviceDemand(
      rate,
      rate.map((_, i) => 2 + noise(1) - 0.001 * i),
    );
    expect(issues[0]).toMatchObject({ code: 'calibration-no-relation', severity: 'error' });
  });
});

describe('start-up delay', () => {
  it('follows each replica from asked for to ready', () => {
    const time = Array.from({ length: 60 }, (_, i) => 5 * i);
    const desired = time.map((t) => (t < 20 ? 2 : t < 100 ? 6 : t < 200 ? 4 : 8));
    const ready = time.map((t) => (t < 50 ? 2 : t < 100 ? 6 : t < 240 ? 4 : 8));
    const { found } = startUpDelay(time, desired, ready);
    expect(found).toMatchObject({ median: { value: 35, interval: [30, 40], points: 8 }, p95: 40, resolution: 5 });
  });

  it('leaves out replicas that were cancelled before they were ready', () => {
    const time = [0, 10, 20, 30, 40, 50, 60, 70];
    const desired = [1, 9, 3, 3, 3, 9, 9, 9];
    const ready = [1, 1, 1, 3, 3, 3, 9, 9];
    // Two of the first eight became ready after 20 s, six later ones after 10 s.
    expect(startUpDelay(time, desired, ready).found).toMatchObject({ median: { value: 10, points: 8 }, p95: 20 });
  });

  it('says when too few can be followed', () => {
    expect(startUpDelay([0, 1], [1, 3], [1, 3]).issues[0]?.message).toContain('Only 2 new replicas');
  });
});

describe('the lag of a metric', () => {
  const demand = Array.from({ length: 240 }, (_, i) => 50 + 20 * Math.sin(i / 9) + 10 * Math.sin(i / 3.1));
  it('is where the two go together best', () => {
    const metric = demand.map((_, i) => 0.4 * (demand[i - 3] ?? NaN) + noise(1));
    const { found } = metricLag(demand, metric, 15, 300);
    expect(found!.value).toBe(45);
    expect(found!.interval![0]).toBeGreaterThan(20);
    expect(found!.interval![1]).toBeLessThan(70);
  });

  it('is not invented', () => {
    const { issues } = metricLag(
      demand,
      demand.map(() => noise(1)),
      15,
      300,
    );
    expect(issues[0]?.code).toBe('calibration-no-relation');
  });
});

describe('latency at low load, and the ceiling', () => {
  // Four slots, 0.2 s each: up to 20/s a replica; an M/M/4-like rise below.
  const load = Array.from({ length: 80 }, (_, i) => 0.25 * (i + 1));
  const latency = load.map((x) => 0.2 + (x >= 19 ? 0.9 : 0.02 * (x / 20) ** 4));
  const served = load.map((x) => Math.min(x, 19.5) + 0.001);

  it('gives the service time', () => {
    expect(lowLoadLatency(load, latency).found!.value).toBeCloseTo(0.2, 3);
  });

  it('gives the requests a replica works on at once', () => {
    const { found } = concurrencyLimit(served, latency, 0.2);
    expect(Math.round(found!.value)).toBe(4);
    expect(found!.interval![0]).toBeGreaterThan(3.5);
    expect(found!.interval![1]).toBeLessThan(4.5);
  });

  it('tells slow requests from a full service', () => {
    const slow = load.map((x, i) => (i % 5 === 0 && x < 10 ? 2 : 0.2));
    expect(concurrencyLimit(load, slow, 0.2).issues[0]?.code).toBe('calibration-no-relation');
  });
});
