export type AdjustmentType = 'ChangeInCapacity' | 'ExactCapacity' | 'PercentChangeInCapacity';

/** Toward zero, but never to nothing: what lies between −1 and 1 is one. */
export function roundAdjustment(value: number): number {
  if (value === 0) return 0;
  return Math.abs(value) < 1 ? Math.sign(value) : Math.trunc(value);
}

/**
 * Capacity after an adjustment, not below zero.
 *
 * @param minMagnitude fewest instances a percentage changes
 */
export function adjustCapacity(capacity: number, type: AdjustmentType, adjustment: number, minMagnitude = 0): number {
  if (type === 'ExactCapacity') return adjustment;
  if (type === 'ChangeInCapacity') return Math.max(0, capacity + adjustment);
  const change = roundAdjustment((capacity * adjustment) / 100);
  const magnitude = adjustment === 0 ? 0 : Math.max(Math.abs(change), minMagnitude);
  return Math.max(0, capacity + Math.sign(adjustment) * magnitude);
}

/** An interval of (metric − threshold). */
export interface StepAdjustment {
  /** −∞ for none */
  readonly lower: number;
  /** ∞ for none */
  readonly upper: number;
  readonly adjustment: number;
}

/**
 * The step of a metric. Above the threshold the lower bound belongs to a step, below it the upper one.
 *
 * @returns undefined where no step lies: the alarm is not in breach
 */
export function stepFor(difference: number, steps: readonly StepAdjustment[]): StepAdjustment | undefined {
  return steps.find(({ lower, upper }) =>
    upper > 0 ? difference >= lower && difference < upper : difference > lower && difference <= upper,
  );
}

/** Instances that warm up count toward what a step wants: the same step again adds nothing, a bigger one the rest. */
export const topUp = (warm: number, warming: number, wanted: number): number => Math.max(warm + warming, wanted);

/** Of several policies the largest capacity, both out and in. */
export const largestCapacity = (capacities: readonly number[]): number => Math.max(...capacities);

/** Within a scale-in cool-down nothing leaves; a scale-out goes ahead and ends it. */
export function cooldownConflict(
  lastActivity: 'scaleIn' | 'scaleOut',
  remaining: number,
  alarm: 'scaleIn' | 'scaleOut',
) {
  const blocked = lastActivity === 'scaleIn' && remaining > 0;
  return { allowed: alarm === 'scaleOut' || !blocked, scaleInCooldownCancelled: alarm === 'scaleOut' && blocked };
}
