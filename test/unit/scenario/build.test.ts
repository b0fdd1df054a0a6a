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

/** Codes of what is wrong with the scenario once lines are put into its service and at its top. */
function issuesOf(inService: string, atTop = ''): string[] {
  const changed = text.replace('    replicas:', `${inService}    replicas:`).replace('horizon:', `${atTop}horizon:`);
  return loadScenario(changed, new Map()).issues.map(({ code }) => code);
}

describe('settings that go together', () => {
  it('processors belong to processor sharing', () => {
    expect(issuesOf('    processors: 2\n')).toEqual(['contradictory-keys']);
    expect(issuesOf('    processors: 2\n    discipline: processor-sharing\n')).toEqual([]);
  });

  it('the fluid engine refuses what it does not know', () => {
    expect(issuesOf('', 'engine: fluid\n')).toEqual([]);
    expect(issuesOf('    routing: random\n', 'engine: fluid\n')).toEqual(['fluid-unsupported']);
  });

  it('more requests than can be simulated are refused, and the fluid engine takes them', () => {
    const flood = (top: string) =>
      loadScenario(text.replace('rate: 20/s', 'rate: 10000000/s').replace('horizon:', `${top}horizon:`), new Map());
    expect(
      flood('engine: exact\n').issues.map(({ code, message }) => [code, message.includes('engine: fluid')]),
    ).toEqual([['too-many-requests', true]]);
    expect(flood('engine: fluid\n').issues).toEqual([]);
    expect(flood('').loaded!.scenario.engine).toBe('fluid');
  });
});

describe('the fluid engine', () => {
  it('gives nearly the same mean replicas and no chance', () => {
    const fluid = { ...loaded, scenario: { ...loaded.scenario, engine: 'fluid' as const } };
    const going = createRun(fluid, { policy: 'static', replication: 0, decisionLog: false });
    while (!going.advance(1000).done);
    const { columns, summary } = going.result();
    expect(summary.replicasMean).toBe(5);
    expect(columns.arrivals[10]).toBeCloseTo(20 * fluid.scenario.slo.window * 0.25, 6);
    expect(summary.utilisation).toBeCloseTo((20 * 0.1) / 5, 2);
  });
});
