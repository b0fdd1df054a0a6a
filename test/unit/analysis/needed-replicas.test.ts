import { expect, test } from 'vitest';
import { neededReplicas, replicasFor, staffingObjectives } from '../../../sim-core/analysis/needed-replicas.ts';
import { columnNames, type RunColumns } from '../../../sim-core/kernel/columns.ts';

const recordingInterval = 60;

/** Rows with these arrivals, in which every request took a slot for as long on average. */
function columnsOf(arrivals: Float64Array, serviceTimeMean: number, serviceScv: number): RunColumns {
  const constant: Partial<Record<string, number>> = { completed: 1, serviceTimeMean, serviceScv };
  const columns = Object.fromEntries(
    columnNames.map((name) => [name, new Float64Array(arrivals.length).fill(constant[name] ?? 0)]),
  ) as unknown as RunColumns;
  arrivals.forEach((_, row) => (columns.time[row] = row * recordingInterval));
  return { ...columns, arrivals };
}

type Objectives = Parameters<typeof staffingObjectives>[0];
const met = { window: 60, attainment: 0.99 };

test.each<{ name: string; mean: number; scv: number; concurrency: number; slo: Objectives }>([
  { name: 'short exponential service', mean: 0.08, scv: 1, concurrency: 1, slo: { ...met, p95: 0.5 } },
  {
    name: 'variable service and two objectives',
    mean: 0.25,
    scv: 4,
    concurrency: 4,
    slo: { ...met, p50: 0.4, p99: 3 },
  },
  {
    name: 'constant service and an objective nobody can meet',
    mean: 1,
    scv: 0,
    concurrency: 2,
    slo: { ...met, mean: 0.9 },
  },
])('with $name, the rows need what each needs by itself', ({ mean, scv, concurrency, slo }) => {
  // Up and down over three orders of magnitude, with rows that nothing arrives in and rows that are alike.
  const arrivals = Float64Array.from({ length: 240 }, (_, row) =>
    row % 40 === 0 ? 0 : Math.floor(10 ** (1 + 1.5 * (1 + Math.sin(row)))),
  );
  const end = 240 * recordingInterval - 30;
  const needed = neededReplicas(columnsOf(arrivals, mean, scv), recordingInterval, end, concurrency, slo);
  const alone = arrivals.map((count, row) =>
    replicasFor(
      count / (row === 239 ? 30 : recordingInterval),
      { serviceTimeMean: mean, serviceScv: scv },
      concurrency,
      staffingObjectives(slo),
    ),
  );
  expect([...needed]).toEqual([...alone]);
  expect(new Set(needed).size).toBeGreaterThan(10);
});
