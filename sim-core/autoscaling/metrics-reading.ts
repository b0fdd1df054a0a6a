import type { ServiceSnapshot } from '../kernel/contract.ts';
import type { ServiceSeen, SteadyPods } from './contract.ts';

/** What the observation needs to know of the deployment. */
export interface ObservedDeployment {
  /** millicores */
  readonly cpuRequestMilli: number;
}

/** What an evaluation makes of the scrapes it can reach; each way of reading them is one file. */
export interface Reading {
  service(): ServiceSeen;
  cpu(): CpuSample;
  /** as the service has it */
  cpuUtilisation(): number;
  /** undefined where pods have to be looked at one by one */
  steadyPods(): SteadyPods | undefined;
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

/** Millicores over a stretch: the same arithmetic wherever a pod's CPU is read. */
export const milliOf = (cpuTime: number, cpuTimeBefore: number, seconds: number): number =>
  ((cpuTime - cpuTimeBefore) / seconds) * 1000;

/** Of pods that are all alike, relative to their request. */
export function steadyUtilisation(
  { cpuTime, cpuTimeBefore, sampleWindow }: SteadyPods,
  cpuRequestMilli: number,
): number {
  let used = 0;
  for (let pod = 0; pod < cpuTime.length; pod++) used += milliOf(cpuTime[pod]!, cpuTimeBefore[pod]!, sampleWindow);
  return used / (cpuTime.length * cpuRequestMilli);
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
