import { formatDuration } from '../sim-core/index.ts';
import type { Burstiness } from '../sim-core/index.ts';
import { stringify } from 'yaml';
import { renderTable } from './table.ts';

/** How irregularly requests came, scale by scale, and the arrivals that keep it in a replay. */
export function burstinessText({ bucket, scales, gaps, matched }: Burstiness): string {
  const right = (title: string) => ({ title, align: 'right' }) as const;
  const rows = scales.map(({ window, windows, dispersion, within, nextCorrelation }) => [
    formatDuration(window),
    String(windows),
    number(dispersion),
    within === null ? '' : number(within),
    number(nextCorrelation),
  ]);
  const spacing =
    gaps === null
      ? ''
      : `Gaps: mean ${formatDuration(gaps.mean)}, scv ${number(gaps.scv)}; autocorrelation at lags 1 to 10: ${gaps.autocorrelation.map(number).join(', ')}.\nDispersion of 1, 10, 100 gaps: ${gaps.dispersion.map(number).join(', ')}.\n`;
  const advice =
    matched === null
      ? `\nA rate says nothing of what happens within its ${formatDuration(bucket)}.\n`
      : `\nA replay in buckets of ${formatDuration(bucket)} keeps its burstiness with, under workload:\n  arrivals: ${stringify(matched, { collectionStyle: 'flow', lineWidth: 0 })}`;
  return `\nVariance ÷ mean of the counts (Poisson: 1), and around the rate of each bucket of ${formatDuration(bucket)}:\n${renderTable(
    ['window', 'windows', 'dispersion', 'within', 'next'].map(right),
    rows,
  )}${spacing}${advice}`;
}

const number = (value: number): string => (Number.isNaN(value) ? '–' : String(Number(value.toPrecision(3))));
