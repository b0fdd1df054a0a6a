import { decimalPattern, looseDecimalPattern, parseDecimal, printShifted, shortestExact } from './decimal.ts';

/** Decimal multiples: powers of ten. */
const places: Readonly<Record<string, number>> = { '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
/** Binary multiples, bytes. */
const binary: Readonly<Record<string, number>> = {
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  Pi: 1024 ** 5,
  Ei: 1024 ** 6,
};

/** What parseMemory takes, as a regular expression for editors; a bare number means bytes. */
export const memoryPattern = `^${looseDecimalPattern}(?:[KMGTPE]i|[kMGTPE])?$`;

const form = new RegExp(`^(${decimalPattern})([KMGTPE]i|[kMGTPE])?$`);

/**
 * Memory in bytes, written as Kubernetes quantities: `256Mi` and `1Gi` (powers of 1,024), `500M` and `2G` (powers of
 * 1,000), or a bare number of bytes.
 *
 * @returns undefined when the text is none of these
 */
export function parseMemory(text: string): number | undefined {
  const match = form.exec(text.trim());
  if (match === null) return undefined;
  const [, digits = '', unit = ''] = match;
  const decimalPlaces = places[unit];
  if (decimalPlaces !== undefined) return parseDecimal(digits, decimalPlaces);
  const value = parseDecimal(digits);
  return value === undefined ? undefined : value * (binary[unit] ?? NaN);
}

/**
 * The quantity as people write it, in the shortest exact form, binary units before decimal ones: `256Mi`, `500M`.
 *
 * @param bytes finite, ≥ 0
 * @throws RangeError outside that range
 */
export function printMemory(bytes: number): string {
  if (!(bytes >= 0 && bytes < Infinity)) throw new RangeError(`not an amount of memory: ${bytes}`);
  const candidates = [String(bytes)];
  for (const [unit, size] of Object.entries(binary)) if (bytes >= size) candidates.push(`${bytes / size}${unit}`);
  for (const [unit, exponent] of Object.entries(places)) {
    if (unit !== '' && bytes >= 1000) candidates.push(`${printShifted(bytes, -exponent)}${unit}`);
  }
  return shortestExact(bytes, candidates, parseMemory) ?? String(bytes);
}

/** What was probably meant by a text parseMemory refuses: `256MB` → `256M`, `1 GiB` → `1Gi`, `512m` → `512M`. */
export function suggestMemory(text: string): string | undefined {
  const match = new RegExp(`^(${decimalPattern})\\s*([kmgtpe]?)(i?)b?(?:ytes?)?$`, 'i').exec(text.trim());
  if (match === null) return undefined;
  const [, digits = '', letter = '', i = ''] = match;
  const unit = i === '' && letter.toLowerCase() === 'k' ? 'k' : letter.toUpperCase();
  return `${digits}${unit}${unit === '' ? '' : i.toLowerCase()}`;
}
