import { tickStep, utcTickInterval } from 'd3';
import type { TimeRange } from './lane-model.ts';
import { formatClock, formatDay, formatMonth, formatRelative, formatWeekday } from './time-text.ts';
import type { TimePrecision } from './time-text.ts';

export type TimeMode = 'clock' | 'relative';

export interface TimeTick {
  /** s since t = 0 */
  readonly time: number;
  readonly label: string;
  /** begins a day, a month or a year among finer ticks: drawn stronger */
  readonly major: boolean;
}

const day = 86_400;
/** Steps of relative time that read well, s. */
const relativeSteps = [
  0.001,
  0.005,
  0.01,
  0.05,
  0.1,
  0.5,
  1,
  2,
  5,
  10,
  15,
  30,
  60,
  120,
  300,
  600,
  900,
  1800,
  3600,
  7200,
  10_800,
  21_600,
  43_200,
  day,
  2 * day,
  7 * day,
  14 * day,
  28 * day,
  91 * day,
  182 * day,
  364 * day,
];

/**
 * Labelled instants of a window, at round clock times (UTC) or round times since the start.
 *
 * @param width pixels the window is drawn over
 * @param startEpoch Unix time of t = 0, s
 */
export function timeTicks(
  window: TimeRange,
  width: number,
  startEpoch: number,
  mode: TimeMode,
  spacing = 84,
): TimeTick[] {
  const [start, end] = window;
  if (!(end > start) || !(width > 0)) return [];
  const wanted = Math.max(1, Math.floor(width / spacing));
  return mode === 'relative' ? relativeTicks(start, end, wanted) : clockTicks(start, end, wanted, startEpoch);
}

function clockTicks(start: number, end: number, wanted: number, startEpoch: number): TimeTick[] {
  const from = new Date((startEpoch + start) * 1000);
  const to = new Date((startEpoch + end) * 1000);
  let dates: Date[] = [];
  // The nearest round interval may be a good deal finer than wanted: then ask for fewer.
  for (let count = wanted; count >= 1; count--) {
    dates = utcTickInterval(from, to, count)?.range(from, new Date(to.getTime() + 1)) ?? [];
    if (dates.length - 1 <= wanted * 1.3) break;
  }
  const step = dates.length > 1 ? (dates[1]!.getTime() - dates[0]!.getTime()) / 1000 : end - start;
  return dates.map((date) => {
    const epoch = date.getTime() / 1000;
    return { time: epoch - startEpoch, ...clockLabel(epoch, step, end - start) };
  });
}

function clockLabel(epoch: number, step: number, span: number): { label: string; major: boolean } {
  if (step >= 27 * day) {
    const january = new Date(epoch * 1000).getUTCMonth() === 0;
    return { label: formatMonth(epoch), major: january };
  }
  if (step >= day) return { label: formatDay(epoch), major: new Date(epoch * 1000).getUTCDate() === 1 };
  if (epoch % day === 0 && span > day) return { label: formatDay(epoch), major: true };
  if (step >= 60) return { label: formatClock(epoch, 'minute'), major: false };
  return { label: formatClock(epoch, step >= 1 ? 'second' : 'millisecond'), major: false };
}

function relativeTicks(start: number, end: number, wanted: number): TimeTick[] {
  const rough = (end - start) / wanted;
  const step = relativeSteps.find((candidate) => candidate >= rough) ?? tickStep(start, end, wanted);
  const ticks: TimeTick[] = [];
  for (let k = Math.ceil(start / step - 1e-9); k * step <= end + step * 1e-9; k++) {
    const time = k * step;
    ticks.push({ time, label: formatRelative(time, step < 1 ? 'millisecond' : 'second'), major: time === 0 });
  }
  return ticks;
}

/** The time under the crosshair, with the day when the window spans more than one. */
export function timeLabel(time: number, window: TimeRange, startEpoch: number, mode: TimeMode): string {
  const span = window[1] - window[0];
  const precision: Exclude<TimePrecision, 'day'> = span < 20 ? 'millisecond' : span > 4 * day ? 'minute' : 'second';
  if (mode === 'relative') return formatRelative(time, precision);
  const clock = formatClock(startEpoch + time, precision);
  return span > day ? `${formatDay(startEpoch + time)} ${clock}` : clock;
}

/** What a stretch is called beside its axis: `Fri 27 Nov`, `27 Nov – 4 Dec`, `Nov 2026 – Nov 2027`, `t+1h – 3h`. */
export function rangeLabel(range: TimeRange, startEpoch: number, mode: TimeMode = 'clock'): string {
  if (mode === 'relative') {
    const precision = range[1] - range[0] > 2 * day ? 'day' : range[1] - range[0] > 7200 ? 'minute' : 'second';
    return `${formatRelative(range[0], precision)} – ${formatRelative(range[1], precision).slice(2)}`;
  }
  const first = startEpoch + range[0];
  const last = startEpoch + Math.max(range[0], range[1] - 1);
  if (last - first > 300 * day) return `${formatMonth(first)} – ${formatMonth(last)}`;
  const from = formatDay(first);
  const to = formatDay(last);
  return from === to ? formatWeekday(first) : `${from} – ${to}`;
}

/** A tick label with room around it; `x` is where its anchor stands, px. */
export interface PlacedLabel extends TimeTick {
  readonly x: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** About the width of a label in the interface font at 12 px; digits are tabular, so the estimate is close. */
export function labelWidth(label: string): number {
  return label.length * 6.7;
}

/** Labels that fit: those at the edges are drawn inward, those that would touch a neighbour are left out. */
export function placeLabels(ticks: readonly TimeTick[], window: TimeRange, width: number): PlacedLabel[] {
  const perSecond = width / (window[1] - window[0]);
  const placed: PlacedLabel[] = [];
  let edge = -Infinity;
  for (const tick of ticks) {
    const x = (tick.time - window[0]) * perSecond;
    const size = labelWidth(tick.label);
    const anchor = x < size / 2 ? 'start' : x > width - size / 2 ? 'end' : 'middle';
    const left = anchor === 'start' ? x : anchor === 'end' ? x - size : x - size / 2;
    if (left < edge + 10 || left < -1 || left + size > width + 1) continue;
    edge = left + size;
    placed.push({ ...tick, x, anchor });
  }
  return placed;
}
