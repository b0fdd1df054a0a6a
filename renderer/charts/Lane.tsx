import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import type { PointerEvent, ReactNode } from 'react';
import { chartColoursOf, colourOf, describeLane, layoutLane, markPath, unitText } from '../../sim-core/index.ts';
import type { LaneLayout, LaneModel, LaneSeries, PlacedMark, Theme, TimeRange } from '../../sim-core/index.ts';
import { gutter, plotBottom, plotTop } from '../../sim-core/index.ts';
import type { LanePlace } from '../../sim-core/index.ts';
import { paintGrid, paintShapes, prepareCanvas } from './paint.ts';
import { usePixelRatio } from './use-pixel-ratio.ts';

interface LaneProps {
  readonly lane: LaneModel;
  readonly place: LanePlace;
  /** px of the plot */
  readonly width: number;
  readonly window: TimeRange;
  readonly theme: Theme;
  /** tells where the marks came to stand, so that a click can find them */
  readonly onMarks: (lane: string, marks: readonly PlacedMark[]) => void;
  /** its table is wanted */
  readonly onTable: (lane: string) => void;
  /** stays in sight when the others scroll */
  readonly pinned: boolean;
  /** its name was taken hold of; absent when lanes cannot be moved */
  readonly onGrab?: ((lane: string, event: PointerEvent) => void) | undefined;
  readonly menu?: ((lane: LaneModel) => ReactNode) | undefined;
}

/** One lane: name and values at the left, lines on a canvas, everything one reads or points at in SVG above it. */
export const Lane = memo(function Lane(props: LaneProps) {
  const { lane, place, width, window, theme, onMarks, onTable, pinned, onGrab, menu } = props;
  const plotHeight = place.height - plotTop - plotBottom;
  const layout = useMemo(() => layoutLane(lane, window, width, plotHeight), [lane, window, width, plotHeight]);
  useLayoutEffect(() => onMarks(lane.id, layout.marks), [onMarks, lane.id, layout]);
  return (
    <div className="lane" data-pinned={pinned || undefined} style={{ top: place.top, height: place.height }}>
      <LaneLabel
        lane={lane}
        unit={unitText(lane, layout)}
        height={place.height}
        onGrab={onGrab && ((event) => onGrab(lane.id, event))}
      />
      <div className="lane-picture" role="img" aria-label={describeLane(lane, window)}>
        <LaneCanvas layout={layout} width={width} height={place.height} plotHeight={plotHeight} theme={theme} />
        <LaneMarkings lane={lane} layout={layout} width={width} height={place.height} theme={theme} />
      </div>
      <div className="lane-actions">
        {menu?.(lane)}
        <button
          type="button"
          className="lane-button"
          aria-label={`${lane.name} as a table`}
          title="As a table"
          onClick={() => onTable(lane.id)}
        >
          <svg width="14" height="14" aria-hidden="true">
            <path d="M1.5 2.5h11v9h-11zM1.5 5.5h11M1.5 8.5h11M5.5 2.5v9" />
          </svg>
        </button>
      </div>
      {layout.axis.empty && (
        <p className="lane-empty" style={{ left: gutter, width }}>
          {lane.emptyText}
        </p>
      )}
    </div>
  );
});

const keyHeight = 15;

function LaneLabel({
  lane,
  unit,
  height,
  onGrab,
}: {
  readonly lane: LaneModel;
  readonly unit: string;
  readonly height: number;
  readonly onGrab: ((event: PointerEvent) => void) | undefined;
}) {
  const room = Math.floor((height - 48) / keyHeight);
  const keys = secondLines(lane.series).slice(0, Math.max(0, room));
  return (
    <div className="lane-label" data-grab={onGrab && ''} onPointerDown={onGrab}>
      <h3>{lane.name}</h3>
      <p>{unit}</p>
      {keys.map(([label, line]) => (
        <p key={label} className="lane-key">
          <svg width="14" height="8" aria-hidden="true">
            <line x1="0" x2="14" y1="4" y2="4" strokeDasharray={{ solid: '', dashed: '5 3', dotted: '1.5 3' }[line]} />
          </svg>
          {label}
        </p>
      ))}
    </div>
  );
}

/** The thinner lines a lane draws beside its main ones, once each: desired, needed, p99 … */
function secondLines(series: readonly LaneSeries[]): [label: string, line: LaneSeries['line']][] {
  const lines = new Map<string, LaneSeries['line']>();
  for (const { label, line, width } of series) if (width <= 1) lines.set(label, line);
  return [...lines];
}

interface PictureProps {
  readonly layout: LaneLayout;
  readonly width: number;
  readonly height: number;
  readonly plotHeight: number;
  readonly theme: Theme;
}

function LaneCanvas({ layout, width, height, plotHeight, theme }: PictureProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const ratio = usePixelRatio();
  useLayoutEffect(() => {
    const context = ref.current && prepareCanvas(ref.current, width, height, ratio);
    if (!context) return;
    context.translate(0, plotTop);
    paintGrid(
      context,
      layout.axis.ticks.map(({ value }) => layout.y(value)),
      width,
      theme,
    );
    paintShapes(context, layout.shapes, plotHeight, theme);
  }, [layout, width, height, plotHeight, theme, ratio]);
  return <canvas ref={ref} style={{ left: gutter, width, height }} />;
}

function LaneMarkings({
  lane,
  layout,
  width,
  height,
  theme,
}: Omit<PictureProps, 'plotHeight'> & { readonly lane: LaneModel }) {
  const colours = chartColoursOf(theme);
  const { objectiveY } = layout;
  return (
    <svg className="lane-markings" width={gutter + width} height={height} aria-hidden="true">
      <g transform={`translate(0 ${plotTop})`}>
        {layout.axis.ticks.map((tick) => (
          <text key={tick.value} className="lane-tick" x={gutter - 9} y={layout.y(tick.value)} dy="0.35em">
            {tick.label}
          </text>
        ))}
      </g>
      <g transform={`translate(${gutter} ${plotTop})`}>
        {objectiveY !== null && lane.objective !== null && (
          <>
            <line
              className="lane-objective"
              x1={0}
              x2={width}
              y1={Math.round(objectiveY) + 0.5}
              y2={Math.round(objectiveY) + 0.5}
            />
            <text className="lane-objective-label" x={width - 4} y={objectiveY < 16 ? objectiveY + 15 : objectiveY - 6}>
              {lane.objective.label}
            </text>
          </>
        )}
        {markPaths(layout.marks).map(([key, slot, path]) => (
          <path
            key={key}
            d={path}
            fill={colourOf(slot, theme)}
            stroke={colours.panel}
            strokeWidth={1}
            paintOrder="stroke"
          />
        ))}
      </g>
    </svg>
  );
}

/** One path a policy and direction, however many marks it has. */
function markPaths(marks: readonly PlacedMark[]): [key: string, slot: PlacedMark['mark']['slot'], path: string][] {
  const paths = new Map<string, { slot: PlacedMark['mark']['slot']; path: string }>();
  for (const placed of marks) {
    const { mark } = placed;
    const key = `${mark.policy}/${mark.direction}`;
    const path = markPath(placed);
    const known = paths.get(key);
    if (known === undefined) paths.set(key, { slot: mark.slot, path });
    else known.path += path;
  }
  return [...paths].map(([key, { slot, path }]) => [key, slot, path]);
}
