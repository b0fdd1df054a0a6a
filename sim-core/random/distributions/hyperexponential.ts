import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { exp, expm1, log, log1p } from '../../units/math.ts';
import { duration } from '../../units/schema.ts';
import { continuous } from '../continuous.ts';
import type { Distribution } from '../contract.ts';
import { labelOf, parameterSets, plain, scv } from '../parameters.ts';

export const hyperexponentialParameters = lazily(() =>
  parameterSets(
    {
      mean: duration({ positive: true }),
      scv: scv(1, 10_000),
      weights: z.array(z.number().positive()).min(1).max(20).describe('How often each kind of request occurs.'),
      means: z
        .array(duration({ positive: true }))
        .min(1)
        .max(20)
        .describe('The mean of each kind.'),
    },
    [
      ['mean', 'scv'],
      ['weights', 'means'],
    ],
    ({ weights, means }) =>
      weights?.length === means?.length
        ? undefined
        : { at: 'weights', message: `there are ${means?.length} means but ${weights?.length} weights` },
  ),
);

interface Phase {
  readonly probability: number;
  readonly rate: number;
}

/** Several kinds of request, each exponential: always at least as variable as one exponential. */
export function hyperexponential(parameters: z.output<typeof hyperexponentialParameters>): Distribution {
  const { mean: givenMean, scv, weights, means } = parameters;
  const phases =
    weights !== undefined && means !== undefined ? phasesOf(weights, means) : balanced(givenMean ?? NaN, scv ?? NaN);
  const mean = givenMean ?? phases.reduce((sum, { probability, rate }) => sum + probability / rate, 0);
  const secondMoment = phases.reduce((sum, { probability, rate }) => sum + (2 * probability) / (rate * rate), 0);
  const below = (x: number): number =>
    phases.reduce((sum, { probability, rate }) => sum + probability * expm1(-rate * x), 0);

  /** −log P(X > x) = −log(1 + Σ pᵢ(exp(−λᵢx) − 1)), which rises concavely from 0. */
  const quantile = (p: number): number => {
    const target = -log1p(-p);
    // P(X > x) is at least any of the terms, so that none of their roots lies beyond the one sought.
    let x = phases.reduce((most, { probability, rate }) => Math.max(most, (target + log(probability)) / rate), 0);
    for (let step = 0; step < 100; step++) {
      const hazard = -log1p(below(x));
      const survival = exp(-hazard);
      let density = 0;
      for (const { probability, rate } of phases) density += probability * rate * exp(-rate * x);
      const next = x + (target - hazard) / (density / survival);
      if (Math.abs(next - x) <= 1e-14 * next) return next;
      x = next;
    }
    return x;
  };

  return continuous({
    label: labelOf('hyperexponential', {
      mean: givenMean,
      scv: plain(scv),
      kinds: means === undefined ? undefined : String(means.length),
    }),
    mean,
    variance: scv === undefined ? secondMoment - mean * mean : mean * mean * scv,
    cdf: (x) => -below(x),
    quantile,
    from: 0,
    to: Infinity,
  });
}

function phasesOf(weights: readonly number[], means: readonly number[]): readonly Phase[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, index) => ({ probability: weight / total, rate: 1 / means[index]! }));
}

/**
 * Two kinds of customer, short and long, each bringing half of the work.
 *
 * @see Whitt, Approximating a point process by a renewal process, Operations Research 30 (1982), section 3
 */
function balanced(mean: number, scv: number): readonly Phase[] {
  const probability = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  const other = 1 - probability;
  return [
    { probability, rate: (2 * probability) / mean },
    { probability: other, rate: (2 * other) / mean },
  ];
}
