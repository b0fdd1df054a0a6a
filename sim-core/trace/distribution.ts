/** How values are distributed, without when they fell: what wrk2 and HdrHistogram leave. For fitting, no demand. */
export interface RecordedDistribution {
  readonly name: string;
  /** values behind it */
  readonly count: number;
  /** n, s, rising */
  readonly value: Float64Array;
  /** n, rising to 1: the share of values at or below `value[i]`; between them the share is taken as linear */
  readonly share: Float64Array;
}

/** The value below which a share of all lies, s. @param probability 0 … 1 */
export function distributionQuantile({ value, share }: RecordedDistribution, probability: number): number {
  let i = 0;
  while (i < share.length - 1 && share[i]! < probability) i++;
  if (i === 0) return value[0] ?? NaN;
  const step = share[i]! - share[i - 1]!;
  const part = step > 0 ? Math.min(1, (probability - share[i - 1]!) / step) : 1;
  return value[i - 1]! + part * (value[i]! - value[i - 1]!);
}

/** So many values as the distribution stands for, but at most `most`, each standing for an equal share of it. */
export function distributionSample(distribution: RecordedDistribution, most: number): Float64Array {
  const { value, share, count } = distribution;
  const n = Math.max(0, Math.min(most, count));
  const sample = new Float64Array(n);
  let i = 0;
  for (let k = 0; k < n; k++) {
    const wanted = (k + 0.5) / n;
    while (i < share.length - 1 && share[i]! < wanted) i++;
    const from = i === 0 ? { value: value[0]!, share: 0 } : { value: value[i - 1]!, share: share[i - 1]! };
    const step = share[i]! - from.share;
    const part = step > 0 ? Math.min(1, (wanted - from.share) / step) : 1;
    sample[k] = from.value + part * (value[i]! - from.value);
  }
  return sample;
}
