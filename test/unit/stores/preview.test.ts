import { describe, expect, it, vi } from 'vitest';
import { createFluidRun, createRun, loadScenario } from '../../../sim-core/index.ts';
import { previewAccuracy } from '../../../renderer/stores/preview-accuracy.ts';
import { createRuns } from '../../../renderer/stores/runs.ts';
import { smallScenario } from '../../support/small-scenario.ts';
import { steppedClient } from '../../support/stepped-client.ts';

const faster = smallScenario.replace('10/s', '12/s');
const fastest = smallScenario.replace('10/s', '14/s');

function bench() {
  const exact = steppedClient();
  const previews = steppedClient();
  let time = 0;
  const runs = createRuns({
    client: exact.client,
    previewClient: previews.client,
    traceFiles: () => Promise.resolve({ files: new Map(), identity: '' }),
    now: () => time,
    notice: () => {},
  });
  const input = (text: string, documentId = 'a') => ({ documentId, fileName: `${documentId}.yaml`, text });
  const state = () => runs.store.getState();
  const seen: string[] = [];
  runs.store.subscribe(({ shown }, before) => {
    if (shown && shown !== before.shown)
      seen.push(
        `${shown.approximate ? 'preview' : 'exact'} ${/constant: \{rate: (.*?)\}/.exec(shown.text)?.[1] ?? ''}`,
      );
  });
  return { runs, input, state, seen, exact, previews, pass: (ms: number) => (time += ms) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 30));

