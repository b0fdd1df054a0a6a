/** What a series of rates is made of; at each bucket trend + season + rest is the series. */
export interface Components {
  /** n, 1/s: mean over a period around each bucket, held at the ends */
  readonly trend: Float64Array;
  /** n, 1/s: mean of each phase less the trend; sums to 0 over a period */
  readonly season: Float64Array;
  /** n, 1/s; NaN where the series is */
  readonly rest: Float64Array;
}

/**
 * Classical additive decomposition by moving averages (M. G. Kendall, A. Stuart, "The Advanced Theory of Statistics",
 * vol. 3, 1966, ch. 46). Missing values are left out of every mean.
 *
 * @param rate n ≥ 2 · period, evenly spaced @param period buckets, ≥ 2
 */
export function decompose(rate: Float64Array, period: number): Components {
  const trend = movingMean(rate, period);
  const sum = new Float64Array(period);
  const count = new Float64Array(period);
  rate.forEach((value, i) => {
    const rest = value - trend[i]!;
    if (Number.isNaN(rest)) return;
    sum[i % period]! += rest;
    count[i % period]!++;
  });
  const phases = sum.map((total, k) => (count[k]! > 0 ? total / count[k]! : 0));
  const middle = phases.reduce((total, value) => total + value, 0) / period;
  const season = rate.map((_, i) => phases[i % period]! - middle);
  return { trend, season, rest: rate.map((value, i) => value - trend[i]! - season[i]!) };
}

/** Mean over a period centred on each bucket (half weights at both ends when it is even); the ends hold the nearest. */
function movingMean(rate: Float64Array, period: number): Float64Array {
  const n = rate.length;
  const half = Math.floor(period / 2);
  const even = period % 2 === 0;
  const sums = new Float64Array(n + 1);
  const counts = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    const known = !Number.isNaN(rate[i]!);
    sums[i + 1] = sums[i]! + (known ? rate[i]! : 0);
    counts[i + 1] = counts[i]! + (known ? 1 : 0);
  }
  const mean = new Float64Array(n);
  for (let i = half; i < n - half; i++) {
    const [from, to] = [i - half, i + half + 1];
    let sum = sums[to]! - sums[from]!;
    let count = counts[to]! - counts[from]!;
    if (even)
      for (const end of [from, to - 1]) {
        if (Number.isNaN(rate[end]!)) continue;
        sum -= rate[end]! / 2;
        count -= 0.5;
      }
    mean[i] = sum / count;
  }
  mean.fill(mean[half]!, 0, half);
  mean.fill(mean[n - half - 1]!, n - half);
  return mean;
}
