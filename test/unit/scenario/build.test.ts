import { describe, expect, it } from 'vitest';
import { createRun, loadScenario, type Job } from '../../../sim-core/index.ts';

const text = `
schema: headroom/v1
name: Small
horizon: 10m
seed: 1
workload: {sum: [{constant: {rate: 20/s}}]}
services:
  web:
    serviceTime: {exponential: {mean: 100ms}}
    replicas: {initial: 3, startup: 30s}
slo: {p95: 500ms}
policies:
  - name: static
    controller: {static: {replicas: 5}}
  - name: hpa
    controller:
      hpa: {minReplicas: 2, maxReplicas: 9, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]}
`;

const loaded = loadScenario(text, new Map()).loaded!;

function run(job: Partial<Job>, slice = 1000) {
  const going = createRun(loaded, { policy: 'hpa', replication: 0, decisionLog: false, ...job });
  while (!going.advance(slice).done);
  return going.result();
}

describe('a run wired from a scenario', () => {
  it('starts a static policy at its own count, others at what the service states', () => {
    expect(run({ policy: 'static' }).columns.ready[0]).toBe(5);
    expect(run({ policy: 'static' }).summary.scalingEvents).toBe(0);
    expect(run({}).columns.desired[0]).toBe(3);
  });

  it('is the same for every slice size, with and without the decision log', () => {
    const whole = run({}, Infinity);
    for (const other of [run({}, 1), run({}, 777), run({ decisionLog: true })]) {
      expect(other.columns).toEqual(whole.columns);
      expect(other.summary).toEqual(whole.summary);
    }
    expect(run({ decisionLog: true }).decisions.length).toBe(39);
    expect(whole.decisions).toEqual([]);
  });

  it('gives all policies of a replication the same customers, and other replications other ones', () => {
    const hpa = run({});
    const fixed = run({ policy: 'static' });
    expect(hpa.columns.desired).not.toEqual(fixed.columns.desired);
    expect(hpa.columns.arrivals).toEqual(fixed.columns.arrivals);
    expect(run({ replication: 1 }).columns.arrivals).not.toEqual(hpa.columns.arrivals);
  });
});
