import { detectLayout, type CsvLayout } from './csv-layout.ts';
import { CsvScanner, type CsvRecord } from './csv-scanner.ts';
import { decodeUtf8 } from './encoding.ts';
import type { FileHead } from './file-head.ts';
import type { Findings } from './findings.ts';
import type { TraceReader } from './format.ts';
import { listNames, nearestName } from './nearest-name.ts';
import { hasMarks, parseMarked, type NumberMarks } from './number-marks.ts';
import { asciiText, isMissing } from './number-text.ts';
import { firstCells } from './sample.ts';
import type { SeriesGroup } from './series-group.ts';
import type { TimeReader } from './time-reader.ts';

/** What is done with the rows of a table whose columns are known. */
export interface RowReader {
  /** How many leading cells a row must have; rows with fewer are reported. Default: all that have a name. */
  readonly cells?: number;
  row(cells: Cells): void;
  end?(): void;
}

/**
 * Delimited text (comma, semicolon, tab or bar; with or without a header) as rows of cells. The head settles the
 * layout; `start` sees the columns and says what becomes of the rows.
 */
export class DelimitedReader implements TraceReader {
  private readonly scanner: CsvScanner | undefined;
  private readonly rows: RowReader | undefined;
  private skip: number;
  private anyRow = false;
  private atHeader: boolean;

  /**
   * @param start returns undefined, with an error among the findings, when the columns will not do
   * @param usualNames of the first columns, for files that a tool may write without a header
   */
  constructor(
    head: FileHead,
    private readonly findings: Findings,
    start: (table: Table) => RowReader | undefined,
    usualNames: readonly string[] = [],
  ) {
    const found = detectLayout(head.bytes);
    const names = found.names.map((name, column) => (found.hasHeader ? name : (usualNames[column] ?? name)));
    const layout = { ...found, names };
    this.skip = layout.skip;
    this.atHeader = layout.hasHeader;
    if (layout.hasHeader && layout.shapes.length === 0 && head.whole) {
      findings.add('trace-header-only');
      return;
    }
    const rows = start(new Table(layout, findings));
    this.rows = rows;
    if (rows === undefined) return;
    const cells = new Cells(layout.marks);
    const width = rows.cells ?? layout.names.length;
    this.scanner = new CsvScanner(
      layout.delimiter,
      width,
      (record) => {
        if (this.atHeader) {
          this.atHeader = false;
          return true;
        }
        if (!this.anyRow && isRuler(record)) return true;
        this.anyRow = true;
        if (record.count < width) {
          findings.add('trace-short-row', record.line, `only ${record.count} of the ${layout.names.length} columns`);
          return true;
        }
        cells.record = record;
        rows.row(cells);
        return true;
      },
      (trouble, line) => findings.add(trouble === 'unclosed-quote' ? 'trace-unclosed-quote' : 'trace-long-row', line),
      layout.firstLine,
    );
  }

  push(chunk: Uint8Array): void {
    const skipped = Math.min(this.skip, chunk.length);
    this.skip -= skipped;
    this.scanner?.push(skipped === 0 ? chunk : chunk.subarray(skipped));
  }

  end(): void {
    this.scanner?.end();
    if (this.scanner !== undefined && !this.anyRow && !this.findings.hasError) this.findings.add('trace-header-only');
    this.rows?.end?.();
  }
}

/** `|---:|:---|`: what parts the header of a Markdown table from its rows. */
function isRuler({ bytes, starts, ends, count }: CsvRecord): boolean {
  if (count === 0 || starts.length === 0) return false;
  let dashes = 0;
  for (let i = starts[0]!; i < ends[Math.min(count, ends.length) - 1]!; i++) {
    const byte = bytes[i]!;
    if (byte === 45) dashes++;
    else if (byte !== 124 && byte !== 58 && byte !== 32) return false;
  }
  return dashes >= 3;
}

/** The columns of a delimited file. */
export class Table {
  constructor(
    readonly layout: CsvLayout,
    private readonly findings: Findings,
  ) {}

  get names(): readonly string[] {
    return this.layout.names;
  }