describe('previews', () => {
  it('show what the fluid engine says of replication 0, marked, before the exact run does', async () => {
    const { runs, input, state, seen, exact } = bench();
    exact.allow(0);
    const ended = runs.start(input(smallScenario));
    await vi.waitFor(() =>
      expect(state().shown).toMatchObject({ approximate: true, complete: false, done: 0, total: 6 }),
    );
    const run = createFluidRun(loadScenario(smallScenario, new Map()).loaded!, {
      policy: 'three',
      replication: 0,
      decisionLog: false,
    });
    while (!run.advance(1e6).done);
    expect(state().shown?.comparison.policies[1]?.example).toEqual(run.result());
    exact.allow(Infinity);
    expect(await ended).toEqual({ status: 'done' });
    expect(state().shown).toMatchObject({ approximate: false, complete: true });
    expect([...new Set(seen)]).toEqual(['preview 10/s', 'exact 10/s']);
  });

  it('are prepared by runs that nobody sees, which give way to a preview and are taken up again', async () => {
    const { runs, input, state, seen, exact, previews } = bench();
    exact.allow(0);
    previews.allow(3);
    runs.warmUp();
    await vi.waitFor(() => expect(previews.executed).toHaveLength(3));
    expect(state()).toMatchObject({ shown: null, previewing: false });
    runs.preview(input(smallScenario));
    previews.allow(Infinity);
    await vi.waitFor(() => expect(seen).toEqual(['preview 10/s']));
    // Three, then the two of the preview, then all eight anew, and not again.
    await vi.waitFor(() => expect(previews.executed).toHaveLength(3 + 2 + 8), { timeout: 10_000 });
    expect(previews.executed.slice(2, 6).map(({ policy }) => policy)).toEqual(['hpa', 'two', 'three', 'hpa']);
    runs.warmUp();
    await settled();
    expect(previews.executed).toHaveLength(3 + 2 + 8);
    expect(seen).toEqual(['preview 10/s']);
  });

  it('never replace what is exact, even when they come late', async () => {
    const { runs, input, seen, previews, state } = bench();
    previews.allow(0);
    await runs.start(input(smallScenario));
    previews.allow(Infinity);
    await vi.waitFor(() => expect(state().previewing).toBe(false));
    expect(seen.filter((what) => what.startsWith('preview'))).toEqual([]);
    expect(state().accuracy).not.toBeNull();
  });

  it('stop the run of an earlier text, whose results are not shown any more', async () => {
    const { runs, input, state, seen, exact } = bench();
    exact.allow(3);
    const first = runs.start(input(smallScenario));
    await vi.waitFor(() => expect(state().activity?.done).toBe(3));
    runs.preview(input(faster));
    exact.allow(Infinity);
    expect(await first).toEqual({ status: 'cancelled' });
    await vi.waitFor(() => expect(state().previewing).toBe(false));
    await settled();
    expect(state()).toMatchObject({ activity: null, cancelled: false, shown: { text: faster, approximate: true } });
    expect(seen.at(-1)).toBe('preview 12/s');
    expect(state().history).toHaveLength(0);
  });

  it('skip the texts in between, and the newest one wins', async () => {
    const { runs, input, state, seen, previews } = bench();
    previews.allow(0);
    runs.preview(input(smallScenario));
    await settled();
    runs.preview(input(faster));
    runs.preview(input(fastest));
    previews.allow(Infinity);
    await vi.waitFor(() => expect(state().shown?.text).toBe(fastest));
    await settled();
    expect(seen).toEqual(['preview 10/s', 'preview 14/s']);
  });

  it('give way at once when they take long, or belong to another document', async () => {
    for (const [wait, document] of [
      [1000, 'a'],
      [0, 'b'],
    ] as const) {
      const { runs, input, state, seen, previews, pass } = bench();
      previews.allow(0);
      runs.preview(input(smallScenario));
      await settled();
      pass(wait);
      runs.preview(input(faster, document));
      previews.allow(Infinity);
      await vi.waitFor(() => expect(state().shown?.text).toBe(faster));
      expect(seen).toEqual(['preview 12/s']);
    }
  });

  it('are not made of what the fluid engine does not know: the exact run goes ahead alone', async () => {
    const { runs, input, state, seen, previews } = bench();
    const shared = smallScenario.replace('    replicas: {', '    discipline: processor-sharing\n    replicas: {');
    await runs.start(input(shared));
    await vi.waitFor(() => expect(state().previewing).toBe(false));
    expect(previews.executed).toEqual([]);
    expect(seen.every((what) => what.startsWith('exact'))).toBe(true);
  });

  it('are not made of a scenario that runs on the fluid engine anyway', async () => {
    const { runs, input, state, previews, exact } = bench();
    await runs.start(input(`${smallScenario}engine: fluid\n`));
    await vi.waitFor(() => expect(state().previewing).toBe(false));
    expect(previews.executed).toEqual([]);
    expect(exact.executed).toHaveLength(6);
    expect(state().shown).toMatchObject({ approximate: false, complete: true });
  });

  it('leave out what is exact already: an undo is answered by the exact results', async () => {
    const { runs, input, state, seen } = bench();
    await runs.start(input(smallScenario));
    runs.preview(input(faster));
    await vi.waitFor(() => expect(seen.at(-1)).toBe('preview 12/s'));
    await vi.waitFor(() => expect(state().previewing).toBe(false));
    seen.length = 0;
    runs.preview(input(smallScenario));
    await runs.start(input(smallScenario));
    await vi.waitFor(() => expect(state().previewing).toBe(false));
    expect(seen).toEqual(['exact 10/s']);
  });

  it('stop with the run', async () => {
    const { runs, input, state, seen, previews } = bench();
    previews.allow(0);
    runs.preview(input(smallScenario));
    await settled();
    runs.cancel();
    previews.allow(Infinity);
    await vi.waitFor(() => expect(state().previewing).toBe(false));
    expect(seen).toEqual([]);
  });

  it('are measured by the exact run: the widest difference of each measure', async () => {
    const { runs, input, state } = bench();
    await runs.start(input(smallScenario));
    await vi.waitFor(() => expect(state().accuracy).not.toBeNull());
    const { loaded } = loadScenario(smallScenario, new Map());
    const p95 = (policy: string) => {
      const fluid = createFluidRun(loaded!, { policy, replication: 0, decisionLog: false });
      while (!fluid.advance(1e6).done);
      const exact = [0, 1, 2].map((replication) => {
        const run = createRun(loaded!, { policy, replication, decisionLog: false });
        while (!run.advance(1e6).done);
        return run.result().summary.latencyP95;
      });
      return fluid.result().summary.latencyP95 / (exact.reduce((a, b) => a + b) / 3) - 1;
    };
    const widest = Math.max(Math.abs(p95('two')), Math.abs(p95('three')));
    const { accuracy, shown } = state();
    expect(accuracy?.widest.find(({ metric }) => metric === 'p95 latency')?.relative).toBeCloseTo(
      Math.abs(p95('two')) === widest ? p95('two') : p95('three'),
      12,
    );
    expect(accuracy?.within).toBe(Math.max(...accuracy!.widest.map(({ relative }) => Math.abs(relative))));
    expect(previewAccuracy('a', shown!.comparison, shown!.comparison)?.within).toBe(0);
  });
});
