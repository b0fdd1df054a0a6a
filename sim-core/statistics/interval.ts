import { studentTQuantile } from './student-t.ts';

/**
 * Mean over independent replications and the half-width of its Student-t interval. For two policies on the same
 * customers, pass the differences pair by pair.
 *
 * - NaN means no data and is left out; with nothing left the mean is NaN.
 * - One value alone says nothing of its spread: halfWidth NaN.
 * - Values that are all equal: halfWidth 0.
 * - An infinite value makes the mean infinite (NaN when both signs occur) and the half-width NaN.
 *
 * @param confidence in (0, 1)
 */
export function estimateMean(
  values: ArrayLike<number>,
  confidence = 0.95,
): { readonly mean: number; readonly halfWidth: number } {
  let count = 0;
  let mean = 0;
  let squares = 0;
  let infinite = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (Number.isNaN(value)) continue;
    if (!Number.isFinite(value)) {
      infinite += value;
      continue;
    }
    // Welford's recurrence: no cancellation between large sums.
    count++;
    const difference = value - mean;
    mean += difference / count;
    squares += difference * (value - mean);
  }
  if (infinite !== 0) return { mean: infinite, halfWidth: NaN };
  if (count === 0) return { mean: NaN, halfWidth: NaN };
  if (count === 1) return { mean, halfWidth: NaN };
  const standardError = Math.sqrt(squares / (count - 1) / count);
  return { mean, halfWidth: standardError === 0 ? 0 : criticalValue(confidence, count - 1) * standardError };
}

/** Critical values by degrees of freedom, for the confidence last used: bands ask for the same one row after row. */
let knownConfidence = NaN;
const known: number[] = [];

function criticalValue(confidence: number, df: number): number {
  if (confidence !== knownConfidence) {
    known.length = 0;
    knownConfidence = confidence;
  }
  return (known[df] ??= studentTQuantile((1 + confidence) / 2, df));
}
