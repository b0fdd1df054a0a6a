import { z } from 'zod';
import { exp, expm1, log, log1p } from '../../units/math.ts';
import { duration } from '../../units/schema.ts';
import { continuous } from '../continuous.ts';
import type { Distribution } from '../contract.ts';
import { labelOf, plain, scv } from '../parameters.ts';

export const hyperexponentialParameters = z.strictObject({ mean: duration({ positive: true }), scv: scv(1, 10_000) });

/**
 * Two kinds of customer, short and long, each exponential and each bringing half of the work (balanced means).
 *
 * @see Whitt, Approximating a point process by a renewal process, Operations Research 30 (1982), section 3
 */
export function hyperexponential({ mean, scv }: z.output<typeof hyperexponentialParameters>): Distribution {
  const probability = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  const other = 1 - probability;
  const rate = (2 * probability) / mean;
  const otherRate = (2 * other) / mean;

  /** −log P(X > x) = −log(1 + Σ pᵢ(exp(−λᵢx) − 1)), which rises concavely from 0. */
  const quantile = (p: number): number => {
    const target = -log1p(-p);
    // P(X > x) is at least either term, so that neither root lies beyond the one sought.
    let x = Math.max(0, (target + log(probability)) / rate, (target + log(other)) / otherRate);
    for (let step = 0; step < 100; step++) {
      const hazard = -log1p(probability * expm1(-rate * x) + other * expm1(-otherRate * x));
      const survival = exp(-hazard);
      const slope = (probability * rate * exp(-rate * x) + other * otherRate * exp(-otherRate * x)) / survival;
      const next = x + (target - hazard) / slope;
      if (Math.abs(next - x) <= 1e-14 * next) return next;
      x = next;
    }
    return x;
  };

  return continuous({
    label: labelOf('hyperexponential', { mean, scv: plain(scv) }),
    mean,
    variance: mean * mean * scv,
    quantile,
    from: 0,
    to: Infinity,
  });
}
