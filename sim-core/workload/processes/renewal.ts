import type { RandomStream, Sampler } from '../../random/contract.ts';
import { createDistribution } from '../../random/registry.ts';
import { evenIncrements } from './deterministic.ts';
import { poissonIncrements } from './poisson.ts';

/**
 * Increments with mean 1 and a given squared coefficient of variation: gamma below 1 (more regular than chance),
 * exponential at 1, and above 1 (burstier) a mixture of two exponentials with balanced means (Whitt, "Approximating a
 * point process by a renewal process", 1982).
 *
 * @param scv ≥ 0; below 10⁻⁴ taken as 0
 */
export function renewalIncrements(scv: number, stream: RandomStream): Sampler {
  // Below that the spread of a gamma variable is under 1 % of its mean.
  if (scv < 1e-4) return evenIncrements;
  if (scv === 1) return poissonIncrements(stream);
  return createDistribution(scv < 1 ? { gamma: { mean: 1, scv } } : { hyperexponential: { mean: 1, scv } }).sampler(
    stream,
  );
}
