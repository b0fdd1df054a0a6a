import type { LaneModel } from '../../../sim-core/index.ts';
import { visibleLanes, type LaneArrangement } from '../../stores/lane-arrangement.ts';

/** The lanes that are drawn, from the top. */
export function arrangedLanes(lanes: readonly LaneModel[], arrangement: LaneArrangement): LaneModel[] {
  const visible = visibleLanes(
    lanes.map(({ id }) => id),
    arrangement,
  );
  return visible.flatMap((wanted) => lanes.find(({ id }) => id === wanted) ?? []);
}
