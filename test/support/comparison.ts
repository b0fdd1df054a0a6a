import { columnNames } from '../../sim-core/kernel/columns.ts';
import type { RunColumns } from '../../sim-core/kernel/columns.ts';
import type {
  Comparison,
  Estimate,
  PolicyResult,
  RunResult,
  RunSummary,
  SummaryEstimate,
} from '../../sim-core/experiment/result.ts';
import { bandNames } from '../../sim-core/experiment/result.ts';
import { summaryNames } from './summary-names.ts';

const each = <Value>(value: (name: keyof RunSummary) => Value) =>
  Object.fromEntries(summaryNames.map((name) => [name, value(name)])) as Record<keyof RunSummary, Value>;

/** A policy's result written down by hand, for tests of what is printed. Two rows of 30 s. */
export function policyResult(
  policy: string,
  given: Partial<PolicyResult> = {},
  estimates: Partial<SummaryEstimate> = {},
): PolicyResult {
  const columns = Object.fromEntries(
    columnNames.map((name, index) => [name, name === 'time' ? Float64Array.of(0, 30) : Float64Array.of(index, NaN)]),
  ) as unknown as RunColumns;
  const summary = each((name) => (name === 'shortestOppositeGap' ? Infinity : 1));
  const example: RunResult = {
    policy,
    replication: 0,
    recordingInterval: 30,
    columns,
    decisions: [],
    replicas: [],
    summary,
    stability: { stable: true, reasons: ['No flaps.'] },
    alerts: [],
    stoppedEarly: null,
  };
  return {
    policy,
    summary: { ...each((): Estimate => ({ mean: 1, halfWidth: 0.5 })), ...estimates },
    differenceToBaseline: null,
    replications: [summary],
    bands: Object.fromEntries(
      bandNames.map((name) => [name, { mean: Float64Array.of(1, 2), halfWidth: Float64Array.of(NaN, NaN) }]),
    ) as unknown as PolicyResult['bands'],
    example,
    stability: { stable: true, reasons: ['No flaps.'] },
    alerts: [],
    slo: { met: true, misses: [] },
    ...given,
  };
}

export function comparison(policies: readonly PolicyResult[]): Comparison {
  return {
    schema: 'headroom/comparison/v1',
    scenario: 'Written by hand',
    seed: 'one',
    replications: 2,
    engine: 'exact',
    confidence: 0.95,
    baseline: policies[0]?.policy ?? '',
    policies,
  };
}
