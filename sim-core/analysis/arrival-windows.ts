/** Rows of a window; what is left over at the end of a stretch belongs to its last window. */
const windowRows = 40;
/** Shorter stretches, and rows with fewer arrivals, say too little. */
const [fewestRows, fewestArrivals] = [24, 5];
/** One jump of the rate counts for no more than this many times Poisson's variance. */
const mostOfOne = 9;

/** How arrivals come in a stretch of rows, as their counts show it. */
export interface ArrivalWindow {
  /** rows [first, end) */
  readonly first: number;
  readonly end: number;
  /** variance of the counts ÷ their mean, by second differences, so that a trend does not count; 1 for Poisson */
  readonly dispersion: number;
  /** correlation of neighbouring counts about a cubic trend; 0 for Poisson, NaN where all counts lie on the trend */
  readonly correlation: number;
  /** `poisson`: as far as the counts can tell */
  readonly kind: 'poisson' | 'non-poisson' | 'correlated';
}

/**
 * Windows of some forty rows with index of dispersion and lag-1 correlation of the counts. The limits are such that
 * about one window of Poisson counts in two thousand is taken for something else; of the longest, 79 rows, one in seven hundred.
 *
 * A swing of the rate much shorter than a window looks like correlation; for theory that takes each row by itself it is.
 *
 * @param counts arrivals by row
 * @param usable whether a row is whole and has data; others divide stretches
 * @returns windows in order; none where a stretch is too short or arrivals are too few
 * @see Cox & Lewis, The Statistical Analysis of Series of Events (1966), ch. 4 and 6
 */
export function arrivalWindows(counts: Float64Array, usable: (row: number) => boolean): ArrivalWindow[] {
  const windows: ArrivalWindow[] = [];
  for (let first = 0; first < counts.length;) {
    let end = first;
    while (end < counts.length && usable(end)) end++;
    const parts = Math.max(1, Math.floor((end - first) / windowRows));
    for (let part = 0; part < parts; part++) {
      const from = first + Math.floor(((end - first) * part) / parts);
      const to = first + Math.floor(((end - first) * (part + 1)) / parts);
      const window = windowOf(counts, from, to);
      if (window !== null) windows.push(window);
    }
    first = end + 1;
  }
  return windows;
}

function windowOf(counts: Float64Array, first: number, end: number): ArrivalWindow | null {
  const rows = end - first;
  let sum = 0;
  for (let row = first; row < end; row++) sum += counts[row]!;
  if (rows < fewestRows || sum < fewestArrivals * rows) return null;
  const dispersion = dispersionOf(counts, first, end);
  const correlation = correlationAboutCubic(counts.subarray(first, end));
  // Standard errors for Poisson counts; second differences overlap, hence 3.9 and not 2.
  const spread = Math.sqrt(3.9 / (rows - 2));
  const apart = dispersion > 1 + 4.5 * spread || dispersion < 1 - 2.4 * spread;
  const together = correlation > 2.7 / Math.sqrt(rows);
  return { first, end, dispersion, correlation, kind: together ? 'correlated' : apart ? 'non-poisson' : 'poisson' };
}

/** Mean of (nᵢ₋₁ − 2nᵢ + nᵢ₊₁)² ÷ (nᵢ₋₁ + 4nᵢ + nᵢ₊₁), each of them capped. */
function dispersionOf(counts: Float64Array, first: number, end: number): number {
  let sum = 0;
  for (let row = first + 1; row < end - 1; row++) {
    const [before, now, after] = [counts[row - 1]!, counts[row]!, counts[row + 1]!];
    const bend = before - 2 * now + after;
    const weight = before + 4 * now + after;
    if (weight > 0) sum += Math.min(mostOfOne, (bend * bend) / weight);
  }
  return sum / (end - first - 2);
}

/** Lag-1 correlation of what a cubic fitted by least squares leaves. */
function correlationAboutCubic(counts: Float64Array): number {
  const n = counts.length;
  const rest = Float64Array.from(counts);
  let scale = 0;
  for (const count of counts) scale = Math.max(scale, count);
  // Polynomials that are orthogonal on equally spaced points (Gram's), by their recursion.
  let previous = new Float64Array(n);
  let current = new Float64Array(n).fill(1);
  let previousSquare = 1;
  for (let degree = 0; degree <= 3; degree++) {
    let square = 0;
    let along = 0;
    for (let i = 0; i < n; i++) {
      square += current[i]! * current[i]!;
      along += current[i]! * rest[i]!;
    }
    for (let i = 0; i < n; i++) rest[i]! -= (along / square) * current[i]!;
    const next = new Float64Array(n);
    const factor = degree === 0 ? 0 : square / previousSquare;
    for (let i = 0; i < n; i++) next[i] = ((2 * i) / (n - 1) - 1) * current[i]! - factor * previous[i]!;
    [previous, current, previousSquare] = [current, next, square];
  }
  let square = 0;
  let product = 0;
  for (let i = 0; i < n; i++) {
    square += rest[i]! * rest[i]!;
    if (i > 0) product += rest[i]! * rest[i - 1]!;
  }
  return square > 1e-18 * scale * scale * n ? product / square : NaN;
}
