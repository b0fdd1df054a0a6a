import { decodeUtf8 } from './encoding.ts';
import { CsvScanner } from './csv-scanner.ts';
import { hasMarks, marksOf, parseMarked, usualMarks, type NumberMarks } from './number-marks.ts';
import { asciiText, isMissing } from './number-text.ts';
import { createTimeRead, parseTimeText } from './time-text.ts';

/** What a cell looks like by itself. */
export type CellShape = 'number' | 'time' | 'missing' | 'text';

/** How a delimited file is laid out, found from its first part. */
export interface CsvLayout {
  readonly delimiter: number;
  /** how each column writes its numbers */
  readonly marks: readonly NumberMarks[];
  /** bytes before the first record (a `sep=` line, comments) */
  readonly skip: number;
  /** 1-based line of the first record */
  readonly firstLine: number;
  readonly hasHeader: boolean;
  /** names from the header, or `column 1` … */
  readonly names: readonly string[];
  /** the first few rows of data, by cell */
  readonly shapes: readonly (readonly CellShape[])[];
  readonly sample: readonly (readonly string[])[];
}

const delimiters = [9, 59, 44, 124];
const maxColumns = 10_000;
const sampleRows = 50;
/** Rows of the head that are asked how numbers are written; a thousand may come late. */
const markedRows = 1000;

/** @param head the first part of the file, UTF-8; may end in the middle of a row */
export function detectLayout(head: Uint8Array): CsvLayout {
  let skip = 0;
  let firstLine = 1;
  let named: number | undefined;
  for (;;) {
    const end = lineEnd(head, skip);
    const separator = /^sep=(.)\s*$/.exec(decodeUtf8(head, skip, Math.min(end, skip + 8)));
    if (separator !== null && firstLine === 1) named = separator[1]!.charCodeAt(0);
    else if (head[skip] !== 35 || end >= head.length) break;
    skip = end;
    firstLine++;
  }
  const body = head.subarray(skip);
  const delimiter = named !== undefined && named < 128 ? named : detectDelimiter(body);
  // What parts the header of a Markdown table from its rows is no row.
  const asked = firstRecords(body, delimiter, markedRows).filter(
    (cells) => !isRuler(cells.map((cell) => unquote(cell))),
  );
  const records = asked.slice(0, sampleRows);
  const sample = records.map((cells) => cells.map((cell) => unquote(cell)));
  const width = Math.min(maxColumns, Math.max(0, ...records.map((cells) => cells.length)));
  const marks = Array.from({ length: width }, (_, i) => marksOf(textsOf(asked, i), delimiter));
  const shapes = records.map((cells) => cells.map((cell, i) => shapeOf(cell, marks[i] ?? usualMarks(delimiter))));
  const hasHeader = looksLikeHeader(shapes);
  const header = hasHeader ? sample[0]! : [];
  const names = Array.from({ length: width }, (_, i) => header[i]?.trim() || `column ${i + 1}`);
  return {
    delimiter,
    marks,
    skip,
    firstLine,
    hasHeader,
    names,
    shapes: shapes.slice(hasHeader ? 1 : 0),
    sample: sample.slice(hasHeader ? 1 : 0),
  };
}

/** `|---:|:---|`; the bars at its ends leave empty cells. */
function isRuler(cells: readonly string[]): boolean {
  return cells.some((cell) => cell.includes('---')) && cells.every((cell) => /^\s*(:?-{3,}:?)?\s*$/.test(cell));
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const feed = bytes.indexOf(10, from);
  return feed < 0 ? bytes.length : feed + 1;
}

/** The delimiter that parts most of the first rows into the same number of cells, above one. */
function detectDelimiter(body: Uint8Array): number {
  let best = 44;
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const widths = firstRecords(body, delimiter, 20).map((cells) => cells.length);
    const width = widths[widths.length >> 1] ?? 1;
    if (width < 2) continue;
    const score = widths.filter((w) => w === width).length / widths.length;
    if (score > bestScore + 1e-9) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

function firstRecords(body: Uint8Array, delimiter: number, rows: number): Uint8Array[][] {
  const records: Uint8Array[][] = [];
  const scanner = new CsvScanner(
    delimiter,
    maxColumns,
    ({ bytes, starts, ends, count }) => {
      const width = Math.min(count, maxColumns);
      records.push(Array.from({ length: width }, (_, i) => bytes.subarray(starts[i], ends[i])));
      return records.length < rows;
    },
    () => undefined,
  );
  scanner.push(body);
  // The last row of a longer file is probably cut; it counts only when there is nothing else.
  if (records.length < 2) scanner.end();
  return records;
}

/** The cells of a column that are short enough for numbers. */
function* textsOf(records: readonly (readonly Uint8Array[])[], column: number): Iterable<string> {
  for (const cells of records) {
    const cell = cells[column];
    if (cell !== undefined && cell.length <= 40) yield asciiText(cell, 0, cell.length);
  }
}

function shapeOf(cell: Uint8Array, marks: NumberMarks): CellShape {
  if (isMissing(cell, 0, cell.length)) return 'missing';
  if (!Number.isNaN(parseMarked(cell, 0, cell.length, marks))) return 'number';
  if (marks.undecided && hasMarks(asciiText(cell, 0, Math.min(cell.length, 40)))) return 'number';
  return parseTimeText(cell, 0, cell.length, createTimeRead()) ? 'time' : 'text';
}

function unquote(cell: Uint8Array): string {
  return decodeUtf8(cell, 0, Math.min(cell.length, 400)).replaceAll('""', '"');
}

/** A first row of words only, or one with words where the second row has numbers or times. */
function looksLikeHeader(shapes: readonly (readonly CellShape[])[]): boolean {
  const [first, second] = shapes;
  if (first === undefined || !first.includes('text')) return false;
  if (first.every((shape) => shape === 'text' || shape === 'missing')) return true;
  return first.some((shape, i) => shape === 'text' && (second?.[i] === 'number' || second?.[i] === 'time'));
}
