/**
 * The arrival rate λ(t) as a piecewise-linear function, in columns of equal length n: on
 * [t[i], t[i+1]) the rate runs from rateAtStart[i] to rateAtEnd[i]. The last piece ends at `end`.
 * Every rate profile compiles to this, so that λ can be integrated and inverted exactly.
 */
export interface RateFunction {
  /** n, s from the start of the scenario, strictly increasing, t[0] = 0 */
  readonly t: Float64Array;
  /** n, 1/s, ≥ 0 */
  readonly rateAtStart: Float64Array;
  /** n, 1/s, ≥ 0: the limit from the left at the end of the piece */
  readonly rateAtEnd: Float64Array;
  /** s, end of the last piece */
  readonly end: number;
}

/** Arrival instants, one after the other, drawn ahead of the simulation and independent of any policy. */
export interface ArrivalProcess {
  /**
   * Writes the next arrival times, s, non-decreasing, into target.
   * @returns how many were written; fewer than target.length only when none is left before the horizon
   */
  fill(target: Float64Array): number;
}
