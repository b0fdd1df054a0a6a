import type { Issue } from '../issue.ts';
import { log } from '../units/math.ts';

/**
 * Positive values in rising order, as weighted points: all of them where they are few, else groups of neighbours with the
 * mean of each group. The outermost values always stand for themselves, since tails decide between families.
 */
export interface Sample {
  /** how many values there are */
  readonly count: number;
  /** how many were exactly zero, beside them */
  readonly zeros: number;
  /** m, s, rising */
  readonly points: Float64Array;
  /** m, natural logarithms */
  readonly logs: Float64Array;
  /** m, values in each group */
  readonly weights: Float64Array;
  /** the last value of each group: there the empirical distribution function is known exactly */
  readonly lasts: Float64Array;
  readonly mean: number;
  readonly meanLog: number;
  /** whether values were grouped */
  readonly grouped: boolean;
}

/** More values than this are grouped. */
export const mostPoints = 10_000;
const outermost = 1000;
const fewest = 10;

/**
 * What is left of measured durations once what cannot be fitted is set aside, and what was set aside.
 *
 * @param values s; changed neither in order nor content
 */
export function prepareSample(values: Float64Array): { readonly sample?: Sample; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const report = (severity: Issue['severity'], code: string, message: string): void => {
    issues.push({ code, severity, message, path: [] });
  };
  const sorted = values.filter((value) => value > 0 && value < Infinity).sort();
  let [unknown, negative, zeros] = [0, 0, 0];
  for (const value of values) {
    if (value === 0) zeros++;
    else if (value < 0) negative++;
    else if (!(value < Infinity)) unknown++;
  }
  if (unknown > 0)
    report(
      'warning',
      'fit-no-number',
      `${unknown} of ${values.length} values are missing, infinite or no numbers; they are left out.`,
    );
  if (negative > 0)
    report(
      'warning',
      'fit-negative',
      `${negative} of ${values.length} values are negative; they are left out. A duration is the end minus the beginning.`,
    );
  const count = sorted.length;
  if (count < fewest) {
    report(
      'error',
      'fit-too-few',
      `${count} values above zero are too few to tell one distribution from another; ${fewest} is the least, and hundreds are better.`,
    );
    return { issues };
  }
  if (sorted[0] === sorted[count - 1]) {
    report(
      'error',
      'fit-all-equal',
      `All ${count} values above zero are ${sorted[0]} s: nothing to fit. Write that as the service time.`,
    );
    return { issues };
  }
  if (zeros > 0)
    report(
      'warning',
      'fit-zeros',
      `${zeros} of ${values.length} values are exactly zero, perhaps shorter than what the clock resolves. They are fitted as a share of their own, beside the distribution of the others.`,
    );
  const largest = sorted[count - 1]!;
  const atLargest = count - sorted.findIndex((value) => value >= largest);
  if (atLargest >= 3 && atLargest > 0.002 * count && largest > 3 * sorted[count >> 1]!)
    report(
      'warning',
      'fit-censored',
      `${atLargest} values are exactly the largest, ${largest} s, as where a time-out ends every request. How long those would have taken is not known, and no family knows of the limit.`,
    );
  return { sample: { ...groupsOf(sorted), count, zeros }, issues };
}

function groupsOf(sorted: Float64Array): Omit<Sample, 'count' | 'zeros'> {
  const n = sorted.length;
  const grouped = n > mostPoints;
  /** where each group ends */
  const ends: number[] = [];
  if (grouped) {
    const groups = mostPoints - 2 * outermost;
    for (let i = 1; i <= outermost; i++) ends.push(i);
    for (let k = 1; k <= groups; k++) ends.push(outermost + Math.floor(((n - 2 * outermost) * k) / groups));
    for (let i = n - outermost + 1; i <= n; i++) ends.push(i);
  } else for (let i = 1; i <= n; i++) ends.push(i);
  const points = new Float64Array(ends.length);
  const weights = new Float64Array(ends.length);
  let [start, sum, sumOfLogs] = [0, 0, 0];
  for (const [group, end] of ends.entries()) {
    let inside = 0;
    for (let i = start; i < end; i++) inside += sorted[i]!;
    weights[group] = end - start;
    points[group] = end - start === 1 ? sorted[start]! : inside / (end - start);
    sum += inside;
    start = end;
  }
  const logs = points.map(log);
  for (let group = 0; group < logs.length; group++) sumOfLogs += weights[group]! * logs[group]!;
  return {
    points,
    weights,
    logs,
    lasts: Float64Array.from(ends, (end) => sorted[end - 1]!),
    mean: sum / n,
    meanLog: sumOfLogs / n,
    grouped,
  };
}
