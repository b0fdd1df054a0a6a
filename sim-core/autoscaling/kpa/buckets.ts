import { pow } from '../../units/math.ts';

/**
 * Values of the last `values.length` stretches of time, a ring: what falls into one stretch adds up. Stretches are
 * numbered from the epoch.
 *
 * @see knative/serving pkg/autoscaler/aggregation/bucketing.go
 */
export interface Buckets {
  /** s */
  readonly granularity: number;
  /** value of stretch i at i modulo the length */
  readonly values: readonly number[];
  /** number of the first stretch written since the last gap as long as the window */
  readonly first: number;
  /** number of the newest stretch written; −Infinity before the first */
  readonly last: number;
}

/** @param window s, rounded up to whole stretches */
export function createBuckets(window: number, granularity = 1): Buckets {
  const values = Array.from({ length: Math.ceil(window / granularity) }, () => 0);
  return { granularity, values, first: -Infinity, last: -Infinity };
}

/** Values older than the window are dropped; a pause as long as the window starts anew. */
export function recordValue(buckets: Buckets, time: number, value: number): Buckets {
  const { granularity, values } = buckets;
  const length = values.length;
  const number = Math.floor(time / granularity);
  let { first, last } = buckets;
  if (number <= last - length) return buckets;
  const next = [...values];
  if (number - last >= length) {
    next.fill(0);
    first = number;
    last = number;
  }
  for (; last < number; last++) next[slot(last + 1, length)] = 0;
  if (number < first) first = number;
  const at = slot(number, length);
  next[at] = (next[at] ?? 0) + value;
  return { granularity, values: next, first, last };
}

const slot = (number: number, length: number): number => ((number % length) + length) % length;

/** Sum of what still lies within the window at `time`. */
export function windowTotal({ granularity, values, last }: Buckets, time: number): number {
  const silent = Math.max(0, Math.floor(time / granularity) - last);
  if (silent >= values.length) return 0;
  let total = 0;
  for (let back = 0; back < values.length - silent; back++) total += values[slot(last - back, values.length)] ?? 0;
  return total;
}

/**
 * Average over the stretches there is data for, to six digits: a young window divides by what it has, and silence
 * after the last write shrinks the divisor instead of adding zeros. Gaps before the last write count as zeros.
 */
export function windowAverage(buckets: Buckets, time: number): number {
  const { granularity, values, first, last } = buckets;
  const silent = Math.max(0, Math.floor(time / granularity) - last);
  if (silent >= values.length) return 0;
  return roundToDigits(windowTotal(buckets, time) / Math.min(last - first + 1, values.length - silent), 6);
}

/** Average in which newer stretches weigh exponentially more. */
export function weightedAverage({ granularity, values, last }: Buckets, time: number): number {
  const silent = Math.max(0, Math.floor(time / granularity) - last);
  if (silent >= values.length) return 0;
  const coefficient = smoothingCoefficient(values.length);
  let weight = coefficient * pow(1 - coefficient, silent);
  let average = 0;
  for (let back = 0; back < values.length - silent; back++) {
    average += (values[slot(last - back, values.length)] ?? 0) * weight;
    weight *= 1 - coefficient;
  }
  return average;
}

/** Weight of the newest stretch, so that those of the window together make 99.99 %; at least 0.2. */
export function smoothingCoefficient(length: number): number {
  return Math.max(0.2, 1 - pow(1 - 0.9999, 1 / length));
}

/** Half away from zero, on the value times 10^digits. */
export function roundToDigits(value: number, digits: number): number {
  const scale = pow(10, digits);
  return (Math.sign(value) * Math.floor(Math.abs(value) * scale + 0.5)) / scale;
}

/** Keeps the newest stretches that fit. */
export function resizeWindow(buckets: Buckets, window: number): Buckets {
  const { granularity, values, first, last } = buckets;
  const length = Math.ceil(window / granularity);
  if (length === values.length || last === -Infinity) {
    return length === values.length ? buckets : createBuckets(window, granularity);
  }
  const next = Array.from({ length }, () => 0);
  for (let back = 0; back < Math.min(length, values.length); back++) {
    next[slot(last - back, length)] = values[slot(last - back, values.length)] ?? 0;
  }
  return { granularity, values: next, first: Math.max(first, last - values.length + 1), last };
}
