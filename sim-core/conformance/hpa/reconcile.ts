import { fillBehavior } from '../../autoscaling/hpa/behavior.ts';
import type { BehaviorInput } from '../../autoscaling/hpa/behavior.ts';
import { int64 } from '../../autoscaling/hpa/int64.ts';
import type { HpaPod } from '../../autoscaling/hpa/pod.ts';
import { podSamples } from '../../autoscaling/hpa/pod-samples.ts';
import { reconcile } from '../../autoscaling/hpa/reconcile.ts';
import type { HpaMetric, Reading } from '../../autoscaling/hpa/spec.ts';
import { initialHpaState } from '../../autoscaling/hpa/state.ts';
import type { Tolerance } from '../../autoscaling/hpa/tolerance.ts';
import type { VectorFamily } from '../contract.ts';
import { now, podMetricsOf, podOf, readinessOf, recommendationsOf } from './forms.ts';
import type { ControllerVector, PodMetricsVector, PodVector, RecommendationVector } from './forms.ts';

interface MetricVector {
  readonly type: string;
  readonly resource?: string;
  readonly container?: string;
  readonly target?: { readonly type: string; readonly value?: number; readonly valueMilli?: number | string };
  readonly valuesMilli?: readonly (number | string)[];
  readonly error?: string;
}

interface ReconcileVector {
  readonly hpa: {
    readonly minReplicas: number;
    readonly maxReplicas: number;
    readonly metrics: readonly MetricVector[];
    readonly behavior: BehaviorInput | null;
    readonly behaviorTolerance?: { readonly scaleUp?: number; readonly scaleDown?: number };
    readonly scaledToZeroCondition: boolean;
  };
  readonly featureGates: { readonly HPAScaleToZero?: boolean; readonly HPAConfigurableTolerance?: boolean };
  readonly tolerance: Tolerance;
  readonly controller: ControllerVector;
  readonly scale: { readonly specReplicas: number; readonly statusReplicas: number };
  readonly recommendations: readonly RecommendationVector[] | null;
  readonly pods: readonly PodVector[];
  readonly podMetrics: readonly PodMetricsVector[];
  readonly selectorError?: string;
}

function metricOf({ type, resource, container, target }: MetricVector): HpaMetric {
  const label = resource === 'cpu' ? 'CPU' : (resource ?? type);
  const value = int64(target?.value ?? target?.valueMilli ?? 0);
  const targetType = target?.type ?? '';
  switch (type) {
    case 'Resource':
    case 'ContainerResource':
      return {
        label,
        type,
        resource: resource ?? '',
        container: container ?? null,
        target: { type: targetType as 'Utilization' | 'AverageValue', value },
      };
    case 'Pods':
      return { label, type, target: { type: 'AverageValue', value } };
    case 'Object':
    case 'External':
      return { label, type, target: { type: targetType as 'Value' | 'AverageValue', value } };
    default:
      return { label, type: 'Unknown' };
  }
}

function readingOf(metric: MetricVector, input: ReconcileVector, pods: readonly HpaPod[]): Reading {
  // A selector that cannot be read leaves no metric readable.
  if (input.selectorError !== undefined) return { error: input.selectorError };
  if (metric.error !== undefined) return { error: metric.error };
  if (metric.valuesMilli === undefined) {
    const samples = podSamples(podMetricsOf(input.podMetrics), metric.container ?? null);
    return 'error' in samples ? samples : { samples };
  }
  const values = metric.valuesMilli.map(int64);
  if (metric.type !== 'Pods') return { values };
  return {
    samples: new Map(
      values.map((value, index) => [pods[index]?.name ?? `no-pod-${index}`, { value, time: now, window: 60 }]),
    ),
  };
}

/** One whole evaluation. */
export const reconciles: VectorFamily = {
  answer({ input: given }) {
    const input = given as unknown as ReconcileVector;
    const { hpa, controller, scale, tolerance, featureGates } = input;
    const pods = input.pods.map(podOf);
    const stabilisation = controller.downscaleStabilizationSeconds ?? 300;
    const own = (featureGates.HPAConfigurableTolerance ?? true) ? hpa.behaviorTolerance : undefined;
    const behavior = hpa.behavior === null ? null : fillBehavior(hpa.behavior, stabilisation);
    const { decision, conditions, metricError } = reconcile({
      spec: {
        minReplicas: hpa.minReplicas,
        maxReplicas: hpa.maxReplicas,
        metrics: hpa.metrics.map(metricOf),
        behavior,
      },
      settings: {
        tolerance: { down: own?.scaleDown ?? tolerance.down, up: own?.scaleUp ?? tolerance.up },
        downscaleStabilization: stabilisation,
        ...readinessOf(controller),
        scaleToZero: featureGates.HPAScaleToZero ?? false,
      },
      target: { current: scale.specReplicas, status: scale.statusReplicas, pods },
      readings: hpa.metrics.map((metric) => readingOf(metric, input, pods)),
      state: {
        ...initialHpaState,
        scaledToZero: hpa.scaledToZeroCondition,
        recommendations: input.recommendations === null ? null : recommendationsOf(input.recommendations),
      },
      now,
    });
    return {
      actual: {
        desiredReplicas: decision.applied,
        metricError,
        scalingLimitedReason: conditions.scalingLimited,
        scalingActiveReason: conditions.scalingActive,
        ableToScaleReason: decision.applied === decision.current ? conditions.ableToScale : 'SucceededRescale',
      },
    };
  },
};
