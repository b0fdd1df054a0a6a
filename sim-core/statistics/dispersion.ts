/**
 * How irregular a stream of events is.
 *
 * @see Gusella, Characterizing the variability of arrival processes with indexes of dispersion, IEEE JSAC 9 (1991)
 */

/** How many events fall into each of the consecutive windows of a length, s, that fit into [0, end). */
export function countsPer(window: number, times: Float64Array, end: number): Float64Array {
  const counts = new Float64Array(Math.max(0, Math.floor(end / window + 1e-9)));
  for (const time of times) {
    const index = Math.floor(time / window);
    if (index >= 0 && index < counts.length) counts[index]!++;
  }
  return counts;
}

/**
 * Index of dispersion for counts: variance ÷ mean of what falls into windows of equal length. 1 for a Poisson process at
 * every length; growing with the length where events come in spells.
 *
 * @param counts NaN is left out
 * @returns NaN for fewer than two counts, or no events
 */
export function indexOfDispersion(counts: Float64Array): number {
  let [n, sum, squares] = [0, 0, 0];
  for (const count of counts) {
    if (Number.isNaN(count)) continue;
    n++;
    const change = count - sum / Math.max(1, n - 1);
    sum += count;
    squares += change * (count - sum / n);
  }
  return n < 2 || sum === 0 ? NaN : squares / (n - 1) / (sum / n);
}

/**
 * Index of dispersion for intervals: variance of the sum of k gaps that follow each other ÷ (k · mean²). With k = 1 the
 * squared coefficient of variation; 1 for every k of a Poisson process, constant in k for a renewal process.
 *
 * @param times non-decreasing
 */
export function intervalDispersion(times: Float64Array, k: number): number {
  const sums = Math.floor((times.length - 1) / k);
  if (sums < 2) return NaN;
  const mean = (times[sums * k]! - times[0]!) / sums;
  if (!(mean > 0)) return NaN;
  let squares = 0;
  for (let index = 0; index < sums; index++) {
    const offset = times[(index + 1) * k]! - times[index * k]! - mean;
    squares += offset * offset;
  }
  return (squares / (sums - 1) / (mean * mean)) * k;
}

/**
 * Autocorrelation of a series at lags 1 … most, with the whole series' mean and variance. Values that are NaN, and what
 * would be compared with them, are left out.
 */
export function autocorrelation(values: Float64Array, most: number): Float64Array {
  let [n, sum] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    n++;
    sum += value;
  }
  const mean = sum / n;
  let variance = 0;
  for (const value of values) if (!Number.isNaN(value)) variance += (value - mean) * (value - mean);
  return Float64Array.from({ length: most }, (_, index) => {
    const lag = index + 1;
    let product = 0;
    for (let i = lag; i < values.length; i++) {
      const term = (values[i]! - mean) * (values[i - lag]! - mean);
      if (!Number.isNaN(term)) product += term;
    }
    return variance > 0 && lag < values.length ? product / variance : NaN;
  });
}
