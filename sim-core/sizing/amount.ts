import { parseDuration } from '../units/duration.ts';
import { formatBytes, formatDuration, formatPercent, formatRate } from '../units/format.ts';
import { parseFraction } from '../units/fraction.ts';
import { parseMemory } from '../units/memory.ts';
import { parseRate } from '../units/rate.ts';

/** What a number of a sizing model counts; it decides how the number is printed. */
export const amountUnits = ['number', 'count', 'rate', 'share', 'memory', 'duration', 'money'] as const;
export type AmountUnit = (typeof amountUnits)[number];

/** A number and what it counts: 1/s for a rate, 0 … 1 for a share, bytes, s, units of the scenario's currency. */
export interface Amount {
  readonly value: number;
  readonly unit: AmountUnit;
}

/**
 * An amount as people write it: `2500/s`, `20%`, `256Mi`, `30d`, `12`. A bare number stays a number.
 *
 * @returns undefined when the text is none of these
 */
export function parseAmount(text: string): Amount | undefined {
  const trimmed = text.trim();
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(trimmed)) return { value: Number(trimmed), unit: 'number' };
  const readings: readonly (readonly [AmountUnit, number | undefined])[] = [
    ['share', trimmed.endsWith('%') ? parseFraction(trimmed) : undefined],
    ['rate', trimmed.includes('/') ? parseRate(trimmed) : undefined],
    ['memory', parseMemory(trimmed)],
    ['duration', parseDuration(trimmed)],
  ];
  const [unit, value] = readings.find(([, reading]) => reading !== undefined) ?? [];
  return unit === undefined || value === undefined ? undefined : { value, unit };
}

/** For reading: `2500/s`, `20%`, `256 MiB`, `30 d`, `1,250`. */
export function formatAmount({ value, unit }: Amount, currency: string): string {
  switch (unit) {
    case 'rate':
      return formatRate(value);
    case 'share':
      return formatPercent(value);
    case 'memory':
      return formatBytes(value);
    case 'duration':
      return formatDuration(value);
    case 'money':
      return `${grouped(value, 2)} ${currency}`;
    case 'count':
    case 'number':
      return grouped(value, 3);
  }
}

/** Thousands apart; whole numbers whole, others with three significant digits at least. */
function grouped(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : value < 0 ? '−∞' : '∞';
  const size = Math.abs(value);
  const text = Number.isInteger(size) || size >= 1000 ? size.toFixed(0) : Number(size.toFixed(decimals)).toString();
  const [whole = '', fraction] = text.split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${value < 0 ? '−' : ''}${digits}${fraction === undefined ? '' : `.${fraction}`}`;
}
