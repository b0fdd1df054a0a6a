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

/** Which coefficients are free; the others are zero. */
type Free = readonly [contention: 'contention' | undefined, coherency: 'coherency' | undefined];
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
 * Fits the law to the points of a load test by nonlinear least squares. Neither coefficient goes below zero: where the
 * best fit would, it is held at zero and has no interval.
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
  const all: Free[] = [
    ['contention', 'coherency'],
    ['contention', undefined],
    [undefined, 'coherency'],
    [undefined, undefined],
  ];
  const fits = all
    .map((free) => ({ free, fit: fitWith(usable, free) }))
    .filter(({ fit }) => fit.parameters.every((value) => Number.isFinite(value) && value >= 0));
  fits.sort((a, b) => a.fit.residualSumOfSquares - b.fit.residualSumOfSquares);
  return { found: lawOf(fits[0]!.free, fits[0]!.fit, usable.length), issues: leftOut(points, usable) };
}

function fitWith(points: readonly LoadPoint[], [contention, coherency]: Free): LeastSquares {
  const place = { contention: contention && 1, coherency: coherency && (contention === undefined ? 1 : 2) };
  const largest = Math.max(...points.map(({ throughput, concurrency }) => throughput / concurrency));
  const start = [largest, ...(contention === undefined ? [] : [0.02]), ...(coherency === undefined ? [] : [1e-4])];
  return leastSquares(
    points.map(({ throughput }) => throughput),
    {
      at(point, parameters, slopes) {
        const n = points[point]!.concurrency;
        const sigma = place.contention === undefined ? 0 : parameters[place.contention]!;
        const kappa = place.coherency === undefined ? 0 : parameters[place.coherency]!;
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

function lawOf([hasContention, hasCoherency]: Free, fit: LeastSquares, points: number): ScalabilityLaw {
  const { parameters, covariance, degreesOfFreedom, residualSumOfSquares } = fit;
  const sigmaAt = hasContention === undefined ? -1 : 1;
  const kappaAt = hasCoherency === undefined ? -1 : parameters.length - 1;
  const number = (value: number, variance: number | undefined): CalibratedNumber => {
    const half = variance === undefined ? NaN : halfWidth(variance, degreesOfFreedom);
    return { value, interval: Number.isFinite(half) ? [value - half, value + half] : null, method, points };
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
    contention: number(sigma, covariance?.[sigmaAt]?.[sigmaAt]),
    coherency: number(kappa, covariance?.[kappaAt]?.[kappaAt]),
    peakConcurrency: peaks ? number(peak, peakVariance) : null,
    peakThroughput: peaks ? throughputAt(lambda, sigma, kappa, peak) : null,
    throughputLimit: lambda / sigma,
    residualSumOfSquares,
  };
}
