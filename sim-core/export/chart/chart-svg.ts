import { pathRound } from 'd3';
import { axisHeight, gutter, margin, placeLanes, plotBottom, plotTop } from './lane-geometry.ts';
import { bandOpacity, layoutLane, markPath, shadeOpacity, unitText } from './lane-layout.ts';
import type { LaneShape } from './lane-layout.ts';
import type { ColourSlot, LaneModel, Theme, TimeRange } from './lane-model.ts';
import { describeLane } from './lane-reading.ts';
import { chartColoursOf, colourOf, shadeColour } from './palette.ts';
import type { ChartColours } from './palette.ts';
import { replay } from './polyline.ts';
import type { Polyline } from './polyline.ts';
import { element, escapeXml, svgFonts } from './svg-element.ts';
import { svgNote } from './svg-note.ts';
import { labelWidth, placeLabels, rangeLabel, timeTicks } from './time-axis.ts';
import type { TimeMode } from './time-axis.ts';

export interface ChartSvgOptions {
  readonly lanes: readonly LaneModel[];
  /** what is drawn of the horizon, s */
  readonly window: TimeRange;
  /** Unix time of t = 0, s */
  readonly startEpoch: number;
  /** px */
  readonly width: number;
  readonly height: number;
  readonly theme?: Theme;
  readonly timeMode?: TimeMode;
  readonly title?: string;
  /** what to be careful of, below the title */
  readonly note?: string;
}

function pathOf(line: Polyline): string {
  const path = pathRound(1);
  replay(line, path);
  return path.toString();
}

/** The lanes as a standalone SVG document, drawn as the workbench draws them. */
export function chartSvg(options: ChartSvgOptions): string {
  const { lanes, window, startEpoch, width, height, title = '' } = options;
  const theme = options.theme ?? 'light';
  const timeMode = options.timeMode ?? 'clock';
  const colours = chartColoursOf(theme);
  const plotWidth = Math.max(1, width - gutter - margin);
  const note = svgNote(options.note, { y: title === '' ? 22 : 47, width, fill: colours.caution });
  const legend = legendOf(lanes, width, theme, colours, (title === '' ? 22 : 48) + note.height);
  const top = legend.bottom;
  const places = placeLanes(lanes, Math.max(0, height - top - axisHeight - 6));
  const last = places.at(-1);
  const bottom = last === undefined ? top : top + last.top + last.height;
  const full = Math.max(height, bottom + axisHeight + 6);
  const parts: string[] = [];
  parts.push(element('rect', { width, height: full, fill: colours.panel }));
  if (title !== '') {
    parts.push(
      element('text', { x: 16, y: 27, 'font-size': 15, 'font-weight': 600, fill: colours.ink }, escapeXml(title)),
    );
  }
  parts.push(note.svg, legend.svg);
  lanes.forEach((lane, i) => {
    const place = places[i]!;
    const drawn = laneSvg(lane, i, window, plotWidth, place.height, theme, colours);
    parts.push(element('g', { transform: `translate(0 ${top + place.top})` }, drawn));
  });
  const labels = placeLabels(timeTicks(window, plotWidth, startEpoch, timeMode), window, plotWidth);
  parts.push(element('line', { x1: 0, x2: width, y1: bottom + 0.5, y2: bottom + 0.5, stroke: colours.hairline }));
  for (const { label, x, anchor, major } of labels) {
    const fill = major ? colours.ink : colours.muted;
    parts.push(element('text', { x: gutter + x, y: bottom + 19, 'text-anchor': anchor, fill }, escapeXml(label)));
  }
  const range = `${rangeLabel(window, startEpoch, timeMode)}${timeMode === 'clock' ? ', UTC' : ''}`;
  parts.push(element('text', { x: 16, y: bottom + 19, fill: colours.muted }, escapeXml(range)));
  const description = lanes.map((lane) => describeLane(lane, window)).join(' ');
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height: full,
      viewBox: `0 0 ${width} ${full}`,
      'font-family': svgFonts,
      'font-size': 12,
      role: 'img',
    },
    `${title === '' ? '' : element('title', {}, escapeXml(title))}${element('desc', {}, escapeXml(description))}${parts.join('')}`,
  );
}

