import { layoutCurve } from './curve-layout.ts';
import type { Theme } from './lane-model.ts';
import { chartColoursOf, colourOf } from './palette.ts';
import { element, escapeXml, svgFonts } from './svg-element.ts';
import { labelWidth } from './time-axis.ts';

export interface CurveSvgOptions {
  readonly title: string;
  readonly xTitle: string;
  readonly x: readonly number[];
  readonly lines: readonly { readonly name: string; readonly values: Float64Array }[];
  readonly width: number;
  readonly height: number;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  /** the highest value there can be, such as 1 for shares */
  readonly most?: number;
  readonly theme?: Theme;
}

const [left, right, top, bottom] = [84, 28, 76, 56];

/** Curves over one parameter as a standalone SVG document. */
export function curveSvg(options: CurveSvgOptions): string {
  const { title, xTitle, x, lines, width, height, formatX, formatY, theme = 'light' } = options;
  const colours = chartColoursOf(theme);
  const [plotWidth, plotHeight] = [width - left - right, height - top - bottom];
  const layout = layoutCurve({
    x,
    lines: lines.map(({ values }) => values),
    width: plotWidth,
    height: plotHeight,
    formatX,
    formatY,
    ...(options.most !== undefined && { most: options.most }),
  });
  const text = (words: string, attributes: Parameters<typeof element>[1]): string =>
    element('text', attributes, escapeXml(words));
  let legendX = 16;
  const legend = lines.map(({ name }, index) => {
    const entry =
      element('rect', { x: legendX, y: 40, width: 9, height: 9, rx: 2, fill: colourOf(index + 1, theme) }) +
      text(name, { x: legendX + 15, y: 49, fill: colours.ink });
    legendX += 15 + labelWidth(name) + 22;
    return entry;
  });
  const plot = [
    ...layout.yTicks.flatMap(({ at, label }) => [
      element('line', { x1: 0, x2: plotWidth, y1: at, y2: at, stroke: colours.grid }),
      text(label, { x: -9, y: at + 4, 'text-anchor': 'end', fill: colours.muted }),
    ]),
    element('line', { x1: 0, x2: plotWidth, y1: plotHeight, y2: plotHeight, stroke: colours.hairline }),
    ...layout.xTicks.map(({ at, label }) =>
      text(label, { x: at, y: plotHeight + 19, 'text-anchor': 'middle', fill: colours.muted }),
    ),
    text(xTitle, { x: plotWidth, y: plotHeight + 40, 'text-anchor': 'end', fill: colours.muted }),
    ...layout.paths.map((d, index) =>
      d === ''
        ? ''
        : element('path', {
            d,
            fill: 'none',
            stroke: colourOf(index + 1, theme),
            'stroke-width': 1.75,
            'stroke-linejoin': 'round',
          }),
    ),
  ];
  const description = `${lines.map(({ name }) => name).join(', ')} against ${xTitle}${layout.scale === 'log' ? ', on a logarithmic axis' : ''}.`;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'font-family': svgFonts,
      'font-size': 12,
      role: 'img',
    },
    element('title', {}, escapeXml(title)) +
      element('desc', {}, escapeXml(description)) +
      element('rect', { width, height, fill: colours.panel }) +
      text(title, { x: 16, y: 27, 'font-size': 15, 'font-weight': 600, fill: colours.ink }) +
      legend.join('') +
      element('g', { transform: `translate(${left} ${top})` }, plot.join('')),
  );
}
