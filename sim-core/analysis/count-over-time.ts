import type { ReplicaLife } from '../experiment/result.ts';
import type { DesiredChange } from './summary-input.ts';

/** A count that jumps: values[i] holds from times[i] up to times[i + 1]; before times[0] it is `before`. */
export interface CountOverTime {
  readonly before: number;
  /** s, in order */
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** The replicas asked for; undefined when they never changed. */
export function desiredOverTime(changes: readonly DesiredChange[]): CountOverTime | undefined {
  const [first] = changes;
  if (first === undefined) return undefined;
  return { before: first.from, times: changes.map(({ time }) => time), values: changes.map(({ to }) => to) };
}

/** The ready replicas: each from ready until it drains or is gone. */
export function readyOverTime(replicas: readonly ReplicaLife[]): CountOverTime {
  const events: { time: number; change: number }[] = [];
  for (const { readyAt, drainingAt, goneAt } of replicas) {
    if (Number.isNaN(readyAt)) continue;
    events.push({ time: readyAt, change: 1 });
    const left = Number.isNaN(drainingAt) ? goneAt : drainingAt;
    if (!Number.isNaN(left)) events.push({ time: Math.max(left, readyAt), change: -1 });
  }
  events.sort((a, b) => a.time - b.time);
  const times: number[] = [];
  const values: number[] = [];
  let count = 0;
  for (const { time, change } of events) {
    count += change;
    if (times.at(-1) === time) values[values.length - 1] = count;
    else {
      times.push(time);
      values.push(count);
    }
  }
  return { before: 0, times, values };
}

/** The stretches of [from, end] on which the count stays the same, in order. */
export function* stretches(
  { before, times, values }: CountOverTime,
  from: number,
  end: number,
): Generator<{ readonly start: number; readonly stop: number; readonly value: number }> {
  let index = lastAtOrBefore(times, from);
  let start = from;
  while (start < end) {
    const stop = Math.min(times[index + 1] ?? end, end);
    if (stop > start) yield { start, stop, value: index < 0 ? before : values[index]! };
    start = stop;
    index += 1;
  }
}

/** Time average over each of `bins` equal parts of [from, end]. */
export function binnedMeans(count: CountOverTime, from: number, end: number, bins: number): Float64Array {
  const sums = new Float64Array(bins);
  const width = (end - from) / bins;
  for (const { start, stop, value } of stretches(count, from, end)) {
    const last = Math.min(bins - 1, Math.floor((stop - from) / width));
    for (let bin = Math.min(last, Math.floor((start - from) / width)); bin <= last; bin += 1) {
      const overlap = Math.min(stop, from + (bin + 1) * width) - Math.max(start, from + bin * width);
      if (overlap > 0) sums[bin] = sums[bin]! + value * overlap;
    }
  }
  return sums.map((sum) => sum / width);
}

function lastAtOrBefore(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
