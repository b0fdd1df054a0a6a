import type { Distribution } from '../random/contract.ts';
import type { LatencyHistogram } from '../statistics/latency-histogram.ts';
import { normalQuantile } from '../units/special.ts';

/** A distribution as a few values with their probabilities. */
interface Atoms {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** How requests waited that left the service in one stretch. */
export interface WaitShape {
  /** requests, not necessarily whole */
  readonly count: number;
  /** of all of them, s */
  readonly mean: number;
  /** share of them that waited at all */
  readonly delayed: number;
  /** squared coefficient of variation of the waits of those that did */
  readonly scv: number;
  /** s, no wait was longer */
  readonly longest: number;
}

/** Whether two stretches are so alike that one shape stands for both. */
export function alike(a: WaitShape, b: WaitShape, serviceTimeMean: number): boolean {
  return (
    Math.abs(a.mean - b.mean) <= 0.02 * (serviceTimeMean + a.mean) &&
    Math.abs(a.delayed - b.delayed) <= 0.05 &&
    Math.abs(a.scv - b.scv) <= 0.1
  );
}

export function together(a: WaitShape, b: WaitShape): WaitShape {
  const count = a.count + b.count;
  const share = b.count / count;
  return {
    count,
    mean: a.mean + (b.mean - a.mean) * share,
    delayed: a.delayed + (b.delayed - a.delayed) * share,
    scv: a.scv + (b.scv - a.scv) * share,
    longest: Math.max(a.longest, b.longest),
  };
}

/** Whether requests waited too little for it to show. */
export function isPrompt({ delayed, mean }: WaitShape, serviceTimeMedian: number): boolean {
  return delayed < 1e-3 || mean < 1e-4 * serviceTimeMedian;
}

/** Cells of probability, narrower where quantiles are read. */
export const fine = edges([0, 0.9, 1 / 64], [0.9, 0.97, 1 / 256], [0.97, 0.998, 1 / 1024], [0.998, 1, 1 / 4096]);
const coarse = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.86, 0.9, 0.94, 0.965, 0.985, 0.995, 1];
const waitEdges = [0, 0.08, 0.18, 0.3, 0.42, 0.54, 0.66, 0.76, 0.84, 0.9, 0.94, 0.97, 0.985, 0.995, 1];
export const waitWeights = waitEdges.slice(1).map((edge, i) => edge - waitEdges[i]!);
const waitNormals = waitWeights.map((weight, i) => normalQuantile(waitEdges[i]! + weight / 2));

/**
 * Sojourn times as counts in a histogram: nothing but service for those that started at once, wait and service, taken for
 * independent, for the others.
 *
 * Counts in the histogram are whole numbers of `1 ÷ resolution` requests; what rounding leaves over goes to the next one.
 */
export class LatencyMixture {
  readonly serviceTimeMedian: number;
  private readonly service: Atoms;
  private readonly coarseService: Atoms;
  private readonly waits = new Float64Array(waitWeights.length);
  private left = 0;

  /** @param resolution counts in the histogram for one request */
  constructor(
    serviceTimes: Distribution,
    private readonly resolution: number,
  ) {
    this.serviceTimeMedian = serviceTimes.quantile(0.5);
    this.service = atomsOf(serviceTimes, fine);
    this.coarseService = atomsOf(serviceTimes, coarse);
  }

  addTo(histogram: LatencyHistogram, shape: WaitShape): void {
    const { count, mean, delayed } = shape;
    const units = count * this.resolution;
    if (units + this.left < 1) {
      // Too few to show: next to nobody completed. One count at the mean keeps the row's quantiles from being unknown.
      histogram.addMany(mean + this.serviceTimeMedian, 1);
      return;
    }
    if (isPrompt(shape, this.serviceTimeMedian)) {
      this.addShifted(histogram, this.service, 0, units);
      return;
    }
    this.addShifted(histogram, this.service, 0, units * (1 - delayed));
    waitsOf(shape, this.waits);
    for (let i = 0; i < waitWeights.length; i++) {
      this.addShifted(histogram, this.coarseService, this.waits[i]!, units * delayed * waitWeights[i]!);
    }
  }

  private addShifted(histogram: LatencyHistogram, atoms: Atoms, wait: number, units: number): void {
    const { values, weights } = atoms;
    let { left } = this;
    for (let i = 0; i < values.length; i++) {
      left += weights[i]! * units;
      if (left < 1) continue;
      const whole = Math.floor(left);
      histogram.addMany(wait + values[i]!, whole);
      left -= whole;
    }
    this.left = left;
  }
}

/**
 * The waits of those that waited, one value for each of `waitWeights`: a gamma distribution by Wilson and Hilferty's
 * cube, fitted to the mean, cut off at the longest wait.
 */
export function waitsOf({ mean, delayed, scv, longest }: WaitShape, into: Float64Array, at = 0): void {
  let sum = 0;
  const root = Math.sqrt(scv) / 3;
  for (let i = 0; i < waitWeights.length; i++) {
    const cube = Math.max(0.02, 1 - scv / 9 + waitNormals[i]! * root);
    into[at + i] = cube * cube * cube;
    sum += into[at + i]! * waitWeights[i]!;
  }
  const scale = mean / delayed / sum;
  for (let i = 0; i < waitWeights.length; i++) into[at + i] = Math.min(into[at + i]! * scale, longest);
}

function edges(...stretches: readonly (readonly [from: number, to: number, width: number])[]): number[] {
  const all = [0];
  for (const [from, to, width] of stretches) {
    const cells = Math.round((to - from) / width);
    for (let cell = 1; cell <= cells; cell++) all.push(from + ((to - from) * cell) / cells);
  }
  return all;
}

/** The quantile in the middle of each cell; equal neighbours become one. */
function atomsOf(distribution: Distribution, cells: readonly number[]): Atoms {
  const values: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i + 1 < cells.length; i++) {
    const weight = cells[i + 1]! - cells[i]!;
    const value = distribution.quantile(cells[i]! + weight / 2);
    if (value === values.at(-1)) weights[weights.length - 1]! += weight;
    else {
      values.push(value);
      weights.push(weight);
    }
  }
  return { values: Float64Array.from(values), weights: Float64Array.from(weights) };
}
