import { fillBehavior } from './behavior.ts';
import type { HpaConfig, HpaMetricSpec } from './config.ts';
import type { ControllerManager } from './controller-manager.ts';
import type { HpaMetric, HpaSettings, HpaSpec } from './spec.ts';

/** The configuration as parsed, in the form the rules work on, with the API server's defaults. */
export function buildSpec(config: HpaConfig, manager: ControllerManager): HpaSpec {
  const metrics = config.metrics ?? [];
  return {
    minReplicas: config.minReplicas,
    maxReplicas: config.maxReplicas,
    metrics: metrics.length === 0 ? [defaultMetric] : metrics.map(buildMetric),
    behavior: config.behavior === undefined ? null : fillBehavior(config.behavior, manager.downscaleStabilization),
  };
}

const defaultMetric: HpaMetric = {
  label: 'CPU',
  type: 'Resource',
  resource: 'cpu',
  container: null,
  target: { type: 'Utilization', value: 80 },
};

/** The configuration schema has made sure that the field named by the type is there. */
function targetOf<Type extends string>(target: {
  readonly type: Type;
  readonly averageUtilization?: number | undefined;
  readonly averageValue?: number | undefined;
  readonly value?: number | undefined;
}): { type: Type; value: number } {
  return { type: target.type, value: target.averageUtilization ?? target.averageValue ?? target.value ?? NaN };
}

function buildMetric(metric: HpaMetricSpec): HpaMetric {
  switch (metric.type) {
    case 'Resource':
      return {
        label: 'CPU',
        type: 'Resource',
        resource: metric.resource.name,
        container: null,
        target: targetOf(metric.resource.target),
      };
    case 'ContainerResource':
      // A simulated pod is one container, whatever its name.
      return {
        label: 'CPU',
        type: 'ContainerResource',
        resource: metric.containerResource.name,
        container: null,
        target: targetOf(metric.containerResource.target),
      };
    case 'Pods':
      return { label: metric.pods.metric.name, type: 'Pods', target: targetOf(metric.pods.target) };
    case 'Object':
      return { label: metric.object.metric.name, type: 'Object', target: targetOf(metric.object.target) };
    case 'External': {
      const { metric: named, target, fallback } = metric.external;
      const built = { label: named.name, type: 'External' as const, target: targetOf(target) };
      if (fallback === undefined) return built;
      return { ...built, fallback: { after: fallback.failureDurationSeconds, replicas: fallback.replicas } };
    }
  }
}

/** A tolerance within `behavior` goes before the controller manager's. */
export function buildSettings({ behavior }: HpaConfig, manager: ControllerManager): HpaSettings {
  const own = manager.featureGates.HPAConfigurableTolerance ? behavior : undefined;
  const tolerance = (milli: number | undefined): number => (milli === undefined ? manager.tolerance : milli / 1000);
  return {
    tolerance: { down: tolerance(own?.scaleDown?.tolerance), up: tolerance(own?.scaleUp?.tolerance) },
    downscaleStabilization: manager.downscaleStabilization,
    cpuInitializationPeriod: manager.cpuInitializationPeriod,
    initialReadinessDelay: manager.initialReadinessDelay,
    scaleToZero: manager.featureGates.HPAScaleToZero,
  };
}
