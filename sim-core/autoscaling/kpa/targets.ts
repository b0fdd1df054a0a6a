/** What a replica is to carry, by the settings of the cluster and of the revision. */
export interface TargetSettings {
  readonly metric: 'concurrency' | 'rps';
  /** hard limit of a replica; 0 for none */
  readonly containerConcurrency: number;
  /** annotation `target` */
  readonly target: number | null;
  /** annotation `target-utilization-percentage`, as a fraction */
  readonly targetUtilization: number | null;
  readonly defaults: {
    readonly concurrencyTarget: number;
    readonly concurrencyUtilization: number;
    readonly rpsTarget: number;
    readonly rpsUtilization: number;
  };
}

/**
 * `total` is what a replica can carry, `target` what it is meant to carry.
 *
 * @see knative/serving pkg/reconciler/autoscaling/resources/target.go
 */
export function resolveTarget(settings: TargetSettings): { target: number; total: number } {
  const { metric, containerConcurrency, defaults } = settings;
  const byConcurrency = metric === 'concurrency';
  let total = byConcurrency ? containerConcurrency || defaults.concurrencyTarget : defaults.rpsTarget;
  if (settings.target !== null) {
    const capped = byConcurrency && containerConcurrency > 0;
    total = capped ? Math.min(settings.target, containerConcurrency) : settings.target;
  }
  const usual = byConcurrency ? defaults.concurrencyUtilization : defaults.rpsUtilization;
  return { target: Math.max(0.01, total * (settings.targetUtilization ?? usual)), total };
}

/** s: whole, at least one */
export function panicWindowOf(stableWindow: number, percentage: number): number {
  return Math.max(1, Math.round((stableWindow * percentage) / 100));
}

/** @returns activators in front of the revision; at least two */
export function activatorCount(ready: number, total: number, burstCapacity: number, activatorCapacity: number): number {
  if (burstCapacity === 0) return 2;
  return Math.max(2, Math.ceil((ready * total + Math.max(burstCapacity, 0)) / activatorCapacity));
}

/** How many of so many pods are asked for metrics: enough for 95 % confidence, a few of many. */
export function scrapeSampleSize(pods: number): number {
  if (pods <= 3) return pods;
  const needed = (1.96 * 1.96 * 100) / 25;
  return Math.ceil((pods * needed) / (pods + needed - 1));
}

/** An annotation of zero counts only where the cluster allows it. */
export function initialScaleOf(cluster: number, annotation: number | null, allowZero: boolean): number {
  return annotation === null || (annotation === 0 && !allowZero) ? cluster : annotation;
}
