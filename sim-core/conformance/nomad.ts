import {
  capCount,
  cooldownAfter,
  pickWinner,
  preempt,
  remainingCooldown,
  scalingNeeded,
} from '../autoscaling/nomad/action.ts';
import type { Action, Direction } from '../autoscaling/nomad/action.ts';
import { runStrategy } from '../autoscaling/nomad/run-strategy.ts';
import { directionOf } from '../autoscaling/nomad/strategies.ts';
import { strategyConfig } from '../autoscaling/nomad/strategy-config.ts';
import type { VectorFamily, VectorObject } from './contract.ts';
import { unknownKind } from './unknown-kind.ts';

interface StrategyInput {
  readonly strategy: string;
  readonly count: number;
  readonly metrics?: readonly number[] | null;
  readonly config?: Readonly<Record<string, unknown>> | null;
  readonly factor: number;
  readonly threshold: number;
}

/** Settings a strategy reads: the plugins take no notice of others. */
const settingsOf: Readonly<Record<string, readonly string[]>> = {
  'target-value': ['target', 'threshold', 'max_scale_up', 'max_scale_down'],
  threshold: ['lower_bound', 'upper_bound', 'delta', 'percentage', 'value', 'within_bounds_trigger'],
  'pass-through': ['max_scale_up', 'max_scale_down'],
  'fixed-value': ['value'],
};

function knownSettings(strategy: string, config: VectorObject): VectorObject {
  const known = settingsOf[strategy] ?? unknownKind(strategy);
  return Object.fromEntries(Object.entries(config).filter(([name]) => known.includes(name)));
}

const strategies: VectorFamily = {
  answer({ input }) {
    const { strategy, count, metrics, config, factor, threshold } = input as unknown as StrategyInput;
    if (strategy === 'target-value/direction') {
      return { actual: { direction: directionOf(count, factor, threshold) } };
    }
    const { data } = strategyConfig.safeParse({ [strategy]: knownSettings(strategy, config ?? {}) });
    if (data === undefined) return { actual: { error: true } };
    const action = runStrategy(data, count, metrics ?? []);
    if (action === null) return { actual: { action: null } };
    const { direction } = action;
    return { actual: { direction, count: direction === 'none' ? null : action.count } };
  },
};

type PolicyInput =
  | { readonly kind: 'preempt'; readonly a?: Action | null; readonly b?: Action | null }
  | { readonly kind: 'cap'; readonly count: number; readonly min: number; readonly max: number }
  | { readonly kind: 'pickWinner'; readonly groups: Readonly<Record<string, readonly (Action | null)[]>> }
  | {
      readonly kind: 'scalingNeeded';
      readonly direction: Direction;
      readonly actionCount: number;
      readonly currentCount: number;
    }
  | {
      readonly kind: 'remainingCooldown';
      readonly cooldownSeconds?: number | null;
      readonly cooldownOnScaleUpSeconds?: number | null;
      readonly elapsedSeconds?: number | null;
      readonly nowSeconds: number;
      readonly lastEventSeconds: number;
    }
  | {
      readonly kind: 'cooldownAfter';
      readonly direction: Direction;
      readonly cooldownSeconds: number;
      readonly cooldownOnScaleUpSeconds?: number | null;
    };

const policy: VectorFamily = {
  answer({ input }) {
    const given = input as unknown as PolicyInput;
    switch (given.kind) {
      case 'preempt':
        return { actual: { ...preempt(given.a ?? null, given.b ?? null) } };
      case 'cap':
        return { actual: { count: capCount(given.count, given.min, given.max) } };
      case 'pickWinner':
        return { actual: { action: pickWinner(new Map(Object.entries(given.groups))) } };
      case 'scalingNeeded': {
        const action = { direction: given.direction, count: given.actionCount };
        return { actual: { needed: scalingNeeded(action, given.currentCount) } };
      }
      case 'remainingCooldown': {
        const cooldown = given.cooldownOnScaleUpSeconds ?? given.cooldownSeconds ?? NaN;
        const elapsed = given.elapsedSeconds ?? given.nowSeconds - given.lastEventSeconds;
        return { actual: { remainingSeconds: remainingCooldown(cooldown, elapsed) } };
      }
      case 'cooldownAfter': {
        const cooldowns = {
          cooldown: given.cooldownSeconds,
          onScaleUp: given.cooldownOnScaleUpSeconds ?? given.cooldownSeconds,
        };
        return { actual: { cooldownSeconds: cooldownAfter(given.direction, cooldowns) } };
      }
      default:
        return unknownKind((given as { kind?: unknown }).kind);
    }
  },
};

/** Nomad Autoscaler. */
export const nomadFamilies: Readonly<Record<string, VectorFamily>> = {
  'nomad-policy': policy,
  'nomad-strategies': strategies,
};
