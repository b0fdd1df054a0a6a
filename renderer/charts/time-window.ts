import type { TimeRange } from '../../sim-core/index.ts';

/** The arithmetic of panning and zooming. All times in s. */

/** Closer than this there is nothing to see. */
export const shortestWindow = 1;

/** Moves and shortens a window so that it lies inside the extent and is neither empty nor reversed. */
export function clampWindow([start, end]: TimeRange, extent: TimeRange): TimeRange {
  const whole = extent[1] - extent[0];
  const span = Math.min(whole, Math.max(Math.min(shortestWindow, whole), end - start));
  const from = Math.min(Math.max(start, extent[0]), extent[1] - span);
  return [from, from + span];
}

/** Zooms about an instant, which stays where it is on screen. A factor below 1 zooms in. */
export function zoomWindow([start, end]: TimeRange, factor: number, about: number, extent: TimeRange): TimeRange {
  const whole = extent[1] - extent[0];
  const span = Math.min(whole, Math.max(Math.min(shortestWindow, whole), (end - start) * factor));
  const share = end > start ? (about - start) / (end - start) : 0.5;
  const from = about - share * span;
  return clampWindow([from, from + span], extent);
}

export function panWindow([start, end]: TimeRange, by: number, extent: TimeRange): TimeRange {
  return clampWindow([start + by, end + by], extent);
}

/** A range with its ends in order and inside the extent; null when it is empty. */
export function orderedRange(a: number, b: number, extent: TimeRange): TimeRange | null {
  const start = Math.max(extent[0], Math.min(a, b));
  const end = Math.min(extent[1], Math.max(a, b));
  return end > start ? [start, end] : null;
}

/** The selection with a little air around it. */
export function fitWindow(selection: TimeRange, extent: TimeRange): TimeRange {
  const air = (selection[1] - selection[0]) * 0.04;
  return clampWindow([selection[0] - air, selection[1] + air], extent);
}
