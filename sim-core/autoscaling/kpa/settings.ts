import type { ControllerContext } from '../contract.ts';
import type { KpaConfig } from './config.ts';
import type { DeciderSpec } from './decider.ts';
import type { ScaleBounds, ScalerSettings } from './scaler.ts';
import { panicWindowOf, resolveTarget } from './targets.ts';

/** Configuration as the rules need it: annotations before the ConfigMap. */
export interface KpaSettings {
  readonly metric: 'concurrency' | 'rps';
  /** s */
  readonly stableWindow: number;
  readonly panicWindow: number;
  readonly decider: DeciderSpec;
  readonly bounds: ScaleBounds;
  readonly scaler: ScalerSettings;
}

/** s: progress deadline of a revision, and what is added before a start is given up. */
const activationTimeout = 600 + 30;

export function settingsOf(config: KpaConfig, { concurrency }: ControllerContext): KpaSettings {
  const { annotations: own, configAutoscaler: cluster } = config;
  const metric = own['autoscaling.knative.dev/metric'] ?? 'concurrency';
  const { target, total } = resolveTarget({
    metric,
    containerConcurrency: config.containerConcurrency ?? concurrency,
    target: own['autoscaling.knative.dev/target'] ?? null,
    targetUtilization: own['autoscaling.knative.dev/target-utilization-percentage'] ?? null,
    defaults: {
      concurrencyTarget: cluster['container-concurrency-target-default'],
      concurrencyUtilization: cluster['container-concurrency-target-percentage'],
      rpsTarget: cluster['requests-per-second-target-default'],
      rpsUtilization: 0.7,
    },
  });
  const stableWindow = own['autoscaling.knative.dev/window'] ?? cluster['stable-window'];
  const burstCapacity = own['autoscaling.knative.dev/target-burst-capacity'] ?? cluster['target-burst-capacity'];
  return {
    metric,
    stableWindow,
    panicWindow: panicWindowOf(
      stableWindow,
      own['autoscaling.knative.dev/panic-window-percentage'] ?? cluster['panic-window-percentage'],
    ),
    decider: {
      target,
      total,
      burstCapacity,
      panicThreshold:
        (own['autoscaling.knative.dev/panic-threshold-percentage'] ?? cluster['panic-threshold-percentage']) / 100,
      maxScaleUpRate: cluster['max-scale-up-rate'],
      maxScaleDownRate: cluster['max-scale-down-rate'],
      stableWindow,
      scaleDownDelay: own['autoscaling.knative.dev/scale-down-delay'] ?? cluster['scale-down-delay'],
      activationScale: own['autoscaling.knative.dev/activation-scale'] ?? 0,
      reachable: true,
    },
    bounds: {
      min: own['autoscaling.knative.dev/min-scale'] ?? cluster['min-scale'],
      max: own['autoscaling.knative.dev/max-scale'] ?? cluster['max-scale'],
    },
    scaler: {
      enableScaleToZero: cluster['enable-scale-to-zero'],
      gracePeriod: cluster['scale-to-zero-grace-period'],
      podRetention:
        own['autoscaling.knative.dev/scale-to-zero-pod-retention-period'] ??
        cluster['scale-to-zero-pod-retention-period'],
      activationTimeout,
      stableWindow,
      burstCapacity,
    },
  };
}
