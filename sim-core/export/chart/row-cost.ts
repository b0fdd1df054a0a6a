import type { RunColumns } from '../../kernel/columns.ts';

/** What a scenario charges, in its currency. */
export interface Prices {
  readonly perReplicaHour: number;
  readonly perNodeHour?: number | undefined;
}

export const isPriced = (prices: Prices | undefined): boolean =>
  (prices?.perReplicaHour ?? 0) > 0 || (prices?.perNodeHour ?? 0) > 0;

/** Node-seconds of a row: the mean of what stood at its two ends, all of it. */
export function nodeSecondsOf({ nodes }: Pick<RunColumns, 'nodes'>, row: number, recordingInterval: number): number {
  return ((nodes[row]! + nodes[Math.max(0, row - 1)]!) / 2) * recordingInterval;
}

/**
 * Replicas and nodes at their price, by the second. Billing by started hours and the price of violations belong to the
 * whole run and stand in its summary.
 */
export function costOf(
  replicaSeconds: number,
  nodeSeconds: number,
  { perReplicaHour, perNodeHour = 0 }: Prices,
): number {
  return (replicaSeconds / 3600) * perReplicaHour + (nodeSeconds / 3600) * perNodeHour;
}
