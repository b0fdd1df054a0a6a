import type { Controller, ControllerContext } from '../contract.ts';
import type { ControllerKind } from '../controller-kind.ts';
import { decide } from '../pipeline.ts';
import { staticConfig } from './config.ts';
import type { StaticConfig } from './config.ts';

/** s: how often a count that is not yet reached (it starts elsewhere, or a guard slows it) is asked for. */
const interval = 15;

/** Always the same count. When the deployment starts with it, nothing is ever evaluated. */
export const staticKind = {
  config: staticConfig,
  create({ replicas }: StaticConfig, { initialReplicas }: ControllerContext): Controller<null> {
    return {
      kind: 'static',
      interval: initialReplicas === replicas ? Infinity : interval,
      initialState: null,
      evaluate({ time, desiredReplicas }, state) {
        const detail = `Always ${replicas}`;
        const origin = [{ name: 'fixed', input: desiredReplicas, output: replicas, reason: 'Fixed', detail }];
        return {
          decision: decide({ time, current: desiredReplicas, observed: {}, recommended: replicas, origin }, []),
          state,
        };
      },
    };
  },
} satisfies ControllerKind<typeof staticConfig>;
