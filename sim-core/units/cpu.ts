import { decimalPattern, looseDecimalPattern, parseDecimal, printShifted, shortestExact } from './decimal.ts';

/** Powers of ten from the written unit to millicores. */
const places: Readonly<Record<string, number>> = { '': 3, m: 0, u: -3, n: -6 };

/** What parseCpu takes, as a regular expression for editors; a bare number means cores. */
export const cpuPattern = `^${looseDecimalPattern}[mun]?$`;

const form = new RegExp(`^(${decimalPattern})([mun]?)$`);

/**
 * CPU in millicores, written as Kubernetes quantities: `500m`, `0.5`, `2`; also `u` and `n` (millionths and
 * billionths of a core), as the metrics API reports usage.
 *
 * @returns undefined when the text is none of these
 */
export function parseCpu(text: string): number | undefined {
  const match = form.exec(text.trim());
  return match === null ? undefined : parseDecimal(match[1] ?? '', places[match[2] ?? '']);
}

/**
 * The quantity as people write it, exact: `500m`, `2`, `1.5`.
 *
 * @param millicores finite, ≥ 0
 * @throws RangeError outside that range
 */
export function printCpu(millicores: number): string {
  if (!(millicores >= 0 && millicores < Infinity)) throw new RangeError(`not a CPU quantity: ${millicores}`);
  if (millicores === 0) return '0';
  const candidates = [`${millicores}m`];
  if (millicores >= 1000) candidates.push(printShifted(millicores, -3));
  return shortestExact(millicores, candidates, parseCpu) ?? `${millicores}m`;
}

/** What was probably meant by a text parseCpu refuses: `2 cores` → `2`, `500 millicores` → `500m`. */
export function suggestCpu(text: string): string | undefined {
  const match = new RegExp(`^(${decimalPattern})\\s*(cores?|v?cpus?|millicores?|milli(?:cpu)?s?|m)$`, 'i').exec(
    text.trim(),
  );
  return match === null ? undefined : `${match[1]}${/^m/i.test(match[2] ?? '') ? 'm' : ''}`;
}
