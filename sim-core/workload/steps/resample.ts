import type { TraceSeries } from '../../trace/contract.ts';
import { lazily } from '../../units/lazily.ts';
import { duration } from '../../units/schema.ts';
import { endOf, rowEnd } from '../replay.ts';
import { defineStep } from './contract.ts';

/** Buckets of a resampled series at most. */
const maxBuckets = 8_388_608;

/** `resample: 1m` */
export const resample = defineStep({
  config: lazily(() =>
    duration({ positive: true }).describe(
      'Counts requests, or takes the mean of rates, per bucket of this length; requests are neither lost nor made.',
    ),
  ),
  apply: (series, bucket) => {
    const buckets = Math.ceil(endOf(series) / bucket - 1e-9);
    return buckets > maxBuckets
      ? `That would be ${buckets} buckets; ${maxBuckets} are possible. Take longer ones.`
      : evenRates(series, bucket);
  },
});

/**
 * A series as rates on an even grid from its first instant. A bucket's rate is the mean of what is known in it, NaN where
 * nothing is; after the end of the series there is nothing, so that the last bucket keeps its number of requests.
 */
export function evenRates(series: TraceSeries, bucket: number): TraceSeries {
  const end = endOf(series);
  const buckets = Math.max(1, Math.ceil(end / bucket - 1e-9));
  const sum = new Float64Array(buckets);
  const missing = new Float64Array(buckets);
  if (series.kind === 'timestamps') {
    for (const time of series.time) sum[Math.min(buckets - 1, Math.floor(time / bucket))]!++;
  } else {
    for (let i = 0; i < series.time.length; i++) {
      const to = rowEnd(series, i);
      const value = series.rate[i]!;
      for (let from = series.time[i]!, k = Math.min(buckets - 1, Math.floor(from / bucket)); k < buckets; k++) {
        const until = k === buckets - 1 ? to : Math.min(to, (k + 1) * bucket);
        if (until > from) {
          if (Number.isNaN(value)) missing[k]! += until - from;
          else sum[k]! += value * (until - from);
          from = until;
        }
        if (until >= to) break;
      }
    }
  }
  return {
    kind: 'rate',
    time: Float64Array.from(sum, (_, k) => k * bucket),
    rate: sum.map((total, k) => (missing[k]! >= bucket * (1 - 1e-9) ? NaN : total / (bucket - missing[k]!))),
    bucket,
    startEpoch: series.startEpoch,
  };
}
