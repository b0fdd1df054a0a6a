import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importTrace } from '../../../sim-core/trace/import-session.ts';
import type { ImportMapping } from '../../../sim-core/trace/import-session.ts';

const read = (path: string, mapping: ImportMapping = {}) =>
  importTrace(path, new Uint8Array(readFileSync(new URL(`samples/${path}`, import.meta.url))), mapping);
const text = (lines: readonly string[], mapping: ImportMapping = {}) =>
  importTrace('access.log', new TextEncoder().encode(`${lines.join('\n')}\n`), mapping);
const line = (second: number, tail = '') =>
  `10.0.0.1 - - [12/Mar/2026:09:00:0${second} +0000] "GET / HTTP/1.1" 200 5 "-" "-"${tail}`;

describe('access logs', () => {
  it('spreads requests over the second they are written in, the same each time', () => {
    const lines = [0, 0, 0, 0, 1, 3, 3].map((second) => line(second));
    const { series, startEpoch } = text(lines);
    expect(text(lines).series).toEqual(series);
    const seconds = [...series!.time].map((time) => Math.floor(startEpoch + time) % 60);
    expect(seconds).toEqual([0, 0, 0, 0, 1, 3, 3]);
    expect(new Set(series!.time).size).toBe(7);
    // Counted per second nothing is spread.
    expect([...text(lines, { kind: 'rate' }).series!.rate]).toEqual([4, 1, 0, 2]);
  });

  it('moves nginx requests to their start, and leaves those of Apache; either can be told otherwise', () => {
    const nginx = [line(5, ' rt=2.500'), line(6, ' rt=0.000')];
    const gap = (mapping: ImportMapping): number => text(nginx, mapping).series!.time[1]!;
    expect(gap({}) - gap({ loggedAt: 'start' })).toBeCloseTo(2.5, 9);
    expect(read('access-log/apache-common.log').report?.quality.movedToStart).toBe(0);
    expect(read('access-log/apache-common.log', { loggedAt: 'end' }).report?.quality.movedToStart).toBe(4);
    expect([...read('access-log/apache-common.log').series!.serviceTime!]).toContain(0.012_045);
    const told = read('access-log/apache-common.log', { units: { duration: 'ms' } });
    expect([...told.series!.serviceTime!]).toContain(12.045);
  });

  it('takes a fraction of the second as it is written, and spreads nothing then', () => {
    const { series, startEpoch, issues } = read('access-log/apache-frac.log');
    expect(startEpoch + series!.time[0]!).toBeCloseTo(Date.UTC(2026, 9, 10, 20, 55, 36, 123) / 1000, 6);
    const apart = [0, 0.5, 0.878, 3.127];
    expect([...series!.time].map((time) => Math.round(time * 1e6) / 1e6)).toEqual(apart);
    expect(issues).toEqual([]);
    for (const times of [
      ['[10/Oct/2026 13:55:36,123456 -0700]', '[10/Oct/2026 13:55:36,623456 -0700]'],
      ['[2026-10-10T13:55:36.123-07:00]', '[2026-10-10T13:55:36.623-07:00]'],
      ['[1791665736.123]', '[1791665736.623]'],
    ]) {
      const lines = times.map((time) => `10.0.0.1 - - ${time} "GET / HTTP/1.1" 200 5`);
      expect(text(lines).startEpoch, times[0]).toBeCloseTo(startEpoch, 2);
      expect(text(lines).series!.time[1], times[0]).toBeCloseTo(0.5, 9);
    }
  });

  it('finds the duration among the fields of the ingress controller', () => {
    expect(read('access-log/ingress.log').series!.serviceTime!.slice().sort()).toEqual(Float64Array.of(0.007, 5.001));
  });

  it('counts requests that do not say how long they took, where others do', () => {
    const quality = (path: string, mapping: ImportMapping = {}) => read(path, mapping).report?.quality;
    for (const kind of ['timestamps', 'rate'] as const)
      expect(quality('aws-load-balancer-log/application.log', { kind })?.withoutDuration).toBe(1);
    expect(quality('access-log/apache-common.log')?.withoutDuration).toBe(0);
  });

  it('counts what it cannot read, and refuses what is mostly something else', () => {
    const { report, issues } = text([line(0), 'panic: oh dear', line(1)]);
    expect(report).toMatchObject({ rows: 3, used: 2, quality: { malformed: 1, malformedLines: [2] } });
    expect(issues.map(({ code }) => code)).toContain('trace-malformed-row');
    const noise = Array.from({ length: 9 }, (_, i) => `goroutine ${i}`);
    const refused = text([line(0), ...noise], { format: 'access-log' });
    expect(refused.series).toBeUndefined();
    expect(refused.issues.map(({ code }) => code)).toContain('trace-mostly-malformed');
  });
});

