import type { TimeRange } from './lane-model.ts';
import { extremesOf, firstAtOrAfter, firstAtOrAfterNear, queryExtremes } from './extremes.ts';
import type { Bounds } from './extremes.ts';

/**
 * Rows to points. x0, y0, x1, y1 … in pixels; a pair of NaN lifts the pen. Where several rows share a pixel column, the
 * column keeps its first, smallest, largest and last value (the M4 aggregation of Jugel et al., VLDB 2014), which gives
 * the same picture as all rows. Columns are anchored to t = 0, not to the window, so panning does not make lines crawl.
 */
export type Polyline = Float64Array;

export interface Frame {
  readonly window: TimeRange;
  /** px */
  readonly width: number;
  /** value to px from the top */
  readonly y: (value: number) => number;
}

interface Column {
  readonly time: Float64Array;
  readonly interval: number;
  readonly values: Float64Array;
}

class Points {
  private buffer = new Float64Array(1024);
  private length = 0;

  push(x: number, y: number): void {
    if (this.length + 2 > this.buffer.length) {
      const larger = new Float64Array(this.buffer.length * 2);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    this.buffer[this.length++] = x;
    this.buffer[this.length++] = y;
  }

  /** Ends a stretch. A stretch of one point would draw nothing, so it becomes a short dash. */
  lift(): void {
    const open = this.length - 2;
    if (open < 0 || Number.isNaN(this.buffer[open]!)) return;
    if (open === 0 || Number.isNaN(this.buffer[open - 2]!)) {
      const x = this.buffer[open]!;
      const y = this.buffer[open + 1]!;
      this.buffer[open] = x - 1;
      this.push(x + 1, y);
    }
    this.push(NaN, NaN);
  }

  finish(): Polyline {
    this.lift();
    const end = this.length >= 2 ? this.length - 2 : 0;
    return this.buffer.slice(0, end);
  }
}

/** Rows that touch the window, and one more on each side so that lines leave it. */
function rowsIn(column: Column, [start, end]: TimeRange): [from: number, to: number] {
  const from = Math.max(0, firstAtOrAfter(column.time, start - column.interval) - 1);
  const to = Math.min(column.time.length, firstAtOrAfter(column.time, end) + 1);
  return [from, to];
}

/** More rows than this per pixel are aggregated. */
const rowsPerPixel = 2;

/** The line of a column. Steps hold their value over the row; other lines join the rows' middles. */
export function traceLine(column: Column, step: boolean, frame: Frame): Polyline {
  const [from, to] = rowsIn(column, frame.window);
  return to - from > Math.ceil(frame.width) * rowsPerPixel
    ? traceAggregated(column, frame)
    : traceRows(column, step, frame, from, to);
}

function traceRows(column: Column, step: boolean, frame: Frame, from: number, to: number): Polyline {
  const { time, interval, values } = column;
  const [start, end] = frame.window;
  const scale = frame.width / (end - start);
  const points = new Points();
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) {
      points.lift();
      continue;
    }
    if (i > from && time[i]! - time[i - 1]! > interval * 1.5) points.lift();
    const y = frame.y(value);
    if (step) {
      // Far outside the window a step's ends need no exact place.
      points.push(Math.max(-9, (time[i]! - start) * scale), y);
      points.push(Math.min(frame.width + 9, (time[i]! + interval - start) * scale), y);
    } else {
      points.push((time[i]! + interval / 2 - start) * scale, y);
    }
  }
  return points.finish();
}

const bounds: Bounds = { lowest: 0, highest: 0 };

function traceAggregated(column: Column, frame: Frame): Polyline {
  const { values } = column;
  const extremes = extremesOf(values);
  const points = new Points();
  forEachPixelColumn(column.time, frame, (x, from, to) => {
    queryExtremes(extremes, from, to, bounds);
    if (bounds.lowest > bounds.highest) {
      points.lift();
      return;
    }
    let first = from;
    while (Number.isNaN(values[first]!)) first++;
    let last = to - 1;
    while (Number.isNaN(values[last]!)) last--;
    const opening = values[first]!;
    const closing = values[last]!;
    points.push(x, frame.y(opening));
    const rising = closing >= opening;
    const near = rising ? bounds.lowest : bounds.highest;
    const far = rising ? bounds.highest : bounds.lowest;
    if (near !== opening) points.push(x, frame.y(near));
    if (far !== near) points.push(x, frame.y(far));
    if (closing !== far) points.push(x, frame.y(closing));
  });
  return points.finish();
}