function legendOf(
  lanes: readonly LaneModel[],
  width: number,
  theme: Theme,
  colours: ChartColours,
  baseline: number,
): { readonly svg: string; readonly bottom: number } {
  const slots = new Map<string, ColourSlot>();
  for (const lane of lanes) for (const { policy, slot } of lane.readings) if (policy !== null) slots.set(policy, slot);
  let x = 16;
  let y = baseline;
  let svg = '';
  for (const [policy, slot] of slots) {
    const size = 15 + labelWidth(policy) + 22;
    if (x > 16 && x + size > width) {
      x = 16;
      y += 20;
    }
    svg += element('rect', { x, y: y - 9, width: 9, height: 9, rx: 2, fill: colourOf(slot, theme) });
    svg += element('text', { x: x + 15, y, fill: colours.ink }, escapeXml(policy));
    x += size;
  }
  return { svg, bottom: slots.size === 0 ? baseline - 12 : y + 14 };
}

function laneSvg(
  lane: LaneModel,
  index: number,
  window: TimeRange,
  width: number,
  height: number,
  theme: Theme,
  colours: ChartColours,
): string {
  const plotHeight = height - plotTop - plotBottom;
  const layout = layoutLane(lane, window, width, plotHeight);
  const clip = `plot-${index}`;
  const above = 'paint-order: stroke';
  let text = element('line', { x1: 0, x2: gutter + width + margin, y1: 0.5, y2: 0.5, stroke: colours.hairline });
  text += element(
    'text',
    { x: 16, y: 22, 'font-size': 13, 'font-weight': 600, fill: colours.ink },
    escapeXml(lane.name),
  );
  text += element('text', { x: 16, y: 39, fill: colours.muted }, escapeXml(unitText(lane, layout)));
  let plot = element('clipPath', { id: clip }, element('rect', { x: 0, y: -plotTop, width, height }));
  let ticks = '';
  for (const tick of layout.axis.ticks) {
    const y = layout.y(tick.value);
    ticks += element('line', {
      x1: 0,
      x2: width,
      y1: Math.round(y) + 0.5,
      y2: Math.round(y) + 0.5,
      stroke: colours.grid,
    });
    ticks += element('text', { x: -9, y: y + 4.2, 'text-anchor': 'end', fill: colours.muted }, escapeXml(tick.label));
  }
  plot += ticks;
  plot += element(
    'g',
    { 'clip-path': `url(#${clip})` },
    layout.shapes.map((shape) => shapeSvg(shape, plotHeight, theme, colours)).join(''),
  );
  if (layout.objectiveY !== null && lane.objective !== null) {
    const y = Math.round(layout.objectiveY) + 0.5;
    plot += element('line', { x1: 0, x2: width, y1: y, y2: y, stroke: colours.danger, 'stroke-dasharray': '4 2.5' });
    plot += element(
      'text',
      {
        x: width - 4,
        y: y < 16 ? y + 15 : y - 6,
        'text-anchor': 'end',
        fill: colours.danger,
        stroke: colours.panel,
        'stroke-width': 3,
        style: above,
      },
      escapeXml(lane.objective.label),
    );
  }
  for (const placed of layout.marks) {
    plot += element('path', {
      d: markPath(placed),
      fill: colourOf(placed.mark.slot, theme),
      stroke: colours.panel,
      style: above,
    });
  }
  if (layout.axis.empty) {
    plot += element(
      'text',
      { x: width / 2, y: plotHeight / 2 + 4, 'text-anchor': 'middle', fill: colours.muted },
      escapeXml(lane.emptyText),
    );
  }
  return text + element('g', { transform: `translate(${gutter} ${plotTop})` }, plot);
}

function shapeSvg(shape: LaneShape, plotHeight: number, theme: Theme, colours: ChartColours): string {
  switch (shape.kind) {
    case 'shade':
      return element('rect', {
        x: shape.from,
        y: 0,
        width: shape.to - shape.from,
        height: plotHeight,
        fill: shadeColour(shape.meaning, colours),
        'fill-opacity': shadeOpacity,
      });
    case 'fill':
      return element('path', { d: pathOf(shape.polygons), fill: colours.area });
    case 'band':
      return element('path', {
        d: pathOf(shape.polygons),
        fill: colourOf(shape.slot, theme),
        'fill-opacity': bandOpacity,
      });
    case 'line':
      return element('path', {
        d: pathOf(shape.points),
        fill: 'none',
        stroke: colourOf(shape.slot, theme),
        'stroke-width': shape.width,
        'stroke-linejoin': 'round',
        'stroke-opacity': shape.opacity === 1 ? undefined : shape.opacity,
        'stroke-dasharray': shape.dash.length === 0 ? undefined : shape.dash.join(' '),
      });
  }
}
