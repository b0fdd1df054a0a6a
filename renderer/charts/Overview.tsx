import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import {
  areaUnder,
  chartColoursOf,
  extremesOf,
  formatSeconds,
  placeLabels,
  queryExtremes,
  rangeLabel,
  replay,
  timeLabel,
  timeTicks,
  traceLine,
} from '../../sim-core/index.ts';
import type { OverviewModel, Theme, TimeMode, TimeRange } from '../../sim-core/index.ts';
import { gutter, overviewHeight } from '../../sim-core/index.ts';
import { prepareCanvas } from './paint.ts';
import { TimeLabels } from './TimeLabels.tsx';
import { clampWindow, panWindow } from './time-window.ts';
import { usePixelRatio } from './use-pixel-ratio.ts';

interface OverviewProps {
  readonly overview: OverviewModel;
  readonly extent: TimeRange;
  readonly window: TimeRange;
  readonly onWindow: (window: TimeRange) => void;
  readonly width: number;
  readonly startEpoch: number;
  readonly timeMode: TimeMode;
  readonly theme: Theme;
}

const stripTop = 8;
const stripHeight = 34;
/** Pixels around an edge of the brush that take hold of it. */
const grip = 7;

type Hold = { readonly part: 'start' | 'end' | 'body' | 'new'; readonly at: number; readonly window: TimeRange };

/** Demand over the whole horizon, and the brush: drag it to move, its edges to resize, elsewhere to draw a new one. */
export function Overview({ overview, extent, window, onWindow, width, startEpoch, timeMode, theme }: OverviewProps) {
  const hold = useRef<Hold | null>(null);
  const perSecond = width / (extent[1] - extent[0]);
  const left = (window[0] - extent[0]) * perSecond;
  const right = (window[1] - extent[0]) * perSecond;
  const labels = useMemo(
    () => placeLabels(timeTicks(extent, width, startEpoch, timeMode), extent, width),
    [extent, width, startEpoch, timeMode],
  );

  const pixelOf = (event: PointerEvent<HTMLElement>): number =>
    event.clientX - event.currentTarget.getBoundingClientRect().left;
  const partAt = (x: number): Hold['part'] => {
    const reach = Math.min(grip, Math.max(3, (right - left) / 3));
    if (Math.abs(x - left) <= reach) return 'start';
    if (Math.abs(x - right) <= reach) return 'end';
    // A brush over everything has nowhere to go: dragging in it draws a new one.
    return x > left && x < right && right - left < width - 1 ? 'body' : 'new';
  };
  const down = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const x = pixelOf(event);
    hold.current = { part: partAt(x), at: x, window };
  };
  const move = (event: PointerEvent<HTMLElement>): void => {
    const x = pixelOf(event);
    const held = hold.current;
    event.currentTarget.style.cursor = { start: 'ew-resize', end: 'ew-resize', body: 'grab', new: 'crosshair' }[
      held?.part ?? partAt(x)
    ];
    if (held === null) return;
    const by = (x - held.at) / perSecond;
    const [start, end] = held.window;
    if (held.part === 'body') onWindow(panWindow(held.window, by, extent));
    else if (held.part === 'new') {
      if (Math.abs(x - held.at) < 3) return;
      const from = extent[0] + held.at / perSecond;
      onWindow(between(from, from + by, extent));
    } else onWindow(held.part === 'start' ? between(end, start + by, extent) : between(start, end + by, extent));
  };
  const up = (event: PointerEvent<HTMLElement>): void => {
    const held = hold.current;
    hold.current = null;
    // A click beside the brush brings it there.
    if (held?.part === 'new' && Math.abs(pixelOf(event) - held.at) < 3) {
      const middle = (window[0] + window[1]) / 2;
      onWindow(panWindow(window, extent[0] + held.at / perSecond - middle, extent));
    }
  };

  return (
    <div className="overview" style={{ height: overviewHeight }}>
      <div className="overview-label">
        <h3>{rangeLabel(extent, startEpoch, timeMode)}</h3>
        <p>{formatSeconds(extent[1] - extent[0])}</p>
      </div>
      <div
        className="overview-strip"
        style={{ left: gutter, width, top: 0, height: stripTop + stripHeight + 3 }}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={() => (hold.current = null)}
        onDoubleClick={() => onWindow(clampWindow(extent, extent))}
      >
        <OverviewCanvas overview={overview} extent={extent} width={width} theme={theme} />
        <div
          className="brush"
          style={{ left, width: Math.max(2, right - left), top: stripTop - 4, height: stripHeight + 7 }}
        >
          <BrushPart part="body" label="Window" {...{ extent, window, onWindow, startEpoch, timeMode }} />
          <BrushPart part="start" label="Start of the window" {...{ extent, window, onWindow, startEpoch, timeMode }} />
          <BrushPart part="end" label="End of the window" {...{ extent, window, onWindow, startEpoch, timeMode }} />
        </div>
      </div>
      <TimeLabels labels={labels} top={stripTop + stripHeight + 5} />
    </div>
  );
}

