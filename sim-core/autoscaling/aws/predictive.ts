/** s: forecasts are for whole hours */
export const forecastHour = 3600;
/** h of history a first forecast needs; up to fourteen days are looked at */
const leastHistoryHours = 24;
/** h between forecasts */
export const refreshHours = 6;

export const hasEnoughHistory = (hours: number): boolean => hours >= leastHistoryHours;

/** In which hour since the first one the forecast in force was made. */
export const forecastMadeAt = (hoursSinceFirst: number, every: number = refreshHours): number =>
  Math.floor(hoursSinceFirst / every) * every;

export interface CapacityBounds {
  readonly min: number;
  readonly max: number;
  readonly breach: 'HonorMaxCapacity' | 'IncreaseMaxCapacity';
  /** percent above the forecast; null counts as none */
  readonly buffer: number | null;
}

/**
 * The maximum while a forecast holds. With IncreaseMaxCapacity a forecast close to the maximum or above raises it to the
 * forecast and its buffer. AWS does not say what is close; here it is when the buffer reaches beyond the maximum.
 */
export function effectiveMaximum(predicted: number, { max, breach, buffer }: CapacityBounds): number {
  if (breach === 'HonorMaxCapacity') return max;
  // Percent as whole numbers, since 1.1 × 50 is a little more than 55.
  return Math.max(max, Math.ceil((predicted * (100 + (buffer ?? 0))) / 100));
}

/** Capacity a forecast leads to. It only ever raises: what is there already stays. */
export function predictiveCapacity(predicted: number, actual: number, bounds: CapacityBounds) {
  const effectiveMax = effectiveMaximum(predicted, bounds);
  const wanted = Math.max(predicted, actual, bounds.min);
  return { effectiveMax, desired: Math.min(wanted, effectiveMax) };
}

export interface CapacityRange {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly desired?: number | undefined;
}

/** A scheduled action sets new bounds at once; the capacity asked for, or that of now, is moved into them. */
export function scheduledCapacity(
  current: number,
  { min = 0, max = Infinity, desired = current }: CapacityRange,
): number {
  return Math.min(Math.max(desired, min), max);
}
