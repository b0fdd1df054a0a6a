import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { gammaP, gammaQuantile } from '../../units/special.ts';
import { duration } from '../../units/schema.ts';
import { continuous } from '../continuous.ts';
import type { Distribution } from '../contract.ts';
import { labelOf, parameterSets, plain, scv } from '../parameters.ts';
import { givenQuantiles, quantileShape } from '../quantile-names.ts';

const mostStages = 1000;

export const erlangParameters = lazily(() =>
  parameterSets(
    {
      mean: duration({ positive: true }),
      stages: z.int().min(1).max(mostStages).describe('Exponential stages one after the other; the scv is 1 ÷ stages.'),
      scv: scv(1 / mostStages, 1),
      ...quantileShape(),
    },
    [['mean', 'stages'], ['mean', 'scv'], { quantiles: 1, with: ['stages'] }],
    ({ scv }) => {
      if (scv === undefined) return undefined;
      const stages = Math.round(1 / scv);
      if (Math.abs(scv * stages - 1) < 0.005) return undefined;
      return {
        at: 'scv',
        message: `an Erlang distribution has an scv of 1, 1/2, 1/3 …; the nearest to ${scv} is ${plain(1 / stages)}; take that, or gamma`,
      };
    },
  ),
);

/** Sum of equal exponential stages. */
export function erlang(parameters: z.output<typeof erlangParameters>): Distribution {
  const { mean: givenMean, stages: givenStages, scv, ...quantiles } = parameters;
  const stages = givenStages ?? Math.round(1 / (scv ?? NaN));
  const [quantile] = givenQuantiles(quantiles);
  const mean =
    quantile === undefined ? (givenMean ?? NaN) : (quantile.value / gammaQuantile(quantile.p, stages)) * stages;
  return continuous({
    label: labelOf('erlang', { mean: givenMean, ...quantiles, stages: plain(givenStages), scv: plain(scv) }),
    mean,
    variance: (mean * mean) / stages,
    cdf: (x) => gammaP(stages, (x * stages) / mean),
    quantile: (p) => (mean / stages) * gammaQuantile(p, stages),
    from: 0,
    to: Infinity,
  });
}
