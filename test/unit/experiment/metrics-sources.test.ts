import { expect, test } from 'vitest';
import { loadText } from '../../support/run-inline.ts';
import { runToEnd } from '../../support/scenario-file.ts';

const withMetrics = (metrics: string) =>
  loadText(`
schema: headroom/v1
name: Observed
horizon: 40m
replications: 1
workload: {sum: [{sinusoid: {mean: 40/s, amplitude: 0.5, period: 20m}}]}
services:
  web:
    serviceTime: {exponential: {mean: 100ms}}
    replicas: {initial: 6, startup: 30s}
    metrics: ${metrics}
policies:
  - {name: hpa, controller: {hpa: {minReplicas: 2, maxReplicas: 30}}}
`);
const run = (metrics: string) => runToEnd(withMetrics(metrics), { policy: 'hpa', replication: 0, decisionLog: true });

test('a source that is stated or not, in words or in numbers, is the same pipeline', () => {
  const { decisions } = run('{}');
  expect(decisions.length).toBeGreaterThan(100);
  expect(run('{source: metrics-server}').decisions).toEqual(decisions);
  expect(run('{scrapeInterval: 15s, window: 30s, delay: 0s, missing: 0}').decisions).toEqual(decisions);
});

test('the HPA acts on whole minutes that are a minute old', () => {
  const { decisions } = run('{source: cloudwatch}');
  const seen = decisions.filter(({ time }) => time >= 300).map(({ observed }) => JSON.stringify(observed));
  // Four evaluations a minute look at the same period while the pods stay the same.
  expect(new Set(seen).size).toBeLessThan(seen.length / 2);
});

test('missing samples change what is decided, not who comes', () => {
  const [whole, holes] = [run('{}'), run('{missing: 30%}')];
  expect(holes.summary.arrivals).toBe(whole.summary.arrivals);
  expect(holes.decisions).not.toEqual(whole.decisions);
  expect(run('{missing: 30%}').decisions).toEqual(holes.decisions);
});
