import { log } from '../units/math.ts';
import type { Sample } from './sample.ts';

/** How far a distribution lies from a sample. Values fitted to the sample itself have no tabulated significance. */
export interface Goodness {
  /** sup |Fₙ(x) − F(x)| (Kolmogorov–Smirnov); for grouped values, over the bounds of the groups */
  readonly kolmogorovSmirnov: number;
  /** Anderson and Darling's A², which weighs both tails */
  readonly andersonDarling: number;
}

/** @see Stephens, EDF statistics for goodness of fit and some comparisons, JASA 69 (1974) */
export function goodnessOf({ lasts, weights, count }: Sample, cdf: (x: number) => number): Goodness {
  // Where a fitted support ends at an outermost value, its logarithm would be infinite.
  const edge = 0.5 / count;
  let [distance, sum, before] = [0, 0, 0];
  for (let group = 0; group < lasts.length; group++) {
    const after = before + weights[group]!;
    const value = cdf(lasts[group]!);
    distance = Math.max(distance, value - (after - 1) / count, after / count - value);
    const p = Math.min(1 - edge, Math.max(edge, value));
    // Σ (2i − 1) over the ranks of the group, and of what mirrors them.
    const ranks = after * after - before * before;
    sum += ranks * log(p) + (2 * count * weights[group]! - ranks) * log(1 - p);
    before = after;
  }
  return { kolmogorovSmirnov: distance, andersonDarling: -count - sum / count };
}
