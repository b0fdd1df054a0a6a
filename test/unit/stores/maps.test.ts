import { expect, it, vi } from 'vitest';
import { gridCells, type PolicyGrid } from '../../../sim-core/index.ts';
import { createMaps } from '../../../renderer/stores/maps.ts';
import { compareInline, loadText } from '../../support/run-inline.ts';
import { smallScenario } from '../../support/small-scenario.ts';
import { steppedClient } from '../../support/stepped-client.ts';

const grid: PolicyGrid = {
  policy: 'three',
  x: { path: ['controller', 'static', 'replicas'], values: [2, 3] },
  y: { path: ['guards', 'maxStep', 'up'], values: [1, 2, 4] },
};
const request = { documentId: 'a', fileName: 'a.yaml', text: smallScenario, grid, engine: 'exact' as const };

function bench() {
  const stepped = steppedClient();
  const traceFiles = () => Promise.resolve({ files: new Map(), identity: '' });
  const maps = createMaps({ client: stepped.client, traceFiles, now: Date.now, notice: () => {} });
  return { ...stepped, maps };
}

it('gives in each cell what the scenario with that setting gives', async () => {
  const { maps, executed } = bench();
  await maps.start(request);
  const { shown, activity } = maps.store.getState();
  expect(activity).toBeNull();
  expect(shown).toMatchObject({ complete: true, replications: 3 });
  expect(executed).toHaveLength(18);
  expect(executed.every(({ decisionLog }) => !decisionLog)).toBe(true);
  const cells = gridCells(grid, { policies: shown!.cells }, 'latencyP95');
  const plain = await compareInline(loadText(smallScenario));
  for (const line of cells) {
    expect(line.map((cell) => cell?.estimate)).toEqual(plain.policies.map(({ summary }) => summary.latencyP95));
  }
});

it('ends at once when it is cancelled, and says why a map cannot be', async () => {
  const { maps, allow } = bench();
  allow(2);
  const ended = maps.start(request);
  await vi.waitFor(() => expect(maps.store.getState().activity).not.toBeNull());
  maps.cancel();
  await ended;
  expect(maps.store.getState()).toMatchObject({ activity: null, failure: null });

  allow(Infinity);
  await maps.start({ ...request, grid: { ...grid, x: { ...grid.x, values: [-1, 2] } } });
  expect(maps.store.getState().failure).toMatch(/With some of these values/);
  await maps.start({ ...request, grid: { ...grid, policy: 'nobody' } });
  expect(maps.store.getState().failure).toContain('nobody');
});
