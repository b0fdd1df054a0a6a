import type { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { expm1, log, log1p } from '../../units/math.ts';
import { duration } from '../../units/schema.ts';
import type { Distribution } from '../contract.ts';
import { labelOf, parameterSets } from '../parameters.ts';
import { givenQuantiles, quantileShape } from '../quantile-names.ts';
import { exponentialSampler } from '../ziggurat.ts';

export const exponentialParameters = lazily(() =>
  parameterSets({ mean: duration({ positive: true }), ...quantileShape() }, [['mean'], { quantiles: 1 }]),
);

/** Memoryless; squared coefficient of variation 1. Sampled by ziggurat, exact to the tail. */
export function exponential(parameters: z.output<typeof exponentialParameters>): Distribution {
  const { mean: given, ...quantiles } = parameters;
  const [quantile] = givenQuantiles(quantiles);
  const mean = quantile === undefined ? (given ?? NaN) : quantile.value / log(quantile.odds);
  return {
    label: labelOf('exponential', { mean: given, ...quantiles }),
    mean,
    variance: mean * mean,
    cdf: (x) => (x > 0 ? -expm1(-x / mean) : x <= 0 ? 0 : NaN),
    quantile: (p) => (p >= 0 ? -mean * log1p(-p) : NaN),
    sampler: (stream) => exponentialSampler(stream, mean),
  };
}
