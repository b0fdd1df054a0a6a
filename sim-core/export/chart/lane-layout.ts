import type { ColourSlot, LaneMark, LaneModel, LaneSeries, LaneShade, TimeRange } from './lane-model.ts';
import { areaUnder, traceBand, traceLine } from './polyline.ts';
import type { Frame, Polyline } from './polyline.ts';
import { valueAxis } from './value-axis.ts';
import type { ValueAxis } from './value-axis.ts';

/** A thing to draw, in pixels from the top left corner of the lane's plot. */
export type LaneShape =
  | { readonly kind: 'shade'; readonly meaning: LaneShade['meaning']; readonly from: number; readonly to: number }
  | { readonly kind: 'fill'; readonly polygons: Polyline }
  | { readonly kind: 'band'; readonly polygons: Polyline; readonly slot: ColourSlot }
  | {
      readonly kind: 'line';
      readonly points: Polyline;
      readonly slot: ColourSlot;
      readonly width: number;
      readonly opacity: number;
      readonly dash: readonly number[];
    };

export interface PlacedMark {
  readonly mark: LaneMark;
  /** middle of the triangle */
  readonly x: number;
  readonly y: number;
}

/** One lane laid out for a window and a size: everything a painter needs, in drawing order. */
export interface LaneLayout {
  readonly axis: ValueAxis;
  readonly shapes: readonly LaneShape[];
  readonly marks: readonly PlacedMark[];
  readonly y: (value: number) => number;
  /** px from the top; null without an objective */
  readonly objectiveY: number | null;
}

/** The unit as shown under the lane's name. */
export function unitText(lane: LaneModel, { axis }: LaneLayout): string {
  return axis.scale === 'log' ? `${lane.unit}, log` : lane.unit;
}

/** Opacities of what lies behind lines; shades of several policies add up. */
export const shadeOpacity = 0.1;
export const bandOpacity = 0.16;

const dashes: Readonly<Record<LaneSeries['line'], readonly number[]>> = {
  solid: [],
  dashed: [5, 3],
  dotted: [1.5, 3],
};

export function layoutLane(lane: LaneModel, window: TimeRange, width: number, height: number): LaneLayout {
  const axis = valueAxis(lane, window, height);
  const y = (value: number): number => height * (1 - axis.position(value));
  const frame: Frame = { window, width, y };
  const shapes: LaneShape[] = [];
  const perSecond = width / (window[1] - window[0]);
  for (const shade of lane.shades) {
    if (shade.end <= window[0] || shade.start >= window[1]) continue;
    const from = (shade.start - window[0]) * perSecond;
    const to = Math.max(from + 1, (shade.end - window[0]) * perSecond);
    shapes.push({ kind: 'shade', meaning: shade.meaning, from: Math.max(0, from), to: Math.min(width, to) });
  }
  const lines: LaneShape[] = [];
  for (const series of lane.series) {
    const points = traceLine(series, series.step, frame);
    if (series.fill) shapes.push({ kind: 'fill', polygons: areaUnder(points, y(0)) });
    if (series.band !== null) {
      const polygons = traceBand(series.time, series.interval, series.band, series.step, frame);
      shapes.push({ kind: 'band', polygons, slot: series.slot });
    }
    const { slot, opacity } = series;
    lines.push({ kind: 'line', points, slot, opacity, width: series.width, dash: dashes[series.line] });
  }
  return {
    axis,
    shapes: [...shapes, ...lines],
    marks: placeMarks(lane, window, width, height, y),
    y,
    objectiveY: lane.objective === null ? null : y(lane.objective.value),
  };
}

/** Triangles of one policy and direction nearer than this, px, are drawn once; zooming in separates them. */
const markSpacing = 12;
/** With more marks than one in this many px, shared among the policies, only the first of each episode is drawn … */
const roomPerMark = 26;
/** … where a turn, or a pause as long as this many px, begins a new one. */
const episodePause = 60;

function placeMarks(
  lane: LaneModel,
  window: TimeRange,
  width: number,
  height: number,
  y: (value: number) => number,
): PlacedMark[] {
  const perSecond = width / (window[1] - window[0]);
  const cell = markSpacing / perSecond;
  const room = Math.max(4, width / roomPerMark / Math.max(1, lane.marks.length));
  const placed: PlacedMark[] = [];
  for (const marks of lane.marks) {
    const spaced: LaneMark[] = [];
    const episodes: LaneMark[] = [];
    // Cells are anchored to t = 0, so panning does not make marks blink.
    const lastCell = { up: NaN, down: NaN };
    for (let i = firstMark(marks, window[0]); i < marks.length && marks[i]!.time <= window[1]; i++) {
      const mark = marks[i]!;
      const before = marks[i - 1];
      const begins = before?.direction !== mark.direction || (mark.time - before.time) * perSecond > episodePause;
      const at = Math.floor(mark.time / cell);
      if (lastCell[mark.direction] === at) continue;
      lastCell[mark.direction] = at;
      spaced.push(mark);
      if (begins) episodes.push(mark);
    }
    let shown = spaced.length > room ? episodes : spaced;
    // Nothing but turns, and still too many to tell apart: the line itself says it best.
    if (shown.length > room * 3) shown = [];
    for (const mark of shown) {
      const offset = mark.direction === 'up' ? -9 : 9;
      const x = (mark.time - window[0]) * perSecond;
      placed.push({ mark, x, y: Math.min(height - 4, Math.max(4, y(mark.value) + offset)) });
    }
  }
  return placed;
}

function firstMark(marks: readonly LaneMark[], at: number): number {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (marks[middle]!.time < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Corners of a mark's triangle around its middle: half its width and half its height, px. */
const markSize = { halfWidth: 3.7, halfHeight: 3 };

/** A mark's triangle as SVG path data. */
export function markPath({ mark, x, y }: PlacedMark): string {
  const { halfWidth, halfHeight } = markSize;
  const tip = mark.direction === 'up' ? -halfHeight : halfHeight;
  return `M${x.toFixed(1)} ${(y + tip).toFixed(1)}l${halfWidth} ${-2 * tip}h${-2 * halfWidth}z`;
}

/** The mark nearest to a point within reach, or null. */
export function markAt(marks: readonly PlacedMark[], x: number, y: number, reach = 8): PlacedMark | null {
  let nearest: PlacedMark | null = null;
  let least = reach * reach;
  for (const placed of marks) {
    const distance = (placed.x - x) * (placed.x - x) + (placed.y - y) * (placed.y - y);
    if (distance <= least) {
      least = distance;
      nearest = placed;
    }
  }
  return nearest;
}
