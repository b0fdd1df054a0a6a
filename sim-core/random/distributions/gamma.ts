import { z } from 'zod';
import { gammaQuantile } from '../../units/special.ts';
import { duration } from '../../units/schema.ts';
import { continuous } from '../continuous.ts';
import type { Distribution } from '../contract.ts';
import { labelOf, plain, scv } from '../parameters.ts';

export const gammaParameters = z.strictObject({ mean: duration({ positive: true }), scv: scv(0.0001, 100) });

/** Shape 1 ÷ scv; between exponential (scv 1) and deterministic, or more variable than exponential. */
export function gamma({ mean, scv }: z.output<typeof gammaParameters>): Distribution {
  return continuous({
    label: labelOf('gamma', { mean, scv: plain(scv) }),
    mean,
    variance: mean * mean * scv,
    quantile: (p) => mean * scv * gammaQuantile(p, 1 / scv),
    from: 0,
    to: Infinity,
  });
}
