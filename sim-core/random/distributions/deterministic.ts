import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { duration } from '../../units/schema.ts';
import type { Distribution, Sampler } from '../contract.ts';
import { labelOf } from '../parameters.ts';

export const deterministicParameters = lazily(() => z.strictObject({ value: duration().describe('Always this.') }));

/** One value, always; draws nothing from its stream. */
export function deterministic({ value }: z.output<typeof deterministicParameters>): Distribution {
  const sampler: Sampler = {
    next: () => value,
    fill: (target, count) => {
      target.fill(value, 0, count);
    },
  };
  return {
    label: labelOf('deterministic', { value }),
    mean: value,
    variance: 0,
    cdf: (x) => (x >= value ? 1 : x < value ? 0 : NaN),
    quantile: (p) => (p >= 0 && p <= 1 ? value : NaN),
    sampler: () => sampler,
  };
}
