/** Where MSER-5 cuts a series that begins far from its steady state. */
export interface Truncation {
  /** observations left out, a multiple of 5; null when the least statistic lies in the second half */
  readonly observations: number | null;
  /** batches of five the decision rests on */
  readonly batches: number;
  /** estimated variance of the mean of what is left, at the cut chosen; NaN without a cut */
  readonly statistic: number;
}

const batchSize = 5;
/** Fewer batches than this say nothing: the least statistic would be a matter of chance. */
export const fewestBatches = 10;

/**
 * The marginal standard error rule over batches of five. Of the batch means Z₁ … Z_b, leave out the first d such that
 *
 *   MSER(d) = Σ_{j>d} (Z_j − Z̄_d)² ÷ (b − d)²
 *
 * is least: more data against less bias. Only cuts in the first half count; a least value beyond says that the series
 * is too short, or has no steady state.
 *
 * @param series equally spaced observations; a rest of fewer than five is not used
 * @see White, An effective truncation heuristic for bias reduction in simulation output, Simulation 69 (1997);
 *   White, Cobb & Spratt, A comparison of five steady-state truncation heuristics, Winter Simulation Conference 2000
 */
export function mser5(series: ArrayLike<number>): Truncation {
  const batches = Math.floor(series.length / batchSize);
  if (batches < fewestBatches) return { observations: null, batches, statistic: NaN };
  const means = Float64Array.from({ length: batches }, (_, batch) => {
    let sum = 0;
    for (let i = batch * batchSize; i < (batch + 1) * batchSize; i++) sum += series[i]!;
    return sum / batchSize;
  });
  let best = -1;
  let least = Infinity;
  let count = 0;
  let mean = 0;
  let squares = 0;
  // From the end, so that each cut adds one batch to what is left. The last five batches alone have too little spread.
  for (let cut = batches - 1; cut >= 0; cut--) {
    count++;
    const difference = means[cut]! - mean;
    mean += difference / count;
    squares += difference * (means[cut]! - mean);
    const statistic = squares / (count * count);
    // ≤: of equal values the earlier cut, which keeps more.
    if (count > batchSize && statistic <= least) {
      least = statistic;
      best = cut;
    }
  }
  return best > batches / 2
    ? { observations: null, batches, statistic: NaN }
    : { observations: best * batchSize, batches, statistic: least };
}