function forEachPixelColumn(
  time: Float64Array,
  frame: Frame,
  visit: (x: number, from: number, to: number) => void,
): void {
  const [start, end] = frame.window;
  const step = (end - start) / Math.ceil(frame.width);
  const scale = frame.width / (end - start);
  const last = Math.ceil(end / step) + 1;
  let k = Math.floor(start / step) - 1;
  let from = firstAtOrAfter(time, k * step);
  let rows = 0;
  for (; k < last; k++) {
    const to = firstAtOrAfterNear(time, (k + 1) * step, from + rows);
    rows = to - from;
    visit(((k + 0.5) * step - start) * scale, from, to);
    from = to;
  }
}

/** The area between two columns of the same rows, as closed polygons. */
export function traceBand(
  time: Float64Array,
  interval: number,
  band: { readonly lower: Float64Array; readonly upper: Float64Array },
  step: boolean,
  frame: Frame,
): Polyline {
  const column: Column = { time, interval, values: band.upper };
  const [from, to] = rowsIn(column, frame.window);
  const polygons = new Points();
  let stretch: number[] = [];
  const close = (): void => {
    for (let i = 0; i < stretch.length; i += 3) polygons.push(stretch[i]!, stretch[i + 2]!);
    for (let i = stretch.length - 3; i >= 0; i -= 3) polygons.push(stretch[i]!, stretch[i + 1]!);
    if (stretch.length > 0) polygons.lift();
    stretch = [];
  };
  const add = (x: number, lower: number, upper: number): void => {
    stretch.push(x, frame.y(lower), frame.y(upper));
  };
  if (to - from > Math.ceil(frame.width) * rowsPerPixel) {
    const lower = extremesOf(band.lower);
    const upper = extremesOf(band.upper);
    forEachPixelColumn(time, frame, (x, first, end) => {
      queryExtremes(lower, first, end, bounds);
      const lowest = bounds.lowest;
      queryExtremes(upper, first, end, bounds);
      if (lowest > bounds.highest) close();
      else add(x, lowest, bounds.highest);
    });
  } else {
    const [start, end] = frame.window;
    const scale = frame.width / (end - start);
    for (let i = from; i < to; i++) {
      const lower = band.lower[i]!;
      const upper = band.upper[i]!;
      if (Number.isNaN(lower) || Number.isNaN(upper)) {
        close();
        continue;
      }
      if (step) {
        add(Math.max(-9, (time[i]! - start) * scale), lower, upper);
        add(Math.min(frame.width + 9, (time[i]! + interval - start) * scale), lower, upper);
      } else {
        add((time[i]! + interval / 2 - start) * scale, lower, upper);
      }
    }
  }
  close();
  return polygons.finish();
}

/** Closes every stretch of a line down to a base, for shading under it. */
export function areaUnder(line: Polyline, base: number): Polyline {
  const points = new Points();
  let firstX = NaN;
  for (let i = 0; i < line.length; i += 2) {
    const x = line[i]!;
    if (Number.isNaN(x)) {
      if (i > 0) points.push(line[i - 2]!, base);
      points.lift();
      firstX = NaN;
      continue;
    }
    if (Number.isNaN(firstX)) {
      firstX = x;
      points.push(x, base);
    }
    points.push(x, line[i + 1]!);
  }
  if (line.length > 0 && !Number.isNaN(firstX)) points.push(line[line.length - 2]!, base);
  return points.finish();
}

/** What a canvas context and a d3 path have in common. */
export interface PathSink {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/** Replays a polyline into a canvas or an SVG path. */
export function replay(line: Polyline, into: PathSink): void {
  let down = false;
  for (let i = 0; i < line.length; i += 2) {
    const x = line[i]!;
    if (Number.isNaN(x)) down = false;
    else if (down) into.lineTo(x, line[i + 1]!);
    else {
      into.moveTo(x, line[i + 1]!);
      down = true;
    }
  }
}
