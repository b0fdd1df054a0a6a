import type { TraceSeries } from '../trace/contract.ts';
import type { GapFill } from '../trace/fill-gaps.ts';
import { integrate } from './rate-function.ts';
import { endOf, replayRate, rowEnd } from './replay.ts';

/**
 * A series whose gaps are what a replay makes of them, a row a bucket: the mean over the bucket of the rate that would be
 * replayed. Requests of a log have no gaps and stay as they are.
 */
export function filledSeries(series: TraceSeries, fill: GapFill): TraceSeries {
  if (series.kind === 'timestamps' || fill === 'leave' || !series.rate.some(Number.isNaN)) return series;
  const replayed = replayRate(series, { fill, loop: false, interpolation: 'constant' }, endOf(series));
  const time: number[] = [];
  const rate: number[] = [];
  for (let i = 0; i < series.time.length; i++) {
    const start = series.time[i]!;
    const end = rowEnd(series, i);
    const missing = Number.isNaN(series.rate[i]!);
    const rows = missing ? Math.max(1, Math.round((end - start) / series.bucket)) : 1;
    for (let k = 0; k < rows; k++) {
      const from = start + k * series.bucket;
      const to = k === rows - 1 ? end : from + series.bucket;
      time.push(from);
      rate.push(missing ? integrate(replayed, from, to) / (to - from) : series.rate[i]!);
    }
  }
  return { ...series, time: Float64Array.from(time), rate: Float64Array.from(rate) };
}
