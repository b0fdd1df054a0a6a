import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { exp, expm1, log, log1p, pow } from '../../units/math.ts';
import { duration } from '../../units/schema.ts';
import { logGamma } from '../../units/special.ts';
import { continuous } from '../continuous.ts';
import type { Distribution } from '../contract.ts';
import { labelOf, parameterSets, plain, ratioTrouble, scv } from '../parameters.ts';
import { quantilePair, quantileShape } from '../quantile-names.ts';
import { rootBetween } from '../root.ts';

export const [minShape, maxShape] = [0.1, 100];

/** The logarithm of the ratio of two quantiles times the shape, by their odds. */
const span = (low: number, high: number): number => log(log(high) / log(low));
/** 1 + scv, from 1 (exactly even) up as the shape falls */
const secondMoment = (k: number): number => exp(logGamma(1 + 2 / k) - 2 * logGamma(1 + 1 / k));

export const weibullParameters = lazily(() =>
  parameterSets(
    {
      ...quantileShape(),
      mean: duration({ positive: true }),
      scv: scv(0.0002, 10_000),
      scale: duration({ positive: true }).describe('Exceeded by 1 in e.'),
      shape: z.number().min(minShape).max(maxShape).describe('Below 1 heavier than exponential, above 1 lighter.'),
    },
    [{ quantiles: 2 }, ['mean', 'shape'], ['mean', 'scv'], ['scale', 'shape']],
    (values) => {
      const pair = quantilePair(values);
      if (pair === undefined) return undefined;
      const distance = span(pair[0].odds, pair[1].odds);
      return ratioTrouble(
        pair,
        { ratio: exp(distance / maxShape), because: ': the shape would be above 100' },
        { ratio: exp(distance / minShape), because: ': the shape would be below 0.1' },
      );
    },
  ),
);

/** Stretched exponential: failure and repair times. */
export function weibull(parameters: z.output<typeof weibullParameters>): Distribution {
  const { mean, scv, scale: givenScale, shape, ...quantiles } = parameters;
  const pair = quantilePair(quantiles);
  const k =
    pair !== undefined
      ? span(pair[0].odds, pair[1].odds) / log(pair[1].value / pair[0].value)
      : scv !== undefined
        ? rootBetween((candidate) => 1 + scv - secondMoment(candidate), minShape, maxShape)
        : (shape ?? NaN);
  const meanOverScale = exp(logGamma(1 + 1 / k));
  const scale =
    pair !== undefined ? pair[0].value / pow(log(pair[0].odds), 1 / k) : (givenScale ?? (mean ?? NaN) / meanOverScale);
  return continuous({
    label: labelOf('weibull', { ...quantiles, mean, scale: givenScale, shape: plain(shape), scv: plain(scv) }),
    mean: scale * meanOverScale,
    variance: scale * scale * (exp(logGamma(1 + 2 / k)) - meanOverScale * meanOverScale),
    cdf: (x) => -expm1(-pow(x / scale, k)),
    quantile: (p) => scale * pow(-log1p(-p), 1 / k),
    from: 0,
    to: Infinity,
  });
}
