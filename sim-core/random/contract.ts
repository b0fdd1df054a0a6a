/**
 * A named stream of random numbers. Streams with different names, seeds or replications are independent, and
 * drawing from one never changes another: that is what makes common random numbers possible.
 */
export interface RandomStream {
  /** Next 32 random bits as an unsigned integer, 0 … 2³²−1. */
  nextUint32(): number;
  /** Next uniform number in the open interval (0, 1), with 53 random bits. */
  nextUniform(): number;
  /** Fills the whole array with random bits: the fast path for hot loops. Same sequence as nextUint32. */
  fillUint32(target: Uint32Array): void;
  /** Whether samplers should draw monotonely in the uniform numbers, where they can: for antithetic pairs. */
  readonly byInversion?: boolean;
}

/** Draws from one distribution and one stream. */
export interface Sampler {
  next(): number;
  /** Fills target[0 … count−1]; the same numbers in the same order as `count` calls of next(). */
  fill(target: Float64Array, count: number): void;
}

/** A non-negative random quantity (a service time, a start-up delay …). */
export interface Distribution {
  /** Family and parameters as a person would write them, e.g. `lognormal(p50 80 ms, p95 250 ms)`. */
  readonly label: string;
  readonly mean: number;
  /** Infinity when it does not exist. */
  readonly variance: number;
  /** P(X ≤ x), for any x */
  cdf(x: number): number;
  /** Inverse of the distribution function. @param p in [0, 1] */
  quantile(p: number): number;
  sampler(stream: RandomStream): Sampler;
}
