import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { expm1, log, log1p, exp } from '../../units/math.ts';
import { duration } from '../../units/schema.ts';
import { continuous } from '../continuous.ts';
import type { Distribution } from '../contract.ts';
import { labelOf, parameterSets, plain } from '../parameters.ts';
import { rootBetween } from '../root.ts';

export const [minShape, maxShape] = [0.01, 100];

export const boundedParetoParameters = lazily(() =>
  parameterSets(
    {
      min: duration({ positive: true }).describe('The smallest value.'),
      max: duration({ positive: true }).describe('The largest value.'),
      shape: z.number().min(minShape).max(maxShape).describe('Tail index up to max; here it may be below 1.'),
      mean: duration({ positive: true }),
    },
    [
      ['min', 'max', 'shape'],
      ['min', 'max', 'mean'],
    ],
    ({ min = NaN, max = NaN, mean }) => {
      if (max <= min) return { at: 'max', message: 'max must be above min' };
      if (mean === undefined) return undefined;
      const [least, most] = [meanOf(min, max, maxShape), meanOf(min, max, minShape)];
      if (mean >= least && mean <= most) return undefined;
      return {
        at: 'mean',
        message: `between this min and max the mean can be from ${plain(least)} s to ${plain(most)} s`,
      };
    },
  ),
);

/** ∫ of x^(k−1) from min to max, by its logarithm, so that k near 0 loses nothing. */
const powerIntegral = (min: number, max: number, k: number): number => {
  const span = log(max / min);
  const grown = k * span;
  return exp(k * log(min)) * (Math.abs(grown) < 1e-300 ? span : expm1(grown) / k);
};

/** E Xⁿ of min^a … max^a: a ÷ (min^−a − max^−a) · ∫ x^(n−a−1). */
const momentOf = (min: number, max: number, shape: number, n: number): number =>
  powerIntegral(min, max, n - shape) / powerIntegral(min, max, -shape);

const meanOf = (min: number, max: number, shape: number): number => momentOf(min, max, shape, 1);

/**
 * A power tail that ends: P(X > x) falls as x^−shape and is cut at max, as where a time-out ends every request.
 *
 * @see Harchol-Balter, Performance Modeling and Design of Computer Systems (2013), section 20.4
 */
export function boundedPareto(parameters: z.output<typeof boundedParetoParameters>): Distribution {
  const { min = NaN, max = NaN, shape: givenShape, mean: givenMean } = parameters;
  const shape =
    givenShape ?? rootBetween((candidate) => (givenMean ?? NaN) - meanOf(min, max, candidate), minShape, maxShape);
  const mean = meanOf(min, max, shape);
  /** 1 − (min ÷ max)^shape */
  const whole = -expm1(-shape * log(max / min));
  return continuous({
    label: labelOf('boundedPareto', { min, max, shape: plain(givenShape), mean: givenMean }),
    mean,
    variance: momentOf(min, max, shape, 2) - mean * mean,
    cdf: (x) => -expm1(-shape * log(x / min)) / whole,
    quantile: (p) => Math.min(max, min * exp(-log1p(-p * whole) / shape)),
    from: min,
    to: max,
  });
}
