import { describe, expect, it } from 'vitest';
import { createDistribution, loadScenario, parseScenario } from '../../../sim-core/index.ts';
import { withProvenance } from '../../../sim-core/reality/measure.ts';
import { measureFromLog, readRequestDurations } from '../../../sim-core/reality/measure-log.ts';
import type { RecordedReadings } from '../../../sim-core/reality/readings.ts';
import { testRandom } from '../../support/random.ts';

const scenario = `schema: headroom/v1
name: Shop
horizon: 20m
start: 2026-10-01T00:00:00Z
workload: {sum: [{constant: 10/s}]}
services:
  shop:
    serviceTime: {exponential: {mean: 1s}} # a guess
    concurrency: 1
    replicas: {initial: 1, startup: 5s}
policies: [{name: fixed, controller: {static: {replicas: 1}}}]
`;
const { loaded } = loadScenario(scenario, new Map());
const startEpoch = Date.UTC(2026, 9, 1) / 1000;
const random = testRandom(11);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Requests through slots in order of arrival, as Kiefer and Wolfowitz have it: how long each took, waiting included. */
function logOf(slots: number, horizon: number, rateAt: (time: number) => number) {
  const free = new Float64Array(slots);
  const [starts, durations]: [number[], number[]] = [[], []];
  let served = 0;
  for (let time = 0; ;) {
    time -= Math.log(1 - random()) / rateAt(time);
    if (time >= horizon) break;
    const service = 0.1 * Math.exp(0.5 * normal());
    served += service;
    const slot = free.indexOf(Math.min(...free));
    free[slot] = Math.max(free[slot]!, time) + service;
    starts.push(time);
    durations.push(free[slot]! - time);
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value) / values.length;
  return {
    log: { starts: Float64Array.from(starts), durations: Float64Array.from(durations), startEpoch },
    serviceMean: served / starts.length,
    latencyMean: mean(durations),
  };
}

describe('a log of requests', () => {
  it('gives the distribution of the service time, though most requests waited', () => {
    const { log, serviceMean, latencyMean } = logOf(4, 600, (time) => 28 + 8 * Math.sin(time / 40));
    expect(latencyMean).toBeGreaterThan(1.2 * serviceMean);
    const { entries, text } = measureFromLog(scenario, loaded!, log, 'access.log', null);
    expect(entries).toHaveLength(1);
    const [{ method, becomes, points }] = entries as [(typeof entries)[number]];
    expect(method).toMatch(/^lognormal, least AIC of \d+ families; requests that met the fewest others$/);
    expect(points).toBeGreaterThan(log.durations.length / 5);
    expect(JSON.stringify(becomes)).toContain('lognormal');
    const calibrated = parseScenario(
      withProvenance(text, entries, {
        file: '',
        readings: { time: new Float64Array(), bucket: 0 },
        date: '2026-11-21',
      }),
    );
    expect(calibrated.issues).toEqual([]);
    const { mean, variance } = createDistribution(calibrated.scenario!.services['shop']!.serviceTime);
    // e^0.125 and e^0.25 − 1 of the lognormal that was drawn from
    expect(mean / (0.1 * Math.exp(0.125))).toBeCloseTo(1, 1);
    expect(Math.abs(mean / serviceMean - 1)).toBeLessThan(0.04);
    expect(Math.abs(variance / mean ** 2 / (Math.exp(0.25) - 1) - 1)).toBeLessThan(0.15);
    expect(calibrated.scenario!.provenance!['services.shop.serviceTime']).toMatchObject({ source: 'access.log' });
    expect(text).toContain('# a guess');
  });

  it('gives how many requests a replica works on at once, where it was full', () => {
    // Two replicas of three slots each, behind one queue, overloaded from minute 5 to minute 12.
    const { log } = logOf(6, 1200, (time) => (time > 300 && time < 720 ? 58 : 20));
    const time = Float64Array.from({ length: 40 }, (_, row) => row * 30);
    const readings: RecordedReadings = {
      time,
      readAt: time,
      bucket: 30,
      replicas: new Float64Array(40).fill(2),
      counted: 'ready',
      latency: null,
      cpu: null,
      desired: null,
    };
    const { entries } = measureFromLog(scenario, loaded!, log, 'access.log', readings);
    expect(entries.map(({ path, becomes }) => [path.at(-1), path.at(-1) === 'concurrency' ? becomes : 0])).toEqual([
      ['serviceTime', 0],
      ['concurrency', 3],
    ]);
  });

  it('is read with its beginnings where it has them, and as bare durations where not', () => {
    const rows = Array.from({ length: 30 }, (_, i) => `2026-10-01T00:00:${String(i).padStart(2, '0')}Z,${50 + i}`);
    const bytes = (text: string) => new TextEncoder().encode(text);
    const whole = readRequestDurations('log.csv', bytes(`timestamp,duration_ms\n${rows.join('\n')}\n`));
    expect(whole.log!.starts).toHaveLength(30);
    expect(whole.log!.durations[0]).toBeCloseTo(0.05, 12);
    const bare = readRequestDurations(
      'took.csv',
      bytes(`took_ms\n${rows.map((row) => row.split(',')[1]).join('\n')}\n`),
    );
    expect(bare.log!.starts).toBeUndefined();
    expect(bare.log!.durations).toHaveLength(30);
    const { issues } = readRequestDurations('words.csv', bytes('a,b\nx,y\n'));
    expect(issues.some(({ severity }) => severity === 'error')).toBe(true);
  });

  it('is refused where too little is in it', () => {
    const log = { durations: Float64Array.of(0.1, 0.2, 0.3), startEpoch: NaN };
    const { entries, issues, text } = measureFromLog(scenario, loaded!, log, 'short.csv', null);
    expect([entries, text]).toEqual([[], scenario]);
    expect(issues).toMatchObject([{ code: 'fit-too-few', severity: 'error' }]);
  });
});
