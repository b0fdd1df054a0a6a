import type { Estimate } from '../experiment/result.ts';
import { studentTQuantile } from './student-t.ts';

/**
 * Mean over independent replications and the half-width of its Student-t interval.
 *
 * - NaN means no data and is left out; with nothing left the mean is NaN.
 * - One value alone says nothing of its spread: halfWidth NaN.
 * - Values that are all equal: halfWidth 0.
 * - An infinite value makes the mean infinite (NaN when both signs occur) and the half-width NaN.
 *
 * @param confidence in (0, 1)
 */
export function estimateMean(values: ArrayLike<number>, confidence = 0.95): Estimate {
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

/**
 * Mean of a − b with its half-width, pair by pair: what common random numbers are for. A pair with a NaN is left out;
 * equal infinities differ by 0.
 *
 * @throws RangeError when the lengths differ
 */
export function estimateDifference(a: ArrayLike<number>, b: ArrayLike<number>, confidence = 0.95): Estimate {
  if (a.length !== b.length) throw new RangeError(`${a.length} values cannot be paired with ${b.length}`);
  const differences = Float64Array.from({ length: a.length }, (_, index) =>
    a[index] === b[index] ? 0 : a[index]! - b[index]!,
  );
  return estimateMean(differences, confidence);
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
