export type FallbackBehavior =
  'static' | 'currentReplicas' | 'currentReplicasIfHigher' | 'currentReplicasIfLower' | 'scalingModifiers';

export interface Fallback {
  readonly failureThreshold: number;
  readonly replicas: number;
  readonly behavior?: FallbackBehavior | undefined;
}

/** How often in a row a metric could not be read. */
export interface Health {
  readonly failures: number;
  readonly status: 'Happy' | 'Failing';
}

export interface PolledMetric {
  /** null: it was read */
  readonly error: string | null;
  /** what was read */
  readonly value: number | null;
  /** null: not polled before */
  readonly health: Health | null;
}

export interface FallbackTarget {
  readonly type: 'AverageValue' | 'Value';
  readonly value: number;
  readonly current: number;
  /** null: unknown */
  readonly ready: number | null;
}

export interface HandedOver {
  /** what the HPA gets; null with an error */
  readonly metric: number | null;
  readonly error: string | null;
  readonly health: Health | null;
  /** whether `metric` is the substitute */
  readonly fellBack: boolean;
}

/**
 * What the HPA is handed for a metric: its value, its error, or, after more failures in a row than tolerated, the value
 * at which the HPA asks for the replicas of the fallback. Health is kept only where there is a valid fallback.
 *
 * @see kedacore/keda pkg/fallback/fallback.go, GetMetricsWithFallback
 */
export function withFallback(
  { error, value, health }: PolledMetric,
  fallback: Fallback | null,
  target: FallbackTarget,
): HandedOver {
  const kept = fallback !== null && fallback.failureThreshold >= 0 && fallback.replicas >= 0;
  if (error === null) {
    const after: Health | null = kept ? { failures: 0, status: 'Happy' } : health;
    return { metric: value, error, health: after, fellBack: false };
  }
  if (!kept) return { metric: null, error, health, fellBack: false };
  const after: Health = { failures: (health?.failures ?? 0) + 1, status: 'Failing' };
  if (after.failures <= fallback.failureThreshold) return { metric: null, error, health: after, fellBack: false };
  const substitute = substituteOf(fallback, target);
  if (substitute === null) return { metric: null, error: 'error performing fallback', health: after, fellBack: false };
  return { metric: substitute, error: null, health: after, fellBack: true };
}

/** Thousandths, cut off; null where no replica is ready to divide by. */
function substituteOf(fallback: Fallback, { type, value, current, ready }: FallbackTarget): number | null {
  const replicas = fallbackReplicas(fallback, current);
  if (type === 'AverageValue') return Math.trunc(value * 1000 * replicas) / 1000;
  if (ready === null || ready <= 0) return null;
  return Math.trunc(value * 1000 * (replicas / ready)) / 1000;
}

/** Replicas a fallback asks for. */
export function fallbackReplicas({ replicas, behavior = 'static' }: Fallback, current: number): number {
  switch (behavior) {
    case 'currentReplicas':
      return current;
    case 'currentReplicasIfHigher':
      return Math.max(current, replicas);
    case 'currentReplicasIfLower':
      return Math.min(current, replicas);
    case 'static':
    case 'scalingModifiers':
      return replicas;
  }
}

/** With the behavior `scalingModifiers` a metric that failed too often is nil in the formula, for `??` to catch. */
export function triggerInFormula(
  value: number | null,
  health: Health | null,
  { failureThreshold, behavior }: Pick<Fallback, 'failureThreshold' | 'behavior'>,
): number | null {
  return behavior === 'scalingModifiers' && (health?.failures ?? 0) > failureThreshold ? null : value;
}
