import { z } from 'zod';
import { lazily } from '../../units/lazily.ts';
import { exp, expm1, log, log1p } from '../../units/math.ts';
import { duration } from '../../units/schema.ts';
import { normalCdf, normalQuantile } from '../../units/special.ts';
import { continuous } from '../continuous.ts';
import type { Distribution } from '../contract.ts';
import { labelOf, parameterSets, plain, ratioTrouble, scv } from '../parameters.ts';
import { quantilePair, quantileShape } from '../quantile-names.ts';

const z95 = 1.6448536269514722;
/** The largest p95 ÷ mean of any lognormal distribution, at σ = z95. */
const largestRatio = exp((z95 * z95) / 2);
const [minSigma, maxSigma] = [1e-4, 6];

export const lognormalParameters = lazily(() =>
  parameterSets(
    {
      ...quantileShape(),
      mean: duration({ positive: true }),
      scv: scv(0.0001, 10_000),
      sigma: z.number().min(minSigma).max(maxSigma).describe('Standard deviation of the natural logarithm.'),
    },
    [{ quantiles: 2 }, ['mean', 'p95'], ['mean', 'scv'], ['p50', 'sigma']],
    ({ mean, p95, ...others }) => {
      const pair = quantilePair({ ...others, p95 });
      if (pair !== undefined) {
        const spread = normalQuantile(pair[1].p) - normalQuantile(pair[0].p);
        return ratioTrouble(
          pair,
          { ratio: exp(minSigma * spread), because: '' },
          { ratio: exp(maxSigma * spread), because: '' },
        );
      }
      if (mean !== undefined && p95 !== undefined && p95 <= mean)
        return { at: 'p95', message: 'p95 must be above the mean' };
      if (mean !== undefined && p95 !== undefined && p95 > largestRatio * mean) {
        return {
          at: 'p95',
          message: 'no lognormal distribution has a p95 above 3.868 times its mean; give p50 and p95',
        };
      }
      return undefined;
    },
  ),
);

/** The logarithm is normal, mean μ and standard deviation σ: skewed as response times are. */
export function lognormal(parameters: z.output<typeof lognormalParameters>): Distribution {
  const { mu, sigma } = location(parameters);
  const mean = exp(mu + (sigma * sigma) / 2);
  const { scv, sigma: given, mean: givenMean, ...quantiles } = parameters;
  return continuous({
    label: labelOf('lognormal', { mean: givenMean, ...quantiles, scv: plain(scv), sigma: plain(given) }),
    mean,
    variance: mean * mean * expm1(sigma * sigma),
    cdf: (x) => normalCdf((log(x) - mu) / sigma),
    quantile: (p) => exp(mu + sigma * normalQuantile(p)),
    from: 0,
    to: Infinity,
  });
}

function location(parameters: z.output<typeof lognormalParameters>): { mu: number; sigma: number } {
  const { mean, scv, sigma: given, p50, p95 } = parameters;
  const pair = quantilePair(parameters);
  if (pair !== undefined) {
    const [low, high] = pair;
    const from = normalQuantile(low.p);
    const sigma = log(high.value / low.value) / (normalQuantile(high.p) - from);
    return { mu: log(low.value) - sigma * from, sigma };
  }
  if (p50 !== undefined && given !== undefined) return { mu: log(p50), sigma: given };
  if (mean === undefined) throw new RangeError('a lognormal distribution needs p50 or mean');
  // p95 = mean exp(z95 σ − σ²/2): of the two solutions the less variable one.
  const sigma =
    p95 !== undefined ? z95 - Math.sqrt(Math.max(0, z95 * z95 - 2 * log(p95 / mean))) : Math.sqrt(log1p(scv ?? NaN));
  return { mu: log(mean) - (sigma * sigma) / 2, sigma };
}
