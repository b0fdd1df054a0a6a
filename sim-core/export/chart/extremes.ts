/**
 * Smallest and largest value of any stretch of a column in about constant time, so that drawing costs pixels, not rows.
 * A pyramid of blocks: level 0 holds the extremes of every 8 values, each next level those of 8 blocks below.
 * NaN is left out; a stretch of nothing but NaN has no extremes (lowest = Infinity, highest = −Infinity).
 */
export interface Extremes {
  readonly values: Float64Array;
  readonly levels: readonly { readonly lowest: Float64Array; readonly highest: Float64Array }[];
}

const fanBits = 3;
const fan = 1 << fanBits;

function build(values: Float64Array): Extremes {
  const levels: { lowest: Float64Array; highest: Float64Array }[] = [];
  let below: { lowest: Float64Array; highest: Float64Array } = { lowest: values, highest: values };
  while (below.lowest.length > fan) {
    const size = Math.ceil(below.lowest.length / fan);
    const lowest = new Float64Array(size).fill(Infinity);
    const highest = new Float64Array(size).fill(-Infinity);
    for (let i = 0; i < below.lowest.length; i++) {
      const block = i >>> fanBits;
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
export function queryExtremes({ values, levels }: Extremes, from: number, to: number, into: Bounds): void {
  let lowest = Infinity;
  let highest = -Infinity;
  let lows = values;
  let highs = values;
  let first = Math.max(0, from);
  let end = Math.min(values.length, to);
  for (let level = 0; first < end; level++) {
    const above = levels[level];
    const firstWhole = ((first + fan - 1) >>> fanBits) << fanBits;
    const endWhole = (end >>> fanBits) << fanBits;
    // Whole blocks are left to the level above; only the ragged ends are read here.
    const climbs = above !== undefined && firstWhole < endWhole;
    const headEnd = climbs ? firstWhole : end;
    for (let i = first; i < headEnd; i++) {
      if (lows[i]! < lowest) lowest = lows[i]!;
      if (highs[i]! > highest) highest = highs[i]!;
    }
    if (!climbs) break;
    for (let i = endWhole; i < end; i++) {
      if (lows[i]! < lowest) lowest = lows[i]!;
      if (highs[i]! > highest) highest = highs[i]!;
    }
    lows = above.lowest;
    highs = above.highest;
    first = firstWhole >>> fanBits;
    end = endWhole >>> fanBits;
  }
  into.lowest = lowest;
  into.highest = highest;
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

/** The same, looked for near a guess first: rows are evenly spaced more often than not. */
export function firstAtOrAfterNear(time: Float64Array, at: number, guess: number): number {
  let i = Math.max(0, Math.min(time.length, guess));
  for (let steps = 0; steps < 8; steps++) {
    if (i > 0 && time[i - 1]! >= at) i--;
    else if (i < time.length && time[i]! < at) i++;
    else return i;
  }
  return firstAtOrAfter(time, at);
}

/** The row that covers `at`; −1 when none does. */
export function rowAt(time: Float64Array, interval: number, at: number): number {
  const row = firstAtOrAfter(time, at);
  if (row < time.length && time[row] === at) return row;
  return row > 0 && at < time[row - 1]! + interval ? row - 1 : -1;
}
