import { z } from 'zod';
import { duration } from '../../units/schema.ts';
import { continuous } from '../continuous.ts';
import type { Distribution } from '../contract.ts';
import { labelOf } from '../parameters.ts';

export const uniformParameters = z
  .strictObject({ min: duration(), max: duration() })
  .refine(({ min, max }) => max > min, {
    path: ['max'],
    message: 'max must be above min',
    params: { code: 'contradictory' },
  });

/** Every value between min and max equally likely. */
export function uniform({ min, max }: z.output<typeof uniformParameters>): Distribution {
  return continuous({
    label: labelOf('uniform', { min, max }),
    mean: (min + max) / 2,
    variance: ((max - min) * (max - min)) / 12,
    quantile: (p) => min + p * (max - min),
    from: min,
    to: max,
  });
}
