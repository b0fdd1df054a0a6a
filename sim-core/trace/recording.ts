import type { TraceColumn, TraceImport } from './contract.ts';
import type { RecordedDistribution } from './distribution.ts';
import type { Findings } from './findings.ts';
import type { TraceMapping } from './mapping.ts';
import { RequestLog, type RequestLogOptions } from './request-log.ts';
import { SeriesGroup, type SeriesSpec } from './series-group.ts';
import { settle } from './settle.ts';

/** A column as a reader lists it. */
export type ListedColumn = Pick<TraceColumn, 'name' | 'role' | 'unit' | 'sample'> &
  Partial<Pick<TraceColumn, 'choice'>>;

/** What a file's times turned out to be. */
export interface TimeFacts {
  /** `unix milliseconds`, `ISO 8601 with offset` … for the report */
  readonly format: string;
  /** `UTC`, `+01:00`, `none, taken as UTC`, `none` */
  readonly zone: string;
  /** whether times are instants of the calendar (s since 1970), not offsets from the start */
  readonly absolute: boolean;
}

/**
 * Where a reader puts what it finds. It keeps columns, not rows: series grow by bucket, logs of requests by 8 bytes a
 * request or by bucket. What is demand, what is in which unit, what is a gap and what is saturated is settled once, at
 * the end, in the same way for every format.
 */
export class Recording {
  /** rows of the file, used or not */
  rows = 0;
  time: TimeFacts = { format: 'none', zone: 'none', absolute: false };
  /** `closed` for load made by users who wait for each answer */
  loop: 'open' | 'closed' | 'unknown' = 'unknown';
  /** What a person would write to have the file read as it was read now. */
  proposal: Omit<TraceMapping, 'file'> = {};
  /** how values are distributed, of a file that tells nothing else */
  distribution: RecordedDistribution | undefined;
  private readonly columns: TraceColumn[] = [];
  private readonly groups: SeriesGroup[] = [];
  private log: RequestLog | undefined;

  constructor(
    readonly format: string,
    private readonly recognisedBy: string,
    private readonly mapping: TraceMapping,
    private readonly findings: Findings,
  ) {}

  /** A column for the report that is no series: the time, a duration, or one that is not used. */
  column(column: ListedColumn): void {
    const { sample = [], ...rest } = column;
    this.columns.push({ choice: 'none', ...rest, ...(sample.length > 0 && { sample }) });
  }

  /** Series that share their rows, as the columns of a table do. A role given by the mapping wins over the spec's. */
  group(specs: readonly SeriesSpec[]): SeriesGroup {
    const group = new SeriesGroup(specs, this.findings);
    this.groups.push(group);
    return group;
  }

  /** One series with rows of its own. */
  series(spec: SeriesSpec): SeriesGroup {
    return this.group([spec]);
  }

  /** A log of single requests, which is the demand; one a file. */
  requests(options: RequestLogOptions): RequestLog {
    return (this.log ??= new RequestLog(options, this.mapping, this.findings));
  }

  /** A row that cannot be read: set aside and counted, or refused, as the mapping says. */
  malformed(line: number, text: string): void {
    this.findings.add('trace-malformed-row', line, text);
  }

  /** Settles everything. To be called once, by whoever drives the reader. */
  finish(): TraceImport {
    return settle({
      recording: this,
      recognisedBy: this.recognisedBy,
      mapping: this.mapping,
      findings: this.findings,
      columns: this.columns,
      groups: this.groups,
      log: this.log,
    });
  }
}
