import { expect, it } from 'vitest';
import { movementOf } from '../../sim-core/analysis/elasticity.ts';
import { defaultScaleUpLimit } from '../../sim-core/autoscaling/hpa/limits.ts';
import { readShared } from '../support/published.ts';

/** Recordings of an HPA and a predictive autoscaler on one load, and what was published of them. */
interface Published {
  readonly reproducible_in_simulation: readonly {
    readonly id: string;
    readonly intervals?: number;
    readonly HPA?: Arm;
    readonly PHPA?: Arm;
  }[];
}

interface Arm {
  readonly mean_replicas: number;
  readonly mean_latency_ms: number;
  readonly failed_pct: number;
  readonly mean_latency_in_100_user_bursts_ms: number;
}

const folder = 'traces/autoscaler_runs/php_apache_hpa_short';
const rows = readShared(`${folder}/predictive_vs_horizontal_table.md`)
  .split('\n')
  .filter((line) => /^\|\s*\d/.test(line))
  .map((line) => line.split('|').slice(1, -1).map(Number));
const published = (
  JSON.parse(readShared('published/autoscaler_comparisons.json')) as Published
).reproducible_in_simulation.find(({ id }) => id === 'php_apache_short');

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;
const column = (index: number): number[] => rows.map((row) => row[index] ?? NaN);
const bursts = [5, 15, 25, 35, 45, 55];

it.each([
  ['HPA', 0],
  ['PHPA', 1],
] as const)('%s: the published means are those of the recording', (name, arm) => {
  const expected = published?.[name];
  expect(rows).toHaveLength(published?.intervals ?? NaN);
  expect(mean(column(3 + arm))).toBeCloseTo(expected?.mean_replicas ?? NaN, 3);
  expect(mean(column(5 + arm))).toBeCloseTo(expected?.mean_latency_ms ?? NaN, 1);
  expect(mean(column(9 + arm))).toBeCloseTo(expected?.failed_pct ?? NaN, 2);
  const inBursts = bursts.map((row) => column(5 + arm)[row] ?? NaN);
  expect(mean(inBursts)).toBeCloseTo(expected?.mean_latency_in_100_user_bursts_ms ?? NaN, 1);
});

it('the recorded HPA never grew faster than its limit allows in the two evaluations between readings', () => {
  const replicas = column(3);
  for (const [row, count] of replicas.slice(1).entries()) {
    const before = replicas[row] ?? NaN;
    expect(count).toBeLessThanOrEqual(Math.min(12, defaultScaleUpLimit(defaultScaleUpLimit(before))));
  }
  const { churn, excessChurn, reversals } = movementOf(replicas);
  expect(churn - excessChurn).toBe(Math.abs((replicas.at(-1) ?? NaN) - (replicas[0] ?? NaN)));
  expect(reversals).toBeGreaterThan(10);
});
