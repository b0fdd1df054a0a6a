import type { Comparison, Estimate, RunSummary, SummaryEstimate } from '../experiment/result.ts';
import { writeCsv } from './csv.ts';
import type { Cell } from './csv.ts';
import { withRealityColumn } from './reality-warning.ts';

/**
 * A comparison as CSV, one row a policy. Every number has two columns, `…` and `…HalfWidth`; with differences two more,
 * `…Difference` and `…DifferenceHalfWidth`, empty for the baseline.
 */
export function comparisonCsv(comparison: Comparison, options: { readonly differences: boolean }): string {
  const names = Object.keys(comparison.policies[0]?.summary ?? {}) as (keyof RunSummary)[];
  const header: Cell[] = ['policy', 'sloMet', 'stable', ...names.flatMap((name) => [name, `${name}HalfWidth`])];
  if (options.differences) header.push(...names.flatMap((name) => [`${name}Difference`, `${name}DifferenceHalfWidth`]));
  const rows = comparison.policies.map(({ policy, summary, differenceToBaseline, slo, stability, example }) => {
    // What ended before its horizon was put to no test.
    const ended = example.stoppedEarly === null;
    const row: Cell[] = [policy, slo.met && ended, stability.stable && ended, ...cells(names, summary)];
    if (options.differences) row.push(...cells(names, differenceToBaseline));
    return row;
  });
  return writeCsv(withRealityColumn([header, ...rows], comparison.reality));
}

function cells(names: readonly (keyof RunSummary)[], estimates: SummaryEstimate | null): Cell[] {
  const missing: Estimate = { mean: NaN, halfWidth: NaN };
  return names.flatMap((name) => {
    const { mean, halfWidth } = estimates?.[name] ?? missing;
    return [mean, halfWidth];
  });
}
