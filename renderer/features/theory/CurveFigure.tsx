import { useMemo } from 'react';
import { layoutCurve } from '../../../sim-core/index.ts';
import { useSize } from '../../charts/use-size.ts';

interface CurveFigureProps {
  readonly x: readonly number[];
  readonly values: Float64Array;
  /** where the sliders stand */
  readonly at: number;
  readonly value: number;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  /** the highest value there can be */
  readonly most?: number;
  readonly label: string;
}

const [left, right, top, bottom] = [62, 16, 10, 26];

/** One number against one parameter, with a mark where the sliders stand. Fills its parent. */
export function CurveFigure({ x, values, at, value, formatX, formatY, most, label }: CurveFigureProps) {
  const [root, box] = useSize<HTMLDivElement>();
  const [width, height] = [Math.max(0, box.width - left - right), Math.max(0, box.height - top - bottom)];
  const layout = useMemo(
    () => layoutCurve({ x, lines: [values], width, height, formatX, formatY, ...(most !== undefined && { most }) }),
    [x, values, width, height, formatX, formatY, most],
  );
  const marked = Number.isFinite(value) && value >= layout.least && at >= (x[0] ?? 0) && at <= (x.at(-1) ?? 0);
  return (
    <div ref={root} className="curve-figure">
      {width > 0 && (
        <svg width={box.width} height={box.height} role="img" aria-label={label}>
          <g transform={`translate(${left} ${top})`}>
            {layout.yTicks.map((tick) => (
              <g key={tick.label}>
                <line className="curve-grid" x1={0} x2={width} y1={tick.at} y2={tick.at} />
                <text x={-8} y={tick.at} dy="0.35em" textAnchor="end">
                  {tick.label}
                </text>
              </g>
            ))}
            {layout.xTicks.map((tick) => (
              <text key={tick.label} x={tick.at} y={height + 18} textAnchor="middle">
                {tick.label}
              </text>
            ))}
            <path className="curve-line" d={layout.paths[0]} />
            {marked && <circle className="curve-mark" cx={layout.placeX(at)} cy={layout.placeY(value)} r={4.5} />}
          </g>
        </svg>
      )}
    </div>
  );
}
