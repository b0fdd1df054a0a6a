import { describe, expect, it } from 'vitest';
import { createRun } from '../../../sim-core/index.ts';
import { mser5 } from '../../../sim-core/statistics/mser.ts';
import { compareInline, loadText } from '../../support/run-inline.ts';

const scenario = (changes: { warmup?: string; workload?: string; interval?: string } = {}) => `schema: headroom/v1
name: From empty
horizon: 2h
warmup: ${changes.warmup ?? 'auto'}
recordingInterval: ${changes.interval ?? '20s'}
slo: {window: ${changes.interval ?? '20s'}}
replications: 2
workload: ${changes.workload ?? '{sum: [{constant: {rate: 5/s}}]}'}
services:
  web:
    serviceTime: {exponential: {mean: 1m}}
    replicas: {initial: 400, startup: 0s}
policies:
  - {name: large, controller: {static: {replicas: 400}}}
  - {name: larger, controller: {static: {replicas: 420}}}
`;

describe('warmup: auto', () => {
  it('is MSER-5 on the number in system, mean of five runs of the baseline, and one for all policies', async () => {
    const loaded = loadText(scenario());
    const comparison = await compareInline(loaded, 3);
    const { warmup } = comparison;
    const runs = [0, 1, 2, 3, 4].map((replication) => {
      const run = createRun(loaded, { policy: 'large', replication, decisionLog: false });
      while (!run.advance(1e6).done);
      return run.result().columns;
    });
    const series = runs[0]!.time.map((_, row) =>
      runs.reduce((sum, run) => sum + (run.queueLengthMean[row]! + run.inServiceMean[row]!) / 5, 0),
    );
    expect(warmup).toMatchObject({ determined: true, policy: 'large', replications: 5, rows: 360 });
    expect(warmup!.seconds).toBe(20 * mser5(series).observations!);
    // From empty, the mean number is 300 (1 − exp(−t ÷ 1 min)): what is missing falls below its standard deviation over
    // five runs, √(300 ÷ 5), after 3.7 minutes.
    expect(warmup!.seconds).toBeGreaterThanOrEqual(180);
    expect(warmup!.seconds).toBeLessThanOrEqual(900);
    const stated = await compareInline(loadText(scenario({ warmup: `${warmup!.seconds}s` })));
    expect(comparison.policies).toEqual(stated.policies);
    expect(stated.warmup).toBeUndefined();
  });

  it('leaves nothing out where the rate changes over time, and says why', async () => {
    const workload = '{sum: [{sinusoid: {mean: 3/s, amplitude: 1/s, period: 10m}}]}';
    const { warmup, policies } = await compareInline(loadText(scenario({ workload })));
    expect(warmup).toMatchObject({ seconds: 0, determined: false, replications: 0 });
    expect(warmup!.reason).toMatch(/no steady state/);
    expect(policies).toEqual((await compareInline(loadText(scenario({ workload, warmup: '0s' })))).policies);
  });

  it('leaves nothing out with too few rows', async () => {
    const { warmup } = await compareInline(loadText(scenario({ interval: '4m' })));
    expect(warmup).toMatchObject({ seconds: 0, determined: false, rows: 30 });
    expect(warmup!.reason).toMatch(/too few/);
  });
});
