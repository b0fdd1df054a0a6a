import { chooseColumns, couldBeNumbers, type ColumnLayout, type ColumnRoles } from './columns.ts';
import type { Findings } from './findings.ts';
import type { ReaderContext } from './format.ts';
import type { Outcome, RequestLog } from './request-log.ts';
import { outcomeOfStatus, outcomes } from './request-log.ts';
import { readUnit, unitAtEndOf } from './recorded-unit.ts';
import { firstCells } from './sample.ts';
import type { SeriesGroup } from './series-group.ts';
import { TimeReader } from './time-reader.ts';

/** The cells of one row, whatever they are made of. */
export interface RowCells {
  readonly line: number;
  number(index: number): number;
  /** @returns false when the cell is no time; it is then among the findings */
  time(index: number, times: TimeReader): boolean;
  /** The value where it is a number, NaN otherwise; says what is wrong with it. */
  check(index: number, value: number, findings: Findings): number;
}

/**
 * Rows of a table nobody knows: which column is what is found from the mapping, the names and the contents. The demand
 * has rows of its own, so that many other columns do not cost it its grain.
 */
export class TableRecorder {
  /** leading cells a row must have */
  readonly cells: number;
  private readonly times: TimeReader;
  private readonly demand: SeriesGroup | undefined;
  private readonly others: SeriesGroup | undefined;
  private readonly log: RequestLog | undefined;
  private readonly secondsPerUnit: number;
  private readonly secondsPerDuration: number;
  private readonly step: number;

  private constructor(
    layout: ColumnLayout,
    private readonly roles: ColumnRoles,
    private readonly context: ReaderContext,
  ) {
    const { mapping, findings, recording } = context;
    const { names } = layout;
    this.cells = Math.max(roles.time, roles.demand, roles.duration, roles.status, ...roles.recorded) + 1;
    this.times = new TimeReader(findings, mapping);
    this.step = mapping.bucket ?? 1;
    if (roles.time < 0 && mapping.bucket === undefined) findings.add('trace-no-time', 0, 'second');
    const unit = roles.time < 0 ? undefined : unitAtEndOf(names[roles.time]!);
    this.secondsPerUnit = unit?.unit === 's' && mapping.timeUnit === undefined ? unit.factor : 1;
    this.secondsPerDuration = roles.duration < 0 ? 1 : secondsPer(names[roles.duration]!, mapping.units);
    names.forEach((name, i) => {
      const choice = couldBeNumbers(layout, i) ? 'any' : 'time';
      const sample = firstCells(layout.sample, i);
      const listed = { name, choice, sample } as const;
      if (i === roles.time) recording.column({ ...listed, role: 'time', unit: '' });
      else if (i === roles.duration)
        recording.column({ ...listed, role: 'duration', unit: unitText(this.secondsPerDuration) });
      else recording.column({ ...listed, role: 'unused', unit: '' });
    });
    const bucket = roles.time < 0 ? { bucket: this.step } : {};
    if (roles.demand >= 0)
      this.demand = recording.series({ name: names[roles.demand]!, role: 'demand', unit: roles.unit, ...bucket });
    if (roles.recorded.length > 0)
      this.others = recording.group(roles.recorded.map((i) => ({ name: names[i]!, ...bucket })));
    if (roles.requests)
      this.log = recording.requests({
        loggedAt: roles.duration >= 0 ? 'end' : 'start',
        unordered: roles.duration >= 0,
      });
    recording.proposal = proposalOf(layout, roles, context);
  }

  /** Undefined, with an error among the findings, when the columns will not do. */
  static start(layout: ColumnLayout, context: ReaderContext): TableRecorder | undefined {
    const roles = chooseColumns(layout, context.mapping, context.findings);
    return roles && new TableRecorder(layout, roles, context);
  }

  row(cells: RowCells): void {
    const { roles, times, demand, others, step } = this;
    const { line } = cells;
    const row = this.context.recording.rows++;
    let seconds = row * step;
    let fraction = 0;
    if (roles.time >= 0) {
      if (!cells.time(roles.time, times)) return;
      ({ seconds, fraction } = times);
      if (this.secondsPerUnit !== 1 && !times.absolute) {
        fraction = (seconds + fraction) * this.secondsPerUnit;
        seconds = 0;
      }
    } else if (step % 1 !== 0) [seconds, fraction] = [0, row * step];
    if (this.log !== undefined) {
      this.request(cells, this.log, seconds, fraction);
      return;
    }
    if (demand !== undefined) {
      demand.at(line, seconds, fraction);
      this.put(cells, demand, 0, roles.demand);
    }
    if (others === undefined) return;
    others.at(line, seconds, fraction);
    for (let k = 0; k < roles.recorded.length; k++) this.put(cells, others, k, roles.recorded[k]!);
  }

  end(): void {
    const { recording } = this.context;
    const { facts } = this.times;
    if (this.roles.time < 0)
      recording.time = { format: `none; one row each ${this.step} s`, zone: 'none', absolute: false };
    else if (this.secondsPerUnit === 1 || facts.absolute) recording.time = facts;
    else recording.time = { ...facts, format: `from the start, in units of ${this.secondsPerUnit} s` };
    if (this.log !== undefined) recording.loop = 'open';
  }

  private put(cells: RowCells, group: SeriesGroup, column: number, index: number): void {
    const value = cells.number(index);
    if (value >= 0 && value < Infinity) group.set(column, value);
    else group.set(column, cells.check(index, value, group.columnFindings[column]!));
  }

  private request(cells: RowCells, log: RequestLog, seconds: number, fraction: number): void {
    const { roles, context } = this;
    let took = NaN;
    if (roles.duration >= 0) {
      took = cells.number(roles.duration);
      if (!(took >= 0 && took < Infinity)) {
        cells.check(roles.duration, took, context.findings);
        return;
      }
      took *= this.secondsPerDuration;
    }
    const outcome: Outcome = roles.status < 0 ? outcomes.served : outcomeOfStatus(cells.number(roles.status));
    log.add(cells.line, seconds, fraction, took, outcome);
  }
}

function secondsPer(name: string, units: Readonly<Record<string, string>> | undefined): number {
  const told = units !== undefined && Object.hasOwn(units, name) ? readUnit(units[name]!) : undefined;
  const reading = told ?? unitAtEndOf(name);
  return reading?.unit === 's' ? reading.factor : 1;
}

function unitText(seconds: number): string {
  return seconds === 1 ? 's' : seconds === 1e-3 ? 'ms' : seconds === 1e-6 ? 'µs' : `${seconds} s`;
}

function proposalOf(
  { names }: ColumnLayout,
  roles: ColumnRoles,
  { mapping }: ReaderContext,
): ReaderContext['recording']['proposal'] {
  return {
    ...(roles.time >= 0 ? { time: names[roles.time]! } : !roles.requests && { bucket: mapping.bucket ?? 1 }),
    ...(roles.demand >= 0 && { column: names[roles.demand]! }),
    ...(roles.demand >= 0 && mapping.counters?.[names[roles.demand]!] !== true && { unit: roles.unit }),
    ...(roles.duration >= 0 && { duration: names[roles.duration]! }),
    ...(roles.requests && { kind: mapping.kind ?? 'timestamps' }),
  };
}
