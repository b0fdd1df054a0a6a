import type { Int64 } from './int64.ts';
import { multiplyDivide } from './int64.ts';
import { groupPods } from './group-pods.ts';
import type { ReadinessSettings } from './group-pods.ts';
import { podRequests } from './pod-requests.ts';
import type { HpaPod, MetricError, Sample, Samples } from './pod.ts';
import { proposalOf, roundUp } from './proposal.ts';
import type { Proposal } from './proposal.ts';
import { isWithinTolerance, noTolerance } from './tolerance.ts';
import type { Tolerance } from './tolerance.ts';
import { averageRatio, utilizationRatio } from './usage-ratio.ts';
import type { UsageRatio } from './usage-ratio.ts';

/** Resource, ContainerResource and Pods metrics: one value a pod. */
export type PerPodTarget =
  | {
      readonly type: 'Utilization';
      /** percent, integer > 0 */ readonly percent: number;
      readonly container: string | null;
    }
  | { readonly type: 'AverageValue'; /** thousandths */ readonly value: Int64 };

export interface PerPodInput {
  /** replicas of the target's spec */
  readonly current: number;
  readonly pods: readonly HpaPod[];
  readonly samples: Samples;
  readonly target: PerPodTarget;
  /** readiness matters only to the resource `cpu` */
  readonly cpu: boolean;
  readonly tolerance: Tolerance;
  readonly readiness: ReadinessSettings;
  /** s */
  readonly now: number;
  readonly podLevelResources?: boolean;
}

/** The proposal where no precaution is needed: ⌈ratio × ready pods⌉ outside the dead zone. */
export function proposeProportional(
  usage: UsageRatio,
  readyPods: number,
  current: number,
  tolerance: Tolerance,
): Proposal {
  const { ratio } = usage;
  const count = (zone: Tolerance): number => (isWithinTolerance(ratio, zone) ? current : roundUp(ratio * readyPods));
  return proposalOf(count(tolerance), count(noTolerance), usage, readyPods);
}

/**
 * The proposal of a metric with one value a pod.
 *
 * Proportional to the pods that are ready and measured, with two precautions: pods without a value are taken as fully
 * busy when shrinking and as idle when growing, and pods not yet ready as idle when growing. A proposal whose direction
 * flips by that is dropped.
 *
 * @see pkg/controller/podautoscaler/replica_calculator.go, GetResourceReplicas and calcPlainMetricReplicas
 */
export function proposePerPod(input: PerPodInput): Proposal | MetricError {
  const { current, pods, target, tolerance } = input;
  if (pods.length === 0) return { error: 'no pods returned by selector while calculating replica count' };
  const groups = groupPods(pods, input.samples, input.cpu, input.readiness, input.now);
  const samples = new Map(input.samples);
  for (const name of groups.ignored) samples.delete(name);
  for (const name of groups.unready) samples.delete(name);
  if (samples.size === 0) return { error: 'did not receive metrics for targeted pods (pods might be unready)' };

  let measure: () => UsageRatio | MetricError;
  let invent: (pod: HpaPod['name']) => Int64;
  if (target.type === 'Utilization') {
    const requests = podRequests(pods, {
      container: target.container,
      podLevelResources: input.podLevelResources ?? false,
    });
    if ('error' in requests) return requests;
    measure = () => utilizationRatio(samples, requests, target.percent);
    invent = (pod) => multiplyDivide(requests.get(pod) ?? 0, Math.max(100, target.percent), 100);
  } else {
    measure = () => averageRatio(samples, target.value);
    invent = () => target.value;
  }

  const usage = measure();
  if ('error' in usage) return usage;
  const { ratio } = usage;
  const proportional = proposeProportional(usage, groups.readyPodCount, current, tolerance);
  const countUnready = groups.unready.length > 0 && ratio > 1;
  if (!countUnready && groups.missing.length === 0) return proportional;

  const sampleOf = (value: Int64): Sample => ({ value, time: input.now, window: 0 });
  if (ratio < 1) for (const name of groups.missing) samples.set(name, sampleOf(invent(name)));
  if (ratio > 1) for (const name of groups.missing) samples.set(name, sampleOf(0));
  if (countUnready) for (const name of groups.unready) samples.set(name, sampleOf(0));
  const corrected = measure();
  if ('error' in corrected) return corrected;
  const cautious = (zone: Tolerance): number => {
    if (isWithinTolerance(corrected.ratio, zone)) return current;
    if ((ratio < 1 && corrected.ratio > 1) || (ratio > 1 && corrected.ratio < 1)) return current;
    const replicas = roundUp(corrected.ratio * samples.size);
    return (corrected.ratio < 1 && replicas > current) || (corrected.ratio > 1 && replicas < current)
      ? current
      : replicas;
  };
  // No spread: it would give these proposals a shape of their own, for which V8 compiles the evaluation anew in each run.
  return {
    replicas: cautious(tolerance),
    withoutTolerance: cautious(noTolerance),
    withoutCorrection: proportional.withoutCorrection,
    plain: proportional.plain,
    usage,
    multiplier: proportional.multiplier,
    correction: {
      ratio: corrected.ratio,
      pods: samples.size,
      missing: groups.missing.length,
      unready: countUnready ? groups.unready.length : 0,
    },
  };
}
