import { normalCdf } from '../units/special.ts';
import { estimateMean } from './interval.ts';

/** Whether consecutive batch means look independent. */
export interface IndependenceTest {
  /** correlation of neighbours */
  readonly lagOne: number;
  /** P(as much positive correlation by chance); NaN with fewer than 3 batches or without any spread */
  readonly pValue: number;
}

/**
 * Von Neumann's ratio of the mean square successive difference to the variance: 2 for independent values, less when
 * neighbours are alike. For normal values its variance is 4(n − 2) ÷ (n² − 1), and the ratio is close to normal from
 * n = 20 on. One-sided: only positive correlation makes an interval too narrow.
 *
 * @see von Neumann, Distribution of the ratio of the mean square successive difference to the variance, Annals of
 *   Mathematical Statistics 12 (1941); Fishman, Grouping observations in digital simulation, Management Science 24 (1978)
 */
export function vonNeumannTest(values: ArrayLike<number>): IndependenceTest {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += values[i]! / n;
  let squares = 0;
  let products = 0;
  let successive = 0;
  for (let i = 0; i < n; i++) {
    const here = values[i]! - mean;
    squares += here * here;
    if (i === 0) continue;
    const before = values[i - 1]! - mean;
    products += before * here;
    successive += (here - before) * (here - before);
  }
  // What rounding makes of equal values has no correlation worth a test.
  const rounding = 1e-9 * mean;
  if (n < 3 || !(squares > n * rounding * rounding)) return { lagOne: NaN, pValue: NaN };
  const standardised = (successive / squares - 2) / Math.sqrt((4 * (n - 2)) / ((n - 1) * (n + 1)));
  return { lagOne: products / squares, pValue: normalCdf(standardised) };
}

export interface BatchEstimate {
  /** half of the Student-t interval over the batches, about the estimate of the whole run */
  readonly halfWidth: number;
  readonly test: IndependenceTest;
}

/**
 * The interval of an estimate from one long run, cut into equal, non-overlapping batches whose values are taken for
 * independent. The middle is the estimate over the whole run, not the mean of the batches: for a quantile, which is not
 * linear, the whole run is less biased.
 *
 * @param batches the estimate of each batch, in order; NaN anywhere means no interval
 * @see Law, Simulation Modeling and Analysis, section 9.5.3; for quantiles Seila, A batching approach to quantile
 *   estimation in regenerative simulations, Management Science 28 (1982)
 */
export function batchEstimate(batches: ArrayLike<number>, confidence = 0.95): BatchEstimate {
  const { halfWidth } = estimateMean(batches, confidence);
  const complete = Array.from(batches).every((value) => Number.isFinite(value));
  return { halfWidth: complete ? halfWidth : NaN, test: vonNeumannTest(batches) };
}
