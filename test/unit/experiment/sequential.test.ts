import { describe, expect, it } from 'vitest';
import { estimateMean } from '../../../sim-core/statistics/interval.ts';
import { compareInline, loadText } from '../../support/run-inline.ts';

const scenario = (replications: string) => `schema: headroom/v1
name: Until precise
horizon: 10m
replications: ${replications}
workload: {sum: [{constant: {rate: 16/s}}]}
services:
  web:
    serviceTime: {exponential: {mean: 100ms}}
    replicas: {initial: 2, startup: 10s}
policies:
  - {name: two, controller: {static: {replicas: 2}}}
  - {name: three, controller: {static: {replicas: 3}}}
`;

describe('replications until a precision', () => {
  const until = '{until: {metric: latencyP95, halfWidth: 8%}, min: 4, max: 60}';

  it('end at the first number that satisfies every policy, and give what that number gives', async () => {
    const comparison = await compareInline(loadText(scenario(until)));
    const { stopping, replications } = comparison;
    expect(stopping).toMatchObject({ metric: 'latencyP95', target: { share: 0.08 }, reached: true });
    expect(replications).toBeGreaterThan(5);
    const precise = (n: number) =>
      comparison.policies.every((policy) => {
        const values = policy.replications.slice(0, n).map(({ latencyP95 }) => latencyP95);
        const { mean, halfWidth } = estimateMean(values);
        return halfWidth <= 0.08 * mean;
      });
    expect(Array.from({ length: replications + 1 }, (_, n) => n).filter((n) => n >= 4 && precise(n))[0]).toBe(
      replications,
    );
    const fixed = await compareInline(loadText(scenario(String(replications))));
    expect({ ...comparison, stopping: undefined }).toEqual({ ...fixed, stopping: undefined });
  });

  it('do not depend on how many runs are under way at once', async () => {
    const loaded = loadText(scenario(until));
    const one = await compareInline(loaded, 1);
    expect(await compareInline(loaded, 7)).toEqual(one);
  });

  it('end at the most there may be, and say that the precision was not reached', async () => {
    const { stopping, replications } = await compareInline(
      loadText(scenario('{until: {metric: latencyMean, halfWidth: 10us}, min: 2, max: 5}')),
    );
    expect(replications).toBe(5);
    expect(stopping).toMatchObject({ reached: false, policy: 'two', allowed: 1e-5 });
    expect(stopping!.halfWidth).toBeGreaterThan(1e-5);
  });

  it('end at once where nothing varies', async () => {
    const { stopping, replications } = await compareInline(
      loadText(scenario('{until: {metric: replicasMean, halfWidth: 1%}, min: 3}')),
    );
    expect(replications).toBe(3);
    expect(stopping).toMatchObject({ reached: true, halfWidth: 0 });
  });
});
