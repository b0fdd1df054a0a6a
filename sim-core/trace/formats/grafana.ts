import { decodeUtf8 } from '../encoding.ts';
import type { FileHead } from '../file-head.ts';
import type { ReaderContext, StreamFormat, TraceReader } from '../format.ts';
import { LineReader } from '../line-reader.ts';
import { asciiBytes } from '../number-text.ts';
import { readUnit } from '../recorded-unit.ts';
import { roleFromName, type SeriesRole } from '../roles.ts';
import type { SeriesGroup } from '../series-group.ts';
import { TimeReader } from '../time-reader.ts';

/**
 * CSV of a Grafana panel (Inspect → Data): a header with Time and the names of the series; several frames, each with a
 * header, parted by a blank line; the delimiter of the reader's locale; values with their units (`1.2 K`, `45 %`,
 * `250 ms`) where the data were formatted.
 *
 * @see grafana/grafana packages/grafana-data/src/utils/csv.ts
 */
export const grafana: StreamFormat = {
  name: 'grafana',
  title: 'Grafana panel CSV',
  access: 'text',
  recognise: (head) => {
    const [header, row] = [headerOf(head), head.lines[head.lines[0]?.startsWith('sep=') === true ? 2 : 1] ?? ''];
    if (header === undefined) return undefined;
    const delimiter = delimiterOf(header);
    const cells = cellsOf(row, delimiter).slice(1);
    const framed = head.lines.slice(1, -1).some((line) => line.trim() === '');
    const formatted = cells.some(
      (cell) => readValue(cell, delimiter)?.unit !== undefined || /\d [KMG]$/.test(cell.trim()),
    );
    return formatted || framed
      ? { confidence: 0.85, reason: formatted ? 'Time and values with units' : 'Time and several frames' }
      : undefined;
  },
  createReader: (context) => new GrafanaReader(context),
};

function headerOf({ lines }: FileHead): string | undefined {
  const header = lines[0]?.startsWith('sep=') === true ? lines[1] : lines[0];
  return header !== undefined && /^"?Time"?\s*[,;\t]/i.test(header) ? header : undefined;
}

const delimiterOf = (header: string): string => /^"?Time"?\s*([,;\t])/i.exec(header)?.[1] ?? ',';

/** The frames of a file, one after the other; a row belongs to the header last seen. */
class GrafanaReader implements TraceReader {
  private readonly lines: LineReader;
  private readonly times: TimeReader;
  private group: SeriesGroup | undefined;
  private names: readonly string[] = [];
  private delimiter = ',';

  constructor(private readonly context: ReaderContext) {
    const { findings, mapping, recording } = context;
    this.times = new TimeReader(findings, mapping);
    recording.column({ name: 'Time', role: 'time', unit: '', choice: 'unit' });
    this.lines = new LineReader(
      (bytes, start, end, line) => this.line(decodeUtf8(bytes, start, Math.min(end, start + 65_536)), line),
      (line) => findings.add('trace-long-row', line),
      () => {
        recording.time = this.times.facts;
        if (recording.rows === 0 && !findings.hasError) findings.add('trace-header-only');
      },
    );
  }

  push(chunk: Uint8Array): void {
    this.lines.push(chunk);
  }

  end(): void {
    this.lines.end();
  }

  private line(text: string, line: number): void {
    if (text.trim() === '' || text.startsWith('sep=')) return;
    if (/^"?Time"?\s*[,;\t]/i.test(text)) {
      this.delimiter = delimiterOf(text);
      this.names = cellsOf(text, this.delimiter).slice(1);
      this.group = undefined;
      return;
    }
    this.row(cellsOf(text, this.delimiter), line);
  }

