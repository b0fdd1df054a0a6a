import type { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { duration } from '../../units/schema.ts';
import { continuous } from '../continuous.ts';
import type { Distribution } from '../contract.ts';
import { labelOf, parameterSets, plain, scv } from '../parameters.ts';
import { quantilePair, quantileShape } from '../quantile-names.ts';

export const uniformParameters = lazily(() =>
  parameterSets(
    {
      min: duration(),
      max: duration(),
      mean: duration({ positive: true }),
      scv: scv(0.0001, 1 / 3),
      ...quantileShape(),
    },
    [['min', 'max'], ['mean', 'scv'], { quantiles: 2 }],
    ({ min, max, ...others }) => {
      if (min !== undefined && max !== undefined && max <= min) return { at: 'max', message: 'max must be above min' };
      const pair = quantilePair(others);
      return pair !== undefined && ends(pair)[0] < 0
        ? { at: pair[1].name, message: 'so far apart, some values would be below zero; take another distribution' }
        : undefined;
    },
  ),
);

/** Every value between min and max equally likely. */
export function uniform(parameters: z.output<typeof uniformParameters>): Distribution {
  const { min: givenMin, max: givenMax, mean, scv, ...quantiles } = parameters;
  const pair = quantilePair(quantiles);
  const half = (mean ?? NaN) * Math.sqrt(3 * (scv ?? NaN));
  const [min, max] =
    pair !== undefined ? ends(pair) : [givenMin ?? Math.max(0, (mean ?? NaN) - half), givenMax ?? (mean ?? NaN) + half];
  return continuous({
    label: labelOf('uniform', { min: givenMin, max: givenMax, mean, ...quantiles, scv: plain(scv) }),
    mean: (min + max) / 2,
    variance: ((max - min) * (max - min)) / 12,
    cdf: (x) => (x - min) / (max - min),
    quantile: (p) => min + p * (max - min),
    from: min,
    to: max,
  });
}

function ends([low, high]: NonNullable<ReturnType<typeof quantilePair>>): readonly [number, number] {
  const length = (high.value - low.value) / (high.p - low.p);
  return [low.value - low.p * length, high.value + (1 - high.p) * length];
}
