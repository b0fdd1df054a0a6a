import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { duration } from '../../units/schema.ts';
import { gammaP, gammaQuantile } from '../../units/special.ts';
import { continuous } from '../continuous.ts';
import type { Distribution } from '../contract.ts';
import { labelOf, parameterSets, plain, ratioTrouble, scv } from '../parameters.ts';
import { quantilePair, quantileShape } from '../quantile-names.ts';
import type { NamedQuantile } from '../quantile-names.ts';
import { rootBetween } from '../root.ts';

export const [minShape, maxShape] = [0.01, 10_000];

type Pair = readonly [NamedQuantile, NamedQuantile];

/** How far two quantiles lie apart, as a factor: the less, the larger the shape. */
const ratioAt = ([low, high]: Pair, shape: number): number =>
  gammaQuantile(high.p, shape) / gammaQuantile(low.p, shape);

export const gammaParameters = lazily(() =>
  parameterSets(
    {
      ...quantileShape(),
      mean: duration({ positive: true }),
      scv: scv(1 / maxShape, 1 / minShape),
      shape: z.number().min(minShape).max(maxShape).describe('1 ÷ scv; a whole number is that of Erlang stages.'),
      scale: duration({ positive: true }).describe('Mean ÷ shape.'),
    },
    [['mean', 'scv'], ['mean', 'shape'], ['shape', 'scale'], { quantiles: 2 }],
    (values) => {
      const pair = quantilePair(values);
      if (pair === undefined) return undefined;
      return ratioTrouble(
        pair,
        { ratio: ratioAt(pair, maxShape), because: ': the scv would be below 0.0001' },
        { ratio: ratioAt(pair, minShape), because: ': the scv would be above 100' },
      );
    },
  ),
);

/** Shape 1 ÷ scv; between exponential (scv 1) and deterministic, or more variable than exponential. */
export function gamma(parameters: z.output<typeof gammaParameters>): Distribution {
  const { mean: givenMean, scv: givenScv, shape: givenShape, scale, ...quantiles } = parameters;
  const pair = quantilePair(quantiles);
  const shape =
    pair !== undefined
      ? rootBetween((candidate) => pair[1].value / pair[0].value - ratioAt(pair, candidate), minShape, maxShape)
      : (givenShape ?? NaN);
  const scv = givenScv ?? 1 / shape;
  const mean =
    pair !== undefined
      ? (pair[1].value / gammaQuantile(pair[1].p, shape)) * shape
      : (givenMean ?? (scale ?? NaN) * shape);
  return continuous({
    label: labelOf('gamma', {
      mean: givenMean,
      ...quantiles,
      shape: plain(givenShape),
      scale,
      scv: plain(givenScv),
    }),
    mean,
    variance: mean * mean * scv,
    cdf: (x) => gammaP(1 / scv, x / (mean * scv)),
    quantile: (p) => mean * scv * gammaQuantile(p, 1 / scv),
    from: 0,
    to: Infinity,
  });
}
