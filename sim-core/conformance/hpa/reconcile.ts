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
import { now, podMetricsOf, podOf, readinessOf, recommendationsOf, toleranceOf } from './forms.ts';
import type { ControllerVector, PodMetricsVector, PodVector, RecommendationVector } from './forms.ts';

interface MetricVector {
  readonly type: string;
  readonly resource?: string | null;
  readonly container?: string | null;
  readonly target?: { readonly type: string; readonly value?: number; readonly valueMilli?: number | string };
  readonly valuesMilli?: readonly (number | string)[] | null;
  readonly error?: string | null;
}

interface ReconcileVector {
  readonly hpa: {
    readonly minReplicas?: number | null;
    readonly maxReplicas: number;
    readonly metrics?: readonly MetricVector[] | null;
    readonly behavior?: BehaviorInput | null;
    readonly behaviorTolerance?: { readonly scaleUp?: number | null; readonly scaleDown?: number | null } | null;
    readonly scaledToZeroCondition?: boolean;
  };
  readonly featureGates?: { readonly HPAScaleToZero?: boolean; readonly HPAConfigurableTolerance?: boolean } | null;
  readonly tolerance?: Partial<Tolerance> | null;
  readonly controller?: ControllerVector | null;
  readonly scale: { readonly specReplicas: number; readonly statusReplicas?: number };
  readonly recommendations?: readonly RecommendationVector[] | null;
  readonly pods?: readonly PodVector[] | null;
  readonly podMetrics?: readonly PodMetricsVector[] | null;
  readonly selectorError?: string | null;
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
  const error = input.selectorError ?? metric.error;
  if (typeof error === 'string') return { error };
  if (metric.valuesMilli === undefined || metric.valuesMilli === null) {
    const samples = podSamples(podMetricsOf(input.podMetrics ?? []), metric.container ?? null);
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
    const { hpa, controller, scale, featureGates } = input;
    const tolerance = toleranceOf(input.tolerance);
    const pods = (input.pods ?? []).map(podOf);
    const metrics = hpa.metrics ?? [];
    const stabilisation = controller?.downscaleStabilizationSeconds ?? 300;
    const own = (featureGates?.HPAConfigurableTolerance ?? true) ? hpa.behaviorTolerance : undefined;
    const written = hpa.behavior ?? null;
    const behavior = written === null ? null : fillBehavior(written, stabilisation);
    const reconciled = reconcile({
      spec: {
        minReplicas: hpa.minReplicas ?? 1,
        maxReplicas: hpa.maxReplicas,
        metrics: metrics.map(metricOf),
        behavior,
      },
      settings: {
        tolerance: { down: own?.scaleDown ?? tolerance.down, up: own?.scaleUp ?? tolerance.up },
        downscaleStabilization: stabilisation,
        ...readinessOf(controller),
        scaleToZero: featureGates?.HPAScaleToZero ?? false,
      },
      target: { current: scale.specReplicas, status: scale.statusReplicas ?? scale.specReplicas, pods },
      readings: metrics.map((metric) => readingOf(metric, input, pods)),
      state: {
        ...initialHpaState,
        scaledToZero: hpa.scaledToZeroCondition ?? false,
        recommendations: (input.recommendations ?? null) === null ? null : recommendationsOf(input.recommendations),
      },
      now,
    });
    const { decision, metricError } = reconciled;
    const conditions = reconciled.conditions();
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
