import { expect, test } from 'vitest';
import { transferablesOf } from '../../../sim-core/experiment/job.ts';
import { createFluidRun } from '../../../sim-core/experiment/fluid-run.ts';
import { loadedScenario } from '../../support/scenario-file.ts';

const run = createFluidRun(loadedScenario(new URL('../../../scenarios/flash-crowd.yaml', import.meta.url)), {
  policy: 'schedule',
  replication: 0,
  decisionLog: false,
});
while (!run.advance(1e6).done);
const result = run.result();

test('a small result is copied, so that its thread goes on with the code it has', () => {
  expect(transferablesOf(result)).toEqual([]);
});

test('a large one is moved, every column of it', () => {
  const columns = Object.fromEntries(Object.keys(result.columns).map((name) => [name, new Float64Array(129_600)]));
  const large = { ...result, columns: columns as unknown as typeof result.columns };
  expect(transferablesOf(large)).toHaveLength(Object.keys(columns).length);
  const moved = structuredClone(large.columns, { transfer: transferablesOf(large) });
  expect(moved.time).toHaveLength(129_600);
  expect(large.columns.time).toHaveLength(0);
});
