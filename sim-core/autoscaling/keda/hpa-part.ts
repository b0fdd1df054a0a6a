import type { ControllerContext, Observation } from '../contract.ts';
import { buildSettings } from '../hpa/build-spec.ts';
import type { ControllerManager } from '../hpa/controller-manager.ts';
import { fillBehavior } from '../hpa/behavior.ts';
import type { Behavior } from '../hpa/behavior.ts';
import { SeenTarget, readingOf } from '../hpa/readings.ts';
import { reconcile } from '../hpa/reconcile.ts';
import type { Reconciled } from '../hpa/reconcile.ts';
import type { HpaMetric, HpaSettings, HpaSpec, Reading } from '../hpa/spec.ts';
import type { HpaState } from '../hpa/state.ts';
import { switchesOf } from './config.ts';
import type { KedaConfig } from './config.ts';
import { hpaBounds } from './replica-bounds.ts';
import { inMilli } from './triggers.ts';
import type { ExternalTrigger } from './triggers.ts';

/** The HPA that a ScaledObject makes, and what its External metrics are called. */
export interface HpaPart {
  readonly spec: HpaSpec;
  readonly settings: HpaSettings;
}

/**
 * External metrics of the triggers, or the one composite metric, then the resources; the user's behavior, or none. A
 * paused direction is a disabled one.
 */
export function hpaPart(config: KedaConfig, triggers: readonly ExternalTrigger[], manager: ControllerManager): HpaPart {
  const { min, max } = hpaBounds(config);
  const { scalingModifiers, horizontalPodAutoscalerConfig } = config.advanced;
  const external: HpaMetric[] =
    scalingModifiers === undefined
      ? triggers.map(({ label, target }) => ({ label, type: 'External', target }))
      : [
          {
            label: 'composite',
            type: 'External',
            target: { type: scalingModifiers.metricType, value: inMilli(scalingModifiers.target) },
          },
        ];
  const resources = config.triggers.flatMap((trigger): HpaMetric[] => {
    if (trigger.type !== 'cpu') return [];
    const { value, type = trigger.metricType } = trigger.metadata;
    const target: { type: 'AverageValue' | 'Utilization'; value: number } =
      type === 'AverageValue' ? { type, value: inMilli(value) } : { type: 'Utilization', value };
    return [{ label: 'CPU', type: 'Resource', resource: 'cpu', container: null, target }];
  });
  const given = horizontalPodAutoscalerConfig?.behavior;
  return {
    spec: {
      minReplicas: min,
      maxReplicas: max,
      metrics: [...external, ...resources],
      behavior: behaviorOf(config, manager.downscaleStabilization),
    },
    settings: {
      ...buildSettings({ minReplicas: min, maxReplicas: max, behavior: given }, manager),
      scaleToZero: false,
    },
  };
}

function behaviorOf(config: KedaConfig, downscaleStabilization: number): Behavior | null {
  const { pausedScaleIn, pausedScaleOut } = switchesOf(config);
  const given = config.advanced.horizontalPodAutoscalerConfig?.behavior;
  if (given === undefined && !pausedScaleIn && !pausedScaleOut) return null;
  const { scaleUp, scaleDown } = fillBehavior(given ?? {}, downscaleStabilization);
  return {
    scaleUp: pausedScaleOut ? { ...scaleUp, selectPolicy: 'Disabled' } : scaleUp,
    scaleDown: pausedScaleIn ? { ...scaleDown, selectPolicy: 'Disabled' } : scaleDown,
  };
}

/** @param external one reading for each External metric of the part, in its order */
export function evaluateHpa(
  { spec, settings }: HpaPart,
  external: readonly Reading[],
  seen: Observation,
  state: HpaState,
  { cpuRequestMilli, explained = true }: ControllerContext,
): Reconciled {
  const pods = { cpuRequestMilli, readiness: settings };
  return reconcile({
    spec,
    settings,
    target: new SeenTarget(seen, cpuRequestMilli),
    readings: spec.metrics.map((metric, index) => external[index] ?? readingOf(metric, seen, pods)),
    state,
    now: seen.time,
    explained,
  });
}
