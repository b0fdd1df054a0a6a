import type { Action, Direction } from './action.ts';

export interface StepCaps {
  readonly maxScaleUp: number;
  readonly maxScaleDown: number;
}

export interface TargetValue extends StepCaps {
  readonly target: number;
  /** dead zone around a factor of one */
  readonly threshold: number;
}

export interface Threshold {
  /** inclusive */
  readonly lower: number;
  /** exclusive */
  readonly upper: number;
  /** data points within the bounds that it takes */
  readonly trigger: number;
  readonly change: { readonly delta: number } | { readonly percentage: number } | { readonly value: number };
}

const none = (count: number): Action => ({ direction: 'none', count });

function towards(count: number, next: number): Action {
  return { direction: next > count ? 'up' : next < count ? 'down' : 'none', count: next };
}

const capped = (count: number, next: number, { maxScaleUp, maxScaleDown }: StepCaps): number =>
  Math.min(Math.max(next, count - maxScaleDown), count + maxScaleUp);

/** @see hashicorp/nomad-autoscaler plugins/builtin/strategy/target-value, calculateDirection */
export function directionOf(count: number, factor: number, threshold: number): Direction {
  if (count === 0) return factor > 0 ? 'up' : 'none';
  if (factor < 1 - threshold) return 'down';
  return factor > 1 + threshold ? 'up' : 'none';
}

/** Value over target: the whole value where the target is nothing. */
export const factorOf = (value: number, target: number): number => (target === 0 ? value : value / target);

/**
 * In proportion to the newest data point, rounded up also on the way down.
 *
 * @returns null without data
 * @see hashicorp/nomad-autoscaler plugins/builtin/strategy/target-value
 */
export function targetValue(count: number, metrics: readonly number[], settings: TargetValue): Action | null {
  const last = metrics.at(-1);
  if (last === undefined) return null;
  const factor = factorOf(last, settings.target);
  if (directionOf(count, factor, settings.threshold) === 'none') return none(count);
  return towards(count, capped(count, Math.max(0, Math.ceil(count === 0 ? factor : count * factor)), settings));
}

/**
 * A step once enough data points of the window lie within the bounds.
 *
 * @returns null without data
 * @see hashicorp/nomad-autoscaler plugins/builtin/strategy/threshold
 */
export function threshold(count: number, metrics: readonly number[], settings: Threshold): Action | null {
  if (metrics.length === 0) return null;
  const { lower, upper, trigger, change } = settings;
  if (pointsWithin(metrics, settings) < trigger || lower >= upper) return none(count);
  if ('delta' in change) return towards(count, Math.max(0, count + change.delta));
  if ('percentage' in change) return towards(count, Math.max(0, Math.ceil(count * (1 + change.percentage / 100))));
  return towards(count, change.value);
}

export const pointsWithin = (metrics: readonly number[], { lower, upper }: Threshold): number =>
  metrics.filter((value) => value >= lower && value < upper).length;

/** The newest data point is the count. */
export function passThrough(count: number, metrics: readonly number[], caps: StepCaps): Action | null {
  const last = metrics.at(-1);
  return last === undefined ? null : towards(count, capped(count, Math.max(0, Math.trunc(last)), caps));
}

/** Always the same count, whatever is measured. */
export const fixedValue = (count: number, value: number): Action => towards(count, value);
