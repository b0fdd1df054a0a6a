import type { Observation, PodSeen, PodWalk, SteadyPods } from '../contract.ts';
import { milliOf } from '../metrics-reading.ts';
import { namedMetric } from './metric-names.ts';
import { isCpuUnready } from './group-pods.ts';
import type { ReadinessSettings } from './group-pods.ts';
import type { HpaPod, PodTotals, Sample } from './pod.ts';
import type { ScaleTarget } from './propose.ts';
import type { HpaMetric, Reading } from './spec.ts';

/** What the HPA's readings of simulated pods rest on. */
export interface PodSettings {
  /** of each pod, millicores */
  readonly cpuRequestMilli: number;
  readonly readiness: ReadinessSettings;
}

/** A simulated pod as the API server shows it: one container with the CPU request of the scenario. */
function podsOf(seen: Observation, cpuRequestMilli: number): HpaPod[] {
  const containers = [{ name: 'service', request: cpuRequestMilli }];
  return seen.pods.map((pod) => ({
    name: pod.id,
    phase: pod.phase === 'pending' ? 'Pending' : 'Running',
    deleted: pod.terminating,
    ready: pod.phase === 'pending' ? null : pod.ready,
    startTime: Number.isNaN(pod.startTime) ? null : pod.startTime,
    readyTransition: Number.isNaN(pod.readyTransition) ? null : pod.readyTransition,
    containers,
  }));
}

/** The simulated service as the target of an HPA. Its pods are made when they are looked at, which is seldom. */
export class SeenTarget implements ScaleTarget {
  readonly current: number;
  readonly status: number;
  private made: readonly HpaPod[] | undefined;

  constructor(
    private readonly seen: Observation,
    private readonly cpuRequestMilli: number,
  ) {
    this.current = seen.desiredReplicas;
    this.status = seen.currentReplicas;
  }

  get pods(): readonly HpaPod[] {
    return (this.made ??= podsOf(this.seen, this.cpuRequestMilli));
  }
}

/** Metrics are kept in billionths of a core and handed out in thousandths, rounded up. */
const roundedUp = (milli: number): number => Math.ceil(Math.round(milli * 1e6) / 1e6);

/**
 * The CPU of all pods in one sum, where every pod counts, which is nearly always: no pod need then be looked at again.
 * Undefined where one is not ready, not measured or about to go, or where numbers end to be whole ones.
 */
function cpuTotals(seen: Observation, { cpuRequestMilli, readiness }: PodSettings): PodTotals | undefined {
  const { time } = seen;
  const steady = seen.steadyPods?.();
  if (steady !== undefined && areAllLoad(steady, readiness, time)) return steadyTotals(steady, cpuRequestMilli);
  const walk = seen.podByPod?.() ?? walkOf(seen.pods);
  let pods = 0;
  let used = 0;
  let requested = 0;
  for (let pod = walk.next(); pod !== undefined; pod = walk.next()) {
    if (!pod.ready || pod.terminating || Number.isNaN(pod.cpuMilli)) return undefined;
    if (isCpuUnready(pod, pod.sampleTime, pod.sampleWindow, readiness, time)) return undefined;
    pods++;
    used += roundedUp(pod.cpuMilli);
    requested += cpuRequestMilli;
  }
  return requested > 0 && Number.isSafeInteger(used) ? { pods, used, requested } : undefined;
}

/** Whether none of them is one `isCpuUnready` leaves out. */
function areAllLoad(
  { lastStart, lastReady, sampleTime, sampleWindow }: SteadyPods,
  { cpuInitializationPeriod }: ReadinessSettings,
  now: number,
): boolean {
  return lastStart + cpuInitializationPeriod <= now || sampleTime >= lastReady + sampleWindow;
}

function steadyTotals(
  { cpuTime, cpuTimeBefore, sampleWindow }: SteadyPods,
  cpuRequestMilli: number,
): PodTotals | undefined {
  const pods = cpuTime.length;
  let used = 0;
  let requested = 0;
  for (let pod = 0; pod < pods; pod++) {
    used += roundedUp(milliOf(cpuTime[pod]!, cpuTimeBefore[pod]!, sampleWindow));
    requested += cpuRequestMilli;
  }
  return requested > 0 && Number.isSafeInteger(used) ? { pods, used, requested } : undefined;
}

function walkOf(pods: readonly PodSeen[]): PodWalk {
  let at = 0;
  return { next: () => pods[at++] };
}

/** What the metrics APIs return for one metric of the spec. */
export function readingOf(metric: HpaMetric, seen: Observation, settings: PodSettings): Reading {
  if (metric.type === 'Resource' || metric.type === 'ContainerResource') {
    const totals = metric.target.type === 'Utilization' ? cpuTotals(seen, settings) : undefined;
    if (totals !== undefined) return { totals };
    const samples = new Map<number, Sample>();
    for (const { id, cpuMilli, sampleTime, sampleWindow } of seen.pods) {
      if (!Number.isNaN(cpuMilli))
        samples.set(id, { value: roundedUp(cpuMilli), time: sampleTime, window: sampleWindow });
    }
    return { samples };
  }
  const named = namedMetric(metric.label);
  if (named === undefined) return { error: 'unable to fetch metrics: no such metric' };
  const value = named.read(seen.service);
  if (Number.isNaN(value)) return { error: 'unable to fetch metrics: nothing observed yet' };
  if (metric.type !== 'Pods') return { values: [roundedUp(value * 1000)] };
  // Only a ready pod answers: one still starting is missing, which the HPA treats with caution.
  const ready = seen.pods.filter(isServing);
  const share = roundedUp((named.shared ? value / ready.length : value) * 1000);
  return { samples: new Map(ready.map(({ id }) => [id, { value: share, time: seen.time, window: 0 }])) };
}

const isServing = (pod: PodSeen): boolean => pod.ready && !pod.terminating;
