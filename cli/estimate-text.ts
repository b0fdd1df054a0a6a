import type { Estimate } from '../sim-core/index.ts';

/** What a number measures, and so which unit it is shown in. */
export type Measure = 'seconds' | 'share' | 'count' | 'money' | 'hours';

interface Unit {
  readonly factor: number;
  readonly suffix: string;
}

/**
 * `412 ± 9 ms`, `97.1 ± 0.2 %`: the mean with three significant digits, the half-width with as many decimals. `–` where
 * there was no data, `∞` for no limit; without a half-width (one replication) the mean alone.
 */
export function estimateText({ mean, halfWidth }: Estimate, measure: Measure): string {
  if (Number.isNaN(mean)) return '–';
  if (Math.abs(mean) === Infinity) return mean > 0 ? '∞' : '−∞';
  const { factor, suffix } = unitOf(mean, halfWidth, measure);
  const decimals = decimalsOf(mean * factor, measure);
  const spread = Number.isFinite(halfWidth) ? ` ± ${(halfWidth * factor).toFixed(decimals)}` : '';
  return `${fixed(mean * factor, decimals)}${spread}${suffix}`;
}

/** The same with its sign, and a star when the interval leaves out zero: a difference that is not chance. */
export function differenceText(difference: Estimate, measure: Measure): string {
  const text = estimateText(difference, measure);
  const { mean, halfWidth } = difference;
  const sign = mean > 0 && Number.isFinite(mean) ? '+' : '';
  return `${sign}${text}${Math.abs(mean) > halfWidth ? ' *' : ''}`;
}

function unitOf(mean: number, halfWidth: number, measure: Measure): Unit {
  const size = Math.max(Math.abs(mean), Number.isFinite(halfWidth) ? halfWidth : 0);
  switch (measure) {
    case 'seconds':
      if (size < 1 && size > 0) return { factor: 1000, suffix: ' ms' };
      if (size < 120) return { factor: 1, suffix: ' s' };
      return size < 7200 ? { factor: 1 / 60, suffix: ' min' } : { factor: 1 / 3600, suffix: ' h' };
    case 'share':
      return { factor: 100, suffix: ' %' };
    case 'hours':
      return { factor: 1, suffix: ' h' };
    default:
      return { factor: 1, suffix: '' };
  }
}

function decimalsOf(value: number, measure: Measure): number {
  const size = Math.abs(value);
  if (measure === 'money') return size >= 1000 ? 0 : 2;
  if (size === 0) return measure === 'count' ? 1 : 0;
  // 99.95 % and 99.99 % differ by a factor of five in what they allow.
  if (measure === 'share' && size > 99 && size < 100) return 2;
  return Math.min(4, Math.max(0, 2 - Math.floor(Math.log10(size))));
}

/** With a real minus sign, and never `-0`. */
function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}
