/**
 * The largest value of the last `length` stretches of time, each of which keeps the largest value recorded in it.
 *
 * @see knative/serving pkg/autoscaler/aggregation/max/window.go
 */
export interface MaxWindow {
  readonly length: number;
  /** ascending by number */
  readonly entries: readonly { readonly number: number; readonly value: number }[];
}

export const createMaxWindow = (length: number): MaxWindow => ({ length, entries: [] });

/** A value leaves as soon as the newest stretch is `length` after its own. */
export function recordMax({ length, entries }: MaxWindow, number: number, value: number): MaxWindow {
  // An older value that is not larger can never be the maximum again.
  const kept = entries.filter((entry) => entry.number > number - length && entry.value > value);
  return { length, entries: [...kept, { number, value }] };
}

/** @returns −Infinity when nothing was recorded */
export const largestOf = ({ entries }: MaxWindow): number =>
  entries.reduce((largest, { value }) => Math.max(largest, value), -Infinity);

/** s: how often the autoscaler decides, and how long a stretch of the scale-down delay is. */
export const tick = 2;

/** The window of a scale-down delay in s; none for no delay, which is not the same as one of one stretch. */
export const delayWindow = (delay: number): MaxWindow | null =>
  delay > 0 ? createMaxWindow(Math.ceil(delay / tick)) : null;
