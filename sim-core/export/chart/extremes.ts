/**
 * Smallest and largest value of any stretch of a column in about constant time, so that drawing costs pixels, not rows.
 * A pyramid of blocks: level 0 holds the extremes of every 16 values, each next level those of 16 blocks below.
 * NaN is left out; a stretch of nothing but NaN has no extremes (lowest = Infinity, highest = −Infinity).
 */
export interface Extremes {
  readonly values: Float64Array;
  readonly levels: readonly { readonly lowest: Float64Array; readonly highest: Float64Array }[];
}

const fan = 16;

function build(values: Float64Array): Extremes {
  const levels: { lowest: Float64Array; highest: Float64Array }[] = [];
  let below: { lowest: Float64Array; highest: Float64Array } = { lowest: values, highest: values };
  while (below.lowest.length > fan) {
    const size = Math.ceil(below.lowest.length / fan);
    const lowest = new Float64Array(size).fill(Infinity);
    const highest = new Float64Array(size).fill(-Infinity);
    for (let i = 0; i < below.lowest.length; i++) {
      const block = Math.floor(i / fan);
      // Comparisons with NaN are false: NaN never wins.
      if (below.lowest[i]! < lowest[block]!) lowest[block] = below.lowest[i]!;
      if (below.highest[i]! > highest[block]!) highest[block] = below.highest[i]!;
    }
    below = { lowest, highest };
    levels.push(below);
  }
  return { values, levels };
}

const known = new WeakMap<Float64Array, Extremes>();

/** The pyramid of a column, built once per column. Columns are replaced whole, never changed. */
export function extremesOf(values: Float64Array): Extremes {
  let found = known.get(values);
  if (found === undefined) known.set(values, (found = build(values)));
  return found;
}

/** A reusable answer, so that asking thousands of times a frame makes no garbage. */
export interface Bounds {
  lowest: number;
  highest: number;
}

/** Extremes of values[from … to), written into `into`. */
export function queryExtremes(extremes: Extremes, from: number, to: number, into: Bounds): void {
  into.lowest = Infinity;
  into.highest = -Infinity;
  climb(extremes, -1, Math.max(0, from), Math.min(extremes.values.length, to), into);
}

function climb(extremes: Extremes, level: number, from: number, to: number, into: Bounds): void {
  if (from >= to) return;
  const { lowest, highest } =
    level < 0 ? { lowest: extremes.values, highest: extremes.values } : extremes.levels[level]!;
  const firstWhole = Math.ceil(from / fan) * fan;
  const lastWhole = Math.floor(to / fan) * fan;
  if (level + 1 >= extremes.levels.length || firstWhole >= lastWhole) {
    scan(lowest, highest, from, to, into);
    return;
  }
  scan(lowest, highest, from, firstWhole, into);
  climb(extremes, level + 1, firstWhole / fan, lastWhole / fan, into);
  scan(lowest, highest, lastWhole, to, into);
}

function scan(lowest: Float64Array, highest: Float64Array, from: number, to: number, into: Bounds): void {
  for (let i = from; i < to; i++) {
    if (lowest[i]! < into.lowest) into.lowest = lowest[i]!;
    if (highest[i]! > into.highest) into.highest = highest[i]!;
  }
}

/** First index whose time is ≥ `at`; the length when there is none. */
export function firstAtOrAfter(time: Float64Array, at: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The row that covers `at`; −1 when none does. */
export function rowAt(time: Float64Array, interval: number, at: number): number {
  const row = firstAtOrAfter(time, at);
  if (row < time.length && time[row] === at) return row;
  return row > 0 && at < time[row - 1]! + interval ? row - 1 : -1;
}
