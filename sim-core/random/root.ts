import { exp, log } from '../units/math.ts';

/**
 * Where a rising function crosses zero, by halving the interval of its logarithm until it can be halved no more.
 *
 * @param rising from below zero at `low` to above zero at `high`; an end where it is not so is the answer
 * @param low above 0
 */
export function rootBetween(rising: (x: number) => number, low: number, high: number): number {
  let [from, to] = [log(low), log(high)];
  for (let step = 0; step < 70; step++) {
    const middle = (from + to) / 2;
    if (middle <= from || middle >= to) break;
    if (rising(exp(middle)) < 0) from = middle;
    else to = middle;
  }
  return exp((from + to) / 2);
}
