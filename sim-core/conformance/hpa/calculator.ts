import { groupPods } from '../../autoscaling/hpa/group-pods.ts';
import { int64 } from '../../autoscaling/hpa/int64.ts';
import { proposePerPod } from '../../autoscaling/hpa/per-pod-proposal.ts';
import { podSamples } from '../../autoscaling/hpa/pod-samples.ts';
import type { Proposal } from '../../autoscaling/hpa/proposal.ts';
import type { MetricError, Samples } from '../../autoscaling/hpa/pod.ts';
import type { Tolerance } from '../../autoscaling/hpa/tolerance.ts';
import { proposeWhole } from '../../autoscaling/hpa/whole-proposal.ts';
import type { VectorFamily, VectorObject } from '../contract.ts';
import { errorLike, inFormOf, now, podMetricsOf, podOf, readinessOf, samplesOf, toleranceOf } from './forms.ts';
import type { ControllerVector, PodMetricsVector, PodVector, SampleVector } from './forms.ts';

interface MetricVector {
  readonly type: string;
  readonly resource?: string | null;
  readonly container?: string | null;
  readonly target: { readonly type: string; readonly value?: number; readonly valueMilli?: number | string };
}

interface CalculatorInput {
  readonly currentReplicas?: number;
  readonly statusReplicas?: number;
  readonly metric?: MetricVector | null;
  readonly resource?: string;
  readonly tolerance?: Partial<Tolerance> | null;
  readonly controller?: ControllerVector;
  readonly pods?: readonly PodVector[];
  readonly podMetrics?: readonly PodMetricsVector[] | null;
  readonly metrics?: readonly SampleVector[];
  readonly valuesMilli?: readonly (number | string)[];
  readonly usageRatio?: number;
  readonly readyPods?: number;
}

function proposalOf(input: CalculatorInput, metric: MetricVector): Proposal | MetricError {
  const pods = (input.pods ?? []).map(podOf);
  const tolerance = toleranceOf(input.tolerance);
  const current = input.currentReplicas ?? input.statusReplicas ?? NaN;
  const milli = int64(metric.target.valueMilli ?? 0);
  if (metric.type === 'Object' || metric.type === 'External') {
    return proposeWhole({
      target: { type: metric.target.type as 'Value' | 'AverageValue', value: milli },
      values: (input.valuesMilli ?? []).map(int64),
      tolerance,
      current,
      status: input.statusReplicas ?? current,
      pods,
    });
  }
  let samples: Samples | MetricError;
  if (input.podMetrics === undefined || input.podMetrics === null) samples = samplesOf(input.metrics ?? []);
  else samples = podSamples(podMetricsOf(input.podMetrics), metric.container ?? null);
  if ('error' in samples) return samples;
  return proposePerPod({
    current,
    pods,
    samples,
    target:
      metric.target.type === 'Utilization'
        ? { type: 'Utilization', percent: metric.target.value ?? NaN, container: metric.container ?? null }
        : { type: 'AverageValue', value: milli },
    cpu: metric.resource === 'cpu',
    tolerance,
    readiness: readinessOf(input.controller),
    now,
  });
}

function proposed(proposal: Proposal | MetricError, expected: VectorObject): VectorObject {
  if ('error' in proposal) return { error: errorLike(expected['error'], proposal.error) };
  const { utilization, average } = proposal.usage;
  return {
    replicas: proposal.replicas,
    utilizationPercent: utilization,
    averageValueMilli: inFormOf(expected['averageValueMilli'], average),
    usageMilli: inFormOf(expected['usageMilli'], average),
  };
}

/** More than any cluster has; each is made one by one. */
const mostPods = 100_000;
/** A ratio is written as a whole number of these, so that it comes back as it was. */
const unit = 1e12;

/** The inner function of a whole metric with target Value: the same ratio, given as a value over a target of one. */
function byRatio({
  usageRatio = NaN,
  currentReplicas = NaN,
  readyPods = NaN,
  tolerance,
}: CalculatorInput): VectorObject {
  if (!(readyPods >= 0 && readyPods <= mostPods)) throw new Error(`\`readyPods\` is not 0 to ${mostPods}`);
  const pods = Array.from({ length: readyPods }, (_, index) => podOf({ name: `pod-${index}`, ready: 'True' }));
  const proposal = proposeWhole({
    target: { type: 'Value', value: unit },
    values: [int64(Math.round(usageRatio * unit))],
    tolerance: toleranceOf(tolerance),
    current: currentReplicas,
    status: currentReplicas,
    pods,
  });
  return 'error' in proposal ? { error: proposal.error } : { replicas: proposal.replicas };
}

/** Read off the multiplier of a whole metric, which is proportional to the ready pods. */
function readyPodsOf({ pods = [], tolerance }: CalculatorInput): VectorObject {
  const proposal = proposeWhole({
    target: { type: 'Value', value: 1000 },
    values: [1000],
    tolerance: toleranceOf(tolerance),
    current: 1,
    status: 1,
    pods: pods.map(podOf),
  });
  return { readyPods: 'error' in proposal ? proposal.error : proposal.multiplier };
}

function groups({ pods = [], metrics = [], resource, controller }: CalculatorInput): VectorObject {
  return { ...groupPods(pods.map(podOf), samplesOf(metrics), resource === 'cpu', readinessOf(controller), now) };
}

/** The replica calculator, for whatever kind of metric. */
export const calculator: VectorFamily = {
  answer({ input: given, expected }) {
    const input = given as unknown as CalculatorInput;
    if (input.metric !== undefined && input.metric !== null)
      return { actual: proposed(proposalOf(input, input.metric), expected) };
    if (input.usageRatio !== undefined) return { actual: byRatio(input) };
    if (expected['readyPods'] !== undefined) return { actual: readyPodsOf(input) };
    if (input.resource !== undefined) return { actual: groups(input) };
    throw new Error('A case without metric, usageRatio and resource asks nothing.');
  },
};

export const groupsOfPods: VectorFamily = {
  answer: ({ input }) => ({ actual: groups(input as unknown as CalculatorInput) }),
};
