import type { TraceSeries } from '../../trace/contract.ts';
import type { Moment } from '../moment.ts';
import { endOf, rowEnd } from '../replay.ts';

/** Rows first … last − 1 of a series, or its requests in [from, to). */
export interface Run {
  readonly first: number;
  readonly last: number;
  /** s on the series' clock */
  readonly from: number;
  readonly to: number;
}

/**
 * The rows that begin in [from, to); whole rows, so that nothing is lost where runs are put together again.
 *
 * @returns text for a person when there are none
 */
export function runOf(series: TraceSeries, from: Moment | undefined, to: Moment | undefined): Run | string {
  if (Number.isNaN(series.startEpoch) && [from, to].some((moment) => moment !== undefined && 'epoch' in moment))
    return 'The trace has no dates, so `from` and `to` must be offsets from its start, such as 6h.';
  const offset = (moment: Moment): number => ('after' in moment ? moment.after : moment.epoch - series.startEpoch);
  const start = from === undefined ? 0 : offset(from);
  const end = to === undefined ? Infinity : offset(to);
  const first = firstAt(series.time, start);
  const last = firstAt(series.time, end);
  if (first >= last)
    return `No rows begin ${end === Infinity ? `from ${start} s on` : `between ${start} s and ${end} s`}; the trace runs from 0 to ${endOf(series)} s. Correct \`from\` and \`to\`.`;
  if (series.kind === 'timestamps') return { first, last, from: start, to: Math.min(end, endOf(series)) };
  return { first, last, from: series.time[first]!, to: rowEnd(series, last - 1) };
}

function firstAt(time: Float64Array, moment: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle]! < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Runs one after another, as one series that begins with the first. @param startEpoch of the first run's `from` */
export function joined(series: TraceSeries, runs: readonly Run[], startEpoch: number): TraceSeries {
  const rows = runs.reduce((sum, { first, last }) => sum + last - first, 0);
  const time = new Float64Array(rows);
  const rates = series.kind === 'rate';
  const rate = new Float64Array(rates ? rows : 0);
  const took = series.serviceTime && new Float64Array(rows);
  let at = 0;
  let base = 0;
  for (const { first, last, from, to } of runs) {
    for (let i = first; i < last; i++, at++) {
      // One run from the beginning on keeps its times to the last bit.
      time[at] = base === from ? series.time[i]! : base + (series.time[i]! - from);
      if (rates) rate[at] = series.rate[i]!;
      if (took !== undefined) took[at] = series.serviceTime![i]!;
    }
    base += to - from;
  }
  const begin = time[0]!;
  if (begin !== 0) for (let i = 0; i < rows; i++) time[i]! -= begin;
  return {
    ...series,
    time,
    rate,
    ...(took !== undefined && { serviceTime: took }),
    startEpoch: startEpoch + begin,
  };
}
