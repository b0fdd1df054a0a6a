import { pow } from '../../units/math.ts';
import type { JsonValue } from '../json-text.ts';
import { numberOf, valueAt } from '../json-value.ts';
import type { SeriesRole } from '../roles.ts';
import type { Sample } from '../sampled-series.ts';
import type { SeriesSpec } from '../series-group.ts';

/** Counts between bounds, in order; the last bound may be Infinity. */
export interface Bucket {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface HistogramPoint {
  readonly time: JsonValue;
  readonly count: number;
  readonly sum: number;
  readonly buckets: readonly Bucket[];
}

/** More buckets than any exporter writes. */
const mostBuckets = 5000;

/** n bounds, n + 1 counts. */
export function explicitBuckets(point: JsonValue): Bucket[] {
  const bounds = numbersAt(point, 'explicitBounds');
  return numbersAt(point, 'bucketCounts').map((count, index) => ({
    from: index === 0 ? 0 : (bounds[index - 1] ?? NaN),
    to: bounds[index] ?? Infinity,
    count,
  }));
}

/** Bucket i lies between base^(offset + i) and base^(offset + i + 1), base = 2^(2^−scale); values of zero stand apart. */
export function exponentialBuckets(point: JsonValue): Bucket[] {
  const scale = numberOf(valueAt(point, 'scale')) ?? NaN;
  const offset = numberOf(valueAt(point, 'positive', 'offset') ?? 0) ?? NaN;
  const positive = valueAt(point, 'positive') ?? null;
  const exponent = pow(2, -scale);
  const bound = (index: number): number => pow(2, (offset + index) * exponent);
  const zeros = numberOf(valueAt(point, 'zeroCount') ?? 0) ?? 0;
  return [
    ...(zeros > 0 ? [{ from: 0, to: 0, count: zeros }] : []),
    ...numbersAt(positive, 'bucketCounts').map((count, index) => ({ from: bound(index), to: bound(index + 1), count })),
  ];
}

function numbersAt(value: JsonValue, key: string): number[] {
  const list = valueAt(value, key);
  return Array.isArray(list) ? list.slice(0, mostBuckets).map((each) => numberOf(each) ?? NaN) : [];
}

const quantiles = [
  ['p50', 0.5],
  ['p95', 0.95],
  ['p99', 0.99],
] as const;

/**
 * A histogram over time as series: how many values came, their mean, and quantiles by linear interpolation within
 * buckets (as PromQL's histogram_quantile does). Of a cumulative one what came between neighbouring points.
 */
export function histogramSeries(
  name: string,
  unit: string | undefined,
  points: readonly HistogramPoint[],
  cumulative: boolean,
  countRole: SeriesRole,
): (readonly [SeriesSpec, readonly Sample[]])[] {
  const steps = cumulative ? points.slice(1).map((point, index) => between(points[index]!, point)) : points;
  const values = { name, role: 'latency' as const, ...(unit !== undefined && { unit }) };
  return [
    [
      { name: `${name} count`, role: countRole, measure: cumulative ? 'counter' : 'count' },
      points.map(({ time, count }) => [time, count]),
    ],
    [{ ...values, name: `${name} mean`, statistic: 'mean' }, steps.map(({ time, sum, count }) => [time, sum / count])],
    ...quantiles.map(([statistic, share]): readonly [SeriesSpec, readonly Sample[]] => [
      { ...values, name: `${name} ${statistic}`, statistic },
      steps.map(({ time, buckets }) => [time, quantileOf(buckets, share)]),
    ]),
  ];
}

/** What came after one point and up to the next. After a reset everything since counts. */
function between(before: HistogramPoint, after: HistogramPoint): HistogramPoint {
  if (!(after.count >= before.count)) return after;
  const known = new Map(before.buckets.map((bucket) => [bucket.to, bucket.count]));
  return {
    time: after.time,
    count: after.count - before.count,
    sum: after.sum - before.sum,
    buckets: after.buckets.map((bucket) => ({ ...bucket, count: bucket.count - (known.get(bucket.to) ?? 0) })),
  };
}

/** NaN without values; the lower bound of the last bucket when it has no upper one. */
export function quantileOf(buckets: readonly Bucket[], share: number): number {
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  if (!(total > 0)) return NaN;
  let before = 0;
  for (const { from, to, count } of buckets) {
    if (count > 0 && before + count >= share * total) {
      return to === Infinity ? from : from + ((to - from) * (share * total - before)) / count;
    }
    before += count;
  }
  return NaN;
}
