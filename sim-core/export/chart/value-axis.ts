import { ticks as roundTicks, tickStep } from 'd3';
import { log } from '../../units/math.ts';
import type { LaneModel, Quantity, TimeRange } from './lane-model.ts';
import { extremesOf, firstAtOrAfter, queryExtremes } from './extremes.ts';
import type { Bounds } from './extremes.ts';
import { exponentOf, formatFixed } from './quantity.ts';

export interface ValueTick {
  readonly value: number;
  readonly label: string;
}

export interface ValueAxis {
  /** `log` for latencies that run far beyond their objective: both stay readable */
  readonly scale: 'linear' | 'log';
  readonly bottom: number;
  readonly top: number;
  /** Height of a value as a share of the lane: 0 at the bottom, 1 at the top. */
  readonly position: (value: number) => number;
  readonly ticks: readonly ValueTick[];
  /** no series has a value in the window */
  readonly empty: boolean;
}

/** The axis reaches at least this far, so that a lane of zeros does not magnify nothing. */
const leastTop: Readonly<Record<Quantity, number>> = {
  rate: 1,
  count: 10,
  replicas: 4,
  seconds: 0.01,
  fraction: 1,
  money: 0.01,
  hours: 0.1,
};

/** Latencies this many times their objective and more are drawn on a logarithmic axis. */
const mostTimesObjective = 6;

/** The axis for what the window shows: from zero (or below, if data goes there) to a little above the highest value. */
export function valueAxis(lane: LaneModel, window: TimeRange, height: number): ValueAxis {
  const { lowest, highest } = laneExtremes(lane, window, true);
  const empty = lowest > highest;
  const objective = lane.objective?.value ?? NaN;
  if (lane.quantity === 'seconds' && highest > mostTimesObjective * objective) {
    const lines = laneExtremes(lane, window, false);
    if (lines.lowest > 0) return logAxis(Math.min(lines.lowest, objective), highest, lane.axisFactor, height);
  }
  const reached = empty ? 0 : Math.min(highest, lane.ceiling ?? Infinity);
  const wantedTop = Math.max(leastTop[lane.quantity], reached, lane.objective?.value ?? 0);
  const wantedBottom = Math.min(0, empty ? 0 : lowest);
  const count = Math.max(2, Math.min(5, Math.floor(height / 28)));
  const factor = lane.axisFactor;
  let step = tickStep(wantedBottom * factor, wantedTop * factor, count);
  if (lane.quantity === 'replicas' && step < 1) step = 1;
  // A quarter of a step at a time: the axis moves seldom while panning, and wastes little room.
  const top = (Math.ceil((wantedTop * factor * 1.03) / (step / 4)) * (step / 4)) / factor;
  const bottom = (Math.floor((wantedBottom * factor) / (step / 4)) * (step / 4)) / factor;
  const values = roundTicks(bottom * factor, top * factor, Math.max(1, Math.round(((top - bottom) * factor) / step)));
  const shown = lane.quantity === 'replicas' ? values.filter((value) => Number.isInteger(value)) : values;
  const position = (value: number): number => (value - bottom) / (top - bottom);
  return { scale: 'linear', bottom, top, position, empty, ticks: labelled(shown, lane.quantity, factor) };
}

/** px between labels of a logarithmic axis, at least */
const tickRoom = 17;

/** Ticks at 1, 2 and 5 times each power of ten, or at the powers alone, or at fewer of them, as there is room. */
function logAxis(lowest: number, highest: number, factor: number, height: number): ValueAxis {
  const bottom = lowest / 1.2;
  const top = highest * 1.2;
  const span = log(top / bottom);
  const position = (value: number): number => log(Math.max(value, bottom) / bottom) / span;
  const first = exponentOf(bottom * factor, 3);
  const last = exponentOf(top * factor, 3);
  const ticksAt = (mantissas: readonly number[], every: number): ValueTick[] => {
    const ticks: ValueTick[] = [];
    for (let exponent = first; exponent <= last; exponent += every) {
      for (const mantissa of mantissas) {
        const value = Number(`${mantissa}e${exponent}`) / factor;
        if (value < bottom || value > top) continue;
        ticks.push({ value, label: formatFixed(value * factor, Math.max(0, -exponent)) });
      }
    }
    return ticks;
  };
  const fits = (ticks: readonly ValueTick[]): boolean =>
    ticks.every(({ value }, i) => i === 0 || (position(value) - position(ticks[i - 1]!.value)) * height >= tickRoom);
  let ticks = ticksAt([1, 2, 5], 1);
  for (let every = 1; !fits(ticks); every++) ticks = ticksAt([1], every);
  return { scale: 'log', bottom, top, position, empty: false, ticks };
}

function laneExtremes(lane: LaneModel, [start, end]: TimeRange, withBands: boolean): Bounds {
  const all: Bounds = { lowest: Infinity, highest: -Infinity };
  const one: Bounds = { lowest: 0, highest: 0 };
  for (const series of lane.series) {
    const from = firstAtOrAfter(series.time, start - series.interval);
    const to = firstAtOrAfter(series.time, end);
    const columns =
      series.band === null || !withBands ? [series.values] : [series.values, series.band.lower, series.band.upper];
    for (const column of columns) {
      queryExtremes(extremesOf(column), from, to, one);
      if (one.lowest < all.lowest) all.lowest = one.lowest;
      if (one.highest > all.highest) all.highest = one.highest;
    }
  }
  return all;
}

/** Labels with the same number of decimals; thousands and millions shortened so that a gutter of fixed width holds them. */
function labelled(values: readonly number[], quantity: Quantity, factor: number): ValueTick[] {
  const percent = quantity === 'fraction' ? 100 : 1;
  const largest = Math.max(0, ...values.map((value) => Math.abs(value * percent)));
  const [unit, suffix] =
    largest >= 1e10 ? [1e9, 'G'] : largest >= 1e7 ? [1e6, 'M'] : largest >= 1e4 ? [1e3, 'k'] : [1, ''];
  const gap = values.length > 1 ? Math.abs(((values[1]! - values[0]!) * percent) / unit) : 1;
  const decimals = Math.max(0, Math.min(6, decimalsOf(gap)));
  return values.map((value) => ({
    value: value / factor,
    label:
      (value === 0 ? '0' : formatFixed((value * percent) / unit, decimals) + suffix) +
      (quantity === 'fraction' ? ' %' : ''),
  }));
}

/** Decimals a step of 1, 2, 2.5 or 5 times a power of ten needs. */
function decimalsOf(step: number): number {
  const decimals = -exponentOf(step, 2);
  const scaled = step * Number(`1e${decimals}`);
  return Math.abs(scaled - Math.round(scaled)) > 1e-6 ? decimals + 1 : decimals;
}
