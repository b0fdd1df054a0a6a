import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { duration, fraction } from '../../units/schema.ts';

/** What the cluster's administrator sets with flags of kube-controller-manager, for all HPAs at once. */
export const controllerManagerConfig = lazily(() =>
  z
    .strictObject({
      syncPeriod: duration({ positive: true }).default(15).describe('--horizontal-pod-autoscaler-sync-period'),
      tolerance: fraction({ max: 10 }).default(0.1).describe('--horizontal-pod-autoscaler-tolerance'),
      downscaleStabilization: duration().default(300).describe('--horizontal-pod-autoscaler-downscale-stabilization'),
      cpuInitializationPeriod: duration()
        .default(300)
        .describe('--horizontal-pod-autoscaler-cpu-initialization-period'),
      initialReadinessDelay: duration().default(30).describe('--horizontal-pod-autoscaler-initial-readiness-delay'),
      featureGates: z
        .strictObject({
          HPAScaleToZero: z
            .boolean()
            .default(false)
            .describe('Allows minReplicas 0 beside an Object or External metric.'),
          HPAConfigurableTolerance: z
            .boolean()
            .default(true)
            .describe('Reads behavior.scaleUp.tolerance and scaleDown.tolerance.'),
        })
        .prefault({}),
    })
    .describe('Settings of the controller that runs the HPA, not part of its spec.'),
);

export type ControllerManager = z.output<typeof controllerManagerConfig>;
