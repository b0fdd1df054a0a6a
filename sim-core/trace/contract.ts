import type { Issue } from '../issue.ts';
import type { RecordedDistribution } from './distribution.ts';
import type { TraceMapping } from './mapping.ts';
import type { RecordedUnit } from './recorded-unit.ts';
import type { SeriesRole, SeriesStatistic } from './roles.ts';

/** Recorded demand, ready to be replayed. Columns of equal length n. */
export interface TraceSeries {
  /** `rate`: values are 1/s over [time[i], time[i] + bucket). `timestamps`: one row a request. */
  readonly kind: 'rate' | 'timestamps';
  /** n, s since the trace's first instant, non-decreasing (strictly increasing for rates), time[0] = 0 */
  readonly time: Float64Array;
  /** n, 1/s; NaN where a bucket is missing and was not filled. Empty for timestamps. */
  readonly rate: Float64Array;
  /** n, s: how long each request took, NaN where unknown; only for timestamps whose file tells */
  readonly serviceTime?: Float64Array;
  /** s, the spacing of the buckets (the most frequent one); 0 for timestamps */
  readonly bucket: number;
  /** Unix time of the first instant, s; NaN when the file has no absolute time */
  readonly startEpoch: number;
}

/**
 * Anything recorded over time beside the demand: replicas, latency, CPU, cost … For calibration and the reality check.
 * Columns of equal length n; series of one file may share their `time`.
 */
export interface RecordedSeries {
  /** column or metric as the file names it */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly role: SeriesRole;
  /** what of its bucket a value is: `value` for a plain reading */
  readonly statistic: SeriesStatistic;
  /** the unit of `values`; what the file counts in is converted */
  readonly unit: RecordedUnit;
  /** how several values become one: when buckets are merged or the series is resampled */
  readonly aggregation: 'sum' | 'mean' | 'max' | 'last';
  /** n, s on the clock of the import (0 is `TraceImport.startEpoch`; may be negative), strictly increasing */
  readonly time: Float64Array;
  /** n; NaN where there is none */
  readonly values: Float64Array;
  /** s, the usual distance of rows; 0 for a single row */
  readonly bucket: number;
}

/** Where demand was probably higher than what was served: a replay of it would be too kind. */
export interface SaturatedStretch {
  /** s on the clock of the import */
  readonly from: number;
  readonly to: number;
  /** utilisation of 90 % or more, a queue that grows, or errors and refusals (5xx, 429) */
  readonly reason: 'utilisation' | 'queue' | 'errors';
  /** the series that shows it */
  readonly series: string;
}

/** Everything that is less than perfect about a recording, counted. */
export interface TraceQuality {
  /** missing buckets of the demand between its first and its last */
  readonly gaps: number;
  readonly duplicates: number;
  readonly outOfOrder: number;
  /** times that clocks showed twice, when they were set back */
  readonly shownTwice: number;
  /** times that clocks never showed, as they were set forward over them */
  readonly neverShown: number;
  /** times a cumulative counter began again */
  readonly counterResets: number;
  /** rows that could not be read, with the first line numbers */
  readonly malformed: number;
  readonly malformedLines: readonly number[];
  /** empty, NaN or null where a number belongs */
  readonly missing: number;
  readonly negative: number;
  /** requests logged when they ended and moved to when they began */
  readonly movedToStart: number;
  /** requests of a log that says how long they took, but not of these: never passed on, or cut off */
  readonly withoutDuration: number;
  /** the first 200; `saturatedTime` has them all */
  readonly saturated: readonly SaturatedStretch[];
  /** s */
  readonly saturatedTime: number;
  /** as found or as told: `UTC`, `+01:00`, `none, taken as UTC` */
  readonly timeZone: string;
  /** `closed`: made by users who wait for each answer, whose rate is no demand that would come anyway */
  readonly loop: 'open' | 'closed' | 'unknown';
}

/** A column of a table, or a series of a format that has series. */
export interface TraceColumn {
  readonly name: string;
  readonly role: 'time' | 'duration' | SeriesRole | 'unused';
  /** what the values count in, in the file's own words where it has any; empty where there is nothing to understand */
  readonly unit: string;
  /** of series that have them */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * What a mapping can say about it: `any` role, any role of a `series`, the `time` at most, what it counts (`unit`), the
   * value of the `rows` that are meant, or nothing (`none`: its format says it all).
   */
  readonly choice: 'any' | 'series' | 'time' | 'unit' | 'rows' | 'none';
  /** the one that is replayed; others of that role are kept beside it */
  readonly isDemand?: true;
  /** its values add up since some start, and became rates */
  readonly counter?: true;
  /** its first values as the file has them, where they are still known */
  readonly sample?: readonly string[];
}

/** What the importer understood and what it found: shown to the person, nothing dropped silently. */
export interface TraceReport {
  readonly file: string;
  /** `csv`, `prometheus` … as recognised by content, and why */
  readonly format: string;
  readonly recognisedBy: string;
  readonly rows: number;
  /** rows used, after those with issues were set aside */
  readonly used: number;
  /** missing buckets between the first and the last */
  readonly gaps: number;
  readonly columns: readonly TraceColumn[];
  /** the time column as understood: `unix seconds`, `unix milliseconds`, `ISO 8601 with offset`, `local text, taken as UTC` */
  readonly timeFormat: string;
  readonly firstTime: string;
  readonly lastTime: string;
  readonly quality: TraceQuality;
}

export interface TraceImport {
  /** `csv`, `prometheus` …; null when the file is none that could be read */
  readonly format: string | null;
  /** a complete mapping to start from: what was told, and what the guesses came to */
  readonly mapping?: TraceMapping;
  /** the demand; absent when there is an issue of severity error, or when nothing in the file is demand */
  readonly series?: TraceSeries;
  /** everything else that was recorded; there even when the choice of the demand is still open */
  readonly recorded: readonly RecordedSeries[];
  /** how values are distributed, where the file tells that and not when they fell */
  readonly distribution?: RecordedDistribution;
  /** Unix time of 0 on the clock of `series` and `recorded`, s; NaN when the file has no absolute time */
  readonly startEpoch: number;
  /** absent when nothing could be read */
  readonly report?: TraceReport;
  readonly issues: readonly Issue[];
}
