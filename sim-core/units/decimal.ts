/** Source of a regular expression for a plain non-negative number: `15`, `1.5`, `.5`, `1e-7`. */
export const decimalPattern = '(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?';

/** The same for editors: short, and looser than the parser about points. */
export const looseDecimalPattern = '[\\d.]+(?:[eE][+-]?\\d+)?';

/**
 * The number `text` × 10^places, rounded once: `80.1` with −3 places is exactly the literal 0.0801, which
 * 80.1 / 1000 is not.
 *
 * @returns undefined when the text is no plain number, or too large for one
 */
export function parseDecimal(text: string, places = 0): number | undefined {
  if (!wholeDecimal.test(text)) return undefined;
  const [mantissa, exponent = '0'] = text.toLowerCase().split('e');
  const value = Number(`${mantissa}e${Number(exponent) + places}`);
  return Number.isFinite(value) ? value : undefined;
}

const wholeDecimal = new RegExp(`^${decimalPattern}$`);

/** The shortest text for value × 10^places; approximate in the last digits, so check that it reads back. */
export function printShifted(value: number, places: number): string {
  const [mantissa, exponent = '0'] = String(value).split('e');
  return String(Number(`${mantissa}e${Number(exponent) + places}`));
}

/** Of the texts that `parse` reads back as exactly `value`, the one with the fewest digits; the first of equals. */
export function shortestExact(
  value: number,
  texts: readonly string[],
  parse: (text: string) => number | undefined,
): string | undefined {
  let best: string | undefined;
  let bestLength = Infinity;
  for (const text of texts) {
    const length = text.replace(/[a-zA-Z/%]+$/, '').length;
    if (length >= bestLength || parse(text) !== value) continue;
    best = text;
    bestLength = length;
  }
  return best;
}
