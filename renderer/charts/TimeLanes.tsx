import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import {
  formatSeconds,
  labelWidth,
  markAt,
  placeLabels,
  rangeLabel,
  timeLabel,
  timeTicks,
} from '../../sim-core/index.ts';
import type { PlacedLabel, PlacedMark, TimeRange } from '../../sim-core/index.ts';
import { Crosshair } from './Crosshair.tsx';
import { Lane } from './Lane.tsx';
import { axisHeight, gutter, margin, overviewHeight, placeLanes, plotTop } from '../../sim-core/index.ts';
import type { TimeLanesProps } from './model.ts';
import { Overview } from './Overview.tsx';
import { applyTimeKey } from './time-keys.ts';
import { TimeLabels } from './TimeLabels.tsx';
import { useFrame } from './use-frame.ts';
import { useSize } from './use-size.ts';
import { useTimeGestures } from './use-time-gestures.ts';
import './charts.css';

/**
 * Lanes over one time axis: overview strip with its brush, the lanes, the axis. Pans, zooms, selects and points by
 * pointer, wheel, touch and keyboard (see timeKeys); all of it is reported, none of it kept.
 */
export function TimeLanes(props: TimeLanesProps) {
  const { lanes, extent, window, crosshair, selection, startEpoch, overview, theme, onTimeMode } = props;
  const timeMode = props.timeMode ?? 'clock';
  const [root, size] = useSize<HTMLDivElement>();
  const [scroller, inner] = useSize<HTMLDivElement>();
  const [hovered, setHovered] = useState<string | null>(null);
  const width = Math.max(0, (inner.width || size.width) - gutter - margin);
  const top = overview === null ? 0 : overviewHeight;
  const available = Math.max(0, size.height - top - axisHeight);
  const places = useMemo(() => placeLanes(lanes, available), [lanes, available]);
  const last = places.at(-1);
  const stack = last === undefined ? available : last.top + last.height;

  const marks = useRef(new Map<string, readonly PlacedMark[]>());
  const onMarks = useCallback(
    (lane: string, placed: readonly PlacedMark[]) => void marks.current.set(lane, placed),
    [],
  );
  const laneAt = (y: number): number => places.findIndex((place) => y >= place.top && y < place.top + place.height);

  const sendWindow = useFrame(props.onWindow);
  const sendCrosshair = useFrame(props.onCrosshair);
  const sendSelection = useFrame(props.onSelect);
  const setWindow = useCallback(([start, end]: TimeRange) => sendWindow(start, end), [sendWindow]);

  const gestures = useTimeGestures({
    extent,
    window,
    width,
    selection,
    setWindow,
    setSelection: sendSelection,
    point: (time, y) => {
      sendCrosshair(time);
      const lane = time === null ? undefined : lanes[laneAt(y)];
      setHovered(lane?.id ?? null);
    },
    click: (x, y) => {
      const index = laneAt(y);
      const lane = lanes[index];
      const found = lane && markAt(marks.current.get(lane.id) ?? [], x, y - places[index]!.top - plotTop);
      if (!found) return false;
      props.onMarkClick?.(found.mark.policy, found.mark.time);
      return true;
    },
  });

  const view = useRef({ window, extent, selection, crosshair });
  useEffect(() => {
    view.current = { window, extent, selection, crosshair };
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const change = applyTimeKey(event, view.current);
    if (change === null) return;
    event.preventDefault();
    view.current = { ...view.current, ...change };
    if (change.window !== undefined) setWindow(change.window);
    if (change.selection !== undefined) sendSelection(change.selection);
    if (change.crosshair !== undefined) sendCrosshair(change.crosshair);
  };

  const ticks = useMemo(
    () => placeLabels(timeTicks(window, width, startEpoch, timeMode), window, width),
    [window, width, startEpoch, timeMode],
  );
  const perSecond = width / (window[1] - window[0]);
  const x = crosshair === null ? NaN : (crosshair - window[0]) * perSecond;
  const pointed = crosshair !== null && x >= 0 && x <= width;
  const span = selectionSpan(selection, window, width);
  const pill = pointed ? timeLabel(crosshair, window, startEpoch, timeMode) : '';

  if (lanes.length === 0) {
    return (
      <div ref={root} className="time-lanes" data-theme={theme}>
        <p className="time-lanes-empty">
          {props.emptyText ?? 'Nothing to show yet. Run the scenario to see its lanes.'}
        </p>
      </div>
    );
  }
  return (
    <div ref={root} className="time-lanes" data-theme={theme}>
      {overview !== null && width > 0 && (
        <Overview {...{ overview, extent, window, width, startEpoch, timeMode, theme }} onWindow={setWindow} />
      )}
      <div
        ref={scroller}
        className="lane-scroller"
        role="group"
        aria-label="Lanes over time. Arrow keys pan, W and S zoom, 0 fits all."
        tabIndex={0}
        onKeyDown={onKeyDown}
        style={{ height: available }}
      >
        <div ref={gestures.stage} className="lane-stage" style={{ height: stack }}>
          {width > 0 &&
            lanes.map((lane, i) => (
              <Lane key={lane.id} lane={lane} place={places[i]!} {...{ width, window, theme, onMarks }} />
            ))}
          {span && <div className="selection" style={{ left: gutter + span.left, width: span.width, height: stack }} />}
          {pointed && (
            <Crosshair {...{ lanes, places, time: crosshair, x, width, height: stack, theme }} named={hovered} />
          )}
        </div>
      </div>
      <div ref={gestures.axis} className="time-axis" style={{ height: axisHeight }}>
        <div className="time-axis-label">
          {onTimeMode !== undefined && (
            <button
              type="button"
              title={
                timeMode === 'clock'
                  ? 'Clock times, UTC. Switch to time since the start.'
                  : 'Time since the start. Switch to clock times, UTC.'
              }
              onClick={() => onTimeMode(timeMode === 'clock' ? 'relative' : 'clock')}
            >
              {timeMode === 'clock' ? 'UTC' : 't+'}
            </button>
          )}
          <span>{rangeLabel(window, startEpoch, timeMode)}</span>
        </div>
        <TimeLabels
          labels={ticks.filter(
            (tick) => !(pointed && touches(tick, x, pill)) && !(span && touches(tick, span.middle, span.text)),
          )}
          top={6}
        />
        {span && (
          <div className="selection" style={{ left: gutter + span.left, width: span.width, height: axisHeight }}>
            {span.text !== '' && !(pointed && Math.abs(span.middle - x) < labelWidth(span.text + pill) / 2 + 8) && (
              <span>{span.text}</span>
            )}
          </div>
        )}
        {pointed && (
          <div
            className="time-pill"
            style={{
              left: gutter + Math.min(width + margin - 6 - labelWidth(pill) / 2, Math.max(labelWidth(pill) / 2, x)),
            }}
          >
            {pill}
          </div>
        )}
      </div>
    </div>
  );
}

/** Whether an axis label would collide with another text centred at x. */
function touches(tick: PlacedLabel, x: number, text: string): boolean {
  if (text === '') return false;
  const half = labelWidth(tick.label) / 2;
  const middle = tick.anchor === 'start' ? tick.x + half : tick.anchor === 'end' ? tick.x - half : tick.x;
  return Math.abs(middle - x) < half + labelWidth(text) / 2 + 10;
}

interface SelectionSpan {
  readonly left: number;
  readonly width: number;
  readonly middle: number;
  /** how long the selection is; empty when there is no room to say it */
  readonly text: string;
}

/** The visible part of the selection, px. */
function selectionSpan(selection: TimeRange | null, window: TimeRange, width: number): SelectionSpan | null {
  if (selection === null) return null;
  const perSecond = width / (window[1] - window[0]);
  const left = Math.max(0, (selection[0] - window[0]) * perSecond);
  const right = Math.min(width, (selection[1] - window[0]) * perSecond);
  if (right <= 0 || left >= width) return null;
  const text = formatSeconds(selection[1] - selection[0]);
  return {
    left,
    width: Math.max(1, right - left),
    middle: (left + right) / 2,
    text: right - left > labelWidth(text) + 4 ? text : '',
  };
}
