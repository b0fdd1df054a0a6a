import { exp, log } from '../units/math.ts';
import type { Estimate } from './estimators.ts';
import type { Sample } from './sample.ts';

const mostSteps = 1000;

/**
 * Two exponential kinds by expectation and maximisation, each step taken further where that pays (squared extrapolation).
 *
 * @see Dempster, Laird & Rubin, JRSS B 39 (1977); Varadhan & Roland, Scandinavian Journal of Statistics 35 (2008)
 */
export function fitHyperexponential(sample: Sample): Estimate {
  const { count, points, weights, mean } = sample;
  let squares = 0;
  for (let i = 0; i < points.length; i++) squares += weights[i]! * (points[i]! - mean) * (points[i]! - mean);
  const scv = squares / count / (mean * mean);
  // The likelihood rises from one exponential towards two only where the sample varies more than an exponential.
  if (scv <= 1) return { reason: 'the values vary less than an exponential, which it cannot' };
  let best: Kinds | undefined;
  for (const [share, ratio] of [
    [0.9, 10],
    [0.5, 5],
    [0.99, 100],
  ] as const) {
    const short = mean / (share + (1 - share) * ratio);
    const found = climb({ share, short, long: short * ratio }, sample);
    if (best === undefined || found.logLikelihood > best.logLikelihood) best = found;
  }
  const { share, short, long, logLikelihood } = best!;
  if (!(share > 1e-9 && share < 1 - 1e-9)) return { reason: 'one kind alone fits as well' };
  return {
    config: { hyperexponential: { weights: [share, 1 - share], means: [short, long] } },
    logLikelihood,
    parameters: 3,
  };
}

interface Parameters {
  /** of the first kind */
  readonly share: number;
  /** mean of the first kind, s */
  readonly short: number;
  readonly long: number;
}
interface Kinds extends Parameters {
  readonly logLikelihood: number;
}

function climb(start: Parameters, sample: Sample): Kinds {
  let from = start;
  let likelihood = -Infinity;
  for (let step = 0; step < mostSteps; step++) {
    const once = improve(from, sample);
    const twice = improve(once.next, sample);
    const further = extrapolate(from, once.next, twice.next);
    const tried = improve(further, sample);
    const better = tried.logLikelihood > twice.logLikelihood ? tried : twice;
    if (better.logLikelihood - likelihood <= 1e-12 * Math.abs(better.logLikelihood) && step > 2)
      return { ...from, logLikelihood: better.logLikelihood };
    likelihood = better.logLikelihood;
    from = better.next;
  }
  return { ...from, logLikelihood: likelihood };
}

/** One step of expectation and maximisation, and the likelihood before it. */
function improve(
  { share, short, long }: Parameters,
  { points, weights, count, mean }: Sample,
): { readonly next: Parameters; readonly logLikelihood: number } {
  const [front, back] = [share / short, (1 - share) / long];
  let [members, total, logLikelihood] = [0, 0, 0];
  for (let i = 0; i < points.length; i++) {
    const x = points[i]!;
    // Density ÷ that of the long kind, which never vanishes first.
    const relative = front * exp(x / long - x / short);
    const responsible = (weights[i]! * relative) / (relative + back);
    members += responsible;
    total += responsible * x;
    logLikelihood += weights[i]! * (log(relative + back) - x / long);
  }
  return {
    next: { share: members / count, short: total / members, long: (mean * count - total) / (count - members) },
    logLikelihood,
  };
}

/** In log odds and log means, where every point is a possible one. */
function extrapolate(first: Parameters, second: Parameters, third: Parameters): Parameters {
  const coordinates = ({ share, short, long }: Parameters) => [log(share / (1 - share)), log(short), log(long)];
  const [a, b, c] = [coordinates(first), coordinates(second), coordinates(third)];
  let [rise, bend] = [0, 0];
  for (let k = 0; k < 3; k++) {
    const [r, v] = [b[k]! - a[k]!, c[k]! - 2 * b[k]! + a[k]!];
    rise += r * r;
    bend += v * v;
  }
  const length = bend > 0 ? Math.min(50, Math.max(1, Math.sqrt(rise / bend))) : 1;
  const [odds, short, long] = a.map(
    (value, k) => value + 2 * length * (b[k]! - value) + length * length * (c[k]! - 2 * b[k]! + value),
  );
  const share = 1 / (1 + exp(-odds!));
  const next = { share, short: exp(short!), long: exp(long!) };
  return share > 1e-12 && share < 1 - 1e-12 && next.short < next.long && Number.isFinite(next.long) ? next : third;
}
