import { asciiText, parseNumber } from './number-text.ts';

const comma = 44;
const point = 46;
const semicolon = 59;

/** How the numbers of one column of a delimited file are written. */
export interface NumberMarks {
  /** byte of the decimal mark */
  readonly decimal: number;
  /** byte that parts thousands; 0 where none is taken */
  readonly group: number;
  /** the cells do not tell which mark is which, or contradict each other: numbers with a mark are refused */
  readonly undecided: boolean;
  /** points are read as decimals, but in a file of such a make they may part thousands: `1.234` and nothing else */
  readonly assumed?: true;
}

const withPoint: NumberMarks = { decimal: point, group: comma, undecided: false };
const withComma: NumberMarks = { decimal: comma, group: point, undecided: false };
/** Comma or point, whichever there is: what a file gets whose comma does not delimit and whose cells show no more. */
const withEither: NumberMarks = { decimal: comma, group: 0, undecided: false };

const groupedByComma = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/;
const groupedByPoint = /^[+-]?\d{1,3}(\.\d{3})+(,\d*)?$/;
const longestGrouped = 40;

/** Does the text look like a number whose marks may be read in more than one way, or in another way than its column's? */
export function hasMarks(text: string): boolean {
  return /^[+-]?\d+([.,]\d+)+$/.test(text.trim());
}

/** A number whose thousands are parted by a space, an apostrophe or a low line, which is not read. */
export function isPartedOtherwise(text: string): boolean {
  return /^[+-]?\d{1,3}([\s'’_]\d{3})+([.,]\d+)?$/.test(text.trim());
}

/** @param delimiter byte that parts the cells */
export function usualMarks(delimiter: number): NumberMarks {
  return delimiter === comma ? withPoint : withEither;
}

/**
 * What the cells of a column, taken together, tell of its marks: `1.234,5` and `3,5` never stand beside `1,234.5` and
 * `3.5`. A column that shows nothing but `1,234` has thousands where the comma delimits (such cells are quoted) and
 * decimals where the semicolon does; elsewhere only numbers below a thousand beside it decide.
 *
 * @param delimiter byte that parts the cells
 */
export function marksOf(cells: Iterable<string>, delimiter: number): NumberMarks {
  let [decimalComma, decimalPoint, grouped, eitherComma, eitherPoint, small, large] = [0, 0, 0, 0, 0, 0, 0];
  for (const cell of cells) {
    const text = cell.trim().replace(/^[+-]/, '');
    if (/^\d+$/.test(text)) {
      if (text.length < 4) small++;
      else large++;
    } else if (/^[1-9]\d{0,2},\d{3}$/.test(text)) eitherComma++;
    else if (/^[1-9]\d{0,2}\.\d{3}$/.test(text)) eitherPoint++;
    else if (groupedByPoint.test(text) && !text.startsWith('0')) {
      decimalComma++;
      grouped++;
    } else if (groupedByComma.test(text) && !text.startsWith('0')) {
      decimalPoint++;
      grouped++;
    } else if (/^\d*,\d+$/.test(text)) decimalComma++;
    else if (/^\d*\.\d+$/.test(text)) decimalPoint++;
  }
  const undecided = { ...usualMarks(delimiter), undecided: true };
  if (decimalComma > 0 && decimalPoint > 0)
    return delimiter === comma || grouped + eitherComma + eitherPoint > 0 ? undecided : withEither;
  if (decimalComma > 0) return withComma;
  if (decimalPoint > 0) return withPoint;
  if (eitherComma > 0 && eitherPoint > 0) return undecided;
  if (eitherPoint > 0 && delimiter === semicolon) return { ...withEither, assumed: true };
  if (eitherComma === 0 || delimiter === semicolon) return usualMarks(delimiter);
  if (large > 0) return delimiter === comma ? undecided : withEither;
  return delimiter === comma || small > 0 ? withPoint : undecided;
}

/** Reads a number as its column writes them. @returns NaN when the cell holds anything else */
export function parseMarked(bytes: Uint8Array, start: number, end: number, marks: NumberMarks): number {
  const { decimal, group, undecided } = marks;
  if (undecided && hasMarks(asciiText(bytes, start, Math.min(end, start + longestGrouped)))) return NaN;
  // A point would be taken for the decimals of a number with a comma, so it is looked for first.
  if (group !== point || !bytes.subarray(start, end).includes(point)) {
    const value = parseNumber(bytes, start, end, decimal);
    if (group === 0 || value === value) return value;
  }
  if (end - start > longestGrouped) return NaN;
  const text = asciiText(bytes, start, end).trim();
  const form = group === comma ? groupedByComma : groupedByPoint;
  if (!form.test(text)) return NaN;
  return Number(text.replaceAll(String.fromCharCode(group), '').replace(String.fromCharCode(decimal), '.'));
}
