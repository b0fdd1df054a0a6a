import { expect } from 'vitest';
import { divideUp, int64 } from '../../../sim-core/autoscaling/hpa/int64.ts';
import { podRequests } from '../../../sim-core/autoscaling/hpa/pod-requests.ts';
import { averageRatio, utilizationRatio } from '../../../sim-core/autoscaling/hpa/usage-ratio.ts';
import { proposeWhole } from '../../../sim-core/autoscaling/hpa/whole-proposal.ts';
import { runCalculator, runGroups } from './calculator.ts';
import { integerText, podOf, runFamily } from './vectors.ts';
import type { PodVector } from './vectors.ts';

runFamily('hpa-group-pods', 10, runGroups);
runFamily('hpa-replica-calculator-resource', 19, runCalculator);
runFamily('hpa-replica-calculator-pods-metric', 7, runCalculator);
runFamily('hpa-replica-calculator-object-external', 13, runCalculator);
runFamily('hpa-legacy-1.15-replica-calculator', 20, runCalculator);
runFamily('hpa-karmada-replica-calculator', 16, runCalculator);

interface RequestsInput {
  readonly pods: readonly PodVector[];
  readonly container: string | null;
  readonly podLevelResourcesGate: boolean;
}

runFamily(
  'hpa-pod-requests',
  5,
  (input: RequestsInput, expected: { requestsMilli?: Record<string, number>; error?: string }) => {
    const { container, podLevelResourcesGate } = input;
    const requests = podRequests(input.pods.map(podOf), { container, podLevelResources: podLevelResourcesGate });
    if (expected.error !== undefined) {
      expect('error' in requests && requests.error).toContain(expected.error);
      return;
    }
    if ('error' in requests) throw new Error(requests.error);
    expect(Object.fromEntries(requests)).toEqual(expected.requestsMilli);
  },
);

type Usage = Readonly<Record<string, number>>;
type RatioInput =
  | { kind: 'resource'; usageMilli: Usage; requestMilli: Usage; targetUtilizationPercent: number }
  | { kind: 'plain'; usageMilli: Usage; targetMilli: number }
  | { kind: 'perPodUsage'; usageMilli: number | string; statusReplicas: number };

interface RatioExpected {
  readonly ratio?: number;
  readonly utilizationPercent?: number;
  readonly averageValueMilli?: number | string;
  readonly error?: string;
}

const samplesOf = (usage: Usage) =>
  new Map(Object.entries(usage).map(([pod, value]) => [pod, { value: int64(value), time: 0, window: 60 }]));

runFamily('hpa-usage-ratio', 6, (input: RatioInput, expected: RatioExpected) => {
  if (input.kind === 'perPodUsage') {
    const status = input.statusReplicas;
    const proposal = proposeWhole({
      target: { type: 'AverageValue', value: 1000 },
      values: [int64(input.usageMilli)],
      tolerance: { down: 0.1, up: 0.1 },
      current: status,
      status,
      pods: [],
    });
    if ('error' in proposal) throw new Error(proposal.error);
    expect(integerText(proposal.usage.average)).toBe(integerText(expected.averageValueMilli));
    if (status > 0)
      expect(integerText(divideUp(int64(input.usageMilli), status))).toBe(integerText(expected.averageValueMilli));
    return;
  }
  const usage =
    input.kind === 'resource'
      ? utilizationRatio(
          samplesOf(input.usageMilli),
          new Map(Object.entries(input.requestMilli)),
          input.targetUtilizationPercent,
        )
      : averageRatio(samplesOf(input.usageMilli), input.targetMilli);
  if (expected.error !== undefined) {
    expect('error' in usage && usage.error).toContain(expected.error);
    return;
  }
  expect(usage).toEqual({
    ratio: expected.ratio,
    utilization: expected.utilizationPercent,
    average: expected.averageValueMilli,
  });
});
