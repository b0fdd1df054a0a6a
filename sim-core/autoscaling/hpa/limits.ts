import { changedWithin } from './scale-events.ts';
import type { ScaleEvent } from './scale-events.ts';
import type { ScalingPolicy, ScalingRules } from './behavior.ts';

/** Without behavior one evaluation at most doubles the count, but may always reach four. */
export function defaultScaleUpLimit(current: number): number {
  return Math.max(2 * current, 4);
}

export interface ScaleEvents {
  readonly up: readonly ScaleEvent[];
  readonly down: readonly ScaleEvent[];
}

/** The farthest count reachable now in one direction, and the policy that says so (null for Disabled). */
export interface DirectionLimit {
  readonly limit: number;
  readonly policy: ScalingPolicy | null;
  /** replicas already added (up) or removed (down) within the period of that policy, net of the other direction */
  readonly used: number;
}

/** What each policy allows from where its period began; both directions' events tell where that was. */
function reach(
  current: number,
  rules: ScalingRules,
  events: ScaleEvents,
  now: number,
  allowed: (start: number, policy: ScalingPolicy) => number,
  better: (a: number, b: number) => boolean,
): DirectionLimit | undefined {
  let best: DirectionLimit | undefined;
  for (const policy of rules.policies) {
    const net =
      changedWithin(events.up, policy.periodSeconds, now) - changedWithin(events.down, policy.periodSeconds, now);
    const limit = allowed(current - net, policy);
    if (best === undefined || better(limit, best.limit)) best = { limit, policy, used: net };
  }
  return best;
}

/**
 * The highest count the policies of scaleUp allow now. Percentages are rounded up, so growth never stalls.
 *
 * @see pkg/controller/podautoscaler/horizontal.go, calculateScaleUpLimitWithScalingRules
 */
export function scaleUpLimit(current: number, rules: ScalingRules, events: ScaleEvents, now: number): DirectionLimit {
  if (rules.selectPolicy === 'Disabled') return { limit: current, policy: null, used: 0 };
  const found = reach(
    current,
    rules,
    events,
    now,
    (start, { type, value }) => (type === 'Pods' ? start + value : Math.ceil(start * (1 + value / 100))),
    rules.selectPolicy === 'Min' ? (a, b) => a < b : (a, b) => a > b,
  );
  return found === undefined || found.limit < current
    ? { limit: current, policy: found?.policy ?? null, used: found?.used ?? 0 }
    : found;
}

/**
 * The lowest count the policies of scaleDown allow now. Percentages of what remains are cut off, so at least the
 * percentage goes. `Max` means the largest change and so the lowest count.
 *
 * @see pkg/controller/podautoscaler/horizontal.go, calculateScaleDownLimitWithBehaviors
 */
export function scaleDownLimit(current: number, rules: ScalingRules, events: ScaleEvents, now: number): DirectionLimit {
  if (rules.selectPolicy === 'Disabled') return { limit: current, policy: null, used: 0 };
  const found = reach(
    current,
    rules,
    events,
    now,
    (start, { type, value }) => (type === 'Pods' ? start - value : Math.trunc(start * (1 - value / 100))),
    rules.selectPolicy === 'Min' ? (a, b) => a > b : (a, b) => a < b,
  );
  if (found === undefined || found.limit > current)
    return { limit: current, policy: found?.policy ?? null, used: -(found?.used ?? 0) };
  return { ...found, used: -found.used };
}
