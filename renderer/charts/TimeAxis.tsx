import { useMemo } from 'react';
import type { RefObject } from 'react';
import {
  axisHeight,
  formatSeconds,
  gutter,
  labelWidth,
  margin,
  placeLabels,
  rangeLabel,
  timeLabel,
  timeTicks,
} from '../../sim-core/index.ts';
import type { PlacedLabel, TimeMode, TimeRange } from '../../sim-core/index.ts';
import { TimeLabels } from './TimeLabels.tsx';

interface TimeAxisProps {
  readonly element: RefObject<HTMLDivElement | null>;
  readonly window: TimeRange;
  /** px of the plots */
  readonly width: number;
  readonly startEpoch: number;
  readonly timeMode: TimeMode;
  readonly onTimeMode: ((mode: TimeMode) => void) | undefined;
  readonly crosshair: number | null;
  readonly selection: TimeRange | null;
  readonly span: SelectionSpan | null;
}

/** px left of the plots beside the button. A longer range is left to the overview and to the labels. */
const rangeRoom = gutter - 62;

/** The axis below the lanes: round times, the crosshair's time in a pill, the length of the selection. */
export function TimeAxis(props: TimeAxisProps) {
  const { element, window, width, startEpoch, timeMode, onTimeMode, crosshair, selection, span } = props;
  const ticks = useMemo(
    () => placeLabels(timeTicks(window, width, startEpoch, timeMode), window, width),
    [window, width, startEpoch, timeMode],
  );
  const pill = crosshair === null ? '' : timeLabel(crosshair, window, startEpoch, timeMode);
  const x = crosshair === null ? NaN : ((crosshair - window[0]) / (window[1] - window[0])) * width;
  const pillX = Math.min(width + margin - 6 - labelWidth(pill) / 2, Math.max(labelWidth(pill) / 2, x));
  const length = selection === null ? '' : formatSeconds(selection[1] - selection[0]);
  const middle = span === null ? NaN : span.left + span.width / 2;
  const says =
    span !== null &&
    span.width > labelWidth(length) + 4 &&
    !(Math.abs(middle - pillX) < labelWidth(length + pill) / 2 + 8);
  const shown = ticks.filter((tick) => !collides(tick, pillX, pill) && !(says && collides(tick, middle, length)));
  const relative = timeMode === 'relative';
  const range = rangeLabel(window, startEpoch, timeMode);
  return (
    <div ref={element} className="time-axis" style={{ height: axisHeight }}>
      <div className="time-axis-label">
        {onTimeMode !== undefined && (
          <button
            type="button"
            title={
              relative
                ? 'Time since the start. Switch to clock times, UTC.'
                : 'Clock times, UTC. Switch to time since the start.'
            }
            onClick={() => onTimeMode(relative ? 'clock' : 'relative')}
          >
            {relative ? 't+' : 'UTC'}
          </button>
        )}
        {labelWidth(range) <= rangeRoom && <span>{range}</span>}
      </div>
      <TimeLabels labels={shown} top={6} />
      {span !== null && (
        <div className="selection" style={{ left: gutter + span.left, width: span.width, height: axisHeight }}>
          {says && <span>{length}</span>}
        </div>
      )}
      {pill !== '' && (
        <div className="time-pill" style={{ left: gutter + pillX }}>
          {pill}
        </div>
      )}
    </div>
  );
}

/** Whether an axis label would touch another text centred at x. */
function collides(tick: PlacedLabel, x: number, text: string): boolean {
  if (text === '') return false;
  const half = labelWidth(tick.label) / 2;
  const middle = tick.anchor === 'start' ? tick.x + half : tick.anchor === 'end' ? tick.x - half : tick.x;
  return Math.abs(middle - x) < half + labelWidth(text) / 2 + 10;
}

/** The visible part of the selection, px from the left of the plots. */
export interface SelectionSpan {
  readonly left: number;
  readonly width: number;
}

export function selectionSpan(selection: TimeRange | null, window: TimeRange, width: number): SelectionSpan | null {
  if (selection === null) return null;
  const perSecond = width / (window[1] - window[0]);
  const left = Math.max(0, (selection[0] - window[0]) * perSecond);
  const right = Math.min(width, (selection[1] - window[0]) * perSecond);
  return right <= 0 || left >= width ? null : { left, width: Math.max(1, right - left) };
}
