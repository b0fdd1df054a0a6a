import type { Quantity } from './lane-model.ts';

/** Stands for a number that is not known. */
export const noValue = '–';
const minus = '−';

/** Power of ten of the leading digit once rounded to `digits` significant ones; 0 for 0. */
export function exponentOf(value: number, digits = 3): number {
  if (value === 0 || !Number.isFinite(value)) return 0;
  return Number(value.toExponential(digits - 1).split('e')[1]);
}

function grouped(fixed: string): string {
  const [whole, rest] = fixed.split('.');
  const withCommas = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  return rest === undefined ? withCommas : `${withCommas}.${rest}`;
}

/** `decimals` digits after the point, thousands separated, true minus sign; a negative count rounds to tens, hundreds … */
export function formatFixed(value: number, decimals: number): string {
  if (Number.isNaN(value)) return noValue;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${minus}∞`;
  const size = Math.abs(value);
  const scale = Number(`1e${-decimals}`);
  const text = decimals >= 0 ? size.toFixed(Math.min(decimals, 20)) : (Math.round(size / scale) * scale).toFixed(0);
  return (value < 0 && Number(text) !== 0 ? minus : '') + grouped(text);
}

/** Three significant digits: `1,840`, `0.46`, `12`, `214`. Trailing zeros after the point are dropped. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return formatFixed(value, 0);
  const text = formatFixed(value, digits - 1 - exponentOf(value, digits));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/**
 * A share as per cent. Near 100 % the distance to 100 is what counts, so digits are kept until two of that distance show:
 * `62.3 %`, `97.12 %`, `99.97 %`, `99.9968 %`.
 */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (!Number.isFinite(percent)) return formatFixed(percent, 0);
  if (percent === 0 || percent === 100) return `${formatFixed(percent, 0)} %`;
  if (percent > 90 && percent < 100) {
    const decimals = Math.min(6, Math.max(2, 1 - exponentOf(100 - percent, 2)));
    return `${formatFixed(percent, decimals)
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '')} %`;
  }
  return `${formatNumber(percent)} %`;
}

/** A length of time with the unit that suits its size: `85 µs`, `612 ms`, `1.24 s`, `2 min 5 s`, `3 h 20 min`, `24 h`, `2 d 4 h`. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return Number.isNaN(seconds) ? noValue : formatFixed(seconds, 0);
  const size = Math.abs(seconds);
  const sign = seconds < 0 ? minus : '';
  if (size === 0) return '0 s';
  if (size < 0.0009995) return `${sign}${formatNumber(size * 1e6)} µs`;
  if (size < 0.9995) return `${sign}${formatNumber(size * 1000)} ms`;
  if (size < 119.5) return `${sign}${formatNumber(size)} s`;
  return sign + twoUnits(size);
}

function twoUnits(seconds: number): string {
  const [large, largeName, small, smallName] =
    seconds < 3599.5 ? [60, 'min', 1, 's'] : seconds < 172_770 ? [3600, 'h', 60, 'min'] : [86_400, 'd', 3600, 'h'];
  const inSmall = Math.round(seconds / small);
  const perLarge = large / small;
  const whole = Math.floor(inSmall / perLarge);
  const rest = inSmall - whole * perLarge;
  return rest === 0
    ? `${formatFixed(whole, 0)} ${largeName}`
    : `${formatFixed(whole, 0)} ${largeName} ${rest} ${smallName}`;
}

/** `$ 25.75`, `€ 1,240`, `CHF 0.031`: two decimals up to a thousand, whole units above, three digits below one. */
export function formatMoney(amount: number, currency: string): string {
  const size = Math.abs(amount);
  const text = !Number.isFinite(amount)
    ? formatFixed(amount, 0)
    : size >= 999.5
      ? formatFixed(amount, 0)
      : size >= 0.995 || size === 0
        ? formatFixed(amount, 2)
        : formatNumber(amount);
  if (Number.isNaN(amount)) return noValue;
  return `${currencySymbol(currency)} ${text}`.trim();
}

/** The sign people write for the common currencies, the code itself for the rest. */
export function currencySymbol(currency: string): string {
  return { USD: '$', EUR: '€', GBP: '£', JPY: '¥' }[currency] ?? currency;
}

/** A value as a card, a table or a summary says it, with its unit. */
export function formatQuantity(value: number, quantity: Quantity, currency = ''): string {
  if (Number.isNaN(value)) return noValue;
  switch (quantity) {
    case 'rate':
      return `${formatNumber(value)}/s`;
    case 'seconds':
      return formatSeconds(value);
    case 'fraction':
      return `${formatNumber(value * 100)} %`;
    case 'money':
      return formatMoney(value, currency);
    case 'hours':
      return `${formatNumber(value)} h`;
    case 'replicas':
      return Number.isInteger(value) ? formatFixed(value, 0) : formatNumber(value);
    case 'count':
      return formatNumber(value);
  }
}
