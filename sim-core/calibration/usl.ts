import type { Issue } from '../issue.ts';
import type { Calibrated, CalibratedNumber } from './contract.ts';
import { notCalibrated } from './contract.ts';
import { halfWidth, leastSquares } from './least-squares.ts';
import type { LeastSquares } from './least-squares.ts';

/** One point of a load test. */
export interface LoadPoint {
  /** users, threads or nodes at work, > 0 */
  readonly concurrency: number;
  /** completed a second, or any unit of work a time */
  readonly throughput: number;
}

/** The universal scalability law, X(N) = λN ÷ (1 + σ(N − 1) + κN(N − 1)). */
export interface ScalabilityLaw {
  /** λ: throughput of one, in the unit of the points */
  readonly throughputOfOne: CalibratedNumber;
  /** σ ≥ 0: share of the work that goes one after the other */
  readonly contention: CalibratedNumber;
  /** κ ≥ 0: cost of each pair that has to agree */
  readonly coherency: CalibratedNumber;
  /** where throughput is highest, √((1 − σ) ÷ κ); null where it never falls */
  readonly peakConcurrency: CalibratedNumber | null;
  /** throughput there; null where there is no peak */
  readonly peakThroughput: number | null;
  /** λ ÷ σ, what it tends to without a peak; Infinity without contention */
  readonly throughputLimit: number;
  readonly residualSumOfSquares: number;
}

/** Throughput by the law at a concurrency. */
export function throughputAt(throughputOfOne: number, contention: number, coherency: number, n: number): number {
  return (throughputOfOne * n) / (1 + contention * (n - 1) + coherency * n * (n - 1));
}

/** The coefficients that are held at a value; the others are free. */
type Held = readonly [contention: number | undefined, coherency: number | undefined];
const method = 'least squares on the universal scalability law';

/** Points without two numbers above zero are of no use, but their loss is no secret. */
function leftOut(points: readonly LoadPoint[], usable: readonly LoadPoint[]): Issue[] {
  const lost = points.flatMap((point, i) => (usable.includes(point) ? [] : [i + 1]));
  if (lost.length === 0) return [];
  const which = lost.slice(0, 4).join(', ') + (lost.length > 4 ? ` and ${lost.length - 4} more` : '');
  const message = `${lost.length === 1 ? 'Point' : 'Points'} ${which} of ${points.length}: concurrency and throughput must be numbers above zero. Left out of the fit; mend the file.`;
  return [{ code: 'calibration-left-out', severity: 'warning', message, path: [] }];
}

/**
 * Fits the law to the points of a load test by nonlinear least squares. Nothing goes below zero, nor does an interval: where the
 * best fit would, it is held at zero, and its interval goes from there up to where the fit is worse by more than chance may
 * be (profile likelihood).
 *
 * @see Gunther, Guerrilla Capacity Planning, Springer 2007
 */
export function fitScalabilityLaw(points: readonly LoadPoint[]): Calibrated<ScalabilityLaw> {
  const usable = points.filter(({ concurrency, throughput }) => concurrency > 0 && throughput > 0);
  const different = new Set(usable.map(({ concurrency }) => concurrency)).size;
  if (different < 4) {
    return notCalibrated(
      'calibration-too-little',
      `A scalability law has three numbers; it takes load-test points at four or more different concurrencies, and there are ${different}.`,
    );
  }
  const { held, fit } = bestOf(usable, [
    [undefined, undefined],
    [undefined, 0],
    [0, undefined],
    [0, 0],
  ])!;
  return { found: lawOf(held, fit, usable), issues: leftOut(points, usable) };
}

/** The best of several fits whose numbers are none below zero. */
function bestOf(points: readonly LoadPoint[], several: readonly Held[]) {
  const fits = several
    .map((held) => ({ held, fit: fitWith(points, held) }))
    .filter(({ fit }) => fit.parameters.every((value) => Number.isFinite(value) && value >= 0));
  return fits.sort((a, b) => a.fit.residualSumOfSquares - b.fit.residualSumOfSquares)[0];
}

