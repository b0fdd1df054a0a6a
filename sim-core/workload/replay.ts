import type { Issue } from '../issue.ts';
import type { TraceSeries } from '../trace/contract.ts';
import { fillSeasonally } from '../trace/fill-gaps.ts';
import { printEpoch } from '../trace/time-text.ts';
import { printDuration } from '../units/duration.ts';
import type { RateFunction } from './contract.ts';
import type { TraceProfile } from './profiles/trace.ts';
import { PieceBuilder } from './rate-function.ts';

/** What of a trace's configuration concerns the replay. */
export type ReplayOptions = Pick<TraceProfile, 'from' | 'to' | 'loop' | 'fill' | 'interpolation' | 'bucket'>;

/** The part of a trace that is replayed, s on the trace's own clock (its first instant is 0). */
interface Part {
  readonly from: number;
  readonly to: number;
}

/** s, the end of the last row; for requests one mean gap after the last one. */
export function endOf(series: TraceSeries): number {
  const n = series.time.length;
  const last = series.time[n - 1]!;
  if (series.kind === 'rate') return last + series.bucket;
  return n > 1 && last > 0 ? (last * n) / (n - 1) : last + 1;
}

function partOf(series: TraceSeries, { from, to }: ReplayOptions): Part {
  const offset = (moment: NonNullable<ReplayOptions['from']>): number =>
    'after' in moment ? moment.after : moment.epoch - series.startEpoch;
  return {
    from: from === undefined ? 0 : offset(from),
    to: Math.min(to === undefined ? Infinity : offset(to), endOf(series)),
  };
}

/** What is wrong with a replay, before it is tried; paths from the trace's own configuration. */
export function checkReplay(series: TraceSeries, options: ReplayOptions, horizon: number): Issue[] {
  const issues: Issue[] = [];
  const report = (severity: Issue['severity'], code: string, key: string, message: string): void => {
    issues.push({ code, severity, path: [key], message });
  };
  const absolute = !Number.isNaN(series.startEpoch);
  const when = (offset: number): string => (absolute ? printEpoch(series.startEpoch + offset) : printDuration(offset));
  for (const key of ['from', 'to'] as const) {
    const moment = options[key];
    if (moment !== undefined && 'epoch' in moment && !absolute) {
      report(
        'error',
        'trace-no-clock',
        key,
        `The trace has no dates, so \`${key}\` must be an offset from its start, such as 6h.`,
      );
    }
  }
  if (issues.length > 0) return issues;
  const part = partOf(series, options);
  const end = endOf(series);
  const span = `The trace runs from ${when(0)} to ${when(end)}`;
  if (part.from < 0 || part.from >= end) report('error', 'trace-part', 'from', `${span}; \`from\` lies outside.`);
  else if (part.to <= part.from)
    report('error', 'trace-part', 'to', `\`to\` is not after \`from\`, so nothing is left to replay. ${span}.`);
  if (issues.length > 0) return issues;

  const length = part.to - part.from;
  if (length < horizon && !options.loop) {
    const short = `The part replayed lasts ${printDuration(length)}, the scenario ${printDuration(horizon)}; no requests come after it.`;
    report('warning', 'trace-too-short', 'file', `${short} Shorten \`horizon\`, or set \`loop: true\`.`);
  }
  const gap =
    options.fill === 'leave' && series.kind === 'rate'
      ? missingTime(series, { from: part.from, to: Math.min(part.to, part.from + horizon) })
      : 0;
  if (gap > 0) {
    const message = `${printDuration(Math.round(gap * 1000) / 1000)} of the part replayed have no values; no requests come then. Set \`fill\` to hold, interpolate, seasonal or zero to settle it.`;
    report('warning', 'trace-gaps-left', 'fill', message);
  }
  return issues;
}

function missingTime(series: TraceSeries, part: Part): number {
  let sum = 0;
  for (let i = rowAt(series, part.from); i < series.time.length && series.time[i]! < part.to; i++) {
    if (Number.isNaN(series.rate[i]!))
      sum += Math.min(part.to, rowEnd(series, i)) - Math.max(part.from, series.time[i]!);
  }
  return sum;
}

