import { scaleLinear, scaleLog } from 'd3';
import { formatQuantity } from '../../sim-core/index.ts';
import type { ColourSlot, Quantity } from '../../sim-core/index.ts';

/** Pairs of numbers, drawn as dots of one colour. */
export interface ScatterSeries {
  readonly name: string;
  readonly slot: ColourSlot;
  /** predicted; pairs with a number that is not finite are left out */
  readonly x: Float64Array;
  /** simulated, same length */
  readonly y: Float64Array;
  /** same length; true for pairs not to be believed, drawn fainter */
  readonly doubt?: readonly boolean[];
}

export interface ScatterAxisTick {
  readonly position: number;
  readonly label: string;
}

export interface ScatterLayout {
  /** value to px from the plot's left, and with `size −` from its top: both axes are the same, so the diagonal is at 45° */
  readonly place: (value: number) => number;
  readonly ticks: readonly ScatterAxisTick[];
  readonly dots: readonly ScatterDot[];
}

export interface ScatterDot {
  readonly series: number;
  readonly row: number;
  readonly x: number;
  readonly y: number;
  readonly doubt: boolean;
}

/** Lays pairs out on a square of `size` px. On a logarithmic scale, pairs with a zero or less are left out. */
export function layoutScatter(
  series: readonly ScatterSeries[],
  size: number,
  quantity: Quantity,
  scale: 'linear' | 'log',
  currency = '',
): ScatterLayout {
  const usable = (value: number): boolean => Number.isFinite(value) && (scale === 'linear' || value > 0);
  let lowest = Infinity;
  let highest = -Infinity;
  for (const { x, y } of series) {
    for (let i = 0; i < x.length; i++) {
      if (!usable(x[i]!) || !usable(y[i]!)) continue;
      lowest = Math.min(lowest, x[i]!, y[i]!);
      highest = Math.max(highest, x[i]!, y[i]!);
    }
  }
  if (lowest > highest) return { place: () => NaN, ticks: [], dots: [] };
  const count = Math.max(2, Math.floor(size / 64));
  const axis =
    scale === 'log'
      ? scaleLog([lowest / 1.1, Math.max(highest * 1.1, lowest * 10)], [0, size])
      : scaleLinear([Math.min(0, lowest), highest > 0 ? highest * 1.04 : 1], [0, size]);
  const place = (value: number): number => axis(value);
  const values =
    scale === 'log' ? axis.ticks(count).filter((value) => value.toExponential().startsWith('1e')) : axis.ticks(count);
  const dots: ScatterDot[] = [];
  series.forEach(({ x, y, doubt }, index) => {
    for (let row = 0; row < x.length; row++) {
      if (!usable(x[row]!) || !usable(y[row]!)) continue;
      dots.push({ series: index, row, x: place(x[row]!), y: size - place(y[row]!), doubt: doubt?.[row] ?? false });
    }
  });
  return {
    place,
    ticks: values.map((value) => ({
      position: place(value),
      label: value === 0 ? '0' : formatQuantity(value, quantity, currency),
    })),
    dots,
  };
}

/** The dot nearest to a point within reach, px; null when there is none. */
export function dotAt(dots: readonly ScatterDot[], x: number, y: number, reach = 10): ScatterDot | null {
  let nearest: ScatterDot | null = null;
  let least = reach * reach;
  for (const dot of dots) {
    const distance = (dot.x - x) * (dot.x - x) + (dot.y - y) * (dot.y - y);
    if (distance <= least) {
      least = distance;
      nearest = dot;
    }
  }
  return nearest;
}
