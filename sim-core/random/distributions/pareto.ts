import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { exp, expm1, log, log1p, pow } from '../../units/math.ts';
import { duration } from '../../units/schema.ts';
import { continuous } from '../continuous.ts';
import type { Distribution } from '../contract.ts';
import { labelOf, parameterSets, plain, ratioTrouble, scv } from '../parameters.ts';
import { quantilePair, quantileShape } from '../quantile-names.ts';

/** At shape 1 the mean is infinite: no service could keep up. */
export const [minShape, maxShape] = [1.05, 1000];

export const paretoParameters = lazily(() =>
  parameterSets(
    {
      ...quantileShape(),
      min: duration({ positive: true }).describe('The smallest value.'),
      mean: duration({ positive: true }),
      scv: scv(0.0001, 10_000),
      shape: z.number().min(minShape).max(maxShape).describe('Tail index; the variance is infinite up to 2.'),
    },
    [{ quantiles: 2 }, ['mean', 'shape'], ['mean', 'scv'], ['min', 'shape']],
    (values) => {
      const pair = quantilePair(values);
      if (pair === undefined) return undefined;
      const odds = pair[1].odds / pair[0].odds;
      return ratioTrouble(
        pair,
        { ratio: pow(odds, 1 / maxShape), because: '' },
        { ratio: pow(odds, 1 / minShape), because: ', or the mean would be infinite' },
      );
    },
  ),
);

/** Power tail: P(X > x) = (min / x)^shape. */
export function pareto(parameters: z.output<typeof paretoParameters>): Distribution {
  const { min: givenMin, mean, scv, shape: givenShape, ...quantiles } = parameters;
  const pair = quantilePair(quantiles);
  // The squared coefficient of variation is 1 ÷ (shape (shape − 2)).
  const shape =
    pair !== undefined
      ? log(pair[1].odds / pair[0].odds) / log(pair[1].value / pair[0].value)
      : scv !== undefined
        ? 1 + Math.sqrt(1 + 1 / scv)
        : (givenShape ?? NaN);
  const min =
    pair !== undefined
      ? pair[0].value * pow(1 / pair[0].odds, 1 / shape)
      : (givenMin ?? ((mean ?? NaN) * (shape - 1)) / shape);
  return continuous({
    label: labelOf('pareto', { ...quantiles, min: givenMin, mean, shape: plain(givenShape), scv: plain(scv) }),
    mean: (min * shape) / (shape - 1),
    variance: shape > 2 ? (min * min * shape) / ((shape - 1) * (shape - 1) * (shape - 2)) : Infinity,
    cdf: (x) => -expm1(shape * log(min / x)),
    quantile: (p) => min * exp(-log1p(-p) / shape),
    from: min,
    to: Infinity,
  });
}
