import type { Issue } from '../issue.ts';

/** Recorded demand, ready to be replayed. Columns of equal length n. */
export interface TraceSeries {
  /** `rate`: values are 1/s over [time[i], time[i] + bucket). `timestamps`: one row a request, values all 1. */
  readonly kind: 'rate' | 'timestamps';
  /** n, s since the trace's first instant, non-decreasing (strictly increasing for rates), time[0] = 0 */
  readonly time: Float64Array;
  /** n, 1/s; NaN where a bucket is missing and was not filled */
  readonly rate: Float64Array;
  /** s, the spacing of the buckets (the most frequent one); 0 for timestamps */
  readonly bucket: number;
  /** Unix time of the first instant, s; NaN when the file has no absolute time */
  readonly startEpoch: number;
}

/** What the importer understood and what it found: shown to the person, nothing dropped silently. */
export interface TraceReport {
  readonly file: string;
  /** `csv`, `prometheus` … as recognised by content */
  readonly format: string;
  readonly rows: number;
  /** rows used, after those with issues were set aside */
  readonly used: number;
  /** missing buckets between the first and the last */
  readonly gaps: number;
  readonly columns: readonly {
    readonly name: string;
    readonly role: 'time' | 'demand' | 'unused';
    readonly unit: string;
  }[];
  /** the time column as understood: `unix seconds`, `unix milliseconds`, `ISO 8601 with offset`, `local text, taken as UTC` */
  readonly timeFormat: string;
  readonly firstTime: string;
  readonly lastTime: string;
}

export interface TraceImport {
  /** absent when there is an issue of severity error */
  readonly series?: TraceSeries;
  readonly report?: TraceReport;
  readonly issues: readonly Issue[];
}
