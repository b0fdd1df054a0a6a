import { z } from 'zod';
import { exp, log, log1p, pow } from '../../units/math.ts';
import { duration } from '../../units/schema.ts';
import { logGamma } from '../../units/special.ts';
import { continuous } from '../continuous.ts';
import type { Distribution } from '../contract.ts';
import { labelOf, parameterSets, plain } from '../parameters.ts';

/** log(log 20 ÷ log 2): p95 and p50 are (log 20)^(1/k) and (log 2)^(1/k) scales. */
const quantileSpan = log(log(20) / log(2));
const [minShape, maxShape] = [0.1, 100];

export const weibullParameters = parameterSets(
  {
    p50: duration({ positive: true }).describe('Median.'),
    p95: duration({ positive: true }).describe('Exceeded by one in twenty.'),
    mean: duration({ positive: true }),
    shape: z.number().min(minShape).max(maxShape).describe('Below 1 heavier than exponential, above 1 lighter.'),
  },
  [
    ['p50', 'p95'],
    ['mean', 'shape'],
  ],
  ({ p50, p95 }) => {
    if (p50 === undefined || p95 === undefined) return undefined;
    if (p95 <= p50) return { at: 'p95', message: 'p95 must be above p50' };
    const shape = quantileSpan / log(p95 / p50);
    if (shape < minShape) return { at: 'p95', message: 'p95 is too far above p50: the shape would be below 0.1' };
    if (shape > maxShape) return { at: 'p95', message: 'p95 is too close to p50: the shape would be above 100' };
    return undefined;
  },
);

/** Stretched exponential: failure and repair times. */
export function weibull({ p50, p95, mean, shape }: z.output<typeof weibullParameters>): Distribution {
  const k = p50 !== undefined && p95 !== undefined ? quantileSpan / log(p95 / p50) : (shape ?? NaN);
  const meanOverScale = exp(logGamma(1 + 1 / k));
  const scale = p50 !== undefined ? p50 / pow(log(2), 1 / k) : (mean ?? NaN) / meanOverScale;
  return continuous({
    label: labelOf('weibull', { p50, p95, mean, shape: plain(shape) }),
    mean: scale * meanOverScale,
    variance: scale * scale * (exp(logGamma(1 + 2 / k)) - meanOverScale * meanOverScale),
    quantile: (p) => scale * pow(-log1p(-p), 1 / k),
    from: 0,
    to: Infinity,
  });
}
