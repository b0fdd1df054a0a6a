import { describe, expect, it } from 'vitest';
import { vonNeumannTest } from '../../../sim-core/statistics/batch-means.ts';
import { compareInline, loadText } from '../../support/run-inline.ts';

const mm1 = (changes: { horizon?: string; workload?: string; policies?: string } = {}) => `schema: headroom/v1
name: One long run
horizon: ${changes.horizon ?? '5h'}
warmup: 10m
replications: 1
workload: ${changes.workload ?? '{sum: [{constant: {rate: 6/s}}]}'}
services:
  web:
    serviceTime: {exponential: {mean: 100ms}}
    replicas: {initial: 1, startup: 0s}
policies:
  - {name: one, controller: {static: {replicas: 1}}}
${changes.policies ?? ''}`;

describe('one long run of a steady service', () => {
  it('has intervals by batches that hold the theory, for means and for quantiles', async () => {
    const { policies } = await compareInline(loadText(mm1()));
    const { summary, batches } = policies[0]!;
    // 290 minutes after the warm-up in rows of a quarter of a minute or a whole one: twenty batches.
    expect(batches!.count).toBe(20);
    expect(batches!.length).toBeGreaterThan(800);
    expect(batches!.length).toBeLessThanOrEqual((290 * 60) / 20);
    // M/M/1, μ − λ = 4/s: the sojourn time is exponential of mean 250 ms.
    const theory = {
      latencyMean: 0.25,
      latencyP50: 0.25 * Math.LN2,
      latencyP95: 0.25 * Math.log(20),
      latencyP99: 0.25 * Math.log(100),
      waitingTimeMean: 0.15,
      delayProbability: 0.6,
      queueLengthMean: 0.9,
      utilisation: 0.6,
    };
    for (const [name, exact] of Object.entries(theory) as [keyof typeof theory, number][]) {
      if (batches!.dependent.includes(name)) continue;
      const { mean, halfWidth } = summary[name];
      expect(Math.abs(mean - exact), name).toBeLessThan(1.5 * halfWidth);
      expect(halfWidth / exact, name).toBeLessThan(0.06);
    }
    expect(batches!.dependent.length).toBeLessThan(3);
    expect(summary.replicasMean.mean).toBe(1);
    expect(summary.replicasMean.halfWidth).toBeLessThan(1e-12);
    expect(summary.cost.halfWidth).toBeNaN();
  });

  it('has batches that add up to the run', async () => {
    const { policies } = await compareInline(loadText(mm1()));
    const { summary, batches } = policies[0]!.example;
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    // Batches of equal length: of time averages the mean is that of the run, but for the rows before the first batch.
    for (const name of [
      'queueLengthMean',
      'utilisation',
      'latencyMean',
      'waitingTimeMean',
      'delayProbability',
    ] as const)
      expect(Math.abs(mean(batches!.values[name]!) / summary[name] - 1), name).toBeLessThan(0.02);
    expect(vonNeumannTest(batches!.values.latencyMean!).pValue).toBeGreaterThan(0.01);
  });

  it('pairs the batches of two policies, whose difference is then surer than either', async () => {
    const policies = '  - {name: two, controller: {static: {replicas: 2}}}\n';
    const comparison = await compareInline(loadText(mm1({ policies })));
    const [one, two] = comparison.policies;
    const { mean, halfWidth } = two!.differenceToBaseline!.latencyMean;
    expect(mean).toBeLessThan(-halfWidth);
    expect(mean).toBeCloseTo(two!.summary.latencyMean.mean - one!.summary.latencyMean.mean, 12);
    expect(halfWidth).toBeGreaterThan(0);
  });

  it.each([
    ['a rate that changes over time', { workload: '{sum: [{sinusoid: {mean: 5/s, amplitude: 2/s, period: 1h}}]}' }],
    ['a short run', { horizon: '15m' }],
  ])('has none with %s', async (_, changes) => {
    const { policies } = await compareInline(loadText(mm1(changes)));
    expect(policies[0]!.batches).toBeUndefined();
    expect(policies[0]!.summary.latencyMean.halfWidth).toBeNaN();
  });
});
