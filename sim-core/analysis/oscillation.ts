import { autocorrelation } from '../statistics/dispersion.ts';
import { binnedMeans } from './count-over-time.ts';
import type { CountOverTime } from './count-over-time.ts';

export interface Oscillation {
  /** s; NaN when nothing repeats */
  readonly period: number;
  /** of the sinusoid whose variance is that of the part that repeats; NaN when nothing repeats */
  readonly amplitude: number;
}

/** Equal parts of the time that are compared with each other. */
const bins = 1024;
/** A period has to be seen this often, or nothing says that it will come again. */
const fewestPeriods = 3;
/** The part that repeats makes up at least this share of the variance, or it is no oscillation. */
const smallestCorrelation = 0.4;
/** A peak this close to the highest is the same oscillation: the highest may be a multiple of the period. */
const asHigh = 0.85;

const none: Oscillation = { period: NaN, amplitude: NaN };

/**
 * Whether a count goes up and down in a steady rhythm, by its autocorrelation.
 *
 * The time is cut into 1024 parts, and a straight line, which growth would be, taken off their means. The autocorrelation r is
 * corrected for the shorter stretch that longer lags compare, n ÷ (n − k), and looked at up to a third of the time. The
 * period is the first peak after r has first been negative that comes within 85 % of the highest, refined by a parabola
 * through its neighbours. It counts when r there is at least 0.4 and twice its standard error by Bartlett's formula,
 * √((1 + 2·Σ r²) ÷ n) over the lags up to the first negative one. Periods shorter than four parts are not seen.
 *
 * The amplitude is √(2·r·variance): that of a sinusoid, 1.41 times that of a square wave, 0.82 times that of a triangle.
 *
 * @param from s
 * @param end s
 * @see M. S. Bartlett, On the theoretical specification and sampling properties of autocorrelated time series,
 * Suppl. J. R. Stat. Soc. 8 (1946); Box, Jenkins, Reinsel, Time Series Analysis, sec. 2.1.6
 */
export function oscillationOf(count: CountOverTime | undefined, from: number, end: number): Oscillation {
  if (count === undefined || !(end > from)) return none;
  if (turns(count, from, end) < 2 * fewestPeriods - 1) return none;
  const values = withoutLine(binnedMeans(count, from, end, bins));
  const variance = values.reduce((sum, value) => sum + value * value, 0) / bins;
  if (!(variance > 1e-12)) return none;
  const raw = autocorrelation(values, Math.floor(bins / fewestPeriods) + 1);
  const correlation = raw.map((value, index) => (value * bins) / (bins - index - 1));
  const start = correlation.findIndex((value) => value < 0);
  if (start < 0) return none;
  const peak = firstPeak(correlation, start);
  if (peak === undefined) return none;
  let squares = 0;
  for (let index = 0; index < start; index += 1) squares += correlation[index]! * correlation[index]!;
  const standardError = Math.sqrt((1 + 2 * squares) / bins);
  const height = correlation[peak]!;
  if (height < Math.max(smallestCorrelation, 2 * standardError)) return none;
  const lag = peak + 1 + vertex(correlation[peak - 1]!, height, correlation[peak + 1] ?? height);
  return { period: (lag * (end - from)) / bins, amplitude: Math.sqrt(2 * Math.min(1, height) * variance) };
}

/** Changes of direction within [from, end]: a cheap sign that nothing can repeat. */
function turns({ before, times, values }: CountOverTime, from: number, end: number): number {
  let [turned, direction, last] = [0, 0, before];
  for (const [index, value] of values.entries()) {
    const time = times[index]!;
    const now = Math.sign(value - last);
    if (time > from && time <= end && now !== 0) {
      if (direction !== 0 && now !== direction) turned += 1;
      direction = now;
    }
    last = value;
  }
  return turned;
}

/** Less the straight line of least squares. */
function withoutLine(values: Float64Array): Float64Array {
  const n = values.length;
  const middle = (n - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  let product = 0;
  for (let index = 0; index < n; index += 1) product += (index - middle) * values[index]!;
  const slope = product / ((n * (n * n - 1)) / 12);
  return values.map((value, index) => value - mean - slope * (index - middle));
}

/** Index of the first local maximum from `start` on that is nearly as high as the highest. */
function firstPeak(correlation: Float64Array, start: number): number | undefined {
  const peaks: number[] = [];
  for (let index = Math.max(1, start); index + 1 < correlation.length; index += 1) {
    const here = correlation[index]!;
    if (here > correlation[index - 1]! && here >= correlation[index + 1]!) peaks.push(index);
  }
  const highest = peaks.reduce((most, index) => Math.max(most, correlation[index]!), 0);
  return peaks.find((index) => correlation[index]! >= asHigh * highest && correlation[index]! > 0);
}

/** Where the parabola through three neighbours has its top, from the middle one, in steps. */
function vertex(left: number, middle: number, right: number): number {
  const curvature = left - 2 * middle + right;
  return curvature < 0 ? (left - right) / (2 * curvature) : 0;
}
