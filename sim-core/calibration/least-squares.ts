import { studentTQuantile } from '../statistics/student-t.ts';
import { calibrationConfidence } from './contract.ts';

/** A curve through points, as least squares needs it. */
export interface FittedCurve {
  /** the curve at point i under these parameters, and into `slopes` its derivative by each of them */
  at(point: number, parameters: readonly number[], slopes: number[]): number;
}

export interface LeastSquares {
  readonly parameters: readonly number[];
  /** Σ of squared residuals */
  readonly residualSumOfSquares: number;
  /** parameters × parameters: of the estimates; null without a degree of freedom */
  readonly covariance: readonly (readonly number[])[] | null;
  readonly degreesOfFreedom: number;
}

const mostSteps = 200;

/**
 * Nonlinear least squares by Levenberg's and Marquardt's damped steps, scaled by the diagonal, so that parameters of very
 * different size do not matter.
 *
 * @param start one value a parameter; from far away a local minimum may be found
 * @see Marquardt, An algorithm for least-squares estimation of nonlinear parameters, SIAM J. 11 (1963)
 */
export function leastSquares(values: readonly number[], curve: FittedCurve, start: readonly number[]): LeastSquares {
  let parameters = [...start];
  let here = normalEquations(values, curve, parameters);
  let damping = 1e-3;
  for (let step = 0; step < mostSteps && damping < 1e16; step++) {
    const damped = here.matrix.map((row, i) => row.map((value, j) => (i === j ? value * (1 + damping) : value)));
    const change = solve(damped, here.gradient);
    const tried = change?.map((each, i) => parameters[i]! + each);
    const there = tried === undefined ? undefined : normalEquations(values, curve, tried);
    if (tried === undefined || there === undefined || !(there.squares <= here.squares)) {
      damping *= 10;
      continue;
    }
    const moved = tried.some((value, i) => Math.abs(value - parameters[i]!) > 1e-14 * Math.abs(value));
    parameters = tried;
    here = there;
    damping = Math.max(damping / 10, 1e-15);
    if (!moved) break;
  }
  const degreesOfFreedom = values.length - parameters.length;
  const inverse = degreesOfFreedom > 0 ? invert(here.matrix) : undefined;
  const variance = here.squares / degreesOfFreedom;
  return {
    parameters,
    residualSumOfSquares: here.squares,
    covariance: inverse?.map((row) => row.map((value) => value * variance)) ?? null,
    degreesOfFreedom,
  };
}

/** Half-width of the interval of something with this variance, by Student's t. */
export function halfWidth(variance: number, degreesOfFreedom: number): number {
  return studentTQuantile((1 + calibrationConfidence) / 2, degreesOfFreedom) * Math.sqrt(variance);
}

function normalEquations(values: readonly number[], curve: FittedCurve, parameters: readonly number[]) {
  const size = parameters.length;
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const gradient = new Array<number>(size).fill(0);
  const slopes = new Array<number>(size).fill(0);
  let squares = 0;
  values.forEach((value, point) => {
    const residual = value - curve.at(point, parameters, slopes);
    squares += residual * residual;
    for (let i = 0; i < size; i++) {
      gradient[i]! += slopes[i]! * residual;
      for (let j = 0; j < size; j++) matrix[i]![j]! += slopes[i]! * slopes[j]!;
    }
  });
  return { matrix, gradient, squares };
}

/** Gauss's elimination with pivots, of a scaled matrix. @returns undefined for one that has no inverse */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | undefined {
  const size = right.length;
  const scale = matrix.map((row, i) => 1 / Math.sqrt(row[i]!));
  if (scale.some((value) => !Number.isFinite(value))) return undefined;
  const rows = matrix.map((row, i) => [...row.map((value, j) => value * scale[i]! * scale[j]!), right[i]! * scale[i]!]);
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let i = column + 1; i < size; i++) {
      if (Math.abs(rows[i]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = i;
    }
    if (!(Math.abs(rows[pivot]![column]!) > 1e-14)) return undefined;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let i = 0; i < size; i++) {
      if (i === column) continue;
      const factor = rows[i]![column]! / rows[column]![column]!;
      for (let j = column; j <= size; j++) rows[i]![j]! -= factor * rows[column]![j]!;
    }
  }
  return rows.map((row, i) => (row[size]! / row[i]!) * scale[i]!);
}

function invert(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const columns = matrix.map((_, k) =>
    solve(
      matrix,
      matrix.map((__, i) => (i === k ? 1 : 0)),
    ),
  );
  return columns.includes(undefined) ? undefined : (columns as number[][]);
}
