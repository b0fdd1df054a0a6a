import type { ReplicaSnapshot, ServiceSnapshot } from '../../../sim-core/kernel/contract.ts';
import { LatencyHistogram } from '../../../sim-core/statistics/latency-histogram.ts';

/** A replica that has been ready since long before t = 0. */
export const always: Omit<ReplicaSnapshot, 'id'> = {
  phase: 'ready',
  createdAt: 0,
  startedAt: -Infinity,
  readyAt: -Infinity,
};

/** A service under constant load since t = 0: 10 requests/s of 0.2 s on 4 slots of 2 replicas, each at 300 millicores. */
export function scrape(
  time: number,
  {
    replicas = [
      { id: 0, ...always, cpuTime: 0.3 * time },
      { id: 1, ...always, cpuTime: 0.3 * time },
    ],
    ...overrides
  }: Partial<Omit<ServiceSnapshot, 'replicas' | 'cpuTime'>> & {
    replicas?: (ReplicaSnapshot & { cpuTime: number })[];
  } = {},
): ServiceSnapshot {
  const latencies = new LatencyHistogram();
  return {
    time,
    arrivals: 10 * time,
    completed: 9 * time,
    rejected: 0.5 * time,
    timedOut: 0.25 * time,
    failed: 0.25 * time,
    queueLength: 3,
    inService: 2,
    busyTime: 2 * time,
    readySlotTime: 4 * time,
    serviceTimeSum: 9 * time * 0.2,
    serviceTimeSquareSum: 9 * time * 0.05,
    sojournTimeSum: 9 * time * 0.3,
    latencies,
    replicas: replicas.map(({ id, phase, createdAt, startedAt, readyAt }) => ({
      id,
      phase,
      createdAt,
      startedAt,
      readyAt,
    })),
    cpuTime: replicas.map(({ cpuTime }) => cpuTime),
    ...overrides,
  };
}
