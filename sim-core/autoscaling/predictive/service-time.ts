import { pow } from '../../units/math.ts';

/** Exponentially weighted sums over completed requests. */
export interface ServiceTimeState {
  /** requests, weighted by their age */
  readonly count: number;
  /** Σ s */
  readonly sum: number;
  /** Σ s² */
  readonly squareSum: number;
}

export const noServiceTimes: ServiceTimeState = { count: 0, sum: 0, squareSum: 0 };

/** s: after this long a request counts half. Long beside a window of metrics, short beside a change of the software. */
const halfLife = 600;

/**
 * Takes in what was seen since the last evaluation. One window alone would make the count waver with its noise.
 *
 * @param step s between evaluations
 * @param mean s; NaN when nothing was completed
 * @param scv squared coefficient of variation
 * @param throughput 1/s
 */
export function learnServiceTime(
  state: ServiceTimeState,
  step: number,
  { mean, scv, throughput }: { readonly mean: number; readonly scv: number; readonly throughput: number },
): ServiceTimeState {
  const kept = pow(2, -step / halfLife);
  const completed = throughput * step;
  if (!(completed > 0 && mean > 0 && scv >= 0)) {
    return { count: state.count * kept, sum: state.sum * kept, squareSum: state.squareSum * kept };
  }
  return {
    count: state.count * kept + completed,
    sum: state.sum * kept + completed * mean,
    squareSum: state.squareSum * kept + completed * mean * mean * (1 + scv),
  };
}

/** Mean and variability of what was learnt; NaN before anything was. */
export function serviceTimeOf({ count, sum, squareSum }: ServiceTimeState): { mean: number; scv: number } {
  const mean = sum / count;
  return { mean, scv: Math.max(0, squareSum / count / (mean * mean) - 1) };
}
