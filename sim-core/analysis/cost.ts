import type { NodeLife, ReplicaLife } from '../experiment/result.ts';
import type { Scenario } from '../scenario/schema.ts';

type Cost = Scenario['cost'];

const billedUnit = { 'per-second': 1, 'per-minute': 60, 'per-hour': 3600 } as const;

/**
 * What the replicas cost within [from, end]: each is billed from its start until it is gone, in started seconds,
 * minutes or hours. One that was there before counts from `from`, one still there at the end up to the end; one that
 * never started costs nothing.
 * @returns currency units
 */
export function replicaCost(replicas: readonly ReplicaLife[], cost: Cost, from: number, end: number): number {
  const spans = replicas.map((replica) => billedSpan(replica, from, end));
  return billed(spans, cost.billing, cost.perReplicaHour);
}

/** What the nodes cost within [from, end], each from ready to removed, billed like replicas. @returns currency units */
export function nodeCost(nodes: readonly NodeLife[], cost: Cost, from: number, end: number): number {
  const price = cost.perNodeHour ?? 0;
  if (price === 0) return 0;
  const spans = nodes.map(({ readyAt, goneAt }) => billedSpan({ startedAt: readyAt, goneAt }, from, end));
  return billed(spans, cost.billing, price);
}

/** The price of each span, s, in started units. */
function billed(spans: readonly (readonly [number, number])[], billing: Cost['billing'], perHour: number): number {
  const unit = billedUnit[billing];
  let units = 0;
  for (const [start, stop] of spans) {
    // 1e-9 forgives what rounding left of a duration that was meant to be whole.
    if (stop > start) units += Math.ceil((stop - start) / unit - 1e-9);
  }
  return (units * unit * perHour) / 3600;
}

/** What the minutes that missed the objectives cost, currency units. */
export function violationCost(violationMinutes: number, cost: Cost): number {
  return violationMinutes * cost.perSloViolationMinute;
}

/** Most replicas that were billed at once within [from, end]. */
export function mostReplicas(replicas: readonly ReplicaLife[], from: number, end: number): number {
  return mostBilled(replicas.map((replica) => billedSpan(replica, from, end)));
}

/** Most spans that hold one instant in common. */
export function mostBilled(spans: readonly (readonly [number, number])[]): number {
  const starts: number[] = [];
  const stops: number[] = [];
  for (const [start, stop] of spans) {
    if (!(stop > start)) continue;
    starts.push(start);
    stops.push(stop);
  }
  const startTimes = Float64Array.from(starts).sort();
  const stopTimes = Float64Array.from(stops).sort();
  let most = 0;
  let gone = 0;
  for (let i = 0; i < startTimes.length; i += 1) {
    while (stopTimes[gone]! <= startTimes[i]!) gone += 1;
    most = Math.max(most, i + 1 - gone);
  }
  return most;
}

/** The billed part of a life within [from, end]; empty when it never started, or was gone before. */
export function billedSpan(
  { startedAt, goneAt }: Pick<ReplicaLife, 'startedAt' | 'goneAt'>,
  from: number,
  end: number,
): readonly [number, number] {
  if (Number.isNaN(startedAt)) return [end, end];
  return [Math.max(startedAt, from), Number.isNaN(goneAt) ? end : Math.min(goneAt, end)];
}
