/** 10^0 … 10^22: the powers of ten a double holds exactly. */
const powersOfTen = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
];

const zero = 48;
const nine = 57;
const point = 46;

/** Cells that stand for "no value". */
const missing = new Set(['', '-', 'na', 'n/a', 'nan', 'null', 'none', 'nil', 'undefined']);

/** ASCII text of a slice; bytes above 127 come out as one replacement character each. For short cells only. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) text += bytes[i]! < 128 ? String.fromCharCode(bytes[i]!) : '\ufffd';
  return text;
}

/** A short text as bytes; characters beyond ASCII become one that is neither digit nor letter. */
export function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text.slice(0, 400), (character) => Math.min(127, character.charCodeAt(0)));
}

/** Does the cell say that there is no value (empty, NaN, null, N/A …)? */
export function isMissing(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start <= 9 && missing.has(asciiText(bytes, start, end).trim().toLowerCase());
}

/**
 * Reads a decimal number, correctly rounded: digits with an optional sign, fraction and exponent, or ±Inf.
 * Up to 15 digits are read in place; longer ones go through the language's own conversion.
 *
 * @param decimalMark byte of the decimal mark
 * @returns NaN when the cell holds anything else
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number, decimalMark = point): number {
  let i = start;
  while (i < end && bytes[i]! <= 32) i++;
  while (end > i && bytes[end - 1]! <= 32) end--;
  const first = i;
  const sign = bytes[i];
  if (sign === 45 || sign === 43) i++;
  let mantissa = 0;
  let digits = 0;
  let decimals = 0;
  for (; i < end; i++) {
    const digit = bytes[i]! - zero;
    if (digit < 0 || digit > 9) break;
    mantissa = mantissa * 10 + digit;
    digits++;
  }
  if (i < end && bytes[i] === decimalMark) {
    const from = ++i;
    for (; i < end; i++) {
      const digit = bytes[i]! - zero;
      if (digit < 0 || digit > 9) break;
      mantissa = mantissa * 10 + digit;
      digits++;
    }
    decimals = i - from;
  }
  if (i < end || digits > 15 || digits === 0) return parseSlowly(bytes, first, end, decimalMark);
  const value = mantissa / powersOfTen[decimals]!;
  return sign === 45 ? -value : value;
}

function parseSlowly(bytes: Uint8Array, start: number, end: number, decimalMark: number): number {
  if (start >= end || end - start > 400) return NaN;
  let text = asciiText(bytes, start, end);
  if (decimalMark !== point) text = text.replace(String.fromCharCode(decimalMark), '.');
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return Number(text);
  const infinity = /^([+-]?)inf(inity)?$/i.exec(text);
  return infinity === null ? NaN : infinity[1] === '-' ? -Infinity : Infinity;
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= nine;
}
