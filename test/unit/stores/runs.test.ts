import { describe, expect, it, vi } from 'vitest';
import { createRun, loadScenario, runComparison } from '../../../sim-core/index.ts';
import { createRuns, remainingMilliseconds } from '../../../renderer/stores/runs.ts';
import { compareInline, loadText } from '../../support/run-inline.ts';
import { smallScenario } from '../../support/small-scenario.ts';
import { steppedClient } from '../../support/stepped-client.ts';

function bench() {
  let time = 0;
  const stepped = steppedClient();
  // Previews have their own tests; here none ever finishes.
  const previews = steppedClient();
  previews.allow(0);
  const runs = createRuns({
    client: stepped.client,
    previewClient: previews.client,
    traceFiles: () => Promise.resolve({ files: new Map(), identity: '' }),
    now: () => (time += 1000),
    notice: () => {},
  });
  const start = (text: string) => runs.start({ documentId: 'a', fileName: 'a.yaml', text });
  return { ...stepped, runs, start };
}

describe('runs', () => {
  it('ends in the comparison that the core gives when asked directly', async () => {
    const { runs, start } = bench();
    expect(await start(smallScenario)).toEqual({ status: 'done' });
    const { loaded } = loadScenario(smallScenario, new Map());
    const direct = await runComparison(loaded!, {
      parallel: 1,
      execute: async (job) => {
        const run = createRun(loaded!, job);
        while (!run.advance(100).done);
        return run.result();
      },
    });
    const { shown, history, activity } = runs.store.getState();
    expect(shown?.comparison).toEqual(direct);
    expect(shown?.complete).toBe(true);
    expect(history).toHaveLength(1);
    expect(activity).toBeNull();
  });

  it('goes on in rounds until the precision is reached, with pilot runs before', async () => {
    const text = smallScenario.replace(
      'replications: 3',
      'warmup: auto\nreplications: {until: {metric: latencyMean, halfWidth: 30%}, min: 3, max: 20}',
    );
    const { runs, start } = bench();
    expect(await start(text)).toEqual({ status: 'done' });
    const { shown } = runs.store.getState();
    expect(shown?.comparison).toEqual(await compareInline(loadText(text)));
    expect(shown?.comparison.stopping?.reached).toBe(true);
    expect(shown?.done).toBe(shown?.total);
  });

  it('shows the first result at once when there is nothing else to show', async () => {
    const { runs, start, allow } = bench();
    allow(1);
    const ended = start(smallScenario);
    await vi.waitFor(() => expect(runs.store.getState().shown).not.toBeNull());
    expect(runs.store.getState().shown).toMatchObject({ complete: false, done: 1, total: 6 });
    expect(runs.store.getState().shown?.comparison.policies.map(({ policy }) => policy)).toEqual(['two']);
    allow(Infinity);
    await ended;
  });

  it('replaces an earlier comparison only when every policy has its first replication', async () => {
    const { runs, start, allow } = bench();
    await start(smallScenario);
    const before = runs.store.getState().shown;
    allow(1);
    const ended = start(smallScenario.replace('10/s', '12/s'));
    await vi.waitFor(() => expect(runs.store.getState().activity?.done).toBe(1));
    expect(runs.store.getState().shown).toBe(before);
    allow(1);
    await vi.waitFor(() => expect(runs.store.getState().shown).not.toBe(before));
    expect(runs.store.getState().shown).toMatchObject({ complete: false, done: 2, total: 6 });
    expect(runs.store.getState().shown?.comparison.policies.map(({ policy }) => policy)).toEqual(['two', 'three']);
    allow(Infinity);
    await ended;
  });

  it('keeps what was finished when it is cancelled', async () => {
    const { runs, start, allow } = bench();
    allow(3);
    const ended = start(smallScenario);
    await vi.waitFor(() => expect(runs.store.getState().activity?.done).toBe(3));
    runs.cancel();
    expect(runs.store.getState().activity).toBeNull();
    expect(await ended).toEqual({ status: 'cancelled' });
    expect(runs.store.getState()).toMatchObject({ cancelled: true, shown: { complete: false, done: 3 } });
    expect(runs.store.getState().history).toHaveLength(0);
  });

  it('runs again only the policy that changed', async () => {
    const { start, executed } = bench();
    await start(smallScenario);
    executed.length = 0;
    await start(smallScenario.replace('replicas: 3}', 'replicas: 4}'));
    expect(executed.map(({ policy }) => policy)).toEqual(['three', 'three', 'three']);
    executed.length = 0;
    await start(smallScenario);
    expect(executed).toEqual([]);
  });

  it('runs everything again when what all policies share has changed', async () => {
    const { start, executed } = bench();
    await start(smallScenario);
    executed.length = 0;
    await start(smallScenario.replace('10/s', '11/s'));
    expect(executed).toHaveLength(6);
  });

  it('says what is wrong with a scenario that cannot run, and keeps the result before', async () => {
    const { runs, start } = bench();
    await start(smallScenario);
    const before = runs.store.getState().shown;
    await start(smallScenario.replace('constant: {rate: 10/s}', 'trace: {file: gone.csv}'));
    const { failure, shown } = runs.store.getState();
    expect(failure?.issues[0]).toMatchObject({ code: 'trace-missing' });
    expect(shown).toBe(before);
  });

  it('lets a new run replace the one under way', async () => {
    const { runs, start, allow } = bench();
    allow(1);
    const first = start(smallScenario);
    await vi.waitFor(() => expect(runs.store.getState().activity?.done).toBe(1));
    const second = start(smallScenario.replace('seed: small', 'seed: other'));
    allow(Infinity);
    expect(await first).toEqual({ status: 'cancelled' });
    expect(await second).toEqual({ status: 'done' });
    expect(runs.store.getState().shown?.comparison.seed).toBe('other');
  });
});

it('what is left of a run is judged by its pace, once that means something', () => {
  const activity = { phase: 'running', documentId: 'a', done: 1, total: 4, replications: 1 } as const;
  expect(remainingMilliseconds({ ...activity, fraction: 0.25, elapsedMilliseconds: 10_000 })).toBe(30_000);
  expect(remainingMilliseconds({ ...activity, fraction: 0.25, elapsedMilliseconds: 1000 })).toBeNaN();
  expect(remainingMilliseconds({ ...activity, fraction: 0.001, elapsedMilliseconds: 10_000 })).toBeNaN();
});
