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
import type { VectorFamily } from './contract.ts';

interface StrategyInput {
  readonly strategy: string;
  readonly count: number;
  readonly metrics?: readonly number[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly factor: number;
  readonly threshold: number;
}

const strategies: VectorFamily = {
  answer({ input }) {
    const { strategy, count, metrics = [], config = {}, factor, threshold } = input as unknown as StrategyInput;
    if (strategy === 'target-value/direction') {
      return { actual: { direction: directionOf(count, factor, threshold) } };
    }
    const { data } = strategyConfig.safeParse({ [strategy]: config });
    if (data === undefined) return { actual: { error: true } };
    const action = runStrategy(data, count, metrics);
    if (action === null) return { actual: { action: null } };
    const { direction } = action;
    return { actual: { direction, count: direction === 'none' ? null : action.count } };
  },
};

type PolicyInput =
  | { readonly kind: 'preempt'; readonly a: Action; readonly b: Action }
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
      readonly cooldownSeconds?: number;
      readonly cooldownOnScaleUpSeconds?: number;
      readonly elapsedSeconds?: number;
      readonly nowSeconds: number;
      readonly lastEventSeconds: number;
    }
  | {
      readonly kind: 'cooldownAfter';
      readonly direction: Direction;
      readonly cooldownSeconds: number;
      readonly cooldownOnScaleUpSeconds: number;
    };

const policy: VectorFamily = {
  answer({ input }) {
    const given = input as unknown as PolicyInput;
    switch (given.kind) {
      case 'preempt':
        return { actual: { ...preempt(given.a, given.b) } };
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
        const cooldowns = { cooldown: given.cooldownSeconds, onScaleUp: given.cooldownOnScaleUpSeconds };
        return { actual: { cooldownSeconds: cooldownAfter(given.direction, cooldowns) } };
      }
      default:
        throw new Error('An unknown kind of case');
    }
  },
};

/** Nomad Autoscaler. */
export const nomadFamilies: Readonly<Record<string, VectorFamily>> = {
  'nomad-policy': policy,
  'nomad-strategies': strategies,
};
