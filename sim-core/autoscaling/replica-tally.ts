import type { ReplicaSnapshot } from '../kernel/contract.ts';

/** What the replicas of a scrape come to. Scrapes show the same list while nothing but CPU changes, so it is made seldom. */
export interface ReplicaTally {
  readonly replicas: readonly ReplicaSnapshot[];
  /** those not about to go */
  readonly staying: number;
  readonly ready: number;
  /** s: when the last of all began to start, and when the last became ready; Infinity where one has not yet */
  readonly lastStart: number;
  readonly lastReady: number;
}

export function tallyOf(replicas: readonly ReplicaSnapshot[]): ReplicaTally {
  let staying = 0;
  let ready = 0;
  let lastStart = -Infinity;
  let lastReady = -Infinity;
  for (const { phase, startedAt, readyAt } of replicas) {
    if (phase !== 'draining') staying++;
    if (phase === 'ready') ready++;
    lastStart = Math.max(lastStart, startedAt);
    lastReady = Math.max(lastReady, readyAt);
  }
  return { replicas, staying, ready, lastStart, lastReady };
}
