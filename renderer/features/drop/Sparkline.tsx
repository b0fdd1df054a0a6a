import { useMemo } from 'react';
import type { TraceSeries } from '../../../sim-core/index.ts';
import { lengthOf } from './replay-part.ts';

const width = 440;
const height = 56;

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

/** The trace at a glance. */
export function Sparkline({ series }: { series: TraceSeries }) {
  const bins = Math.max(2, Math.min(width, series.time.length));
  const path = useMemo(() => {
    const rates = binnedRate(series, bins);
    let top = 0;
    for (const rate of rates) if (rate > top) top = rate;
    let text = '';
    let open = false;
    rates.forEach((rate, index) => {
      if (Number.isNaN(rate)) {
        open = false;
        return;
      }
      const x = (index / (bins - 1)) * width;
      const y = height - 2 - (top > 0 ? (rate / top) * (height - 6) : 0);
      text += `${open ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
      open = true;
    });
    return text;
  }, [series, bins]);
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label="Demand over the trace"
    >
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.3" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
