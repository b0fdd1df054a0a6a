import type { Findings } from './findings.ts';
import { asciiText, parseNumber } from './number-text.ts';
import { createTimeRead, epochUnitNames, epochUnitOf, parseEpoch, parseTimeText, type EpochUnit } from './time-text.ts';

/**
 * Reads a column of times. The first cell settles what the column holds; every later one must be of the same kind,
 * so that a change of unit or zone in the middle of a file is found and not guessed over.
 */
export class TimeReader {
  /** s, whole, of the cell just read */
  seconds = 0;
  /** s, [0, 1) */
  fraction = 0;
  private unit: EpochUnit | 'text' | undefined;
  private firstOffset = NaN;
  private otherOffset = NaN;
  private readonly cell = createTimeRead();

  constructor(private readonly findings: Findings) {}

  /** Whether the times are instants of the calendar. */
  get absolute(): boolean {
    return this.unit !== undefined && this.unit !== 'relative';
  }

  /** For the report. */
  get format(): string {
    if (this.unit === undefined) return 'none';
    if (this.unit !== 'text') return epochUnitNames[this.unit];
    return Number.isNaN(this.firstOffset) ? 'local text, taken as UTC' : 'ISO 8601 with offset';
  }

  /** @returns false when the cell is no such time; it is then among the findings */
  read(bytes: Uint8Array, start: number, end: number, line: number): boolean {
    const { cell } = this;
    this.unit ??= this.detect(bytes, start, end);
    const { unit } = this;
    if (unit === 'text') {
      if (!parseTimeText(bytes, start, end, cell)) return this.refuse(bytes, start, end, line);
      if (cell.offset !== this.firstOffset) this.checkZone(cell.offset, line);
    } else if (unit === undefined || !parseEpoch(bytes, start, end, unit, cell) || this.changedUnit(unit)) {
      return this.refuse(bytes, start, end, line);
    }
    this.seconds = cell.seconds;
    this.fraction = cell.fraction;
    return true;
  }

  private detect(bytes: Uint8Array, start: number, end: number): EpochUnit | 'text' | undefined {
    if (parseTimeText(bytes, start, end, this.cell)) {
      this.firstOffset = this.cell.offset;
      if (Number.isNaN(this.firstOffset)) this.findings.add('trace-no-zone');
      return 'text';
    }
    const value = parseNumber(bytes, start, end);
    return Number.isNaN(value) ? undefined : epochUnitOf(value);
  }

  /** A value that as seconds lies before 1973 or after 5138 was written in another unit than the first. */
  private changedUnit(unit: EpochUnit): boolean {
    return unit !== 'relative' && !(this.cell.seconds >= 1e8 && this.cell.seconds < 1e11);
  }

  private refuse(bytes: Uint8Array, start: number, end: number, line: number): false {
    this.findings.add('trace-bad-time', line, asciiText(bytes, start, Math.min(end, start + 60)));
    return false;
  }

  private checkZone(offset: number, line: number): void {
    const first = this.firstOffset;
    if (Number.isNaN(first) && Number.isNaN(offset)) return;
    if (Number.isNaN(first) || Number.isNaN(offset)) {
      const [here, before] = Number.isNaN(offset) ? ['no zone', 'one'] : ['a zone', 'none'];
      this.findings.add('trace-mixed-zones', line, `the time has ${here}, but the first time has ${before}`);
    } else if (Math.abs(offset - first) > 60 || (!Number.isNaN(this.otherOffset) && offset !== this.otherOffset)) {
      this.findings.add(
        'trace-mixed-zones',
        line,
        `the offset is ${printOffset(offset)}, but the first time has ${printOffset(first)}`,
      );
    } else {
      this.otherOffset = offset;
      this.findings.add(
        'trace-zone-change',
        line,
        `the offset is ${printOffset(offset)} instead of ${printOffset(first)}`,
      );
    }
  }
}

function printOffset(minutes: number): string {
  if (minutes === 0) return 'Z';
  const two = (value: number): string => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
