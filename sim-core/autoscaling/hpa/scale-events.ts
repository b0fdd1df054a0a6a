import type { ScalingPolicy } from './behavior.ts';

/** A change of the count that was made, as the rate policies remember it. */
export interface ScaleEvent {
  /** replicas added or removed, > 0 */
  readonly change: number;
  /** s */
  readonly time: number;
  /** older than every policy of its direction when it was last looked at; its place is used again */
  readonly outdated: boolean;
}

/** Replicas changed by events younger than the period; an event exactly as old no longer counts. */
export function changedWithin(events: readonly ScaleEvent[], period: number, now: number): number {
  let changed = 0;
  for (const { change, time } of events) if (now - time < period) changed += change;
  return changed;
}

/** s; 0 without policies */
export function longestPeriod(policies: readonly ScalingPolicy[]): number {
  let longest = 0;
  for (const { periodSeconds } of policies) longest = Math.max(longest, periodSeconds);
  return longest;
}

/** Flags what is older than the longest period. */
export function markOutdated(events: readonly ScaleEvent[], longest: number, now: number): ScaleEvent[] {
  return events.map((event) => (now - event.time > longest && !event.outdated ? { ...event, outdated: true } : event));
}

/** Stores an event in the place of the last outdated one, or at the end. */
export function rememberScaleEvent(
  events: readonly ScaleEvent[],
  change: number,
  policies: readonly ScalingPolicy[],
  now: number,
): ScaleEvent[] {
  const marked = markOutdated(events, longestPeriod(policies), now);
  const event = { change, time: now, outdated: false };
  const place = marked.findLastIndex(({ outdated }) => outdated);
  return place < 0 ? [...marked, event] : marked.with(place, event);
}