describe('access logs as JSON', () => {
  const spread = (name: string, mapping: ImportMapping = {}) => {
    const { series, startEpoch, report } = read(`access-log-json/${name}.json`, mapping);
    const at = [...series!.time].map((time) => Math.round((startEpoch + time) * 1000) / 1000);
    return {
      at,
      took: [...series!.serviceTime!].map((took) => Math.round(took * 1e9) / 1e9),
      moved: report!.quality.movedToStart,
    };
  };
  const noon = Date.UTC(2026, 9, 10, 11, 55, 36) / 1000;

  it('have ends of requests in nginx and Caddy, starts in Envoy and Traefik, each with its unit', () => {
    const { at, took, moved } = spread('nginx');
    expect([took.toSorted((a, b) => a - b), moved]).toEqual([[0.001, 0.012, 2.5], 3]);
    expect(Math.floor(at[0]! + 2.5)).toBe(noon + 1);
    const caddy = 1_791_633_336;
    expect(spread('caddy')).toEqual({ at: [caddy + 0.274, caddy + 0.524], took: [0.25, 0.5], moved: 2 });
    expect(spread('envoy')).toEqual({ at: [noon + 0.12, noon + 0.62], took: [0.015, 0.001], moved: 0 });
    expect(spread('traefik')).toEqual({ at: [noon + 0.12, noon + 0.87], took: [0.01525, 30], moved: 0 });
    expect(spread('envoy', { units: { duration: 'us' } }).took).toEqual([15e-6, 1e-6]);
  });

  it('spread whole seconds only', () => {
    const codes = (name: string) => read(`access-log-json/${name}.json`).issues.map(({ code }) => code);
    expect(codes('nginx')).toContain('trace-coarse-times');
    for (const name of ['caddy', 'envoy', 'traefik']) expect(codes(name)).not.toContain('trace-coarse-times');
  });
});

describe('load generators', () => {
  it('takes blocked and duration from the end of a k6 request', () => {
    const { series, startEpoch } = read('k6-csv/rfc3339.csv');
    expect(startEpoch).toBeCloseTo(Date.UTC(2026, 0, 1, 0, 0, 1, 250) / 1000 - 0.1205 - 0.03025, 6);
    expect([...series!.serviceTime!]).toEqual([0.1205, 0.08]);
    const still = read('k6-csv/rfc3339.csv', { loggedAt: 'start' });
    expect(still.series!.time[1]).toBeCloseTo(0.25, 9);
  });

  it('reads the same from both outputs of JMeter, and each kind of request from Locust', () => {
    const [csv, xml] = [read('jmeter-csv/results.jtl'), read('jmeter-xml/results.xml')];
    expect(xml.series).toEqual(csv.series);
    expect(csv.issues.map(({ code }) => code)).toContain('trace-closed-loop');
    const cart = read('locust/web_stats_history.csv', { series: { Name: '/cart' } });
    expect([...cart.series!.rate]).toEqual([6, 11]);
  });

  it('knows the usual columns of JMeter without their header, and its American dates', () => {
    const { series, report } = read('jmeter-csv/headless.jtl');
    expect([...series!.time].map((time) => Math.round(time * 1000))).toEqual([0, 100, 1100]);
    expect([...series!.serviceTime!]).toEqual([0.25, 0.09, 3]);
    expect(report!.columns.map(({ name, role }) => `${name} ${role}`)).toContain('responseCode errors');
    const dated = ['timeStamp,elapsed,label,success', '01/31/26 10:00:00.5,250,a,true', '01/31/26 10:00:02,90,a,false'];
    expect(text(dated, { timeZone: 'America/New_York' }).startEpoch).toBe(Date.UTC(2026, 0, 31, 15, 0, 0, 500) / 1000);
  });

  it('chooses calls of one service of Alibaba', () => {
    const calls = read('alibaba-calls-2021/calls.csv', { series: { dm: 'ms1', rpctype: 'http' } });
    expect([...calls.series!.time]).toEqual([0, 1.5]);
    expect([...calls.series!.serviceTime!]).toEqual([0.012, 0.03]);
  });
});
