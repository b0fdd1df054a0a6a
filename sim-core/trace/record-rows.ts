import type { ColumnLayout } from './columns.ts';
import type { CellShape } from './csv-layout.ts';
import type { Findings } from './findings.ts';
import type { ReaderContext } from './format.ts';
import type { JsonValue } from './json-text.ts';
import { asMap, numberOf } from './json-value.ts';
import { asciiBytes } from './number-text.ts';
import { TableRecorder, type RowCells } from './table-recorder.ts';
import type { TimeReader } from './time-reader.ts';
import { createTimeRead, parseTimeText } from './time-text.ts';

/** Objects looked at before the columns are settled. */
const sampleRows = 50;

/** Records with named members as rows of a table: the first are gathered to find the columns. */
export class RecordRows {
  private waiting: [value: JsonValue, line: number][] | undefined = [];
  private recorder: TableRecorder | undefined;
  private cells: RecordCells | undefined;

  constructor(private readonly context: ReaderContext) {}

  row(value: JsonValue, line: number): void {
    if (this.waiting === undefined) {
      this.read(value, line);
      return;
    }
    this.waiting.push([value, line]);
    if (this.waiting.length === sampleRows) this.start();
  }

  end(): void {
    if (this.waiting !== undefined) this.start();
    this.recorder?.end();
  }

  private start(): void {
    const waiting = this.waiting ?? [];
    this.waiting = undefined;
    const rows = waiting.map(([value]) => flat(value));
    const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
    if (names.length === 0) {
      if (!this.context.findings.hasError) this.context.findings.add('trace-header-only');
      return;
    }
    this.recorder = TableRecorder.start(layoutOf(names, rows), this.context);
    this.cells = new RecordCells(names);
    for (const [value, line] of waiting) this.read(value, line);
  }

  private read(value: JsonValue, line: number): void {
    const { recorder, cells } = this;
    if (recorder === undefined || cells === undefined) return;
    if (asMap(value) === undefined) {
      this.context.recording.rows++;
      this.context.recording.malformed(line, 'no object');
      return;
    }
    cells.values = flat(value);
    cells.line = line;
    recorder.row(cells);
  }
}

/** Members by their path: `{a: {b: 1}}` has `a.b`. Arrays are left out. */
function flat(value: JsonValue, prefix = '', into = new Map<string, JsonValue>()): Map<string, JsonValue> {
  for (const [key, member] of asMap(value) ?? []) {
    if (member instanceof Map) flat(member, `${prefix}${key}.`, into);
    else if (!Array.isArray(member)) into.set(prefix + key, member);
  }
  return into;
}

function layoutOf(names: readonly string[], rows: readonly Map<string, JsonValue>[]): ColumnLayout {
  return {
    names,
    hasHeader: true,
    firstLine: 0,
    shapes: rows.map((row) => names.map((name) => shapeOf(row.get(name)))),
    sample: rows.map((row) => names.map((name) => String(row.get(name) ?? ''))),
  };
}

function shapeOf(value: JsonValue | undefined): CellShape {
  const number = numberOf(value);
  if (number !== undefined) return Number.isNaN(number) ? 'missing' : 'number';
  if (typeof value !== 'string') return 'text';
  const bytes = asciiBytes(value);
  return parseTimeText(bytes, 0, bytes.length, createTimeRead()) ? 'time' : 'text';
}

/** The members of one object as the cells of a row. */
class RecordCells implements RowCells {
  values = new Map<string, JsonValue>();
  line = 0;

  constructor(private readonly names: readonly string[]) {}

  number(index: number): number {
    return numberOf(this.at(index)) ?? NaN;
  }

  time(index: number, times: TimeReader): boolean {
    const value = this.at(index);
    const bytes = asciiBytes(typeof value === 'string' || typeof value === 'number' ? String(value) : '');
    return times.read(bytes, 0, bytes.length, this.line);
  }

  check(index: number, value: number, findings: Findings): number {
    if (value - value === 0) {
      if (value < 0) findings.add('trace-negative', this.line, String(value));
      return value;
    }
    const known = numberOf(this.at(index));
    if (known === undefined) findings.add('trace-bad-cell', this.line, String(this.at(index)));
    else findings.add(Number.isNaN(known) ? 'trace-missing-value' : 'trace-infinite', this.line, String(known));
    return NaN;
  }

  private at(index: number): JsonValue | undefined {
    return this.values.get(this.names[index]!);
  }
}
