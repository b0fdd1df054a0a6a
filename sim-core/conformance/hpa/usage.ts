import { int64 } from '../../autoscaling/hpa/int64.ts';
import { podRequests } from '../../autoscaling/hpa/pod-requests.ts';
import { averageRatio, utilizationRatio } from '../../autoscaling/hpa/usage-ratio.ts';
import { proposeWhole } from '../../autoscaling/hpa/whole-proposal.ts';
import type { VectorFamily } from '../contract.ts';
import { unknownKind } from '../unknown-kind.ts';
import { errorLike, inFormOf, podOf } from './forms.ts';
import type { PodVector } from './forms.ts';

interface RequestsInput {
  readonly pods: readonly PodVector[];
  readonly container?: string | null;
  readonly podLevelResourcesGate?: boolean;
}

/** What utilisation is divided by. */
export const requests: VectorFamily = {
  answer({ input, expected }) {
    const { pods, container = null, podLevelResourcesGate = false } = input as unknown as RequestsInput;
    const found = podRequests(pods.map(podOf), { container, podLevelResources: podLevelResourcesGate });
    if ('error' in found) return { actual: { error: errorLike(expected['error'], found.error) } };
    return { actual: { requestsMilli: Object.fromEntries(found) } };
  },
};

type Usage = Readonly<Record<string, number>>;
type RatioInput =
  | { kind: 'resource'; usageMilli: Usage; requestMilli?: Usage; targetUtilizationPercent: number }
  | { kind: 'plain'; usageMilli: Usage; targetMilli: number }
  | { kind: 'perPodUsage'; usageMilli: number | string; statusReplicas: number };

const samplesOf = (usage: Usage) =>
  new Map(Object.entries(usage).map(([pod, value]) => [pod, { value: int64(value), time: 0, window: 60 }]));

/** Ratios of usage to target, and the average that is reported. */
export const usageRatio: VectorFamily = {
  answer({ input: given, expected }) {
    const input = given as unknown as RatioInput;
    if (input.kind === 'perPodUsage') {
      const proposal = proposeWhole({
        target: { type: 'AverageValue', value: 1000 },
        values: [int64(input.usageMilli)],
        tolerance: { down: 0.1, up: 0.1 },
        current: input.statusReplicas,
        status: input.statusReplicas,
        pods: [],
      });
      if ('error' in proposal) return { actual: { error: proposal.error } };
      return { actual: { averageValueMilli: inFormOf(expected['averageValueMilli'], proposal.usage.average) } };
    }
    if (input.kind !== 'resource' && input.kind !== 'plain') return unknownKind((input as { kind?: unknown }).kind);
    const usage =
      input.kind === 'resource'
        ? utilizationRatio(
            samplesOf(input.usageMilli),
            new Map(Object.entries(input.requestMilli ?? {})),
            input.targetUtilizationPercent,
          )
        : averageRatio(samplesOf(input.usageMilli), input.targetMilli);
    if ('error' in usage) return { actual: { error: errorLike(expected['error'], usage.error) } };
    const { ratio, utilization, average } = usage;
    return {
      actual: {
        ratio,
        utilizationPercent: utilization,
        averageValueMilli: inFormOf(expected['averageValueMilli'], average),
      },
    };
  },
};
