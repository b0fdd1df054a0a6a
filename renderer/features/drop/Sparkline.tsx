import { useMemo } from 'react';
import { formatNumber, formatSeconds, replayRate } from '../../../sim-core/index.ts';
import type { SaturatedStretch, TraceSeries } from '../../../sim-core/index.ts';
import { lengthOf } from './replay-part.ts';
import type { Fill } from './trace-draft.ts';

const width = 600;
const height = 84;
const requestsPerBin = 8;

/** The highest rate in each of `bins` equal stretches, 1/s; NaN where there is nothing. Timestamps are counted. */
export function binnedRate(series: TraceSeries, bins: number): Float64Array {
  const length = lengthOf(series);
  const highest = new Float64Array(bins).fill(NaN);
  const span = length / bins;
  for (let index = 0; index < series.time.length; index += 1) {
    const bin = Math.min(bins - 1, Math.floor((series.time[index] ?? 0) / span));
    const before = highest[bin] ?? NaN;
    if (series.kind === 'timestamps') highest[bin] = (Number.isNaN(before) ? 0 : before) + 1 / span;
    else {
      const rate = series.rate[index] ?? NaN;
      if (!Number.isNaN(rate) && !(rate <= before)) highest[bin] = rate;
    }
  }
  return highest;
}

/** Stretches without values, as shares of the whole. */
export function gapsOf({ kind, time, rate }: TraceSeries, length: number): [from: number, to: number][] {
  const gaps: [number, number][] = [];
  if (kind === 'timestamps') return gaps;
  for (let i = 0; i < time.length; i += 1) {
    if (!Number.isNaN(rate[i] ?? NaN)) continue;
    const from = (time[i] ?? 0) / length;
    const to = (time[i + 1] ?? length) / length;
    const last = gaps.at(-1);
    if (last && last[1] >= from) last[1] = to;
    else gaps.push([from, to]);
  }
  return gaps;
}

/** What the demand is with its gaps filled: as lines over the stretches that had no value, as shares of the whole. */
function filledLines(series: TraceSeries, fill: Fill, gaps: readonly (readonly [number, number])[], length: number) {
  if (fill === 'leave' || gaps.length === 0) return [];
  const pieces = replayRate(series, { fill, loop: false, interpolation: 'constant' }, length);
  const lines: { from: number; to: number; start: number; end: number }[] = [];
  let at = 0;
  for (const [from, to] of gaps) {
    for (; at < pieces.t.length && (pieces.t[at + 1] ?? pieces.end) / length <= from; at += 1);
    for (let i = at; i < pieces.t.length && (pieces.t[i] ?? 0) / length < to; i += 1) {
      lines.push({
        from: (pieces.t[i] ?? 0) / length,
        to: (pieces.t[i + 1] ?? pieces.end) / length,
        start: pieces.rateAtStart[i] ?? 0,
        end: pieces.rateAtEnd[i] ?? 0,
      });
    }
  }
  return lines;
}

interface SparklineProps {
  readonly series: TraceSeries;
  readonly fill: Fill;
  readonly saturated: readonly SaturatedStretch[];
  readonly first: string;
  readonly last: string;
}

/** The demand at a glance: what was recorded, what is missing and what becomes of that, where it was cut short. */
export function Sparkline({ series, fill, saturated, first, last }: SparklineProps) {
  const length = lengthOf(series);
  const { path, bands, filled, top } = useMemo(() => {
    // A request in each bin would be a comb.
    const rows = series.kind === 'timestamps' ? series.time.length / requestsPerBin : series.time.length;
    const bins = Math.max(2, Math.min(width, Math.ceil(rows)));
    const rates = binnedRate(series, bins);
    const gaps = gapsOf(series, length);
    const lines = filledLines(series, fill, gaps, length);
    let most = 0;
    for (const rate of rates) if (rate > most) most = rate;
    for (const { start, end } of lines) most = Math.max(most, start, end);
    const y = (rate: number): string => (height - 1 - (most > 0 ? (rate / most) * (height - 4) : 0)).toFixed(1);
    let text = '';
    let open = false;
    rates.forEach((rate, index) => {
      const from = index / bins;
      if (Number.isNaN(rate)) {
        // A bin that holds no row is a gap only where rows are missing.
        if (gaps.some(([start, end]) => start <= from && from < end)) open = false;
        return;
      }
      text += `${open ? 'L' : 'M'}${((index / (bins - 1)) * width).toFixed(1)} ${y(rate)}`;
      open = true;
    });
    const across = lines
      .map(
        ({ from, to, start, end }) => `M${(from * width).toFixed(1)} ${y(start)}L${(to * width).toFixed(1)} ${y(end)}`,
      )
      .join('');
    return { path: text, bands: gaps, filled: across, top: most };
  }, [series, fill, length]);
  return (
    <figure className="trace-preview">
      <figcaption>
        <span>{formatNumber(top)}/s</span>
        <span className="quiet">
          {bands.length > 0 && <span className="key key-gap">gap</span>}
          {filled !== '' && <span className="key key-filled">filled</span>}
          {saturated.length > 0 && <span className="key key-saturated">saturated</span>}
        </span>
      </figcaption>
      <svg
        className="sparkline"
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label="Demand over the trace"
      >
        {saturated.map(({ from, to }) => (
          <rect
            key={from}
            className="saturated"
            x={(from / length) * width}
            width={Math.max(1, ((to - from) / length) * width)}
            height={height}
          />
        ))}
        {bands.slice(0, 500).map(([from, to]) => (
          <rect key={from} className="gap" x={from * width} width={Math.max(1, (to - from) * width)} height={height} />
        ))}
        <path d={path} fill="none" stroke="currentColor" strokeWidth="1.3" vectorEffect="non-scaling-stroke" />
        {filled !== '' && <path className="filled" d={filled} fill="none" vectorEffect="non-scaling-stroke" />}
      </svg>
      <div className="trace-span">
        <span>{first}</span>
        <span className="quiet">{formatSeconds(length)}</span>
        <span>{last}</span>
      </div>
    </figure>
  );
}
