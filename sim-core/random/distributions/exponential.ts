import { z } from 'zod';
import { log1p } from '../../units/math.ts';
import { duration } from '../../units/schema.ts';
import type { Distribution } from '../contract.ts';
import { labelOf } from '../parameters.ts';
import { exponentialSampler } from '../ziggurat.ts';

export const exponentialParameters = z.strictObject({ mean: duration({ positive: true }) });

/** Memoryless; squared coefficient of variation 1. Sampled by ziggurat, exact to the tail. */
export function exponential({ mean }: z.output<typeof exponentialParameters>): Distribution {
  return {
    label: labelOf('exponential', { mean }),
    mean,
    variance: mean * mean,
    quantile: (p) => (p >= 0 ? -mean * log1p(-p) : NaN),
    sampler: (stream) => exponentialSampler(stream, mean),
  };
}