/** The window between two instants, at least the shortest, growing away from the first. */
function between(fixed: number, moving: number, extent: TimeRange): TimeRange {
  const inside = Math.min(extent[1], Math.max(extent[0], moving));
  return clampWindow(inside >= fixed ? [fixed, inside] : [inside, fixed], extent);
}

interface BrushPartProps {
  readonly part: 'start' | 'end' | 'body';
  readonly label: string;
  readonly extent: TimeRange;
  readonly window: TimeRange;
  readonly onWindow: (window: TimeRange) => void;
  readonly startEpoch: number;
  readonly timeMode: TimeMode;
}

/** What the keyboard takes hold of: each edge of the brush, or all of it, as a slider. */
function BrushPart({ part, label, extent, window, onWindow, startEpoch, timeMode }: BrushPartProps) {
  const value = part === 'end' ? window[1] : window[0];
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = (window[1] - window[0]) * (event.shiftKey ? 0.25 : 0.05);
    const whole = extent[1] - extent[0];
    const by = {
      ArrowLeft: -step,
      ArrowDown: -step,
      ArrowRight: step,
      ArrowUp: step,
      PageUp: whole / 10,
      PageDown: -whole / 10,
      Home: -whole,
      End: whole,
    }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (part === 'body') onWindow(panWindow(window, by, extent));
    else if (part === 'start') onWindow(between(window[1], Math.min(window[0] + by, window[1]), extent));
    else onWindow(between(window[0], Math.max(window[1] + by, window[0]), extent));
  };
  return (
    <div
      className={`brush-${part}`}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation="horizontal"
      aria-valuemin={extent[0]}
      aria-valuemax={extent[1]}
      aria-valuenow={value}
      aria-valuetext={
        part === 'body'
          ? `${timeLabel(window[0], extent, startEpoch, timeMode)} to ${timeLabel(window[1], extent, startEpoch, timeMode)}`
          : timeLabel(value, extent, startEpoch, timeMode)
      }
      onKeyDown={onKeyDown}
    />
  );
}

interface OverviewCanvasProps {
  readonly overview: OverviewModel;
  readonly extent: TimeRange;
  readonly width: number;
  readonly theme: Theme;
}

const OverviewCanvas = memo(function OverviewCanvas({ overview, extent, width, theme }: OverviewCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const ratio = usePixelRatio();
  useLayoutEffect(() => {
    const height = stripTop + stripHeight;
    const context = ref.current && prepareCanvas(ref.current, width, height, ratio);
    if (!context) return;
    const bounds = { lowest: 0, highest: 0 };
    queryExtremes(extremesOf(overview.values), 0, overview.values.length, bounds);
    const top = bounds.highest > 0 ? bounds.highest * 1.02 : 1;
    const y = (value: number): number => stripTop + stripHeight - (value / top) * (stripHeight - 2);
    const line = traceLine(overview, false, { window: extent, width, y });
    const colours = chartColoursOf(theme);
    context.beginPath();
    replay(areaUnder(line, stripTop + stripHeight), context);
    context.fillStyle = colours.overviewArea;
    context.fill();
    context.beginPath();
    replay(line, context);
    context.strokeStyle = colours.muted;
    context.lineWidth = 1;
    context.lineJoin = 'round';
    context.stroke();
  }, [overview, extent, width, theme, ratio]);
  return (
    <canvas
      ref={ref}
      style={{ width, height: stripTop + stripHeight }}
      role="img"
      aria-label={`${overview.label} over the whole horizon`}
    />
  );
});