  private row(cells: readonly string[], line: number): void {
    const { recording, findings } = this.context;
    recording.rows++;
    const time = asciiBytes(cells[0] ?? '');
    if (this.names.length === 0 || cells.length <= this.names.length) {
      findings.add('trace-short-row', line, `only ${cells.length} of the ${this.names.length + 1} columns`);
      return;
    }
    if (!this.times.read(time, 0, time.length, line)) return;
    const readings = this.names.map((_, index) => readValue(cells[index + 1]!, this.delimiter));
    this.group ??= recording.group(
      this.names.map((name, index) => {
        const unit = readings[index]?.unit;
        const named = roleFromName(name).role;
        const role = named === 'other' ? roleOfUnit[unit ?? '1/s'] : named;
        return { name, ...(role !== undefined && { role }), ...(unit !== undefined && { unit }) };
      }),
    );
    const { group } = this;
    group.at(line, this.times.seconds, this.times.fraction);
    readings.forEach((reading, index) => {
      const cell = cells[index + 1]!.trim();
      if (reading !== undefined) group.put(index, reading.value, line);
      else
        group.columnFindings[index]!.add(
          cell === '' ? 'trace-missing-value' : 'trace-bad-cell',
          line,
          cell.slice(0, 60),
        );
    });
  }
}

/** Cells of one line; a quoted cell may hold the delimiter, and `""` for a quotation mark. */
function cellsOf(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const quoted = line[at] === '"' ? /"((?:[^"]|"")*)"/y : undefined;
    if (quoted !== undefined) quoted.lastIndex = at;
    const match = quoted?.exec(line);
    const end = line.indexOf(delimiter, match ? at + match[0].length : at);
    cells.push(match ? match[1]!.replaceAll('""', '"') : line.slice(at, end < 0 ? line.length : end));
    if (end < 0) return cells;
    at = end + 1;
  }
}

/** What Grafana writes before a unit: thousands, and the binary multiples are part of the unit. */
const multiples: Readonly<Record<string, number>> = { K: 1e3, k: 1e3, Mil: 1e6, M: 1e6, Bil: 1e9, B: 1e9, G: 1e9 };

interface Reading {
  readonly value: number;
  /** as written; undefined for a plain number */
  readonly unit?: string;
}

/** What a column is whose name does not tell; what is measured in shares or in bytes is no demand. */
const roleOfUnit: Readonly<Record<string, SeriesRole>> = {
  '1/s': 'demand',
  count: 'demand',
  s: 'latency',
  cores: 'cpu',
  money: 'cost',
};

/**
 * The number with a point: where the comma does not part cells, it may part decimals. After a semicolon it does, in the
 * locales that take it; after Excel's tab three digits could be thousands.
 */
function withPoint(cell: string, delimiter: string): string {
  const decimals = /^\s*[+-]?\d+,(\d+)(?![\d.,])/.exec(cell)?.[1];
  const meant = decimals !== undefined && (delimiter === ';' || (delimiter === '\t' && decimals.length !== 3));
  return meant ? cell.replace(',', '.') : cell;
}

/** `1.2 K`, `45 %`, `250 ms`, `1.25 K req/s`, `1.05`; the unit brings values of a column to one scale. */
function readValue(cell: string, delimiter: string): Reading | undefined {
  const match = /^\s*([+-]?[\d.]+(?:e[+-]?\d+)?)\s*(.*)$/i.exec(withPoint(cell, delimiter));
  if (match === null) return undefined;
  const value = Number(match[1]);
  if (Number.isNaN(value)) return undefined;
  const [first = '', ...rest] = match[2]!.trim().split(/\s+/);
  if (first === '') return { value };
  const factor = Object.hasOwn(multiples, first) ? multiples[first]! : 1;
  const words = factor === 1 ? [first, ...rest].join(' ') : rest.join(' ');
  const unit = readUnit(words);
  if (words === '') return { value: value * factor };
  if (unit === undefined) return undefined;
  // Formatted by size, the rows of one column may stand in several units of one kind.
  const base = {
    '1/s': '1/s',
    s: 's',
    fraction: 'fraction',
    bytes: 'bytes',
    cores: 'cores',
    count: 'count',
    money: 'money',
  };
  return { value: value * factor * unit.factor, ...(unit.unit !== 'unknown' && { unit: base[unit.unit] }) };
}
