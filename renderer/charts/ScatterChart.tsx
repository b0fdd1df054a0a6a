import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { PointerEvent } from 'react';
import { chartColoursOf, colourOf, formatQuantity } from '../../sim-core/index.ts';
import type { Quantity, Theme } from '../../sim-core/index.ts';
import { prepareCanvas } from './paint.ts';
import { dotAt, layoutScatter } from './scatter-layout.ts';
import type { ScatterDot, ScatterLayout, ScatterSeries } from './scatter-layout.ts';
import { usePixelRatio } from './use-pixel-ratio.ts';
import { useSize } from './use-size.ts';
import './charts.css';

export interface ScatterChartProps {
  readonly series: readonly ScatterSeries[];
  /** `Predicted wait` */
  readonly xLabel: string;
  /** `Simulated wait` */
  readonly yLabel: string;
  readonly quantity: Quantity;
  readonly currency?: string;
  /** default `linear` */
  readonly scale?: 'linear' | 'log';
  readonly theme: Theme;
  /** a dot was clicked */
  readonly onDot?: (series: number, row: number) => void;
}

const left = 64;
const bottom = 40;
const top = 10;
const right = 16;

/** Pairs against the diagonal on which they would lie if both said the same. Fills its parent with a square plot. */
export function ScatterChart(props: ScatterChartProps) {
  const { series, xLabel, yLabel, quantity, theme, onDot } = props;
  const currency = props.currency ?? '';
  const scale = props.scale ?? 'linear';
  const [root, box] = useSize<HTMLDivElement>();
  const size = Math.max(0, Math.min(box.width - left - right, box.height - top - bottom));
  const layout = useMemo(
    () => layoutScatter(series, size, quantity, scale, currency),
    [series, size, quantity, scale, currency],
  );
  const [pointed, setPointed] = useState<ScatterDot | null>(null);
  const find = (event: PointerEvent<HTMLElement>): ScatterDot | null => {
    const place = event.currentTarget.getBoundingClientRect();
    return dotAt(layout.dots, event.clientX - place.left - left, event.clientY - place.top - top);
  };
  const say = (value: number): string => formatQuantity(value, quantity, currency);
  const named = pointed === null ? undefined : series[pointed.series];
  return (
    <div
      ref={root}
      className="chart scatter-chart"
      data-theme={theme}
      onPointerMove={(event) => setPointed(find(event))}
      onPointerLeave={() => setPointed(null)}
      onPointerUp={(event) => {
        const dot = find(event);
        if (dot !== null) onDot?.(dot.series, dot.row);
      }}
    >
      {layout.dots.length === 0 ? (
        <p className="time-lanes-empty">No pairs to compare.</p>
      ) : (
        <div role="img" aria-label={describe(series, layout, xLabel, yLabel)}>
          <ScatterCanvas {...{ layout, series, size, theme, pointed }} />
          <svg className="lane-markings" width={left + size + right} height={top + size + bottom} aria-hidden="true">
            <g transform={`translate(${left} ${top})`}>
              {layout.ticks.map(({ position, label }, i) => (
                <g key={label} className="lane-tick">
                  <text x={-9} y={size - position} dy="0.35em">
                    {label}
                  </text>
                  {(i === 0 || position - layout.ticks[0]!.position > 30) && (
                    <text x={position} y={size + 17} style={{ textAnchor: position > size - 20 ? 'end' : 'middle' }}>
                      {label}
                    </text>
                  )}
                </g>
              ))}
              <text className="scatter-label" x={size} y={size + 34} style={{ textAnchor: 'end' }}>
                {xLabel} →
              </text>
              <text className="scatter-label" x={8} y={12}>
                ↑ {yLabel}
              </text>
            </g>
          </svg>
        </div>
      )}
      {pointed !== null && named !== undefined && (
        <div
          className="card scatter-card"
          style={{
            top: top + Math.max(0, pointed.y - 44),
            ...(pointed.x > size / 2 ? { right: box.width - left - pointed.x + 10 } : { left: left + pointed.x + 10 }),
          }}
        >
          <div className="card-row">
            <i style={{ background: colourOf(named.slot, theme) }} />
            <b>{named.name}</b>
          </div>
          <span>
            {xLabel}: {say(named.x[pointed.row]!)}
          </span>
          <span>
            {yLabel}: {say(named.y[pointed.row]!)}
          </span>
        </div>
      )}
    </div>
  );
}

function describe(series: readonly ScatterSeries[], layout: ScatterLayout, xLabel: string, yLabel: string): string {
  const parts = series.map(({ name, x, y }, index) => {
    const dots = layout.dots.filter((dot) => dot.series === index);
    const above = dots.filter(({ row }) => y[row]! > x[row]!).length;
    return `${name}: ${dots.length} pairs, ${above} above the diagonal`;
  });
  return `${yLabel} against ${xLabel}. ${parts.join('; ')}.`;
}

interface ScatterCanvasProps {
  readonly layout: ScatterLayout;
  readonly series: readonly ScatterSeries[];
  readonly size: number;
  readonly theme: Theme;
  readonly pointed: ScatterDot | null;
}

function ScatterCanvas({ layout, series, size, theme, pointed }: ScatterCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const ratio = usePixelRatio();
  useLayoutEffect(() => {
    const context = ref.current && prepareCanvas(ref.current, size + 2 * pad, size + 2 * pad, ratio);
    if (!context) return;
    const colours = chartColoursOf(theme);
    context.translate(pad, pad);
    context.strokeStyle = colours.grid;
    context.beginPath();
    for (const { position } of layout.ticks) {
      const across = Math.round(position) + 0.5;
      context.moveTo(across, 0);
      context.lineTo(across, size);
      context.moveTo(0, Math.round(size - position) + 0.5);
      context.lineTo(size, Math.round(size - position) + 0.5);
    }
    context.stroke();
    context.strokeStyle = colours.muted;
    context.setLineDash([4, 3]);
    context.beginPath();
    context.moveTo(0, size);
    context.lineTo(size, 0);
    context.stroke();
    context.setLineDash([]);
    const many = layout.dots.length > 20_000;
    for (const dot of layout.dots) {
      context.fillStyle = colourOf(series[dot.series]!.slot, theme);
      context.globalAlpha = dot.doubt ? 0.16 : 0.5;
      if (many) context.fillRect(dot.x - 1.5, dot.y - 1.5, 3, 3);
      else {
        context.beginPath();
        context.arc(dot.x, dot.y, 2.6, 0, 2 * Math.PI);
        context.fill();
      }
    }
    context.globalAlpha = 1;
    if (pointed !== null) {
      context.strokeStyle = colours.ink;
      context.lineWidth = 1.5;
      context.beginPath();
      context.arc(pointed.x, pointed.y, 5, 0, 2 * Math.PI);
      context.stroke();
    }
  }, [layout, series, size, theme, pointed, ratio]);
  return (
    <canvas
      ref={ref}
      style={{ position: 'absolute', left: left - pad, top: top - pad, width: size + 2 * pad, height: size + 2 * pad }}
    />
  );
}

/** So that dots on the edge stay round. */
const pad = 6;
