import { divideUp, sum } from './int64.ts';
import type { Int64 } from './int64.ts';
import type { HpaPod, MetricError } from './pod.ts';
import { proposalOf, roundUp } from './proposal.ts';
import type { Proposal } from './proposal.ts';
import { isWithinTolerance, noTolerance } from './tolerance.ts';
import type { Tolerance } from './tolerance.ts';

/** Object and External metrics: one value for the whole target. */
export interface WholeInput {
  readonly target: { readonly type: 'Value' | 'AverageValue'; /** thousandths */ readonly value: Int64 };
  /** thousandths: one for an object, one a matching series for an external metric */
  readonly values: readonly Int64[];
  readonly tolerance: Tolerance;
  /** replicas of the target's spec; read for Value */
  readonly current: number;
  /** replicas of the target's status; read for AverageValue */
  readonly status: number;
  readonly pods: readonly HpaPod[];
}

/**
 * The proposal of a metric with one value for the whole target.
 *
 * Value is proportional to the ready pods; AverageValue is absolute, ⌈use ÷ target⌉, and compares with the replicas of
 * the status. From zero replicas there is no dead zone.
 *
 * @see pkg/controller/podautoscaler/replica_calculator.go, GetObjectMetricReplicas, GetExternalPerPodMetricReplicas
 */
export function proposeWhole(input: WholeInput): Proposal | MetricError {
  if (input.values.length === 0) return { error: 'no series of the metric was found' };
  return input.target.type === 'Value' ? proportional(input) : absolute(input);
}

function proportional({ target, values, tolerance, current, pods }: WholeInput): Proposal | MetricError {
  const total = sum(values);
  const ratio = Number(total) / Number(target.value);
  const usage = { ratio, average: total };
  if (current === 0) {
    const replicas = roundUp(ratio);
    return proposalOf(replicas, replicas, usage, 1);
  }
  if (pods.length === 0 && !isWithinTolerance(ratio, tolerance)) {
    return { error: 'no pods returned by selector while calculating replica count' };
  }
  let ready = 0;
  for (const pod of pods) if (pod.phase === 'Running' && pod.ready === true) ready++;
  const count = (zone: Tolerance): number => (isWithinTolerance(ratio, zone) ? current : roundUp(ratio * ready));
  return proposalOf(count(tolerance), count(noTolerance), usage, ready);
}

function absolute({ target, values, tolerance, status }: WholeInput): Proposal {
  const total = sum(values);
  const ratio = Number(total) / (Number(target.value) * status);
  const count = (zone: Tolerance): number =>
    isWithinTolerance(ratio, zone) ? status : roundUp(Number(total) / Number(target.value));
  const average = status === 0 ? 0 : divideUp(total, status);
  return proposalOf(count(tolerance), count(noTolerance), { ratio, average }, NaN);
}
