import type { Comparison, PolicyResult } from '../experiment/result.ts';
import { jsonValue } from './json-value.ts';
import type { JsonValue } from './json-value.ts';

export interface ResultJsonOptions {
  /** the columns of replication 0 */
  readonly columns?: boolean;
  /** the decision log and the replica lives of replication 0 */
  readonly decisions?: boolean;
}

/** `headroom/result/v1`: what every policy gave, each for itself. */
export function resultJson(comparison: Comparison, options: ResultJsonOptions = {}): JsonValue {
  const { scenario, seed, replications, confidence, policies, warmup, stopping, reality } = comparison;
  return jsonValue({
    schema: 'headroom/result/v1',
    scenario,
    seed,
    replications,
    confidence,
    ...(warmup !== undefined && { warmup }),
    ...(stopping !== undefined && { stopping }),
    ...(reality !== undefined && { reality }),
    policies: policies.map((policy) => ({
      ...policyJson(policy),
      perReplication: policy.replications,
      ...(options.columns === true && {
        recordingInterval: policy.example.recordingInterval,
        columns: policy.example.columns,
      }),
      ...(options.decisions === true && { decisions: policy.example.decisions, replicas: policy.example.replicas }),
    })),
  });
}

/** `headroom/comparison/v1`: every policy on the same customers, and its paired difference to the baseline. */
export function comparisonJson(comparison: Comparison): JsonValue {
  const { schema, scenario, seed, replications, engine, confidence, baseline, policies, warmup, stopping, reality } =
    comparison;
  return jsonValue({
    schema,
    scenario,
    seed,
    replications,
    engine,
    confidence,
    baseline,
    ...(warmup !== undefined && { warmup }),
    ...(stopping !== undefined && { stopping }),
    ...(reality !== undefined && { reality }),
    policies: policies.map((policy) => ({ ...policyJson(policy), differenceToBaseline: policy.differenceToBaseline })),
  });
}

function policyJson({ policy, summary, batches, slo, stability, example }: PolicyResult): object {
  return {
    policy,
    summary,
    ...(batches !== undefined && { batches }),
    slo,
    stability,
    stoppedEarly: example.stoppedEarly,
  };
}
