import type { Observation, PodSeen } from '../contract.ts';
import { namedMetric } from './metric-names.ts';
import type { HpaPod, Sample } from './pod.ts';
import type { HpaMetric, Reading } from './spec.ts';

/** A simulated pod as the API server shows it: one container with the CPU request of the scenario. */
export function podsOf(seen: Observation, cpuRequestMilli: number): HpaPod[] {
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

/** Metrics are kept in billionths of a core and handed out in thousandths, rounded up. */
const roundedUp = (milli: number): number => Math.ceil(Math.round(milli * 1e6) / 1e6);

/** What the metrics APIs return for one metric of the spec. */
export function readingOf(metric: HpaMetric, seen: Observation): Reading {
  if (metric.type === 'Resource' || metric.type === 'ContainerResource') {
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