/** How far a coefficient at its bound of zero may go up while the others make the best of it; null without an end. */
function highestOf(points: readonly LoadPoint[], which: 'contention' | 'coherency', fit: LeastSquares): number | null {
  // The coefficient at its bound is one more number that was looked for.
  const degreesOfFreedom = fit.degreesOfFreedom - 1;
  const half = halfWidth(fit.residualSumOfSquares / degreesOfFreedom, degreesOfFreedom);
  const most = fit.residualSumOfSquares + half * half;
  const isWorse = (value: number): boolean => {
    const several: Held[] =
      which === 'contention'
        ? [
            [value, undefined],
            [value, 0],
          ]
        : [
            [undefined, value],
            [0, value],
          ];
    const best = bestOf(points, several);
    return best === undefined || best.fit.residualSumOfSquares > most;
  };
  let high = 1e-12;
  while (!isWorse(high)) if ((high *= 4) > 1e6) return null;
  let low = high > 1e-12 ? high / 4 : 0;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (isWorse(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function fitWith(points: readonly LoadPoint[], [contention, coherency]: Held): LeastSquares {
  const place = {
    contention: contention === undefined ? 1 : undefined,
    coherency: coherency === undefined ? (contention === undefined ? 2 : 1) : undefined,
  };
  const largest = Math.max(...points.map(({ throughput, concurrency }) => throughput / concurrency));
  const start = [largest, ...(contention === undefined ? [0.02] : []), ...(coherency === undefined ? [1e-4] : [])];
  return leastSquares(
    points.map(({ throughput }) => throughput),
    {
      at(point, parameters, slopes) {
        const n = points[point]!.concurrency;
        const sigma = contention ?? parameters[place.contention!]!;
        const kappa = coherency ?? parameters[place.coherency!]!;
        const x = throughputAt(1, sigma, kappa, n);
        slopes[0] = x;
        // X ∝ N ÷ d, so ∂X/∂σ = −X (N − 1) ÷ d, and d = N ÷ x.
        const bySigma = (-parameters[0]! * x * x * (n - 1)) / n;
        if (place.contention !== undefined) slopes[place.contention] = bySigma;
        if (place.coherency !== undefined) slopes[place.coherency] = bySigma * n;
        return parameters[0]! * x;
      },
    },
    start,
  );
}

function lawOf([heldContention, heldCoherency]: Held, fit: LeastSquares, from: readonly LoadPoint[]): ScalabilityLaw {
  const points = from.length;
  const { parameters, covariance, degreesOfFreedom, residualSumOfSquares } = fit;
  const sigmaAt = heldContention === undefined ? 1 : -1;
  const kappaAt = heldCoherency === undefined ? parameters.length - 1 : -1;
  const number = (value: number, variance: number | undefined): CalibratedNumber => {
    const half = variance === undefined ? NaN : halfWidth(variance, degreesOfFreedom);
    return {
      value,
      interval: Number.isFinite(half) ? [Math.max(0, value - half), value + half] : null,
      method,
      points,
    };
  };
  const atBound = (which: 'contention' | 'coherency'): CalibratedNumber => {
    const highest = highestOf(from, which, fit);
    const interval = highest === null ? null : ([0, highest] as const);
    return { value: 0, interval, method: `${method}; at its bound, interval by profile likelihood`, points };
  };
  const lambda = parameters[0]!;
  const sigma = parameters[sigmaAt] ?? 0;
  const kappa = parameters[kappaAt] ?? 0;
  const peaks = kappa > 0 && sigma < 1;
  const peak = peaks ? Math.sqrt((1 - sigma) / kappa) : NaN;
  // The delta method: N* moves by −N* ÷ 2(1 − σ) with σ and by −N* ÷ 2κ with κ.
  const bySigma = sigmaAt === -1 ? 0 : -peak / (2 * (1 - sigma));
  const byKappa = -peak / (2 * kappa);
  const cross = sigmaAt === -1 ? 0 : (covariance?.[sigmaAt]?.[kappaAt] ?? NaN);
  const ofSigma = sigmaAt === -1 ? 0 : (covariance?.[sigmaAt]?.[sigmaAt] ?? NaN);
  const ofKappa = covariance?.[kappaAt]?.[kappaAt] ?? NaN;
  const peakVariance = bySigma * bySigma * ofSigma + 2 * bySigma * byKappa * cross + byKappa * byKappa * ofKappa;
  return {
    throughputOfOne: number(lambda, covariance?.[0]?.[0]),
    contention: sigmaAt === -1 ? atBound('contention') : number(sigma, covariance?.[sigmaAt]?.[sigmaAt]),
    coherency: kappaAt === -1 ? atBound('coherency') : number(kappa, covariance?.[kappaAt]?.[kappaAt]),
    peakConcurrency: peaks ? number(peak, peakVariance) : null,
    peakThroughput: peaks ? throughputAt(lambda, sigma, kappa, peak) : null,
    throughputLimit: lambda / sigma,
    residualSumOfSquares,
  };
}
