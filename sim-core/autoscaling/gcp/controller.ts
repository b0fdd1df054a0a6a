import type { Controller, ControllerContext } from '../contract.ts';
import type { ControllerKind } from '../controller-kind.ts';
import { boundsRule, decide, runStages } from '../pipeline.ts';
import type { StageRule } from '../pipeline.ts';
import { gcpConfig } from './config.ts';
import type { GcpConfig } from './config.ts';
import { largestSignal, modeRule, scaleInControlRule, stabilizationRule, withinPeriod, withinWindow } from './rules.ts';
import type { Recommended } from './rules.ts';
import { signalsOf } from './signals.ts';

interface GcpState {
  /** what the signals asked for, and the sizes recommended after the scale-in control; null before the first evaluation */
  readonly needs: readonly Recommended[] | null;
  readonly recommendations: readonly Recommended[];
}

/** s between evaluations */
const interval = 60;

/** Compute Engine autoscaler of a managed instance group, once a minute. */
export const gcpKind = {
  config: gcpConfig,
  create(config: GcpConfig, { cpuRequestMilli }: ControllerContext): Controller<GcpState> {
    const stabilization = Math.max(config.stabilizationPeriodSec, config.coolDownPeriodSec);
    const control =
      config.scaleInControl === undefined
        ? undefined
        : { allowed: config.scaleInControl.maxScaledInReplicas, window: config.scaleInControl.timeWindowSec };
    return {
      kind: 'gcp',
      interval,
      initialState: { needs: null, recommendations: [] },
      evaluate(seen, state) {
        const { time, desiredReplicas: current } = seen;
        const signals = signalsOf(config, seen, cpuRequestMilli);
        const known = signals.filter(({ size }) => !Number.isNaN(size));
        const observed = Object.fromEntries(
          signals.map(({ name, value }) => [name === 'cpu' ? 'cpuUtilisation' : name, value]),
        );
        const needed = known.length === 0 ? NaN : largestSignal(known.map(({ size }) => size));
        const winner = known.find(({ size }) => size === needed);
        const origin = [
          {
            name: 'signals',
            input: current,
            output: Number.isNaN(needed) ? current : needed,
            reason: winner === undefined ? 'NoData' : 'LargestSignal',
            detail: winner?.detail ?? 'No signal has data: the size stays',
          },
        ];
        // A group that was there before has needed its size until now.
        const before = state.needs ?? [{ time, size: current }];
        const sized: StageRule[] = [stabilizationRule(before, stabilization, time)];
        if (control !== undefined)
          sized.push(
            scaleInControlRule(control, [...state.recommendations, ...(state.needs === null ? before : [])], time),
          );
        sized.push(boundsRule('bounds', config.minNumReplicas, config.maxNumReplicas));
        const decision = decide({ time, current, observed, recommended: needed, origin }, [
          ...sized,
          modeRule(config.mode, current),
        ]);
        const recommended = Number.isNaN(needed)
          ? []
          : [{ time, size: runStages(needed, sized).at(-1)?.output ?? needed }];
        return {
          decision,
          state: {
            needs: [
              ...withinPeriod(before, stabilization, time),
              ...(Number.isNaN(needed) ? [] : [{ time, size: needed }]),
            ],
            recommendations: [...withinWindow(state.recommendations, control?.window ?? 0, time), ...recommended],
          },
        };
      },
    };
  },
} satisfies ControllerKind<typeof gcpConfig>;
