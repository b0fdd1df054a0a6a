import { pow } from '../../units/math.ts';
import type { Theme } from './lane-model.ts';
import { chartColoursOf } from './palette.ts';
import type { ChartColours } from './palette.ts';
import { element, escapeXml, svgFonts } from './svg-element.ts';
import { svgNote } from './svg-note.ts';

/** One square of a heat map. */
export interface HeatCell {
  /** decides the shade; NaN is drawn empty */
  readonly value: number;
  /** what stands in it */
  readonly label: string;
  /** hatched and outlined when false */
  readonly good: boolean;
}

export interface HeatMapOptions {
  readonly title: string;
  /** what the numbers are, and what the hatching means */
  readonly caption: string;
  /** what to be careful of, below the caption */
  readonly note?: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xLabels: readonly string[];
  readonly yLabels: readonly string[];
  /** rows as in yLabels, the first at the bottom */
  readonly cells: readonly (readonly (HeatCell | null)[])[];
  readonly width: number;
  readonly height: number;
  readonly theme?: Theme;
}

/** Light to dark in one hue, so that order survives print and colour-blindness. */
const ramps: Readonly<Record<Theme, readonly [least: Rgb, most: Rgb]>> = {
  light: [
    [236, 242, 251],
    [30, 79, 163],
  ],
  dark: [
    [28, 36, 52],
    [134, 176, 255],
  ],
};
type Rgb = readonly [number, number, number];

const [left, right, head, bottom] = [96, 24, 66, 64];

/** A heat map over two settings as a standalone SVG document; a line runs between good cells and others. */
export function heatMap(options: HeatMapOptions): string {
  const { cells, xLabels, yLabels, width, height, theme = 'light' } = options;
  const colours = chartColoursOf(theme);
  const note = svgNote(options.note, { y: 66, width, fill: colours.caution });
  const top = head + note.height;
  const [cellWidth, cellHeight] = [(width - left - right) / xLabels.length, (height - top - bottom) / yLabels.length];
  const values = cells.flat().flatMap((cell) => (cell === null || Number.isNaN(cell.value) ? [] : [cell.value]));
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const square = (column: number, row: number): { x: number; y: number } => ({
    x: left + column * cellWidth,
    y: top + (yLabels.length - 1 - row) * cellHeight,
  });
  const squares = cells.flatMap((line, row) =>
    line.map((cell, column) => {
      const { x, y } = square(column, row);
      const box = { x: x + 0.5, y: y + 0.5, width: cellWidth - 1, height: cellHeight - 1 };
      if (cell === null || Number.isNaN(cell.value)) {
        return element('rect', { ...box, fill: 'none', stroke: colours.hairline });
      }
      const share = most > least ? (cell.value - least) / (most - least) : 0;
      const { fill, ink } = heatShade(share, theme);
      return (
        element('rect', { ...box, fill }) +
        (cell.good ? '' : element('rect', { ...box, fill: 'url(#unstable)' })) +
        label(cell.label, x + cellWidth / 2, y + cellHeight / 2 + 4, ink, 'middle')
      );
    }),
  );
  const parts = [
    element('rect', { width, height, fill: colours.panel }),
    element(
      'defs',
      {},
      element(
        'pattern',
        { id: 'unstable', width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
        element('line', {
          x1: 0,
          y1: 0,
          x2: 0,
          y2: 7,
          stroke: colours.danger,
          'stroke-width': 1.6,
          'stroke-opacity': 0.7,
        }),
      ),
    ),
    ...squares,
    border(cells, square, cellWidth, cellHeight, colours),
    text(options.title, { x: 16, y: 27, 'font-size': 15, 'font-weight': 600, fill: colours.ink }),
    text(options.caption, { x: 16, y: 47, 'font-size': 12, fill: colours.muted }),
    note.svg,
    ...xLabels.map((each, column) =>
      label(each, left + (column + 0.5) * cellWidth, height - bottom + 18, colours.muted, 'middle'),
    ),
    ...yLabels.map((each, row) => label(each, left - 8, square(0, row).y + cellHeight / 2 + 4, colours.muted, 'end')),
    label(options.xTitle, left + (width - left - right) / 2, height - 18, colours.ink, 'middle'),
    element(
      'g',
      { transform: `translate(18 ${top + (height - top - bottom) / 2}) rotate(-90)` },
      label(options.yTitle, 0, 0, colours.ink, 'middle'),
    ),
  ];
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, 'font-family': svgFonts },
    parts.join('\n'),
  );
}

/** The lines between a good cell and one that is not. */
function border(
  cells: HeatMapOptions['cells'],
  square: (column: number, row: number) => { x: number; y: number },
  cellWidth: number,
  cellHeight: number,
  colours: ChartColours,
): string {
  const good = (column: number, row: number): boolean | undefined => cells[row]?.[column]?.good;
  let path = '';
  for (const [row, line] of cells.entries()) {
    for (const column of line.keys()) {
      const { x, y } = square(column, row);
      const here = good(column, row);
      const [beside, above] = [good(column + 1, row), good(column, row + 1)];
      if (here !== undefined && beside !== undefined && beside !== here) {
        path += `M${round(x + cellWidth)} ${round(y)}v${round(cellHeight)}`;
      }
      if (here !== undefined && above !== undefined && above !== here)
        path += `M${round(x)} ${round(y)}h${round(cellWidth)}`;
    }
  }
  return path === ''
    ? ''
    : element('path', {
        d: path,
        fill: 'none',
        stroke: colours.danger,
        'stroke-width': 2.5,
        'stroke-linecap': 'round',
      });
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** The colour of a share of the range, 0 … 1, and of text that stands on it with a contrast of 4.5 or more. */
export function heatShade(share: number, theme: Theme): { readonly fill: string; readonly ink: string } {
  const [least, most] = ramps[theme];
  const channels = least.map((from, index) => Math.round(from + (most[index]! - from) * share));
  const [red = 0, green = 0, blue = 0] = channels.map(linearLight);
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return { fill: `rgb(${channels.join(',')})`, ink: luminance > blackOrWhite ? '#000000' : '#ffffff' };
}

/** The luminance at which black and white have the same contrast: √(1.05 · 0.05) − 0.05. */
const blackOrWhite = 0.1791;

/** Of a channel, 0 … 255. Source: W3C, Web Content Accessibility Guidelines 2.1, relative luminance. */
function linearLight(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

function label(content: string, x: number, y: number, fill: string, anchor: 'middle' | 'end'): string {
  return text(content, { x, y, 'font-size': 12, 'text-anchor': anchor, fill });
}

function text(content: string, attributes: Readonly<Record<string, string | number>>): string {
  return element('text', attributes, escapeXml(content));
}
