import { describe, expect, it } from 'vitest';
import { cellResult, gridCells, gridScenario, type PolicyGrid } from '../../../sim-core/experiment/policy-grid.ts';
import { createRun } from '../../../sim-core/experiment/run.ts';
import { loadScenario } from '../../../sim-core/experiment/load.ts';
import { planJobs } from '../../../sim-core/experiment/job.ts';
import { mapCsv, mapJson, mapSvg, type FinishedMap } from '../../../sim-core/export/map-files.ts';

const text = `schema: headroom/v1
name: Two settings
horizon: 10m
replications: 1
workload: { sum: [{ constant: { rate: 20/s } }] }
services:
  web: { serviceTime: 50ms, concurrency: 1, replicas: { initial: 2, startup: 5s } }
policies:
  - name: rules
    controller:
      threshold: { interval: 15s, min: 1, max: 4, rules: [{ metric: cpu, above: 80%, change: +1 }, { metric: cpu, below: 20%, change: -1 }] }
`;
const grid: PolicyGrid = {
  policy: 'rules',
  x: { path: ['controller', 'threshold', 'min'], values: [1, 2] },
  y: { path: ['controller', 'threshold', 'max'], values: [3, 4] },
};

function finished(): FinishedMap {
  const cells = gridScenario(text, grid, 'exact');
  const { loaded } = loadScenario(cells.text!, new Map());
  const results = planJobs(loaded!.scenario).map((job) => {
    const run = createRun(loaded!, job);
    while (!run.advance(1_000_000).done);
    return cellResult(loaded!.scenario, [run.result()]);
  });
  // The last of them as if it had hit a limit.
  const policies = results.map((result, index) =>
    index < 3 ? result : { ...result, example: { stoppedEarly: { at: 60, reason: 'a limit' } } },
  );
  return {
    scenario: 'Two settings',
    grid,
    metric: 'flaps',
    replications: 1,
    engine: 'exact',
    currency: 'USD',
    cells: gridCells(grid, { policies: policies.slice(1) }, 'flaps'),
    reality: null,
  };
}

describe('a map as a file', () => {
  const map = finished();

  it('has a row for every cell that was run; what was stopped early is neither stable nor met anything', () => {
    const [head, ...rows] = mapCsv(map).trim().split(/\r?\n/);
    expect(head).toBe('controller.threshold.min,controller.threshold.max,flaps,halfWidth,stable,sloMet,stopped');
    expect(rows.map((row) => row.split(','))).toMatchObject([
      { 0: '2', 1: '3', 4: 'true', 5: 'true', 6: 'false' },
      { 0: '1', 1: '4', 4: 'true', 5: 'true', 6: 'false' },
      { 0: '2', 1: '4', 4: 'false', 5: 'false', 6: 'true' },
    ]);
    expect(mapJson(map)).toMatchObject({ policy: 'rules', cells: [null, {}, {}, { stopped: true, stable: false }] });
  });

  it('is drawn in the words of the file, or in those of the workbench', () => {
    const size = { width: 900, height: 640, theme: 'light' } as const;
    expect(mapSvg(map, size)).toContain('controller.threshold.max');
    const words = {
      metric: 'Flaps',
      x: { title: 'Fewest', labels: ['one', 'two'] },
      y: { title: 'Most', labels: ['three', 'four'] },
      print: () => 'many',
    };
    const svg = mapSvg(map, { ...size, words });
    for (const word of ['rules: Flaps', 'Fewest', 'three', 'many']) expect(svg).toContain(word);
    expect(svg).not.toContain('controller.');
  });
});
