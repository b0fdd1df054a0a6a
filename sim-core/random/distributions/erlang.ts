import { z } from 'zod';
import { gammaQuantile } from '../../units/special.ts';
import { duration } from '../../units/schema.ts';
import { continuous } from '../continuous.ts';
import type { Distribution } from '../contract.ts';
import { labelOf, plain } from '../parameters.ts';

export const erlangParameters = z.strictObject({
  mean: duration({ positive: true }),
  stages: z.int().min(1).max(1000).describe('Exponential stages one after the other; the scv is 1 ÷ stages.'),
});

/** Sum of equal exponential stages. */
export function erlang({ mean, stages }: z.output<typeof erlangParameters>): Distribution {
  return continuous({
    label: labelOf('erlang', { mean, stages: plain(stages) }),
    mean,
    variance: (mean * mean) / stages,
    quantile: (p) => (mean / stages) * gammaQuantile(p, stages),
    from: 0,
    to: Infinity,
  });
}
