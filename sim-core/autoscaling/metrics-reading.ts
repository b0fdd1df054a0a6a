import type { ServiceSnapshot } from '../kernel/contract.ts';
import type { ServiceSeen } from './contract.ts';

/** What the observation needs to know of the deployment. */
export interface ObservedDeployment {
  /** millicores */
  readonly cpuRequestMilli: number;
}

/** What an evaluation makes of the scrapes it can reach; each way of reading them is one file. */
export interface Reading {
  service(): ServiceSeen;
  cpu(): CpuSample;
}

/** The CPU of one pod after the other; ids must be asked for in ascending order. */
export interface CpuSample {
  /** NaN when no sample exists */
  readonly cpuMilli: number;
  /** s: when it was taken */
  readonly time: number;
  /** s: what it averages over; not above 0 when no sample exists */
  readonly window: number;
  take(id: number): void;
}

/** Of the pods that are ready and measured, relative to their request; NaN when there is none. */
export function cpuUtilisationOf(
  latest: ServiceSnapshot | undefined,
  sample: CpuSample,
  cpuRequestMilli: number,
): number {
  let used = 0;
  let measured = 0;
  for (const { id, phase } of latest?.replicas ?? []) {
    if (phase !== 'ready') continue;
    sample.take(id);
    if (Number.isNaN(sample.cpuMilli)) continue;
    used += sample.cpuMilli;
    measured++;
  }
  return measured === 0 ? NaN : used / (measured * cpuRequestMilli);
}