  /** The first cells of a column. */
  sampleOf(index: number): readonly string[] {
    return firstCells(this.layout.sample, index);
  }

  /** Position of a column from 0, −1 when there is none. @param wanted without regard to case; the first that exists */
  find(...wanted: readonly string[]): number {
    for (const name of wanted) {
      const index = this.names.findIndex((one) => one.trim().toLowerCase() === name.toLowerCase());
      if (index >= 0) return index;
    }
    return -1;
  }

  /** Like `find`, but a column that does not exist is an error. */
  require(...wanted: readonly string[]): number {
    const index = this.find(...wanted);
    if (index < 0) {
      const nearest = nearestName(wanted[0] ?? '', this.names);
      const hint = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
      const names = listNames(this.names);
      this.findings.add(
        'trace-missing-column',
        this.layout.hasHeader ? this.layout.firstLine : 0,
        `There is no column \`${wanted[0]}\`; the columns are ${names}.${hint}`,
      );
    }
    return index;
  }
}

/** The cells of the row under the reader's eyes; the same object for every row. */
export class Cells {
  record: CsvRecord = {
    bytes: new Uint8Array(0),
    starts: new Int32Array(0),
    ends: new Int32Array(0),
    count: 0,
    line: 0,
  };

  /** @param marks of each column */
  constructor(private readonly marks: readonly NumberMarks[]) {}

  /** 1-based line on which the row begins */
  get line(): number {
    return this.record.line;
  }

  /** NaN for what is no number. */
  number(index: number): number {
    const { bytes, starts, ends } = this.record;
    return parseMarked(bytes, starts[index]!, ends[index]!, this.marks[index]!);
  }

  /** Empty, NaN, null, N/A … */
  isMissing(index: number): boolean {
    const { bytes, starts, ends } = this.record;
    return isMissing(bytes, starts[index]!, ends[index]!);
  }

  /** At most 1000 bytes of it. Makes a string: not for every row of a long log. */
  text(index: number): string {
    const { bytes, starts, ends } = this.record;
    const start = starts[index]!;
    return decodeUtf8(bytes, start, Math.min(ends[index]!, start + 1000)).replaceAll('""', '"');
  }

  /** Is the cell this text, byte for byte? @param ascii without characters beyond ASCII */
  is(index: number, ascii: string): boolean {
    const { starts, ends } = this.record;
    return ends[index]! - starts[index]! === ascii.length && this.startsWith(index, ascii);
  }

  /** Does the cell begin with this text? @param ascii without characters beyond ASCII */
  startsWith(index: number, ascii: string): boolean {
    const { bytes, starts, ends } = this.record;
    const start = starts[index]!;
    if (ends[index]! - start < ascii.length) return false;
    for (let i = 0; i < ascii.length; i++) if (bytes[start + i] !== ascii.charCodeAt(i)) return false;
    return true;
  }

  /** Reads a time into the reader. @returns false when it is none; it is then among the findings */
  time(index: number, times: TimeReader): boolean {
    const { bytes, starts, ends, line } = this.record;
    return times.read(bytes, starts[index]!, ends[index]!, line);
  }

  /** Puts a number into a column of the row begun with `group.at`; what is none is counted there. */
  putInto(group: SeriesGroup, column: number, index: number): void {
    const value = this.number(index);
    if (value - value === 0 && !(value < 0)) group.set(column, value);
    else group.set(column, this.check(index, value, group.columnFindings[column]!));
  }

  /** The value where it is a number, NaN otherwise; says what is wrong with it. */
  check(index: number, value: number, findings: Findings): number {
    const { bytes, starts, ends, line } = this.record;
    const start = starts[index]!;
    const subject = asciiText(bytes, start, Math.min(ends[index]!, start + 60));
    if (value - value === 0) {
      if (value < 0) findings.add('trace-negative', line, subject, index + 1);
      return value;
    }
    const missing = Number.isNaN(value) && this.isMissing(index);
    const bad = hasMarks(subject) ? 'trace-number-marks' : 'trace-bad-cell';
    findings.add(missing ? 'trace-missing-value' : Number.isNaN(value) ? bad : 'trace-infinite', line, subject);
    return NaN;
  }
}
