import type { ReactNode } from 'react';
import type { LaneModel, OverviewModel, Theme, TimeMode, TimeRange } from '../../sim-core/index.ts';

/** Everything the lanes need; they keep no state but the gesture in progress. */
export interface TimeLanesProps {
  readonly lanes: readonly LaneModel[];
  /** the whole horizon, s */
  readonly extent: TimeRange;
  /** what is seen of it, s */
  readonly window: TimeRange;
  /** at most once a frame */
  readonly onWindow: (start: number, end: number) => void;
  /** s; null when nothing is pointed at */
  readonly crosshair: number | null;
  /** at most once a frame */
  readonly onCrosshair: (time: number | null) => void;
  readonly selection: TimeRange | null;
  readonly onSelect: (range: TimeRange | null) => void;
  /** Unix time of t = 0, s */
  readonly startEpoch: number;
  /** the strip with the brush; null hides it */
  readonly overview: OverviewModel | null;
  readonly theme: Theme;
  /** default `clock` */
  readonly timeMode?: TimeMode;
  /** shows the switch between clock and relative time */
  readonly onTimeMode?: (mode: TimeMode) => void;
  /** a ▲ or ▼ was clicked */
  readonly onMarkClick?: (policy: string, time: number) => void;
  /** lanes, from the top, that stay in sight when the others scroll; default none */
  readonly pinnedLanes?: number;
  /** a lane was dragged by its name to this place among the lanes */
  readonly onLaneMove?: (lane: string, to: number) => void;
  /** what else can be done with a lane: stands at its right end; must not change from one drawing to the next */
  readonly laneMenu?: (lane: LaneModel) => ReactNode;
  /** said when there are no lanes */
  readonly emptyText?: string;
}
