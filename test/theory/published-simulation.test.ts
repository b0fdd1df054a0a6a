import { describe, expect, it } from 'vitest';
import { publishedRows, simulateRow, type Measure, type PublishedRow } from '../support/published-rows.ts';
import { simulateScript, simulateSinusoid, timeVarying, type Check } from '../support/published-time-varying.ts';

/**
 * A chosen part of the published tables, cheap and narrow: the exact value must lie in the 99.9 % interval, and the
 * interval must be narrow. `npm run bench -- published` puts every row to the engine.
 */
function expectAround({ what, exact, estimate }: Check, widest: number) {
  expect(estimate.halfWidth, what).toBeLessThan(widest);
  expect(Math.abs(estimate.mean - exact), what).toBeLessThan(estimate.halfWidth);
}

const chosen: readonly (readonly [table: string, name: string])[] = [
  ['M/PH/c', 'E4, c 5, ρ 0.8'],
  ['M/PH/c', 'H2(scv=4,balanced means), c 2, ρ 0.5'],
  ['GI/G/c', 'E2/E2, c 2, ρ 0.8'],
  ['GI/G/c', 'E4/M, c 5, ρ 0.8'],
  ['GI/G/c', 'H2/M, c 4, ρ 0.7'],
  ['GI/G/c', 'E2/H2, c 1, ρ 0.5'],
  ['Erlang B', 'c 100, a 100'],
];

describe('simulated queues against published rows', () => {
  const rows = publishedRows();
  it.each(chosen)('%s: %s', (table, name) => {
    const row = rows.find((candidate: PublishedRow) => candidate.table === table && candidate.name === name)!;
    const estimates = simulateRow(row, { replications: 30, customers: 50_000, seed: name, confidence: 0.999 });
    for (const [what, exact] of Object.entries(row.exact))
      expectAround({ what, exact, estimate: estimates[what as Measure] }, 0.06 * exact);
  });
});

/** Numbers that come and go are measured against the largest of their kind. */
function expectAllAround(checks: readonly Check[], narrow: number) {
  const kindOf = ({ what }: Check) => what.split(' ')[0]!;
  const largest = new Map<string, number>();
  for (const check of checks) largest.set(kindOf(check), Math.max(largest.get(kindOf(check)) ?? 0, check.exact));
  for (const check of checks) expectAround(check, narrow * largest.get(kindOf(check))!);
}

describe('the engine under a rate that changes, against the Kolmogorov equations', () => {
  it.each([
    [4, 40],
    [1, 90],
  ])('sinusoid %i: number and queue at sixteen phases, share delayed', (index, cycles) => {
    const row = timeVarying.sinusoid[index]!;
    expectAllAround(simulateSinusoid(row, { replications: 60, cycles, seed: 'wave', confidence: 0.999 }), 0.1);
  });

  it.each([0, 1])('script %i: a surge, and a step answered by scaling out late', (which) => {
    expectAllAround(simulateScript(which, { replications: 300, seed: 'script', confidence: 0.999 }), 0.1);
  });
});
