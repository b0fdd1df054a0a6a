import { z } from 'zod';
import { exp, log, log1p, pow } from '../../units/math.ts';
import { duration } from '../../units/schema.ts';
import { continuous } from '../continuous.ts';
import type { Distribution } from '../contract.ts';
import { labelOf, parameterSets, plain } from '../parameters.ts';

const ln10 = log(10);
/** At shape 1 the mean is infinite: no service could keep up. */
const [minShape, maxShape] = [1.05, 1000];

export const paretoParameters = parameterSets(
  {
    p50: duration({ positive: true }).describe('Median.'),
    p95: duration({ positive: true }).describe('Exceeded by one in twenty.'),
    min: duration({ positive: true }).describe('The smallest value.'),
    mean: duration({ positive: true }),
    shape: z.number().min(minShape).max(maxShape).describe('Tail index; the variance is infinite up to 2.'),
  },
  [
    ['p50', 'p95'],
    ['mean', 'shape'],
    ['min', 'shape'],
  ],
  ({ p50, p95 }) => {
    if (p50 === undefined || p95 === undefined) return undefined;
    if (p95 <= p50) return { at: 'p95', message: 'p95 must be above p50' };
    // p95 ÷ p50 = 10^(1/shape)
    const shape = ln10 / log(p95 / p50);
    if (shape < minShape)
      return { at: 'p95', message: 'p95 must be below 8.96 times p50, or the mean would be infinite' };
    if (shape > maxShape) return { at: 'p95', message: 'p95 is too close to p50: the shape would be above 1000' };
    return undefined;
  },
);

/** Power tail: P(X > x) = (min / x)^shape. */
export function pareto(parameters: z.output<typeof paretoParameters>): Distribution {
  const { p50, p95, mean } = parameters;
  const shape = p50 !== undefined && p95 !== undefined ? ln10 / log(p95 / p50) : (parameters.shape ?? NaN);
  const min = parameters.min ?? (p50 !== undefined ? p50 * pow(0.5, 1 / shape) : ((mean ?? NaN) * (shape - 1)) / shape);
  return continuous({
    label: labelOf('pareto', { p50, p95, min: parameters.min, mean, shape: plain(parameters.shape) }),
    mean: (min * shape) / (shape - 1),
    variance: shape > 2 ? (min * min * shape) / ((shape - 1) * (shape - 1) * (shape - 2)) : Infinity,
    quantile: (p) => min * exp(-log1p(-p) / shape),
    from: min,
    to: Infinity,
  });
}
