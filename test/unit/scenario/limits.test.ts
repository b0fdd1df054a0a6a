import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../../sim-core/index.ts';

const text = (change: { workload?: string; service?: string; replicas?: string; controller?: string }) => `
schema: headroom/v1
name: Limits
horizon: 1h
workload: {${change.workload === undefined ? '' : `arrivals: ${change.workload}, `}sum: [{constant: 20/s}]}
services:
  web:
    serviceTime: {exponential: {mean: 100ms}}
    ${change.service ?? ''}
    replicas: {startup: 10s, ${change.replicas ?? 'initial: 4'}}
policies: [{name: p, controller: ${change.controller ?? '{static: {replicas: 4}}'}}]
`;

const threshold = (interval: string) =>
  `{threshold: {rules: [{metric: cpu, above: 70%, for: 1m, change: +1}], min: 1, max: 10, interval: ${interval}}}`;

const issuesOf = (change: Parameters<typeof text>[0]) =>
  loadScenario(text(change), new Map()).issues.map(({ code, path }) => [code, path.join('.')]);

describe('what cannot finish is refused before it begins, just beyond its limit', () => {
  it('slots of the first replicas', () => {
    const start = (replicas: number) => ({
      service: 'concurrency: 10000',
      controller: `{static: {replicas: ${replicas}}}`,
    });
    expect(issuesOf(start(500))).toEqual([]);
    expect(issuesOf(start(501))).toEqual([['too-many-slots', 'services.web.concurrency']]);
  });

  it('scrapes and evaluations, 50 million of each; nobody scrapes for a fixed number of replicas', () => {
    const scrapes = 'metrics: {scrapeInterval: 70us}';
    expect(issuesOf({ service: scrapes })).toEqual([]);
    expect(issuesOf({ service: scrapes, controller: threshold('15s') })).toEqual([
      ['too-many-ticks', 'services.web.metrics'],
    ]);
    expect(issuesOf({ controller: threshold('73us') })).toEqual([]);
    expect(issuesOf({ controller: threshold('71us') })).toEqual([['too-many-ticks', 'policies.0.controller']]);
    expect(loadScenario(text({ controller: threshold('71us') }), new Map()).issues[0]!.message).toContain(
      'Make it at least 1ms',
    );
  });

  it('crashes expected, each after a life and a start', () => {
    // 4 × 3600 s ÷ (mean time between + 10 s) is at most 1440; without a start it is the time between that counts.
    expect(issuesOf({ replicas: 'initial: 4, crash: {meanTimeBetween: 1us}' })).toEqual([]);
    const atOnce = (between: string) => {
      const crashing = text({ replicas: `initial: 4, crash: {meanTimeBetween: ${between}}` });
      return loadScenario(crashing.replace('startup: 10s', 'startup: 0s'), new Map()).issues.map(({ code }) => code);
    };
    expect(atOnce('7300us')).toEqual([]);
    expect(atOnce('7100us')).toEqual(['too-many-crashes']);
  });

  it('spells that change a thousand million times', () => {
    const mmpp = (time: string) => ({ workload: `{mmpp: {factors: [1, 5], meanTimes: [${time}, 2us]}}` });
    expect(issuesOf(mmpp('6us'))).toEqual([]);
    expect(issuesOf(mmpp('5us'))).toEqual([['workload-too-fine', 'workload.arrivals']]);
    const onOff = (time: string) => ({
      workload: `{selfSimilar: {sources: 100, meanOn: ${time}, meanOff: ${time}}}`,
    });
    expect(issuesOf(onOff('400us'))).toEqual([]);
    expect(issuesOf(onOff('300us'))).toEqual([['workload-too-fine', 'workload.arrivals']]);
  });
});

it('clients without any patience are refused, those with little are not', () => {
  const client = (timeout: string) => issuesOf({ service: `client: {timeout: ${timeout}}` });
  const refused = [['out-of-range', 'services.web.client.timeout']];
  expect(client('0s')).toEqual(refused);
  expect(client('{mixture: [{weight: 1, of: 0s}, {weight: 2, of: {deterministic: {value: 0s}}}]}')).toEqual(refused);
  expect(client('1ms')).toEqual([]);
  expect(client('{mixture: [{weight: 1, of: 0s}, {weight: 2, of: 1s}]}')).toEqual([]);
});
