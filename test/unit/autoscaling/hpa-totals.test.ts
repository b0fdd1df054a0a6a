import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRun, loadScenario } from '../../../sim-core/index.ts';
import type { PodSeen } from '../../../sim-core/autoscaling/contract.ts';
import { propose } from '../../../sim-core/autoscaling/hpa/propose.ts';
import { Observer } from '../../../sim-core/autoscaling/observation.ts';
import { SeenTarget, readingOf } from '../../../sim-core/autoscaling/hpa/readings.ts';
import type { Sample } from '../../../sim-core/autoscaling/hpa/pod.ts';
import type { HpaMetric } from '../../../sim-core/autoscaling/hpa/spec.ts';
import { scrape } from './scrape.ts';
import { seen } from './seen.ts';

const settings = {
  tolerance: { down: 0.1, up: 0.1 },
  downscaleStabilization: 300,
  cpuInitializationPeriod: 300,
  initialReadinessDelay: 30,
  scaleToZero: false,
};
const now = 1000;

const podSeen = fc.record({
  phase: fc.constant('running' as const),
  terminating: fc.constant(false),
  ready: fc.integer({ min: 0, max: 19 }).map((n) => n > 0),
  startTime: fc.integer({ min: 0, max: 990 }),
  readyTransition: fc.integer({ min: 0, max: 990 }),
  cpuMilli: fc.double({ min: 0, max: 4000, noNaN: true }),
});

test('pods added up propose what pods looked at one by one propose', () => {
  let added = 0;
  fc.assert(
    fc.property(
      fc.array(podSeen, { maxLength: 30 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 150 }),
      fc.constantFrom(1000, 250, 333.3),
      (drawn, current, percent, cpuRequestMilli) => {
        const pods: PodSeen[] = drawn.map((pod, id) => ({ ...pod, id, sampleTime: 995, sampleWindow: 30 }));
        const observed = seen(now, current, NaN, {}, { pods });
        const metric: HpaMetric = {
          label: 'CPU',
          type: 'Resource',
          resource: 'cpu',
          container: null,
          target: { type: 'Utilization', value: percent },
        };
        const target = new SeenTarget(observed, cpuRequestMilli);
        const reading = readingOf(metric, observed, { cpuRequestMilli, readiness: settings });
        if ('totals' in reading) added++;
        const samples = new Map<number, Sample>();
        for (const { id, cpuMilli } of pods)
          samples.set(id, { value: Math.ceil(Math.round(cpuMilli * 1e6) / 1e6), time: 995, window: 30 });
        expect(propose(metric, reading, target, settings, now)).toEqual(
          propose(metric, { samples }, target, settings, now),
        );
      },
    ),
    { seed: 5, numRuns: 400 },
  );
  expect(added).toBeGreaterThan(50);
});

const replica = fc.record({
  phase: fc.integer({ min: 0, max: 39 }).map((n) => (n > 0 ? ('ready' as const) : ('draining' as const))),
  startedAt: fc.constantFrom(-Infinity, 100, 690, 710, 900),
  startup: fc.constantFrom(0, 30, 80),
  used: fc.double({ min: 0, max: 60, noNaN: true }),
});

test('CPU times of a list that stays read as the same pods do one by one', () => {
  let steady = 0;
  fc.assert(
    fc.property(fc.array(replica, { minLength: 1, maxLength: 12 }), fc.constantFrom(0, 15, 30), (drawn, delay) => {
      const observer = new Observer({ scrapeInterval: 15, window: 30, delay }, { cpuRequestMilli: 250 });
      const replicas = drawn.map(({ phase, startedAt, startup }, id) => {
        return { id, phase, createdAt: startedAt, startedAt, readyAt: startedAt + startup };
      });
      for (let time = 985 - 60; time <= now; time += 15) {
        const cpuTime = drawn.map(({ used }) => (used * (time - 900)) / 60);
        observer.add({ ...scrape(time), replicas, cpuTime });
      }
      const observed = observer.observe(now, drawn.length);
      const { pods } = observed;
      if (observed.steadyPods() !== undefined) steady++;
      const metric: HpaMetric = {
        label: 'CPU',
        type: 'Resource',
        resource: 'cpu',
        container: null,
        target: { type: 'Utilization', value: 70 },
      };
      const read = { cpuRequestMilli: 250, readiness: settings };
      expect(readingOf(metric, observed, read)).toEqual(readingOf(metric, seen(now, 1, NaN, {}, { pods }), read));
      const measured = pods.filter(({ ready, cpuMilli }) => ready && !Number.isNaN(cpuMilli));
      const used = measured.reduce((sum, { cpuMilli }) => sum + cpuMilli, 0);
      expect(observed.cpuUtilisation).toBe(measured.length === 0 ? NaN : used / (measured.length * 250));
    }),
    { seed: 11, numRuns: 200 },
  );
  expect(steady).toBeGreaterThan(50);
});

test.each(['', '\n        behavior: {scaleUp: {policies: [{type: Pods, value: 2, periodSeconds: 60}]}}'])(
  'a run scales alike whether its decisions are put into words or not%s',
  (behavior) => {
    const { loaded, issues } = loadScenario(
      `
schema: headroom/v1
name: Up and down
horizon: 2h
seed: 3
workload: {sum: [{sinusoid: {mean: 100/s, amplitude: 60/s, period: 1h}}]}
services:
  web:
    serviceTime: {lognormal: {mean: 80ms, scv: 1}}
    replicas: {initial: 8, startup: 30s}
policies:
  - name: hpa
    controller:
      hpa:
        minReplicas: 2
        maxReplicas: 40
        metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}}]${behavior}
`,
      new Map(),
    );
    expect(issues).toEqual([]);
    const runs = [true, false].map((decisionLog) => {
      const run = createRun(loaded!, { policy: 'hpa', replication: 0, decisionLog });
      while (!run.advance(100_000).done);
      return run.result();
    });
    expect(new Set(runs[0]!.columns.desired).size).toBeGreaterThan(3);
    expect(runs[1]!.columns).toEqual(runs[0]!.columns);
    expect(
      runs[0]!.decisions.every(({ reason, stages }) => reason !== '' && stages.every((s) => s.detail !== '')),
    ).toBe(true);
    expect(runs[1]!.decisions).toEqual([]);
  },
);
