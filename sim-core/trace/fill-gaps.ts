import type { TraceSeries } from './contract.ts';

/** What a gap of a recording becomes. */
export const gapFills = ['leave', 'zero', 'hold', 'interpolate', 'seasonal'] as const;
export type GapFill = (typeof gapFills)[number];

const day = 86_400;
/** Days looked at on either side of a gap. */
const reach = 28;

/**
 * A series of rates without gaps: a missing bucket gets the mean of the same time of day on the days around it, those of
 * the same weekday where there are any. Buckets no day knows stay missing.
 */
export function fillSeasonally(series: TraceSeries): TraceSeries {
  const { time, rate, bucket } = series;
  if (!rate.some((value) => Number.isNaN(value))) return series;
  const times: number[] = [];
  const rates: number[] = [];
  for (let i = 0; i < time.length; i++) {
    const start = time[i]!;
    const end = time[i + 1] ?? start + bucket;
    if (!Number.isNaN(rate[i]!)) {
      times.push(start);
      rates.push(rate[i]!);
      continue;
    }
    const buckets = Math.max(1, Math.round((end - start) / bucket));
    for (let k = 0; k < buckets; k++) {
      const at = start + k * bucket;
      times.push(at);
      rates.push(seasonalValue(series, at));
    }
  }
  return { ...series, time: Float64Array.from(times), rate: Float64Array.from(rates) };
}

function seasonalValue(series: TraceSeries, at: number): number {
  const sameWeekday = meanOf(series, at, 7);
  return Number.isNaN(sameWeekday) ? meanOf(series, at, 1) : sameWeekday;
}

/** @param step days between the days looked at */
function meanOf(series: TraceSeries, at: number, step: number): number {
  let sum = 0;
  let count = 0;
  for (let days = step; days <= reach; days += step) {
    for (const other of [at - days * day, at + days * day]) {
      const value = valueAt(series, other);
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
  }
  return count === 0 ? NaN : sum / count;
}

function valueAt({ time, rate, bucket }: TraceSeries, at: number): number {
  let low = 0;
  let high = time.length - 1;
  const wanted = at + bucket / 1e6;
  if (wanted < time[0]! || wanted >= time[high]! + bucket) return NaN;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (time[middle]! <= wanted) low = middle;
    else high = middle - 1;
  }
  return rate[low]!;
}
