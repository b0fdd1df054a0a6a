import type { HpaPod, Samples } from './pod.ts';

export interface ReadinessSettings {
  /** s */
  readonly cpuInitializationPeriod: number;
  /** s */
  readonly initialReadinessDelay: number;
}

export interface PodGroups {
  /** pods that multiply the ratio */
  readonly readyPodCount: number;
  readonly unready: readonly HpaPod['name'][];
  readonly missing: readonly HpaPod['name'][];
  readonly ignored: readonly HpaPod['name'][];
}

/**
 * Sorts the pods of the target before any arithmetic; the first rule that applies wins.
 *
 * @param cpu whether the metric is the resource `cpu`: only then readiness matters
 * @see pkg/controller/podautoscaler/replica_calculator.go, groupPods
 */
export function groupPods(
  pods: readonly HpaPod[],
  samples: Samples,
  cpu: boolean,
  settings: ReadinessSettings,
  now: number,
): PodGroups {
  const unready: HpaPod['name'][] = [];
  const missing: HpaPod['name'][] = [];
  const ignored: HpaPod['name'][] = [];
  let readyPodCount = 0;
  for (const pod of pods) {
    if (pod.deleted || pod.phase === 'Failed' || pod.phase === 'Succeeded') {
      ignored.push(pod.name);
      continue;
    }
    if (pod.phase === 'Pending') {
      unready.push(pod.name);
      continue;
    }
    const sample = samples.get(pod.name);
    if (sample === undefined) missing.push(pod.name);
    else if (cpu && isCpuUnready(pod, sample.time, sample.window, settings, now)) unready.push(pod.name);
    else readyPodCount++;
  }
  return { readyPodCount, unready, missing, ignored };
}

/** Whether a running pod's CPU is not to be taken for load yet. */
export function isCpuUnready(
  pod: Pick<HpaPod, 'ready' | 'startTime' | 'readyTransition'>,
  sampleTime: number,
  sampleWindow: number,
  settings: ReadinessSettings,
  now: number,
): boolean {
  if (pod.ready === null || pod.startTime === null) return true;
  const readyTransition = pod.readyTransition ?? pod.startTime;
  if (pod.startTime + settings.cpuInitializationPeriod > now) {
    // Part of the sample was taken before the pod became ready: start-up work, not load.
    return !pod.ready || sampleTime < readyTransition + sampleWindow;
  }
  // Not ready and never ready since its start. A pod that was ready once counts with its metric.
  return !pod.ready && pod.startTime + settings.initialReadinessDelay > readyTransition;
}
