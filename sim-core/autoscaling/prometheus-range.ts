/** The samples of a counter within a range, as far as `rate` looks at them. */
export interface RangeSamples {
  /** s: the range is (start, end] */
  readonly start: number;
  readonly end: number;
  /** s: of the first and the last sample within it */
  readonly first: number;
  readonly last: number;
  /** samples within it, at least 2 */
  readonly count: number;
}

/**
 * By how much PromQL's `rate` differs from the plain slope between the first and the last sample of a range.
 *
 * The increase is extrapolated to an end of the range when that end is no farther away than 1.1 times the mean distance
 * of the samples, and by half that distance otherwise; at the start never beyond where the counter would have been zero.
 * The sum is then divided by the length of the range.
 *
 * @param value of the counter at the first sample, ≥ 0
 * @param increase from the first to the last sample, ≥ 0
 * @see prometheus/prometheus, promql/functions.go, extrapolatedRate
 */
export function rateExtrapolation(
  { start, end, first, last, count }: RangeSamples,
  value: number,
  increase: number,
): number {
  const sampled = last - first;
  const distance = sampled / (count - 1);
  const towards = (gap: number): number => (gap < 1.1 * distance ? gap : distance / 2);
  const toZero = increase > 0 && value >= 0 ? sampled * (value / increase) : Infinity;
  const before = Math.min(towards(first - start), toZero);
  return (sampled + before + towards(end - last)) / (end - start);
}
