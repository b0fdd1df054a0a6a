import { timeZone } from '../units/zone/time-zone.ts';
import type { Findings } from './findings.ts';
import { LocalTimes } from './local-times.ts';
import type { TraceMapping } from './mapping.ts';
import { asciiText, parseNumber } from './number-text.ts';
import type { TimeFacts } from './recording.ts';
import {
  createTimeRead,
  epochUnitNames,
  epochUnitOf,
  parseEpoch,
  parseTimeText,
  type EpochUnit,
  type TimeRead,
} from './time-text.ts';
import { printOffset } from './print-offset.ts';

/** Reads one way of writing times. @returns false when the cell is not written so */
export type TimeParser = (bytes: Uint8Array, start: number, end: number, target: TimeRead) => boolean;

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
  private readonly local: LocalTimes | undefined;

  /**
   * @param parseText how times that are not plain numbers are written; ISO 8601 and its relatives unless a format knows better
   * @param onBad told of a cell that is no time; an error unless a log rather sets the row aside
   */
  constructor(
    private readonly findings: Findings,
    private readonly mapping: Pick<TraceMapping, 'timeUnit' | 'timeZone'> = {},
    private readonly parseText: TimeParser = parseTimeText,
    private readonly onBad: (line: number, text: string) => void = (line, text) =>
      findings.add('trace-bad-time', line, text),
  ) {
    this.local = mapping.timeZone === undefined ? undefined : new LocalTimes(timeZone(mapping.timeZone), findings);
  }

  /** Whether the times are instants of the calendar. */
  get absolute(): boolean {
    return this.unit !== undefined && this.unit !== 'relative';
  }

  /** For the report. */
  get facts(): TimeFacts {
    const { unit, firstOffset, absolute } = this;
    if (unit === undefined) return { format: 'none', zone: 'none', absolute };
    if (unit === 'relative') return { format: this.relativeFormat, zone: 'none', absolute };
    if (unit !== 'text') return { format: epochUnitNames[unit], zone: 'UTC', absolute };
    if (!Number.isNaN(firstOffset))
      return { format: 'ISO 8601 with offset', zone: firstOffset === 0 ? 'UTC' : printOffset(firstOffset), absolute };
    const told = this.mapping.timeZone;
    if (told === undefined) return { format: 'local text, taken as UTC', zone: 'none, taken as UTC', absolute };
    return { format: `local text, read as ${told}`, zone: `${told}, as told`, absolute };
  }

  private get relativeFormat(): string {
    const { timeUnit = 's' } = this.mapping;
    const names = { s: 'seconds', ms: 'milliseconds', us: 'microseconds', ns: 'nanoseconds' } as const;
    return `${names[timeUnit]} from the start`;
  }

  /** @returns false when the cell is no such time; `onBad` has then been told */
  read(bytes: Uint8Array, start: number, end: number, line: number): boolean {
    const { cell } = this;
    this.unit ??= this.detect(bytes, start, end);
    const { unit } = this;
    if (unit === 'text') {
      if (!this.parseText(bytes, start, end, cell)) return this.refuse(bytes, start, end, line);
      if (cell.offset !== this.firstOffset) this.checkZone(cell.offset, line);
      if (this.local !== undefined && Number.isNaN(cell.offset))
        cell.seconds = this.local.instantOf(cell.seconds, line);
    } else if (
      unit === undefined ||
      !parseEpoch(bytes, start, end, this.mapping.timeUnit ?? unit, cell) ||
      this.changedUnit(unit)
    ) {
      return this.refuse(bytes, start, end, line);
    }
    this.seconds = cell.seconds;
    this.fraction = cell.fraction;
    return true;
  }

  private detect(bytes: Uint8Array, start: number, end: number): EpochUnit | 'text' | undefined {
    if (this.parseText(bytes, start, end, this.cell)) {
      this.firstOffset = this.cell.offset;
      if (Number.isNaN(this.firstOffset) && this.local === undefined) this.findings.add('trace-no-zone');
      return 'text';
    }
    const value = parseNumber(bytes, start, end);
    if (Number.isNaN(value)) return undefined;
    const { timeUnit } = this.mapping;
    if (timeUnit === undefined || !parseEpoch(bytes, start, end, timeUnit, this.cell)) return epochUnitOf(value);
    return this.cell.seconds >= 1e8 ? timeUnit : 'relative';
  }

  /** A value that as seconds lies before 1973 or after 5138 was written in another unit than the first. */
  private changedUnit(unit: EpochUnit): boolean {
    return unit !== 'relative' && !(this.cell.seconds >= 1e8 && this.cell.seconds < 1e11);
  }

  private refuse(bytes: Uint8Array, start: number, end: number, line: number): false {
    this.onBad(line, asciiText(bytes, start, Math.min(end, start + 60)));
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
