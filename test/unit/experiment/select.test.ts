import { describe, expect, it } from 'vitest';
import { createRun, createSelection, runRounds, type SelectionOptions } from '../../../sim-core/index.ts';
import { loadText } from '../../support/run-inline.ts';

const scenario = (antithetic = false) => `schema: headroom/v1
name: Which is cheapest
horizon: 10m
antithetic: ${antithetic}
workload: {sum: [{constant: {rate: 16/s}}]}
services:
  web:
    serviceTime: {exponential: {mean: 100ms}}
    queue: {capacity: 40}
    replicas: {initial: 2, startup: 10s}
policies:
  - {name: two, controller: {static: {replicas: 2}}}
  - {name: three, controller: {static: {replicas: 3}}}
  - {name: four, controller: {static: {replicas: 4}}}
  - {name: again, controller: {static: {replicas: 4}}}
`;

async function select(options: Partial<SelectionOptions>, parallel = 1, antithetic = false, more = '') {
  const loaded = loadText(scenario(antithetic) + more);
  const selection = createSelection(loaded, {
    policies: ['two', 'three', 'four'],
    metric: 'latencyP95',
    probability: 0.95,
    indifference: { amount: 0.02 },
    firstStage: 5,
    most: 60,
    ...options,
  });
  let runs = 0;
  await runRounds(selection, {
    parallel,
    execute: async (job) => {
      for (let wait = (runs++ * 7) % 5; wait > 0; wait--) await Promise.resolve();
      const run = createRun(loaded, job);
      while (!run.advance(1e6).done);
      return run.result();
    },
  });
  return { result: selection.result(), runs };
}

describe('selection of the best policy', () => {
  it('finds it, and stops simulating those that are far behind', async () => {
    const { result, runs } = await select({});
    expect(result.best).toBe('four');
    expect(result.policies.map(({ policy }) => policy)).toEqual(['four', 'three', 'two']);
    const [best, ...others] = result.policies;
    expect(best!.eliminatedAfter).toBeNull();
    for (const { eliminatedAfter, observations } of others) expect(observations).toBe(eliminatedAfter);
    expect(runs).toBeLessThan(3 * 30);
    // More availability is better, and more replicas give it.
    const reversed = await select({ metric: 'availability', indifference: { amount: 0.001 } });
    expect(reversed.result.policies.at(-1)!.policy).toBe('two');
    expect((await select({ metric: 'replicasMean', indifference: { amount: 0.5 } })).result.best).toBe('two');
  });

  it('does not depend on how many runs are under way at once', async () => {
    expect((await select({}, 6)).result).toEqual((await select({}, 1)).result);
  });

  it('takes a share of the best after the first stage', async () => {
    const { result } = await select({ indifference: { share: 0.1 } });
    expect(result.indifference).toBeGreaterThan(0.02);
    expect(result.indifference).toBeLessThan(0.04);
  });

  it('ends undecided between two that are the same', async () => {
    const { result } = await select({ policies: ['two', 'four', 'again'], most: 12 });
    expect(result.best).toBeNull();
    expect(result.policies.map(({ eliminatedAfter }) => eliminatedAfter)).toEqual([null, null, expect.any(Number)]);
    expect(result.policies[0]!.observations).toBe(12);
  });

  it('selects the cheapest of those that keep the objectives, and none where none does', async () => {
    const objectives = { metric: 'replicasMean', objectiveTolerance: 0.5, indifference: { amount: 0.5 } } as const;
    const { result } = await select(objectives, 1, false, 'slo: {p95: 400ms, window: 1m, attainment: 80%}\n');
    expect(result.best).toBe('three');
    expect(result.objectives).toEqual([
      { name: 'sloAttainment', limit: 0.8, tolerance: expect.closeTo(0.1, 12) as number },
    ]);
    expect(result.policies.map(({ policy, keepsObjectives }) => [policy, keepsObjectives])).toEqual([
      ['three', true],
      ['four', true],
      ['two', false],
    ]);
    const none = await select(objectives, 1, false, 'slo: {p95: 1ms, window: 1m, attainment: 90%}\n');
    expect(none.result.best).toBeNull();
    expect(none.result.policies.map(({ keepsObjectives }) => keepsObjectives)).toEqual([false, false, false]);
    expect(none.runs).toBe(3 * 5);
  });

  it('counts pairs of antithetic replications as one observation', async () => {
    const { result, runs } = await select({ policies: ['two', 'four'] }, 3, true);
    expect(result.best).toBe('four');
    expect(runs).toBe(2 * 2 * 5);
    expect(result.policies[0]!.observations).toBe(5);
  });
});
