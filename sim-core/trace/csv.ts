import { chooseColumns, type ColumnRoles } from './columns.ts';
import type { TraceImport, TraceReport } from './contract.ts';
import { detectLayout, type CsvLayout } from './csv-layout.ts';
import { CsvScanner, type CsvRecord } from './csv-scanner.ts';
import { headLength, withoutByteOrderMark } from './encoding.ts';
import { Findings } from './findings.ts';
import type { TraceFormat } from './format.ts';
import type { TraceMapping } from './mapping.ts';
import { asciiText, isMissing, parseNumber } from './number-text.ts';
import { SeriesBuilder } from './series-builder.ts';
import { TimeReader } from './time-reader.ts';
import { printEpoch } from './time-text.ts';

/**
 * Delimited text: comma, semicolon, tab or bar; with or without a header; UTF-8. The first 64 kB settle delimiter,
 * header and columns, the rest is read in one pass.
 */
export const csv: TraceFormat = {
  name: 'csv',
  recognises: () => true,
  import: (file, bytes, mapping) => {
    const reader = new CsvTraceReader(file, mapping);
    reader.push(bytes);
    return reader.end();
  },
};

/** Reads a delimited trace in as many chunks as come. Besides the columns it holds no more than one chunk and 64 kB. */
export class CsvTraceReader {
  private readonly findings: Findings;
  private head: Uint8Array | null = new Uint8Array(0);
  private body: CsvBody | undefined;

  constructor(
    private readonly file: string,
    private readonly mapping: TraceMapping,
  ) {
    this.findings = new Findings(file, mapping);
  }

  /** @param bytes UTF-8 */
  push(bytes: Uint8Array): void {
    if (this.head === null) {
      this.body?.push(bytes);
      return;
    }
    const head = this.head.length === 0 ? bytes : new Uint8Array(this.head.length + bytes.length);
    if (this.head.length > 0) {
      head.set(this.head);
      head.set(bytes, this.head.length);
    }
    this.head = head;
    if (head.length >= headLength) this.start();
    // The caller may reuse its chunk, so what is kept is a copy.
    else this.head = head.slice();
  }

  end(): TraceImport {
    if (this.head !== null) this.start();
    return this.body?.end() ?? { issues: this.findings.issues() };
  }

  private start(): void {
    const bytes = withoutByteOrderMark(this.head!);
    this.head = null;
    if (bytes.every((byte) => byte <= 32)) {
      this.findings.add('trace-empty');
      return;
    }
    const layout = detectLayout(bytes.subarray(0, headLength));
    if (layout.hasHeader && layout.shapes.length === 0 && bytes.length < headLength) {
      this.findings.add('trace-header-only');
      return;
    }
    const roles = chooseColumns(layout, this.mapping, this.findings);
    if (roles === undefined) return;
    this.body = new CsvBody(this.file, layout, roles, this.mapping, this.findings);
    this.body.push(bytes.subarray(layout.skip));
  }
}

/** The rows of a file whose layout and columns are known. */
class CsvBody {
  private readonly scanner: CsvScanner;
  private readonly builder: SeriesBuilder;
  private readonly times: TimeReader;
  private skipHeader: boolean;
  private rows = 0;
  private firstTime = NaN;

  constructor(
    private readonly file: string,
    private readonly layout: CsvLayout,
    private readonly roles: ColumnRoles,
    private readonly mapping: TraceMapping,
    private readonly findings: Findings,
  ) {
    this.skipHeader = layout.hasHeader;
    this.times = new TimeReader(findings);
    const bucket = roles.kind === 'rate' && roles.time < 0 ? (mapping.bucket ?? 1) : mapping.bucket;
    if (roles.time < 0 && mapping.bucket === undefined) findings.add('trace-no-time', 0, 'second');
    this.builder = new SeriesBuilder(
      {
        kind: roles.kind,
        unit: roles.unit,
        bucket,
        absolute: () => roles.time >= 0 && this.times.absolute,
        sortSilently: roles.duration >= 0,
      },
      findings,
    );
    this.scanner = new CsvScanner(
      layout.delimiter,
      Math.max(roles.time, roles.demand, roles.duration) + 1,
      (record) => this.readRecord(record),
      (trouble, line) => findings.add(trouble === 'unclosed-quote' ? 'trace-unclosed-quote' : 'trace-long-row', line),
      layout.firstLine,
    );
  }

  push(bytes: Uint8Array): void {
    this.scanner.push(bytes);
  }

  end(): TraceImport {
    this.scanner.end();
    const { findings, roles, layout, times } = this;
    if (this.rows === 0 && !findings.hasError) findings.add('trace-header-only');
    const built = this.builder.finish();
    if (built === undefined) return { issues: findings.issues() };
    const print = (time: number): string => (roles.time >= 0 && times.absolute ? printEpoch(time) : `${time} s`);
    const report: TraceReport = {
      file: this.file,
      format: 'csv',
      rows: this.rows,
      used: this.builder.rows,
      gaps: built.gaps,
      columns: layout.names.map((name, i) => ({
        name,
        role: i === roles.time ? 'time' : i === roles.demand ? 'demand' : 'unused',
        unit: i === roles.demand ? roles.unit : i === roles.duration ? 'duration, s' : '',
      })),
      timeFormat: roles.time < 0 ? `none; one row each ${this.mapping.bucket ?? 1} s` : times.format,
      firstTime: print(built.firstTime),
      lastTime: print(built.lastTime),
    };
    return { series: built.series, report, issues: findings.issues() };
  }

  private readRecord(record: CsvRecord): boolean {
    if (this.skipHeader) {
      this.skipHeader = false;
      return true;
    }
    const { bytes, starts, ends, line } = record;
    const { roles, layout, findings, times } = this;
    const row = this.rows++;
    if (record.count < starts.length) {
      findings.add('trace-short-row', line, `only ${record.count} of the ${layout.names.length} columns`);
      return true;
    }
    let seconds = row * (this.mapping.bucket ?? 1);
    let fraction = 0;
    if (roles.time >= 0) {
      if (!times.read(bytes, starts[roles.time]!, ends[roles.time]!, line)) return true;
      ({ seconds, fraction } = times);
    }
    if (roles.kind === 'timestamps') {
      if (roles.duration >= 0) {
        const took = this.readNumber(record, roles.duration);
        if (!(took >= 0)) return true;
        fraction -= took;
      }
      this.builder.add(line, seconds, fraction, 1);
      return true;
    }
    const value = this.readNumber(record, roles.demand);
    if (value < 0) findings.add('trace-negative', line, cellText(record, roles.demand), roles.demand + 1);
    this.builder.add(line, seconds, fraction, value);
    return true;
  }

  /** NaN when the cell has no value; what is no number goes to the findings too. */
  private readNumber(record: CsvRecord, index: number): number {
    const { bytes, starts, ends, line } = record;
    const start = starts[index]!;
    const end = ends[index]!;
    const value = parseNumber(bytes, start, end, this.layout.decimalMark);
    if (value - value === 0) return value;
    if (Number.isNaN(value)) {
      this.findings.add(
        isMissing(bytes, start, end) ? 'trace-missing-value' : 'trace-bad-cell',
        line,
        cellText(record, index),
      );
    } else {
      this.findings.add('trace-infinite', line, cellText(record, index));
    }
    return NaN;
  }
}

function cellText({ bytes, starts, ends }: CsvRecord, index: number): string {
  return asciiText(bytes, starts[index]!, Math.min(ends[index]!, starts[index]! + 60));
}
