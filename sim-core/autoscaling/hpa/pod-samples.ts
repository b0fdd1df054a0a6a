import { int64, sum } from './int64.ts';
import type { Int64 } from './int64.ts';
import type { HpaPod, MetricError, Sample, Samples } from './pod.ts';

/** What the resource metrics API returns for one pod; a container without the resource has usage null. */
export interface PodMetrics {
  readonly pod: HpaPod['name'];
  readonly time: number;
  readonly window: number;
  readonly containers: readonly { readonly name: string; readonly usage: Int64 | null }[];
}

/**
 * One sample a pod: the sum over its containers, or one named container.
 *
 * A pod with any container lacking the resource has no sample. A pod that lacks the named container altogether makes
 * the whole metric fail.
 */
export function podSamples(metrics: readonly PodMetrics[], container: string | null): Samples | MetricError {
  const samples = new Map<HpaPod['name'], Sample>();
  for (const { pod, time, window, containers } of metrics) {
    if (container === null) {
      if (containers.length === 0 || containers.some(({ usage }) => usage === null)) continue;
      samples.set(pod, { value: sum(containers.map(({ usage }) => int64(usage ?? 0))), time, window });
    } else {
      const found = containers.find(({ name }) => name === container);
      if (found === undefined) return { error: `container ${container} not present in metrics for pod ${pod}` };
      if (found.usage !== null) samples.set(pod, { value: found.usage, time, window });
    }
  }
  return samples;
}
