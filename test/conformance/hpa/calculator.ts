import { expect } from 'vitest';
import { groupPods } from '../../../sim-core/autoscaling/hpa/group-pods.ts';
import { int64 } from '../../../sim-core/autoscaling/hpa/int64.ts';
import { proposePerPod } from '../../../sim-core/autoscaling/hpa/per-pod-proposal.ts';
import { podSamples } from '../../../sim-core/autoscaling/hpa/pod-samples.ts';
import { roundUp } from '../../../sim-core/autoscaling/hpa/proposal.ts';
import type { Proposal } from '../../../sim-core/autoscaling/hpa/proposal.ts';
import type { MetricError, Samples } from '../../../sim-core/autoscaling/hpa/pod.ts';
import { isWithinTolerance } from '../../../sim-core/autoscaling/hpa/tolerance.ts';
import type { Tolerance } from '../../../sim-core/autoscaling/hpa/tolerance.ts';
import { proposeWhole } from '../../../sim-core/autoscaling/hpa/whole-proposal.ts';
import { integerText, now, podMetricsOf, podOf, readinessOf, samplesOf } from './vectors.ts';
import type { ControllerVector, PodMetricsVector, PodVector, SampleVector } from './vectors.ts';

export interface MetricVector {
  readonly type: string;
  readonly resource?: string | null;
  readonly container?: string | null;
  readonly target: { readonly type: string; readonly value?: number; readonly valueMilli?: number | string };
}

export interface CalculatorInput {
  readonly currentReplicas?: number;
  readonly statusReplicas?: number;
  readonly metric?: MetricVector;
  readonly resource?: string;
  readonly tolerance: Tolerance;
  readonly controller?: ControllerVector;
  readonly pods?: readonly PodVector[];
  readonly podMetrics?: readonly PodMetricsVector[];
  readonly metrics?: readonly SampleVector[];
  readonly valuesMilli?: readonly (number | string)[];
  readonly usageRatio?: number;
  readonly readyPods?: number;
}

export interface CalculatorExpected {
  readonly replicas?: number;
  readonly utilizationPercent?: number;
  readonly averageValueMilli?: number | string;
  readonly usageMilli?: number | string;
  readonly error?: string;
  readonly readyPods?: number;
  readonly readyPodCount?: number;
  readonly unready?: readonly string[];
  readonly missing?: readonly string[];
  readonly ignored?: readonly string[];
}

/** One case of the replica calculator, for whatever kind of metric. */
export function runCalculator(input: CalculatorInput, expected: CalculatorExpected): void {
  if (input.metric !== undefined) return checkProposal(proposalOf(input, input.metric), input.metric, expected);
  if (input.usageRatio !== undefined) return runRatio(input, expected);
  if (expected.readyPods !== undefined) return runReadyPods(input, expected);
  if (input.resource !== undefined) return runGroups(input, expected);
  throw new Error('An unknown kind of case');
}

function proposalOf(input: CalculatorInput, metric: MetricVector): Proposal | MetricError {
  const pods = (input.pods ?? []).map(podOf);
  const { tolerance } = input;
  const current = input.currentReplicas ?? NaN;
  const milli = int64(metric.target.valueMilli ?? 0);
  if (metric.type === 'Object' || metric.type === 'External') {
    return proposeWhole({
      target: { type: metric.target.type as 'Value' | 'AverageValue', value: milli },
      values: (input.valuesMilli ?? []).map(int64),
      tolerance,
      current,
      status: input.statusReplicas ?? NaN,
      pods,
    });
  }
  let samples: Samples | MetricError;
  if (input.podMetrics === undefined) samples = samplesOf(input.metrics ?? []);
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

function checkProposal(proposal: Proposal | MetricError, metric: MetricVector, expected: CalculatorExpected): void {
  if (expected.error !== undefined) {
    expect(proposal).toHaveProperty('error');
    expect((proposal as MetricError).error).toContain(expected.error);
    return;
  }
  if ('error' in proposal) throw new Error(proposal.error);
  expect(proposal.replicas).toBe(expected.replicas);
  if (expected.utilizationPercent !== undefined) expect(proposal.usage.utilization).toBe(expected.utilizationPercent);
  const average = expected.averageValueMilli ?? expected.usageMilli;
  if (average === undefined) throw new Error(`No reported value to compare for ${metric.type}`);
  expect(integerText(proposal.usage.average)).toBe(integerText(average));
}

function runRatio(
  { usageRatio = NaN, currentReplicas = NaN, readyPods = NaN, tolerance }: CalculatorInput,
  expected: CalculatorExpected,
): void {
  // The inner function of a whole metric with target Value: the same ratio, given as a value over a target of 1.
  const pods = Array.from({ length: readyPods }, (_, index) => podOf({ name: `pod-${index}`, ready: 'True' }));
  const proposal = proposeWhole({
    target: { type: 'Value', value: 1000 },
    values: [int64(usageRatio * 1000)],
    tolerance,
    current: currentReplicas,
    status: currentReplicas,
    pods,
  });
  expect(proposal).toMatchObject({ replicas: expected.replicas });
  if (currentReplicas > 0 && !isWithinTolerance(usageRatio, tolerance))
    expect(expected.replicas).toBe(roundUp(usageRatio * readyPods));
}

function runReadyPods({ pods = [], tolerance }: CalculatorInput, expected: CalculatorExpected): void {
  // Read off the multiplier of a whole metric, which is proportional to the ready pods.
  const proposal = proposeWhole({
    target: { type: 'Value', value: 1000 },
    values: [1000],
    tolerance: tolerance ?? { down: 0.1, up: 0.1 },
    current: 1,
    status: 1,
    pods: pods.map(podOf),
  });
  expect(proposal).toMatchObject({ multiplier: expected.readyPods });
}

export function runGroups(
  { pods = [], metrics = [], resource, controller }: CalculatorInput,
  expected: CalculatorExpected,
): void {
  const groups = groupPods(pods.map(podOf), samplesOf(metrics), resource === 'cpu', readinessOf(controller), now);
  const { readyPodCount, unready, missing, ignored } = expected;
  expect(groups).toEqual({ readyPodCount, unready, missing, ignored });
}
