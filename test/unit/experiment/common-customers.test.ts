import { beforeAll, describe, expect, it } from 'vitest';
import { estimateMean } from '../../../sim-core/statistics/interval.ts';
import type { Comparison } from '../../../sim-core/index.ts';
import { compareInline, loadText } from '../../support/run-inline.ts';

const scenario = `schema: headroom/v1
name: Common customers
horizon: 20m
seed: 1
replications: 30
workload: {sum: [{constant: {rate: 16/s}}]}
services:
  web:
    serviceTime: {exponential: {mean: 100ms}}
    replicas: {initial: 2, startup: 10s}
policies:
  - {name: two, controller: {static: {replicas: 2}}}
  - {name: three, controller: {static: {replicas: 3}}}
`;

let comparison: Comparison;
beforeAll(async () => {
  comparison = await compareInline(loadText(scenario));
});

describe('two policies on the same customers', () => {
  it.each(['latencyMean', 'latencyP95', 'latencyP99'] as const)('are surer of a difference in %s', (metric) => {
    const [two, three] = comparison.policies.map(({ replications }) => replications.map((run) => run[metric]));
    const paired = comparison.policies[1]!.differenceToBaseline![metric];
    expect(paired).toEqual(estimateMean(three!.map((value, k) => value - two![k]!)));
    // The same runs, each beside customers it did not meet.
    const apart = [1, 7, 13].map((shift) => estimateMean(three!.map((value, k) => value - two![(k + shift) % 30]!)));
    for (const { halfWidth } of apart) expect(paired.halfWidth).toBeLessThan(halfWidth);
    expect(paired.mean).toBeLessThan(-paired.halfWidth);
  });

  it('have the difference that theory says', () => {
    // Erlang C at a = 1.6: mean waits of 177.778 ms with two servers and 19.557 ms with three.
    const { mean, halfWidth } = comparison.policies[1]!.differenceToBaseline!.latencyMean;
    expect(Math.abs(mean - (0.0195569 - 0.1777778))).toBeLessThan(halfWidth);
    expect(halfWidth).toBeLessThan(0.01);
  });
});
