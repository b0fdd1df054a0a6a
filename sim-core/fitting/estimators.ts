import { minShape as leastBounded, maxShape as mostBounded } from '../random/distributions/bounded-pareto.ts';
import { maxShape as mostGamma, minShape as leastGamma } from '../random/distributions/gamma.ts';
import { maxShape as mostPareto, minShape as leastPareto } from '../random/distributions/pareto.ts';
import { maxShape as mostWeibull, minShape as leastWeibull } from '../random/distributions/weibull.ts';
import type { DistributionConfig } from '../random/registry.ts';
import { rootBetween } from '../random/root.ts';
import { digamma, trigamma } from '../units/digamma.ts';
import { exp, expm1, log } from '../units/math.ts';
import { logGamma } from '../units/special.ts';
import { fitHyperexponential } from './hyperexponential.ts';
import type { Sample } from './sample.ts';

/** The most likely member of a family, or why there is none. */
export type Estimate =
  | {
      readonly config: DistributionConfig;
      readonly logLikelihood: number;
      /** how many numbers were chosen to fit */
      readonly parameters: number;
    }
  | { readonly reason: string };

const z95 = 1.6448536269514722;
const halfLogTwoPi = 0.91893853320467274178;

function exponential({ count, mean }: Sample): Estimate {
  return { config: { exponential: { mean } }, logLikelihood: -count * (log(mean) + 1), parameters: 1 };
}

/** Mean and variance of the logarithms. */
function lognormal({ count, logs, weights, meanLog }: Sample): Estimate {
  let squares = 0;
  for (let i = 0; i < logs.length; i++) squares += weights[i]! * (logs[i]! - meanLog) * (logs[i]! - meanLog);
  const sigma = Math.sqrt(squares / count);
  if (sigma < 1e-4 || sigma > 6) return { reason: 'the logarithms vary too little or too much' };
  return {
    config: { lognormal: { p50: exp(meanLog), p95: exp(meanLog + z95 * sigma) } },
    logLikelihood: -count * (meanLog + log(sigma) + halfLogTwoPi + 0.5),
    parameters: 2,
  };
}

/**
 * Shape k with log k − ψ(k) = log mean − mean log, by Newton's steps on 1 ÷ k.
 *
 * @see Minka, Estimating a gamma distribution (2002)
 */
function gammaShape({ mean, meanLog }: Sample): number {
  const gap = log(mean) - meanLog;
  let k = (3 - gap + Math.sqrt((gap - 3) * (gap - 3) + 24 * gap)) / (12 * gap);
  for (let step = 0; step < 50; step++) {
    const next = 1 / (1 / k + (log(k) - digamma(k) - gap) / (k * k * (1 / k - trigamma(k))));
    if (!(Math.abs(next - k) > 1e-13 * k)) return next;
    k = next;
  }
  return k;
}

function gammaLikelihood({ count, mean, meanLog }: Sample, k: number): number {
  return count * ((k - 1) * meanLog - k - k * log(mean / k) - logGamma(k));
}

function gamma(sample: Sample): Estimate {
  const k = gammaShape(sample);
  if (!(k > leastGamma && k < mostGamma)) return { reason: 'its scv would be beyond 0.0001 to 100' };
  return {
    config: { gamma: { mean: sample.mean, scv: 1 / k } },
    logLikelihood: gammaLikelihood(sample, k),
    parameters: 2,
  };
}

/** The better of the whole numbers around the shape of the gamma: the likelihood has one peak. */
function erlang(sample: Sample): Estimate {
  const k = gammaShape(sample);
  const candidates = [Math.max(1, Math.floor(k)), Math.max(1, Math.ceil(k))].filter((stages) => stages <= 1000);
  const [first, second = first] = candidates;
  if (first === undefined || second === undefined) return { reason: 'it would have more than 1000 stages' };
  const stages = gammaLikelihood(sample, first) >= gammaLikelihood(sample, second) ? first : second;
  return {
    config: { erlang: { mean: sample.mean, stages } },
    logLikelihood: gammaLikelihood(sample, stages),
    parameters: 2,
  };
}

/** Shape k with Σ xᵏ log x ÷ Σ xᵏ − 1/k = mean log, which rises in k; powers are taken relative to the largest value. */
function weibull({ count, logs, weights, meanLog }: Sample): Estimate {
  const largest = logs[logs.length - 1]!;
  const sums = (k: number): { readonly power: number; readonly logPower: number } => {
    let [power, logPower] = [0, 0];
    for (let i = 0; i < logs.length; i++) {
      const term = weights[i]! * exp(k * (logs[i]! - largest));
      power += term;
      logPower += term * logs[i]!;
    }
    return { power, logPower };
  };
  const score = (k: number): number => {
    const { power, logPower } = sums(k);
    return logPower / power - 1 / k - meanLog;
  };
  if (score(leastWeibull) > 0 || score(mostWeibull) < 0) return { reason: 'its shape would be beyond 0.1 to 100' };
  const k = rootBetween(score, leastWeibull, mostWeibull);
  const logScale = largest + log(sums(k).power / count) / k;
  return {
    config: { weibull: { scale: exp(logScale), shape: k } },
    logLikelihood: count * (log(k) - k * logScale + (k - 1) * meanLog - 1),
    parameters: 2,
  };
}

function pareto({ count, points, logs, meanLog }: Sample): Estimate {
  const shape = 1 / (meanLog - logs[0]!);
  if (shape < leastPareto) return { reason: `its shape would be ${shape.toPrecision(3)}, and the mean infinite` };
  if (shape > mostPareto) return { reason: 'its shape would be above 1000' };
  return {
    config: { pareto: { min: points[0]!, shape } },
    logLikelihood: count * (log(shape) + shape * logs[0]! - (shape + 1) * meanLog),
    parameters: 2,
  };
}

/** @see Aban, Meerschaert & Panorska, Parameter estimation for the truncated Pareto distribution, JASA 101 (2006) */
function boundedPareto({ count, points, logs, meanLog }: Sample): Estimate {
  const [least, most] = [logs[0]!, logs[logs.length - 1]!];
  const span = most - least;
  const excess = meanLog - least;
  /** falls in the shape: what the likelihood gains from a larger one */
  const score = (a: number): number => 1 / a - span / expm1(a * span) - excess;
  if (score(leastBounded) < 0 || score(mostBounded) > 0) return { reason: 'its shape would be beyond 0.01 to 100' };
  const shape = rootBetween((a) => -score(a), leastBounded, mostBounded);
  return {
    config: { boundedPareto: { min: points[0]!, max: points[points.length - 1]!, shape } },
    logLikelihood: count * (log(shape) + shape * least - log(-expm1(-shape * span)) - (shape + 1) * meanLog),
    parameters: 3,
  };
}

function uniform({ count, points }: Sample): Estimate {
  const [min, max] = [points[0]!, points[points.length - 1]!];
  return { config: { uniform: { min, max } }, logLikelihood: -count * log(max - min), parameters: 2 };
}

/** Every family that is fitted, by its key in a scenario file. */
export const estimators = {
  exponential,
  lognormal,
  gamma,
  erlang,
  weibull,
  pareto,
  boundedPareto,
  uniform,
  hyperexponential: fitHyperexponential,
};

export type FittedFamily = keyof typeof estimators;
