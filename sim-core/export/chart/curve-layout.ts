import { ticks as roundTicks } from 'd3';
import { log, pow } from '../../units/math.ts';

export interface CurveTick {
  /** px from the plot's left, or from its top */
  readonly at: number;
  readonly label: string;
}

/** Lines over one parameter, laid out on a plot. */
export interface CurveLayout {
  readonly xTicks: readonly CurveTick[];
  readonly yTicks: readonly CurveTick[];
  /** an SVG path a line; empty for one without a finite value */
  readonly paths: readonly string[];
  /** px: where a value of the parameter lies, and a value of the lines */
  readonly placeX: (value: number) => number;
  readonly placeY: (value: number) => number;
  readonly scale: 'linear' | 'log';
  /** the lowest value on the axis */
  readonly least: number;
}

export interface CurveInput {
  readonly x: readonly number[];
  readonly lines: readonly Float64Array[];
  /** px */
  readonly width: number;
  readonly height: number;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  /** the highest value there can be, such as 1 for shares */
  readonly most?: number;
}

/** From here on a linear axis would press most of the curve flat. */
const widestLinear = 50;

/**
 * Lays curves out from zero upwards, or on a logarithmic axis of at most six powers of ten when they span more than one
 * and a half: waits explode towards saturation. Values that are not finite, or below the axis, are gaps.
 */
export function layoutCurve({ x, lines, width, height, formatX, formatY, most }: CurveInput): CurveLayout {
  const values = lines.flatMap((line) => [...line].filter((value) => Number.isFinite(value)));
  const highest = values.length === 0 ? 1 : Math.max(...values);
  const positive = values.filter((value) => value > 0);
  const lowest = positive.length === 0 ? highest : Math.min(...positive);
  const logarithmic = most === undefined && highest > widestLinear * lowest;
  const bottom = logarithmic ? Math.max(lowest, highest / 1e6) / 1.1 : 0;
  const top = logarithmic ? highest * 1.2 : Math.min(most ?? Infinity, highest > 0 ? highest * 1.04 : 1);
  const [first, last] = [x[0] ?? 0, x.at(-1) ?? 1];
  const placeX = (value: number): number => (last > first ? ((value - first) / (last - first)) * width : width / 2);
  const placeY = (value: number): number =>
    logarithmic ? height * (1 - log(Math.max(value, bottom) / bottom) / log(top / bottom)) : height * (1 - value / top);
  const yValues = logarithmic ? powers(bottom, top) : roundTicks(0, top, Math.max(2, Math.floor(height / 40)));
  return {
    xTicks: (last > first ? roundTicks(first, last, Math.max(2, Math.floor(width / 90))) : [first]).map((value) => ({
      at: placeX(value),
      label: formatX(value),
    })),
    yTicks: yValues.map((value) => ({ at: placeY(value), label: value === 0 ? '0' : formatY(value) })),
    paths: lines.map((line) => pathOf(x, line, placeX, placeY, bottom)),
    placeX,
    placeY,
    scale: logarithmic ? 'log' : 'linear',
    least: bottom,
  };
}

function powers(bottom: number, top: number): number[] {
  const found: number[] = [];
  for (let exponent = -12; exponent < 13; exponent += 1) {
    const power = pow(10, exponent);
    if (power >= bottom && power <= top) found.push(Number(power.toPrecision(3)));
  }
  return found;
}

function pathOf(
  x: readonly number[],
  line: Float64Array,
  placeX: (value: number) => number,
  placeY: (value: number) => number,
  least: number,
): string {
  let path = '';
  let drawing = false;
  line.forEach((value, index) => {
    if (!Number.isFinite(value) || value < least) {
      drawing = false;
      return;
    }
    path += `${drawing ? 'L' : 'M'}${placeX(x[index]!).toFixed(1)} ${placeY(value).toFixed(1)}`;
    drawing = true;
  });
  return path;
}
