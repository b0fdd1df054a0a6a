import { printDuration } from '../units/duration.ts';

/** How the rows of a recording are spaced. */
export interface Spacing {
  /** s: the most frequent distance where one clearly is, the median otherwise; NaN for fewer than two rows */
  readonly usual: number;
  readonly shortest: number;
  readonly longest: number;
  /** share of distances within a tenth of a whole multiple of `usual`, 0 … 1 */
  readonly regularShare: number;
}

const maxDistinct = 10_000;

/** @param time s, strictly increasing */
export function measureSpacing(time: Float64Array): Spacing {
  const n = time.length - 1;
  if (n < 1) return { usual: NaN, shortest: NaN, longest: NaN, regularShare: NaN };
  let shortest = Infinity;
  let longest = 0;
  const distances = new Float64Array(n);
  const counts = new Map<number, number>();
  // Runs of one distance are the rule; each is counted once.
  for (let i = 0; i < n;) {
    const distance = time[i + 1]! - time[i]!;
    const runStart = i;
    do distances[i++] = distance;
    while (i < n && time[i + 1]! - time[i]! === distance);
    shortest = Math.min(shortest, distance);
    longest = Math.max(longest, distance);
    const microseconds = Math.round(distance * 1e6);
    const count = counts.get(microseconds);
    if (count !== undefined || counts.size < maxDistinct) counts.set(microseconds, (count ?? 0) + i - runStart);
  }
  let usual = NaN;
  let most = 0;
  for (const [microseconds, count] of counts) {
    if (count > most) {
      most = count;
      usual = microseconds / 1e6;
    }
  }
  // Scrape times jitter: no distance is then the usual one, but the middle one is.
  if (most < n / 2 || usual === 0) usual = distances.slice().sort()[n >> 1]!;
  let regular = 0;
  for (let i = 0; i < n; i++) {
    const distance = distances[i]!;
    if (distance === usual) {
      regular++;
      continue;
    }
    const buckets = Math.round(distance / usual);
    if (buckets >= 1 && Math.abs(distance - buckets * usual) <= 0.1 * usual) regular++;
  }
  return { usual, shortest, longest, regularShare: regular / n };
}

/** `from 1s to 2m, usually 5s`, for messages. */
export function formatSpacing(spacing: Spacing): string {
  const print = (seconds: number): string => printDuration(Math.round(seconds * 1000) / 1000);
  return `from ${print(spacing.shortest)} to ${print(spacing.longest)}, usually ${print(spacing.usual)}`;
}
