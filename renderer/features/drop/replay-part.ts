import type { TraceSeries } from '../../../sim-core/index.ts';

/** A stretch of a trace that can be replayed. */
export interface ReplayPart {
  readonly id: 'whole' | 'busiest-day' | 'busiest-hour';
  readonly label: string;
  /** s from the trace's first instant */
  readonly from: number;
  /** s */
  readonly length: number;
  /** about how many requests one replication would have */
  readonly requests: number;
}

const day = 86_400;
const hour = 3600;

/** s from the first instant to the end of the last bucket. */
export function lengthOf({ kind, time, bucket }: TraceSeries): number {
  const last = time.at(-1) ?? 0;
  return kind === 'rate' ? last + bucket : Math.ceil(last) + 1;
}

/** Requests in [from, from + length); gaps count as nothing. */
export function requestsIn({ kind, time, rate, bucket }: TraceSeries, from: number, length: number): number {
  let sum = 0;
  for (let index = 0; index < time.length; index += 1) {
    const start = time[index] ?? 0;
    if (start < from || start >= from + length) continue;
    const value = rate[index] ?? 0;
    sum += kind === 'timestamps' ? 1 : Number.isNaN(value) ? 0 : value * bucket;
  }
  return sum;
}

/** The stretch of this length with the most requests; its start is a whole multiple of a tenth of it. */
function busiest(series: TraceSeries, length: number): number {
  const total = lengthOf(series);
  const step = length / 10;
  const bins = new Float64Array(Math.ceil(total / step));
  for (let index = 0; index < series.time.length; index += 1) {
    const bin = Math.floor((series.time[index] ?? 0) / step);
    const value = series.rate[index] ?? 0;
    if (!Number.isNaN(value)) bins[bin] = (bins[bin] ?? 0) + value;
  }
  let best = 0;
  let bestSum = -1;
  for (let start = 0; start + 10 <= bins.length; start += 1) {
    let sum = 0;
    for (let offset = 0; offset < 10; offset += 1) sum += bins[start + offset] ?? 0;
    if (sum > bestSum) {
      bestSum = sum;
      best = start;
    }
  }
  return Math.round(best * step);
}

/** What can be replayed of a trace: all of it, and its busiest parts when it is longer than they are. */
export function replayParts(series: TraceSeries): ReplayPart[] {
  const total = lengthOf(series);
  const part = (id: ReplayPart['id'], label: string, from: number, length: number): ReplayPart => ({
    id,
    label,
    from,
    length,
    requests: requestsIn(series, from, length),
  });
  const parts = [part('whole', 'All of it', 0, total)];
  if (total > 1.5 * day) parts.push(part('busiest-day', 'Its busiest day', busiest(series, day), day));
  if (total > 1.5 * hour) parts.push(part('busiest-hour', 'Its busiest hour', busiest(series, hour), hour));
  return parts;
}

/** The longest part that one replication gets through in seconds rather than minutes. */
export function sensiblePart(parts: readonly ReplayPart[]): ReplayPart | undefined {
  return parts.find(({ requests }) => requests <= 20_000_000) ?? parts.at(-1);
}
