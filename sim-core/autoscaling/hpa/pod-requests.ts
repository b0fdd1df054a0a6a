import type { HpaPod, MetricError } from './pod.ts';

export interface RequestOptions {
  /** null: the whole pod */
  readonly container: string | null;
  readonly podLevelResources?: boolean;
}

/**
 * The denominator of utilization: what each pod requests, in thousandths.
 *
 * For a whole pod the sum of its containers and of its restartable init containers (sidecars), or the request of the
 * pod as a whole where that feature is on and set. A missing request fails the metric.
 */
export function podRequests(
  pods: readonly HpaPod[],
  { container, podLevelResources = false }: RequestOptions,
): ReadonlyMap<HpaPod['name'], number> | MetricError {
  const requests = new Map<HpaPod['name'], number>();
  for (const pod of pods) {
    if (container === null && podLevelResources && pod.podRequest !== undefined) {
      requests.set(pod.name, pod.podRequest);
      continue;
    }
    let total = 0;
    let found = false;
    for (const each of pod.containers) {
      if (container !== null && each.name !== container) continue;
      if (each.request === null) return { error: `missing request in container ${each.name} of pod ${pod.name}` };
      total += each.request;
      found = true;
    }
    for (const each of pod.initContainers ?? []) {
      if (!each.restartable || (container !== null && each.name !== container)) continue;
      if (each.request === null) return { error: `missing request in container ${each.name} of pod ${pod.name}` };
      total += each.request;
      found = true;
    }
    if (container !== null && !found) return { error: `container ${container} not found in pod ${pod.name}` };
    requests.set(pod.name, total);
  }
  return requests;
}
