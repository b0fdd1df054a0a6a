/** Additions are rounded up, removals down. */
export const roundNeeded = (change: number): number => (change > 0 ? Math.ceil(change) : -Math.floor(-change) || 0);

/** Capacity in proportion to the metric. The service does not publish its arithmetic; this is the model of it here. */
export function proportionalCapacity(capacity: number, metric: number, target: number): number {
  const needed = (capacity * metric) / target;
  return needed >= capacity ? Math.ceil(needed) : capacity - Math.floor(capacity - needed);
}

/** An alarm of CloudWatch: enough of the newest data points breach. */
export interface Alarm {
  readonly datapoints: number;
  readonly evaluationPeriods: number;
  readonly breaches: (value: number) => boolean;
}

/** @param series one data point a period, oldest first; NaN for a missing one, which breaches nothing */
export function inAlarm({ datapoints, evaluationPeriods, breaches }: Alarm, series: readonly number[]): boolean {
  return series.slice(-evaluationPeriods).filter(breaches).length >= datapoints;
}

export interface AlarmShape {
  readonly datapoints: number;
  readonly evaluationPeriods: number;
}

/** What the service creates for a target, as users report it: three minutes above it, fifteen below nine tenths of it. */
export const highShape: AlarmShape = { datapoints: 3, evaluationPeriods: 3 };
export const lowShape: AlarmShape = { datapoints: 15, evaluationPeriods: 15 };
export const lowFraction = 0.9;

export const highAlarm = (target: number, shape: AlarmShape = highShape): Alarm => ({
  ...shape,
  breaches: (value) => value > target,
});
export const lowAlarm = (target: number, shape: AlarmShape = lowShape, fraction = lowFraction): Alarm => ({
  ...shape,
  breaches: (value) => value < fraction * target,
});

export interface Vote {
  /** `disabled`: in, if scale-in were not disabled */
  readonly wants: 'out' | 'in' | 'none' | 'disabled';
  readonly capacity: number;
}

/** Out if any wants out, in only if all that may want in; of several the largest capacity. */
export function combineVotes(capacity: number, votes: readonly Vote[]): number {
  const out = votes.filter(({ wants }) => wants === 'out');
  if (out.length > 0) return Math.max(...out.map((vote) => vote.capacity));
  const voting = votes.filter(({ wants }) => wants !== 'disabled');
  if (voting.length === 0 || voting.some(({ wants }) => wants !== 'in')) return capacity;
  return Math.max(...voting.map((vote) => vote.capacity));
}
