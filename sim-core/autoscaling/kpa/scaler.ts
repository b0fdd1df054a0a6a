/** Condition Active of the PodAutoscaler: True, Unknown, False; null before it was ever set. */
export type ActiveStatus = 'active' | 'activating' | 'inactive';

export interface ScalerSettings {
  readonly enableScaleToZero: boolean;
  /** s: the activator must have been in the path for so long */
  readonly gracePeriod: number;
  /** s: how long the last pod stays although nothing comes; 0 for unreachable revisions */
  readonly podRetention: number;
  /** s after which a start that does not succeed is given up */
  readonly activationTimeout: number;
  readonly stableWindow: number;
  /** −1: the activator is always in the path */
  readonly burstCapacity: number;
}

export interface ScaleBounds {
  readonly min: number;
  /** 0 for none */
  readonly max: number;
}

/** Min-scale holds for revisions that can be reached; until the initial scale was once reached, that too. */
export function scaleBounds(
  { min, max }: ScaleBounds,
  { initialScale, initialised, reachable }: { initialScale: number; initialised: boolean; reachable: boolean },
): ScaleBounds {
  if (!reachable) return { min: 0, max };
  return { min: !initialised && initialScale > 1 ? Math.max(min, initialScale) : min, max };
}

export const withinBounds = ({ min, max }: ScaleBounds, want: number): number =>
  want < min ? min : max !== 0 && want > max ? max : want;

export interface ScalerView {
  readonly status: ActiveStatus | null;
  /** s in that status */
  readonly statusFor: number;
  /** whether requests are routed through the activator, and for how long, s */
  readonly proxyMode: boolean;
  readonly proxyFor: number;
  readonly activatorProbeOk: boolean;
}

/** What is to be done about a wish for zero. `write` null: the count stays as it is. */
export interface ZeroVerdict {
  /** −1 when undecided */
  readonly want: number;
  readonly write: number | null;
  readonly requeue: boolean;
  readonly probe: boolean;
  readonly reason: string;
}

/**
 * The way to zero: three waits in a row (active for a stable window, then marked inactive, then the activator in the
 * path for the grace period).
 *
 * @see knative/serving pkg/reconciler/autoscaling/kpa/scaler.go, handleScaleToZero
 */
export function handleZero(settings: ScalerSettings, view: ScalerView): ZeroVerdict {
  const verdict = (
    want: number,
    write: number | null,
    reason: string,
    rest: Partial<ZeroVerdict> = {},
  ): ZeroVerdict => ({
    want,
    write,
    reason,
    requeue: false,
    probe: false,
    ...rest,
  });
  const { status, statusFor } = view;
  if (!settings.enableScaleToZero) return verdict(1, 1, 'ScaleToZeroDisabled');
  if (status === 'activating') {
    if (statusFor > settings.activationTimeout) return verdict(0, 0, 'ActivationTimedOut');
    return verdict(-1, null, 'Activating', { requeue: true });
  }
  if (status === 'active') {
    if (statusFor >= settings.stableWindow) return verdict(0, null, 'BecomesInactive', { requeue: view.proxyMode });
    return verdict(1, 1, 'ActiveTooShort', { requeue: true });
  }
  if (settings.burstCapacity !== -1 && !view.activatorProbeOk)
    return verdict(0, null, 'ActivatorNotInPath', { probe: true });
  const { gracePeriod, podRetention } = settings;
  const inactiveFor = status === null ? -1 : statusFor;
  if (inactiveFor >= Math.max(gracePeriod, podRetention)) return verdict(0, 0, 'GracePeriodOver');
  if (podRetention > 0 && inactiveFor < podRetention) return verdict(0, null, 'PodRetained', { requeue: true });
  if (view.proxyFor >= gracePeriod) return verdict(0, 0, 'ActivatorInPath');
  return verdict(0, null, 'GracePeriod', { requeue: true });
}

/**
 * Condition Active after a reconciliation.
 *
 * @param want −1: no data
 * @param minReady pods from which the revision counts as active
 * @see knative/serving pkg/reconciler/autoscaling/kpa/kpa.go, computeActiveCondition
 */
export function activeCondition(
  status: ActiveStatus | null,
  want: number,
  ready: number,
  minReady: number,
): ActiveStatus | null {
  if (want === 0 || minReady === 0) return 'inactive';
  if (want <= 0 && status === 'inactive') return status;
  return ready < minReady ? 'activating' : 'active';
}
