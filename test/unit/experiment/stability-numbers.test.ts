import { expect, test } from 'vitest';
import { checkJson, junitXml } from '../../../sim-core/index.ts';
import { compareInline, loadText } from '../../support/run-inline.ts';
import { runToEnd } from '../../support/scenario-file.ts';

const loaded = loadText(`
schema: headroom/v1
name: A step of the load
horizon: 1h
warmup: 10m
replications: 1
workload: {arrivals: deterministic, sum: [{step: {at: 20m, from: 10/s, to: 20/s}}]}
services:
  web:
    serviceTime: 100ms
    replicas: {initial: 2, startup: 45s}
cost: {perReplicaHour: 3.6}
slo: {flaps: {max: 5, per: 30m}}
policies:
  - name: in time
    controller: {scheduled: {replicas: 2, schedule: [{at: 20m, replicas: 6}, {at: 30m, replicas: 4}], interval: 30s}}
  - name: flapping
    controller:
      scheduled:
        replicas: 2
        schedule: [{cron: '*/10 * * * *', replicas: 8}, {cron: '5-55/10 * * * *', replicas: 2}]
        interval: 30s
`);

test.each(['exact', 'fluid'] as const)('the numbers of a whole run, %s', (engine) => {
  const run = (policy: string) =>
    runToEnd({ ...loaded, scenario: { ...loaded.scenario, engine } }, { policy, replication: 0, decisionLog: false })
      .summary;
  // From 2 to 4 by way of 6, which ends ten minutes after the step, and is a flap: 2 replicas for 600 s at 1/1000 a second.
  expect(run('in time')).toMatchObject({ settlingTime: 600, overshoot: 1, oscillationPeriod: NaN, thrashCost: 1.2 });
  const flapping = run('flapping');
  expect(Math.abs(flapping.oscillationPeriod / 600 - 1)).toBeLessThan(0.01);
  expect(flapping.settlingTime).toBe(Infinity);
  expect(flapping.thrashCost).toBeCloseTo((flapping.wastedReplicaSeconds * 3.6) / 3600, 12);
});

test('a flap budget that is spent fails the check like any objective', async () => {
  const comparison = await compareInline(loaded);
  const [steady, flapping] = comparison.policies;
  expect(steady!.slo).toEqual({ met: true, misses: [] });
  expect(steady!.summary.mostFlapsPerPeriod.mean).toBe(1);
  // One every five minutes.
  const miss = 'Up to 6 flaps fell within 30 min; the budget is 5.';
  expect(flapping!.slo).toEqual({ met: false, misses: [miss] });
  expect(JSON.stringify(checkJson(comparison))).toContain(miss);
  expect(junitXml(comparison, { timestamp: '2026-01-01T00:00:00Z', seconds: 1 })).toContain(
    `<failure message="${miss}"`,
  );
});