/** Last row that begins at or before t; the first row for earlier instants. */
function rowAt({ time }: TraceSeries, t: number): number {
  let low = 0;
  let high = time.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (time[middle]! <= t) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** s, where a row ends: at the next, or a bucket after its beginning. */
export function rowEnd({ time, bucket }: TraceSeries, i: number): number {
  return i + 1 < time.length ? time[i + 1]! : time[i]! + bucket;
}

/** Pieces of one pass through the part replayed, s from its beginning. */
class Pass {
  readonly start: number[] = [];
  readonly end: number[] = [];
  readonly rateAtStart: number[] = [];
  readonly rateAtEnd: number[] = [];

  constructor(private readonly part: Part) {}

  add(start: number, end: number, rateAtStart: number, rateAtEnd: number): void {
    const a = Math.max(start, this.part.from);
    const b = Math.min(end, this.part.to);
    if (!(b > a)) return;
    const slope = (rateAtEnd - rateAtStart) / (end - start);
    this.start.push(a - this.part.from);
    this.end.push(b - this.part.from);
    this.rateAtStart.push(a === start ? rateAtStart : rateAtStart + slope * (a - start));
    this.rateAtEnd.push(b === end ? rateAtEnd : rateAtStart + slope * (b - start));
  }
}

/** The rate of a replay over [0, horizon): the part, cut, filled, and repeated when asked. */
export function replayRate(series: TraceSeries, options: ReplayOptions, horizon: number): RateFunction {
  const part = partOf(series, options);
  const pass = new Pass(part);
  const known = series.kind === 'rate' ? series : countPerBucket(series, part, options.bucket ?? 60);
  const rates = options.fill === 'seasonal' ? fillSeasonally(known) : known;
  const last = part.from + horizon;
  for (let i = firstRow(rates, part.from); i < rates.time.length && rates.time[i]! < Math.min(part.to, last);) {
    i = Number.isNaN(rates.rate[i]!) ? addGap(pass, rates, i, options) : addRow(pass, rates, i, options);
  }
  const length = part.to - part.from;
  const builder = new PieceBuilder();
  for (let cycle = 0; cycle * length < horizon && (cycle === 0 || options.loop); cycle++) {
    const offset = cycle * length;
    for (let i = 0; i < pass.start.length; i++) {
      const start = offset + pass.start[i]!;
      const end = offset + pass.end[i]!;
      if (start >= horizon) break;
      const [from, to] = [pass.rateAtStart[i]!, pass.rateAtEnd[i]!];
      builder.add(start, from, end > horizon ? from + ((to - from) * (horizon - start)) / (end - start) : to);
    }
  }
  if (!options.loop && length < horizon) builder.add(length, 0, 0);
  return builder.build(horizon);
}

/** The row at an instant, or the first of the gap it lies in. */
function firstRow(series: TraceSeries, t: number): number {
  let i = rowAt(series, t);
  while (i > 0 && Number.isNaN(series.rate[i]!) && Number.isNaN(series.rate[i - 1]!)) i--;
  return i;
}

/** @returns the next row */
function addRow(pass: Pass, series: TraceSeries, i: number, { interpolation }: ReplayOptions): number {
  const { time, rate } = series;
  const start = time[i]!;
  const end = rowEnd(series, i);
  const value = rate[i]!;
  if (interpolation === 'constant') {
    pass.add(start, end, value, value);
    return i + 1;
  }
  const middle = (start + end) / 2;
  const edge = (other: number): number => {
    if (other < 0 || other >= time.length || Number.isNaN(rate[other]!)) return value;
    const otherMiddle = (time[other]! + rowEnd(series, other)) / 2;
    const boundary = other < i ? start : end;
    return value + ((rate[other]! - value) * (boundary - middle)) / (otherMiddle - middle);
  };
  pass.add(start, middle, edge(i - 1), value);
  pass.add(middle, end, value, edge(i + 1));
  return i + 1;
}

/** @returns the first row after the gap */
function addGap(pass: Pass, series: TraceSeries, i: number, { fill }: ReplayOptions): number {
  let next = i;
  while (next < series.time.length && Number.isNaN(series.rate[next]!)) next++;
  const start = series.time[i]!;
  const end = rowEnd(series, next - 1);
  const before = series.rate[i - 1] ?? series.rate[next] ?? 0;
  const after = series.rate[next] ?? before;
  if (fill === 'hold') pass.add(start, end, before, before);
  // What no day knows gets a line across.
  else if (fill === 'interpolate' || fill === 'seasonal') pass.add(start, end, before, after);
  else pass.add(start, end, 0, 0);
  return next;
}

/** Requests of a log as rates, in buckets counted from the beginning of the part replayed. */
function countPerBucket(series: TraceSeries, { from, to }: Part, bucket: number): TraceSeries {
  const buckets = Math.max(1, Math.ceil((to - from) / bucket));
  const time = Float64Array.from({ length: buckets }, (_, k) => from + k * bucket);
  const rate = new Float64Array(buckets);
  for (const t of series.time) {
    const k = Math.floor((t - from) / bucket);
    if (t >= from && t < to && k < buckets) rate[k]!++;
  }
  for (let k = 0; k < buckets; k++) rate[k] = rate[k]! / Math.min(bucket, to - from - k * bucket);
  return { ...series, kind: 'rate', time, rate, bucket };
}

/** The requests of a log as they fell, s from the beginning of the part replayed, all below the horizon. */
export function replayTimes(series: TraceSeries, options: ReplayOptions, horizon: number): Float64Array {
  const part = partOf(series, options);
  const inside = series.time.filter((t) => t >= part.from && t < part.to);
  const length = part.to - part.from;
  const times: number[] = [];
  for (let cycle = 0; cycle * length < horizon && (cycle === 0 || options.loop); cycle++) {
    for (const t of inside) {
      const arrival = cycle * length + (t - part.from);
      if (arrival < horizon) times.push(arrival);
    }
  }
  return Float64Array.from(times);
}
