import type { Behavior } from './behavior.ts';
import { remember } from './recommendations.ts';
import type { Recommendation } from './recommendations.ts';

export interface Stabilised {
  readonly replicas: number;
  /** reason of the condition AbleToScale; published only where the count changed */
  readonly reason: 'ScaleUpStabilized' | 'ScaleDownStabilized' | 'ReadyForNewScale';
}

/**
 * Without behavior: the highest recommendation of the window, the end of the window included.
 *
 * A maximum can also raise the count: an old high recommendation that was limited keeps pulling up until it leaves the window.
 *
 * @param window s
 * @see pkg/controller/podautoscaler/horizontal.go, stabilizeRecommendation
 */
export function stabiliseDefault(
  raw: number,
  stored: readonly Recommendation[],
  window: number,
  now: number,
): Stabilised {
  let replicas = raw;
  for (const each of stored) if (now - each.time <= window && each.replicas > replicas) replicas = each.replicas;
  return { replicas, reason: replicas === raw ? 'ReadyForNewScale' : 'ScaleDownStabilized' };
}

export function rememberDefault(
  stored: readonly Recommendation[],
  raw: number,
  window: number,
  now: number,
): Recommendation[] {
  return remember(stored, raw, now, (age) => age > window);
}

export interface StabilisationWindows {
  /** s */
  readonly up: number;
  /** s */
  readonly down: number;
}

export const windowsOf = ({ scaleUp, scaleDown }: Behavior): StabilisationWindows => ({
  up: scaleUp.stabilizationWindowSeconds,
  down: scaleDown.stabilizationWindowSeconds,
});

/**
 * With behavior: up only to the lowest recommendation of the up window, down only to the highest of the down window;
 * between the two the present count stays. The end of a window does not belong to it.
 *
 * @see pkg/controller/podautoscaler/horizontal.go, stabilizeRecommendationWithBehaviors
 */
export function stabiliseBehavior(
  current: number,
  raw: number,
  stored: readonly Recommendation[],
  windows: StabilisationWindows,
  now: number,
): Stabilised {
  let lowest = raw;
  let highest = raw;
  for (const each of stored) {
    const age = now - each.time;
    if (age < windows.up && each.replicas < lowest) lowest = each.replicas;
    if (age < windows.down && each.replicas > highest) highest = each.replicas;
  }
  let replicas = current;
  if (replicas < lowest) replicas = lowest;
  if (replicas > highest) replicas = highest;
  return { replicas, reason: raw >= current ? 'ScaleUpStabilized' : 'ScaleDownStabilized' };
}

export function rememberBehavior(
  stored: readonly Recommendation[],
  raw: number,
  windows: StabilisationWindows,
  now: number,
): Recommendation[] {
  return remember(stored, raw, now, (age) => age > windows.up && age > windows.down);
}
