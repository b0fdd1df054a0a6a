import { exp, log } from '../../units/math.ts';
import { formatDuration } from '../../units/format.ts';
import type { Fit } from '../../fitting/fit.ts';
import type { Sample } from '../../fitting/sample.ts';
import { createDistribution } from '../../random/registry.ts';
import type { Theme } from './lane-model.ts';
import { chartColoursOf, colourOf } from './palette.ts';
import type { ChartColours } from './palette.ts';
import { element, escapeXml, svgFonts } from './svg-element.ts';
import { labelWidth } from './time-axis.ts';

export interface FitChartOptions {
  readonly sample: Sample;
  /** those drawn, best first */
  readonly fits: readonly Fit[];
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly theme?: Theme;
}

const mostBins = 60;
const [left, top, bottom, between] = [56, 76, 44, 64];

interface Panel {
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A fit as a standalone SVG document: on the left how often each duration occurs, measured (bars) and fitted (lines), on
 * the right each measured quantile against the fitted one. Durations on logarithmic axes.
 */
export function fitChart({ sample, fits, title, width, height, theme = 'light' }: FitChartOptions): string {
  const colours = chartColoursOf(theme);
  const panelWidth = Math.max(1, (width - 2 * left - between - 16) / 2);
  const plotHeight = Math.max(1, height - top - bottom);
  const histogram: Panel = { x: left, width: panelWidth, height: plotHeight };
  const quantiles: Panel = { x: left + panelWidth + between + left - 16, width: panelWidth, height: plotHeight };
  const slots = fits.map((_, index) => index + 1);
  const curves = fits.map(({ config }) => createDistribution(config));
  const [least, most] = [sample.lasts[0]!, sample.lasts[sample.lasts.length - 1]!];
  const bins = binsOf(sample, least, most);
  const curveOf = (index: number): number[] =>
    Array.from({ length: 4 * bins.shares.length + 1 }, (_, k) => {
      const middle = exp(log(least) + (k / 4) * bins.step);
      const half = exp(bins.step / 2);
      return curves[index]!.cdf(middle * half) - curves[index]!.cdf(middle / half);
    });
  const lines = fits.map((_, index) => curveOf(index));
  const highest = Math.max(...bins.shares, ...lines.flat()) * 1.05;
  const parts = [
    element('rect', { width, height, fill: colours.panel }),
    text(title, { x: 16, y: 27, 'font-size': 15, 'font-weight': 600, fill: colours.ink }),
    legend(fits, slots, theme, colours),
  ];

  const across = scaleOf(least, most, histogram.width);
  const up = (share: number): number => plotHeight * (1 - share / highest);
  let plot = axis(across.ticks, histogram, colours);
  for (const [bin, share] of bins.shares.entries()) {
    const x = (histogram.width * bin) / bins.shares.length;
    plot += element('rect', {
      x,
      y: up(share),
      width: Math.max(0.5, histogram.width / bins.shares.length - 1),
      height: plotHeight - up(share),
      fill: colours.overviewArea,
    });
  }
  for (const [index, line] of lines.entries())
    plot += path(
      line.map((share, k) => [(histogram.width * k) / (line.length - 1), up(share)]),
      colourOf(slots[index]!, theme),
    );
  plot += caption('How often each duration occurs: measured (bars), fitted (lines)', colours);
  parts.push(element('g', { transform: `translate(${histogram.x} ${top})` }, plot));

  const upwards = scaleOf(least, most, plotHeight);
  const measured = (value: number): number => plotHeight - upwards.position(value);
  const fitted = scaleOf(least, most, quantiles.width);
  plot = axis(fitted.ticks, quantiles, colours);
  for (const { value, label } of upwards.ticks) {
    plot += element('line', {
      x1: 0,
      x2: quantiles.width,
      y1: measured(value),
      y2: measured(value),
      stroke: colours.grid,
    });
    plot += text(label, { x: -9, y: measured(value) + 4, 'text-anchor': 'end', fill: colours.muted });
  }
  plot += element('line', {
    x1: 0,
    y1: plotHeight,
    x2: quantiles.width,
    y2: 0,
    stroke: colours.muted,
    'stroke-dasharray': '4 3',
  });
  const levels = quantileLevels(sample);
  for (const [index, curve] of curves.entries()) {
    const points = levels.flatMap(({ p, value }): [number, number][] => {
      const expected = curve.quantile(p);
      return expected >= least && expected <= most ? [[fitted.position(expected), measured(value)]] : [];
    });
    plot += path(points, colourOf(slots[index]!, theme));
  }
  plot += caption('Measured quantile (up) against fitted (across)', colours);
  parts.push(element('g', { transform: `translate(${quantiles.x} ${top})` }, plot));

  const description = `${sample.count} durations from ${formatDuration(least)} to ${formatDuration(most)}; drawn: ${fits.map(({ family }) => family).join(', ')}.`;
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
    `${element('title', {}, escapeXml(title))}${element('desc', {}, escapeXml(description))}${parts.join('')}`,
  );
}

