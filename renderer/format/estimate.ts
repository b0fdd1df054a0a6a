import { currencySymbol, exponentOf, formatFixed, formatQuantity, formatShare } from '../../sim-core/index.ts';
import type { Estimate, Quantity } from '../../sim-core/index.ts';

/**
 * Estimates as people read them: `612 ms` beside `± 18`, `97.12 %` beside `± 0.21`, `−181 ± 15`. The half-width decides
 * the digits: its own first one, or two when it begins with 1 or 2, and the mean stops where the half-width does; whole
 * numbers keep three digits all the same (`412 ± 60`). More than five digits of a mean tell nobody more: a half-width
 * beyond them is `< 0.001`.
 */
export interface PrintedEstimate {
  /** with unit: `612 ms` */
  readonly mean: string;
  /** in the mean's unit, without it: `18`; null when there is no interval */
  readonly halfWidth: string | null;
}

interface Scale {
  readonly factor: number;
  readonly prefix: string;
  readonly suffix: string;
}

/** The unit that suits a value; numbers printed beside it take the same. */
function scaleOf(reference: number, quantity: Quantity, currency: string): Scale {
  switch (quantity) {
    case 'fraction':
      return { factor: 100, prefix: '', suffix: ' %' };
    case 'money':
      return { factor: 1, prefix: `${currencySymbol(currency)} `.trimStart(), suffix: '' };
    case 'rate':
      return { factor: 1, prefix: '', suffix: '/s' };
    case 'hours':
      return { factor: 1, prefix: '', suffix: ' h' };
    case 'seconds':
      return secondsScale(Math.abs(reference));
    case 'count':
    case 'replicas':
      return { factor: 1, prefix: '', suffix: '' };
  }
}

function secondsScale(size: number): Scale {
  const [factor, suffix] =
    size < 0.9995 ? [1000, ' ms'] : size < 119.5 ? [1, ' s'] : size < 7170 ? [1 / 60, ' min'] : [1 / 3600, ' h'];
  return { factor, prefix: '', suffix };
}

/** Digits after the point a half-width is worth beside a mean; negative for tens, hundreds … */
function decimalsFor(halfWidth: number, mean: number): number {
  const size = Math.abs(halfWidth);
  if (!(size > 0) || !Number.isFinite(size)) return 2 - exponentOf(mean);
  const most = Math.max(0, 4 - exponentOf(mean, 5));
  const exponent = exponentOf(size, 1);
  const leading = Number(size.toExponential(1)[0]);
  const decimals = (leading <= 2 ? 1 : 0) - exponent;
  return decimals >= 0 ? Math.min(decimals, most) : Math.max(decimals, Math.min(0, 2 - exponentOf(mean)));
}

function printHalfWidth(halfWidth: number, decimals: number): string {
  const printed = formatFixed(halfWidth, decimals);
  return halfWidth > 0 && /^[0.]*$/.test(printed) ? `< ${formatFixed(Number(`1e${-decimals}`), decimals)}` : printed;
}

export function printEstimate({ mean, halfWidth }: Estimate, quantity: Quantity, currency = ''): PrintedEstimate {
  if (!Number.isFinite(halfWidth) || !Number.isFinite(mean)) {
    const alone = quantity === 'fraction' ? formatShare(mean) : formatQuantity(mean, quantity, currency);
    return { mean: alone, halfWidth: null };
  }
  if (halfWidth === 0) {
    const exact = quantity === 'fraction' ? formatShare(mean) : formatQuantity(mean, quantity, currency);
    return { mean: exact, halfWidth: '0' };
  }
  const { factor, prefix, suffix } = scaleOf(mean, quantity, currency);
  const decimals = decimalsFor(halfWidth * factor, mean * factor);
  return {
    mean: `${prefix}${formatFixed(mean * factor, decimals)}${suffix}`,
    halfWidth: printHalfWidth(halfWidth * factor, decimals),
  };
}

/**
 * A difference with its sign and interval, in the unit of the value it is a difference of, which is not repeated:
 * `−181 ± 15` beside `431 ms`, `+2.66 ± 0.18` beside `99.78 %`.
 *
 * @param beside the value it is printed beside, which chooses the unit
 */
export function printDifference(
  { mean, halfWidth }: Estimate,
  beside: number,
  quantity: Quantity,
  currency = '',
): string {
  const { factor } = scaleOf(beside, quantity, currency);
  const decimals = decimalsFor(halfWidth * factor, mean * factor);
  const printed = formatFixed(mean * factor, decimals);
  const signed = mean > 0 && Number(printed.replaceAll(',', '')) !== 0 ? `+${printed}` : printed;
  return Number.isFinite(halfWidth) ? `${signed} ± ${printHalfWidth(halfWidth * factor, decimals)}` : signed;
}
