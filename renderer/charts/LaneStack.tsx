import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { axisHeight, gutter, margin, markAt, overviewHeight, placeLanes, plotTop } from '../../sim-core/index.ts';
import type { PlacedMark, TimeRange } from '../../sim-core/index.ts';
import { Crosshair } from './Crosshair.tsx';
import { Lane } from './Lane.tsx';
import { LaneTablePanel } from './LaneTablePanel.tsx';
import type { TimeLanesProps } from './model.ts';
import { Overview } from './Overview.tsx';
import { TimeAxis, selectionSpan } from './TimeAxis.tsx';
import { applyTimeKey } from './time-keys.ts';
import { useLaneDrag } from './use-lane-drag.ts';
import { useFrame } from './use-frame.ts';
import { useSize } from './use-size.ts';
import { useTimeGestures } from './use-time-gestures.ts';

/** The lanes when there are any: measures its room, shares it among them, and turns gestures and keys into views. */
export function LaneStack(props: TimeLanesProps) {
  const { lanes, extent, window, crosshair, selection, startEpoch, overview, theme } = props;
  const timeMode = props.timeMode ?? 'clock';
  const [root, size] = useSize<HTMLDivElement>();
  const [scroller, inner] = useSize<HTMLDivElement>();
  const [hovered, setHovered] = useState<string | null>(null);
  const [tabled, setTabled] = useState<string | null>(null);
  const width = Math.max(0, (inner.width || size.width) - gutter - margin);
  const top = overview === null ? 0 : overviewHeight;
  const available = Math.max(0, size.height - top - axisHeight);
  const places = useMemo(() => placeLanes(lanes, available), [lanes, available]);
  const pinned = props.pinnedLanes ?? 0;
  const [scrolled, setScrolled] = useState(0);
  /** Where lanes are seen in the stage: pinned ones move along as it scrolls. */
  const seen = useMemo(
    () => places.map((place, i) => (i < pinned ? { ...place, top: place.top + scrolled } : place)),
    [places, pinned, scrolled],
  );
  const last = places.at(-1);
  const stack = last === undefined ? available : last.top + last.height;

  const marks = useRef(new Map<string, readonly PlacedMark[]>());
  const onMarks = useCallback(
    (lane: string, placed: readonly PlacedMark[]) => void marks.current.set(lane, placed),
    [],
  );
  const laneAt = (y: number): number => seen.findIndex((place) => y >= place.top && y < place.top + place.height);
  const { grab, dropAt } = useLaneDrag(places, lanes, props.onLaneMove);

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
      const found = lane && markAt(marks.current.get(lane.id) ?? [], x, y - seen[index]!.top - plotTop);
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

  const x = crosshair === null ? NaN : ((crosshair - window[0]) / (window[1] - window[0])) * width;
  const pointed = crosshair !== null && x >= 0 && x <= width;
  const span = selectionSpan(selection, window, width);
  const table = lanes.find(({ id }) => id === tabled);
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
        onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}
        style={{ height: available }}
      >
        <div ref={gestures.stage} className="lane-stage" style={{ height: stack }}>
          {width > 0 &&
            lanes.map((lane, i) => (
              <Lane
                key={lane.id}
                lane={lane}
                place={places[i]!}
                {...{ width, window, theme, onMarks }}
                onTable={setTabled}
                pinned={i < pinned}
                onGrab={grab}
                menu={props.laneMenu}
              />
            ))}
          {dropAt !== null && <div className="lane-drop" style={{ top: dropAt }} />}
          {span && <div className="selection" style={{ left: gutter + span.left, width: span.width, height: stack }} />}
          {pointed && (
            <Crosshair {...{ lanes, places: seen, time: crosshair, x, width, height: stack, theme }} named={hovered} />
          )}
        </div>
      </div>
      <TimeAxis
        element={gestures.axis}
        {...{ window, width, startEpoch, timeMode, selection, span }}
        onTimeMode={props.onTimeMode}
        crosshair={pointed ? crosshair : null}
      />
      {table && <LaneTablePanel lane={table} {...{ window, startEpoch, timeMode }} onClose={() => setTabled(null)} />}
    </div>
  );
}
