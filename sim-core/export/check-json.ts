import type { Comparison, PolicyResult } from '../experiment/result.ts';
import { jsonValue } from './json-value.ts';
import type { JsonValue } from './json-value.ts';

/** Whether one policy may be rolled out by the limits the scenario states. */
export interface PolicyVerdict {
  readonly policy: string;
  readonly passed: boolean;
  /** one sentence for each reason it failed; empty when it passed */
  readonly reasons: readonly string[];
  readonly assertions: readonly Assertion[];
}

export interface Assertion {
  readonly name: 'slo' | 'stability' | 'finished';
  readonly passed: boolean;
  /** one sentence each */
  readonly details: readonly string[];
}

/** Objectives met by the mean over the replications, stable in every replication, and run to the end. */
export function verdictOf({ policy, slo, stability, example }: PolicyResult): PolicyVerdict {
  const stopped = example.stoppedEarly;
  const assertions: Assertion[] = [
    { name: 'slo', passed: slo.met, details: slo.misses },
    { name: 'stability', passed: stability.stable, details: stability.reasons },
    {
      name: 'finished',
      passed: stopped === null,
      details: stopped === null ? [] : [stopped.reason],
    },
  ];
  const failed = assertions.filter((assertion) => !assertion.passed);
  return { policy, passed: failed.length === 0, reasons: failed.flatMap((assertion) => assertion.details), assertions };
}

/** `headroom/check/v1`. */
export function checkJson(comparison: Comparison): JsonValue {
  const policies = comparison.policies.map(verdictOf);
  return jsonValue({
    schema: 'headroom/check/v1',
    scenario: comparison.scenario,
    seed: comparison.seed,
    replications: comparison.replications,
    passed: policies.every(({ passed }) => passed),
    policies,
    ...(comparison.reality !== undefined && { reality: comparison.reality }),
  });
}
