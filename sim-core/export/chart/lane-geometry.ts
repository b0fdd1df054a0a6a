import type { LaneModel } from './lane-model.ts';

/** Where things stand, in CSS pixels. */

/** Left of the plots: lane names, units and value labels. */
export const gutter = 140;
/** Right of the plots. */
export const margin = 16;
/** Air above and below a plot inside its lane, so that labels at its ends stay whole. */
export const plotTop = 9;
export const plotBottom = 8;
export const overviewHeight = 68;
export const axisHeight = 28;
/** Below this a lane says nothing; the stack scrolls instead. */
const leastLane = 72;

export interface LanePlace {
  readonly top: number;
  readonly height: number;
}

/** Shares the height among the lanes by weight, none below the least, and stacks them. */
export function placeLanes(lanes: readonly LaneModel[], available: number): LanePlace[] {
  const heights = lanes.map(() => 0);
  // Lanes whose share is too small take the least, the others share what is left; settles in as many rounds as lanes.
  const small = new Set<number>();
  for (let round = 0; round <= lanes.length; round++) {
    const free = available - small.size * leastLane;
    const weights = lanes.reduce((sum, lane, i) => sum + (small.has(i) ? 0 : lane.weight), 0);
    let settled = true;
    lanes.forEach((lane, i) => {
      heights[i] = small.has(i) ? leastLane : (free * lane.weight) / weights;
      if (!small.has(i) && heights[i]! < leastLane) {
        small.add(i);
        settled = false;
      }
    });
    if (settled) break;
  }
  let end = 0;
  return heights.map((height) => {
    const top = Math.round(end);
    end += height;
    return { top, height: Math.round(end) - top };
  });
}
