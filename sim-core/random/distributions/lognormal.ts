import type { z } from 'zod';
import { exp, expm1, log, log1p } from '../../units/math.ts';
import { duration } from '../../units/schema.ts';
import { normalQuantile } from '../../units/special.ts';
import { continuous } from '../continuous.ts';
import type { Distribution } from '../contract.ts';
import { labelOf, parameterSets, plain, scv } from '../parameters.ts';

const z95 = 1.6448536269514722;
/** The largest p95 ÷ mean of any lognormal distribution, at σ = z95. */
const largestRatio = exp((z95 * z95) / 2);

export const lognormalParameters = parameterSets(
  {
    p50: duration({ positive: true }).describe('Median.'),
    p95: duration({ positive: true }).describe('Exceeded by one in twenty.'),
    mean: duration({ positive: true }),
    scv: scv(0.0001, 10_000),
  },
  [
    ['p50', 'p95'],
    ['mean', 'p95'],
    ['mean', 'scv'],
  ],
  ({ p50, p95, mean }) => {
    if (p50 !== undefined && p95 !== undefined && p95 <= p50) return { at: 'p95', message: 'p95 must be above p50' };
    if (p50 !== undefined && p95 !== undefined && p95 > 1e4 * p50) {
      return { at: 'p95', message: 'p95 must be at most 10,000 times p50' };
    }
    if (mean !== undefined && p95 !== undefined && p95 <= mean)
      return { at: 'p95', message: 'p95 must be above the mean' };
    if (mean !== undefined && p95 !== undefined && p95 > largestRatio * mean) {
      return { at: 'p95', message: 'no lognormal distribution has a p95 above 3.868 times its mean; give p50 and p95' };
    }
    return undefined;
  },
);

/** The logarithm is normal, mean μ and standard deviation σ: skewed as response times are. */
export function lognormal(parameters: z.output<typeof lognormalParameters>): Distribution {
  const { mu, sigma } = location(parameters);
  const mean = exp(mu + (sigma * sigma) / 2);
  const { p50, p95, scv } = parameters;
  return continuous({
    label: labelOf('lognormal', { p50, mean: parameters.mean, p95, scv: plain(scv) }),
    mean,
    variance: mean * mean * expm1(sigma * sigma),
    quantile: (p) => exp(mu + sigma * normalQuantile(p)),
    from: 0,
    to: Infinity,
  });
}

function location({ p50, p95, mean, scv }: z.output<typeof lognormalParameters>): { mu: number; sigma: number } {
  if (p50 !== undefined && p95 !== undefined) return { mu: log(p50), sigma: log(p95 / p50) / z95 };
  if (mean === undefined) throw new RangeError('a lognormal distribution needs p50 or mean');
  // p95 = mean exp(z95 σ − σ²/2): of the two solutions the less variable one.
  const sigma =
    p95 !== undefined ? z95 - Math.sqrt(Math.max(0, z95 * z95 - 2 * log(p95 / mean))) : Math.sqrt(log1p(scv ?? NaN));
  return { mu: log(mean) - (sigma * sigma) / 2, sigma };
}
