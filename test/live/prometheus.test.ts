import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importTrace } from '../../sim-core/index.ts';
import { createBench } from '../support/command-line.ts';
import { startPrometheus } from '../support/prometheus-server.ts';
import type { PrometheusServer } from '../support/prometheus-server.ts';

/** Two days of a service, a sample a minute, an hour of which is missing. */
const start = Date.UTC(2026, 0, 5) / 1000;
const minutes = 2 * 1440;
const requestsAt = (minute: number) => 100 + (minute % 60);
const replicasAt = (minute: number) => (minute % 1440 < 720 ? 4 : 8);
const missing = (minute: number) => minute >= 600 && minute < 660;

function past(): string {
  const samples = (name: string, valueAt: (minute: number) => number) =>
    Array.from({ length: minutes }, (_, minute) =>
      missing(minute) ? '' : `${name}{service="checkout"} ${valueAt(minute)} ${start + minute * 60}\n`,
    ).join('');
  return `# TYPE shop_requests gauge\n${samples('shop_requests', requestsAt)}# TYPE shop_replicas gauge\n${samples('shop_replicas', replicasAt)}# EOF\n`;
}

let server: PrometheusServer;
const bench = createBench();
beforeAll(async () => {
  // So little may be loaded at once that the range has to be asked for in ever smaller pieces.
  server = await startPrometheus(past(), ['--query.max-samples=1500']);
});
afterAll(async () => {
  bench.remove();
  await server?.stop();
});

const range = '--from 2026-01-05T00:00:00Z --to 2026-01-06T23:59:00Z --out live.json';

describe('headroom fetch from a real Prometheus', () => {
  it('records the whole range, gaps as gaps, ready to be replayed', async () => {
    const { exitCode, stdout, stderr } = await bench.run(
      `fetch ${server.address} -q requests_per_second=shop_requests -q ready_replicas=shop_replicas --step 60s ${range}`,
    );
    expect({ exitCode, errors: /error/.test(stderr) }).toEqual({ exitCode: 0, errors: false });
    expect(stdout).toMatch(/written to live\.json/);
    const { series, recorded } = importTrace('live.json', readFileSync(join(bench.folder, 'live.json')));
    expect(series?.startEpoch).toBe(start);
    // A sample stands for five minutes in Prometheus, so that much of the hour is bridged.
    const rate = new Map(Array.from(series!.time, (time, row) => [time / 60, series!.rate[row]!]));
    for (const minute of [0, 1, 59, 60, 599, 660, 1441, minutes - 1]) expect(rate.get(minute)).toBe(requestsAt(minute));
    for (const minute of [606, 630, 655]) expect(rate.get(minute) ?? NaN).toBeNaN();
    const replicas = recorded.find(({ role }) => role === 'replicas');
    expect(replicas?.values[1]).toBe(4);
    expect(replicas?.values.at(-1)).toBe(8);
  });

  it('is imported in a scenario', async () => {
    bench.write(
      'replay.yaml',
      `schema: headroom/v1
name: Replay
horizon: 1h
replications: 1
workload: {sum: [{trace: {file: live.json, column: 'requests_per_second{service="checkout"}'}}]}
services: {checkout: {serviceTime: 20ms, replicas: {initial: 8, startup: 30s}}}
policies: [{name: fixed, controller: {static: {replicas: 8}}}]
`,
    );
    const { exitCode, stdout, stderr } = await bench.run('run replay.yaml -o json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.not.stringMatching(/error/) as string });
    const { policies } = JSON.parse(stdout) as { policies: { summary: { arrivals: { mean: number } } }[] };
    const expected = Array.from({ length: 60 }, (_, minute) => requestsAt(minute) * 60).reduce((a, b) => a + b);
    expect(Math.abs(policies[0]!.summary.arrivals.mean / expected - 1)).toBeLessThan(0.01);
  });

  it.each([
    ['-q shop_requests{', /Prometheus answered bad_data: .*parse error/],
    ['-q nobody_knows_this', /nobody_knows_this matched nothing/],
    ['-q shop_requests --header nonsense', /Write it as Name: value/],
  ])('%s: says so in its words', async (words, message) => {
    const { exitCode, stderr } = await bench.run(`fetch ${server.address} ${words} ${range.replace('live', 'other')}`);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('says when nobody listens, and when it is not Prometheus', async () => {
    const nobody = await bench.run(`fetch http://127.0.0.1:9 -q up ${range}`);
    expect(nobody.stderr).toMatch(/No answer comes from http:\/\/127\.0\.0\.1:9 \(.+\)\. Is it running/);
    const page = await bench.run(`fetch ${server.address}/graph -q up ${range}`);
    expect(page.stderr).toMatch(/Name the address of Prometheus itself/);
    expect([nobody.exitCode, page.exitCode]).toEqual([2, 2]);
  });

  it('is interrupted at once, and writes nothing', async () => {
    const { exitCode, stderr } = await bench.run(
      `fetch ${server.address} -q shop_requests ${range.replace('live', 'never')}`,
      { interrupt: (stop) => stop() },
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: 'interrupted\n' });
    expect(() => readFileSync(join(bench.folder, 'never.json'))).toThrow(/ENOENT/);
  });
});