/** Share of the values in bins of equal logarithmic width; groups count where their mean lies. */
function binsOf({ points, weights, count }: Sample, least: number, most: number) {
  const bins = Math.min(mostBins, Math.max(8, Math.round(2 * Math.sqrt(points.length))));
  const step = log(most / least) / bins;
  const shares = new Array<number>(bins).fill(0);
  for (const [i, point] of points.entries()) {
    const bin = Math.min(bins - 1, Math.floor(log(point / least) / step));
    shares[bin] = shares[bin]! + weights[i]! / count;
  }
  return { shares, step };
}

/** Measured quantiles at two hundred levels, and the outermost ones. */
function quantileLevels({ lasts, weights, count }: Sample): { readonly p: number; readonly value: number }[] {
  const levels: { p: number; value: number }[] = [];
  let [before, next] = [0, 0];
  for (const [i, value] of lasts.entries()) {
    before += weights[i]!;
    const p = (before - 0.5) / count;
    if (p < next && p > 0.01 && p < 0.99) continue;
    levels.push({ p, value });
    next = p + 1 / 200;
  }
  return levels;
}

/** A logarithmic axis over a length: positions, and ticks at 1, 2, 5 × powers of ten where there is room. */
function scaleOf(least: number, most: number, length: number) {
  const span = log(most / least);
  const position = (value: number): number => (length * log(value / least)) / span;
  const steps = span > 12 ? [1] : [1, 2, 5];
  const ticks: { value: number; at: number; label: string }[] = [];
  let last = -Infinity;
  for (let power = -12; power < 12; power++) {
    for (const step of steps) {
      const value = Number(`${step}e${power}`);
      const at = position(value);
      if (value < least || value > most || at - last < 52) continue;
      ticks.push({ value, at, label: formatDuration(value) });
      last = at;
    }
  }
  return { position, ticks };
}

function axis(ticks: ReturnType<typeof scaleOf>['ticks'], { width, height }: Panel, colours: ChartColours): string {
  const line = element('line', { x1: 0, x2: width, y1: height + 0.5, y2: height + 0.5, stroke: colours.hairline });
  return ticks.reduce(
    (svg, { at, label }) =>
      svg +
      element('line', { x1: at, x2: at, y1: 0, y2: height, stroke: colours.grid }) +
      text(label, { x: at, y: height + 19, 'text-anchor': 'middle', fill: colours.muted }),
    line,
  );
}

function caption(words: string, colours: ChartColours): string {
  return text(words, { x: 0, y: -12, fill: colours.muted });
}

function legend(fits: readonly Fit[], slots: readonly number[], theme: Theme, colours: ChartColours): string {
  let x = 16;
  return fits
    .map(({ family }, index) => {
      const entry =
        element('rect', { x, y: 38, width: 9, height: 9, rx: 2, fill: colourOf(slots[index]!, theme) }) +
        text(family, { x: x + 15, y: 47, fill: colours.ink });
      x += 15 + labelWidth(family) + 22;
      return entry;
    })
    .join('');
}

function text(words: string, attributes: Parameters<typeof element>[1]): string {
  return element('text', attributes, escapeXml(words));
}

function path(points: readonly (readonly number[])[], stroke: string): string {
  const d = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x!.toFixed(1)} ${y!.toFixed(1)}`).join('');
  return d === '' ? '' : element('path', { d, fill: 'none', stroke, 'stroke-width': 1.75, 'stroke-linejoin': 'round' });
}
