import type { z } from 'zod';
import type { Issue } from '../../issue.ts';
import type { Controller, ControllerContext } from '../contract.ts';
import type { ControllerKind } from '../controller-kind.ts';
import { buildSettings, buildSpec } from './build-spec.ts';
import { hpaConfig } from './config.ts';
import type { HpaConfig } from './config.ts';
import { controllerManagerConfig } from './controller-manager.ts';
import type { ControllerManager } from './controller-manager.ts';
import { SeenTarget, readingOf } from './readings.ts';
import { reconcile } from './reconcile.ts';
import { initialHpaState, rememberRescale } from './state.ts';
import type { HpaState } from './state.ts';

/** The controller manager's settings stand beside the spec, which stays as it is written for a cluster. */
export interface HpaSiblings {
  readonly controllerManager?: ControllerManager | undefined;
}

const managerOf = ({ controllerManager }: HpaSiblings): ControllerManager =>
  controllerManager ?? controllerManagerConfig.parse({});

/** Kubernetes HorizontalPodAutoscaler, autoscaling/v2, evaluated every sync period. */
export const hpaKind = {
  config: hpaConfig,
  create(config: HpaConfig, context: ControllerContext, siblings: HpaSiblings): Controller<HpaState> {
    const manager = managerOf(siblings);
    const spec = buildSpec(config, manager);
    const settings = buildSettings(config, manager);
    const { explained = true, cpuRequestMilli } = context;
    const podSettings = { cpuRequestMilli, readiness: settings };
    return {
      kind: 'hpa',
      interval: manager.syncPeriod,
      initialState: initialHpaState,
      evaluate(seen, state) {
        const readings = spec.metrics.map((metric) => readingOf(metric, seen, podSettings));
        const target = new SeenTarget(seen, cpuRequestMilli);
        return reconcile({ spec, settings, target, readings, state, now: seen.time, explained });
      },
      afterApply: (state, seen, applied) =>
        rememberRescale(state, spec.behavior, seen.desiredReplicas, applied, seen.time),
    };
  },
  check({ minReplicas }: HpaConfig, _context: ControllerContext, siblings: HpaSiblings): Issue[] {
    if (minReplicas > 0 || managerOf(siblings).featureGates.HPAScaleToZero) return [];
    return [
      {
        code: 'scale-to-zero-off',
        severity: 'error',
        path: ['minReplicas'],
        message:
          '`minReplicas: 0` needs the feature gate HPAScaleToZero: set `controllerManager: {featureGates: {HPAScaleToZero: true}}` beside `hpa`, or give at least 1.',
      },
    ];
  },
} satisfies ControllerKind<typeof hpaConfig, HpaSiblings> & { config: z.ZodType };
