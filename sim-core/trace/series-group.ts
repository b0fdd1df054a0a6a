import type { Findings } from './findings.ts';
import { GrowingRows } from './growing-rows.ts';
import { firstValues } from './sample.ts';
import { measureSpacing } from './spacing.ts';
import type { SeriesRole, SeriesStatistic } from './roles.ts';

/** What the values of a series are. `counter`: cumulative, to be turned into a rate. */
export type Measure = 'gauge' | 'rate' | 'count' | 'counter';

/** A series as its format describes it; whatever is left out is found from the name. */
export interface SeriesSpec {
  /** column or metric, as the file names it */
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly role?: SeriesRole;
  readonly statistic?: SeriesStatistic;
  readonly measure?: Measure;
  /** the unit as the file writes it (`ms`, `Percent`, `reqps`); see recorded-unit.ts */
  readonly unit?: string;
  /** s, the length of a row where the format states it */
  readonly bucket?: number;
}

/** Rows kept by one group at most, and values over all its columns; beyond, neighbours are merged into longer buckets. */
const maxRows = 4_194_304;
const maxValues = 8_388_608;

/** The rows of a group, complete and in order. */
export interface GroupRows {
  /** s, of the file's clock: row i is at base + time[i] */
  readonly base: number;
  readonly time: Float64Array;
  readonly columns: readonly Float64Array[];
  /** s: what one row lasted before rows were merged; NaN when they were not */
  readonly mergedFrom: number;
}

/**
 * Series that share their rows, such as the columns of a table: `at` begins a row, `set` or `put` gives its values, and
 * those not given are missing. Memory is bounded: beyond `maxRows` neighbours are merged by their mean.
 */
export class SeriesGroup {
  /** time first, then the columns */
  private readonly rows: GrowingRows;
  /** the row begun last, once rows are merged */
  private readonly pending: Float64Array;
  private begun = false;
  private base = NaN;
  private now = NaN;
  private previous = -Infinity;
  private disorder = false;
  private full = false;
  private merger: Merger | undefined;
  private firsts: readonly (readonly string[])[] = [];
  /** trouble with the rows of this group: it refuses the file only when the demand is among its columns */
  readonly findings: Findings;
  /** trouble with the values of each column */
  readonly columnFindings: readonly Findings[];

  private readonly limit: number;

  /** @param like wording and file name of findings @param most rows kept */
  constructor(
    readonly specs: readonly SeriesSpec[],
    like: Findings,
    most = maxRows,
  ) {
    this.rows = new GrowingRows(specs.length + 1);
    this.limit = Math.min(most, Math.max(1024, Math.floor(maxValues / specs.length)));
    this.pending = new Float64Array(specs.length).fill(NaN);
    this.findings = like.another();
    this.columnFindings = specs.map(() => like.another());
  }

  /** Begins a row. @param line 1-based, for messages @param seconds of the file's clock @param fraction s, added to it */
  at(line: number, seconds: number, fraction = 0): void {
    if (this.full) return;
    if (this.rows.length >= this.limit) this.merge();
    if (Number.isNaN(this.base)) this.base = seconds;
    const time = seconds - this.base + fraction;
    if (time <= this.previous) {
      this.disorder = true;
      this.findings.add(time === this.previous ? 'trace-duplicate-time' : 'trace-unsorted', line);
    }
    this.previous = time;
    if (this.merger === undefined) {
      this.rows.add(time);
      return;
    }
    this.flush();
    this.now = time;
    this.begun = true;
  }

  /** The value of a column in the row begun last; NaN for none. */
  set(column: number, value: number): void {
    if (this.merger !== undefined) this.pending[column] = value;
    else if (!this.full) this.rows.set(column + 1, value);
  }

  /** Like `set`, and counts what is missing or not finite. */
  put(column: number, value: number, line: number): void {
    if (value - value === 0) this.set(column, value);
    else
      this.columnFindings[column]!.add(
        Number.isNaN(value) ? 'trace-missing-value' : 'trace-infinite',
        line,
        String(value),
      );
  }

  /** All rows, in the order of the file; the group is empty afterwards. */
  take(): GroupRows & { readonly inOrder: boolean } {
    this.flush();
    this.merger?.end(this.keep);
    const [time, ...columns] = this.rows.take();
    this.firsts = columns.map(firstValues);
    return {
      base: this.base,
      time: time!,
      columns,
      mergedFrom: this.merger?.rowLength ?? NaN,
      inOrder: !this.disorder,
    };
  }

  /** The first values of a column, once the rows were taken. */
  sampleOf(column: number): readonly string[] {
    return this.firsts[column] ?? [];
  }

  private readonly keep: Keep = (time, values) => {
    this.rows.add(time);
    for (let k = 0; k < values.length; k++) this.rows.set(k + 1, values[k]!);
  };

  private flush(): void {
    if (!this.begun || this.merger === undefined) return;
    this.begun = false;
    this.merger.add(this.now, this.pending, this.keep);
    this.pending.fill(NaN);
  }

  /** Halves the rows, unless they are out of order. */
  private merge(): void {
    this.flush();
    const before = this.merger;
    const [times, ...columns] = this.rows.take();
    const time = times!;
    const rowLength = before?.rowLength ?? measureSpacing(time).usual;
    const span = time[time.length - 1]! - time[0]!;
    let width = (before?.width ?? rowLength) * 2;
    if (rowLength > 0) {
      while (span / width > 0.6 * time.length) width *= 2;
      if (before === undefined) this.findings.add('trace-coarsened', 0, String(this.limit));
      this.merger = new Merger(rowLength, width, columns.length);
      const row = new Float64Array(columns.length);
      for (let i = 0; i < time.length; i++) {
        for (let k = 0; k < columns.length; k++) row[k] = columns[k]![i]!;
        this.merger.add(time[i]!, row, this.keep, before === undefined ? 1 : before.width / rowLength);
      }
      if (before !== undefined) this.merger.takeOver(before, this.keep);
    }
    // Out of order, neighbours in the file are not neighbours in time.
    if (rowLength > 0 && this.rows.length <= 0.75 * time.length) return;
    this.full = true;
    this.findings.add('trace-too-many-rows', 0, String(this.limit));
  }
}

type Keep = (time: number, values: Float64Array) => void;

/** Merges rows that fall into one longer bucket by the mean of what is known. */
class Merger {
  private key = NaN;
  private readonly sums: Float64Array;
  private readonly counts: Float64Array;

  /** @param rowLength s, of one row of the file @param width s, of the buckets made */
  constructor(
    readonly rowLength: number,
    readonly width: number,
    columns: number,
  ) {
    this.sums = new Float64Array(columns);
    this.counts = new Float64Array(columns);
  }

  /** @param weight rows of the file that the values are the mean of */
  add(time: number, values: Float64Array, keep: Keep, weight = 1): void {
    this.begin(time, keep);
    for (let k = 0; k < values.length; k++) {
      const value = values[k]!;
      if (Number.isNaN(value)) continue;
      this.sums[k]! += value * weight;
      this.counts[k]! += weight;
    }
  }

  /** Goes on with the bucket that another, of shorter buckets, had begun. */
  takeOver({ key, width, sums, counts }: Merger, keep: Keep): void {
    if (Number.isNaN(key)) return;
    this.begin(key * width, keep);
    for (let k = 0; k < sums.length; k++) {
      this.sums[k]! += sums[k]!;
      this.counts[k]! += counts[k]!;
    }
  }

  private begin(time: number, keep: Keep): void {
    // Half a row of tolerance, so that jitter moves no row into the bucket before.
    const key = Math.floor((time + this.rowLength / 2) / this.width);
    if (key === this.key) return;
    this.end(keep);
    this.key = key;
  }

  end(keep: Keep): void {
    if (Number.isNaN(this.key)) return;
    for (let k = 0; k < this.sums.length; k++) this.sums[k]! /= this.counts[k]!;
    keep(this.key * this.width, this.sums);
    this.sums.fill(0);
    this.counts.fill(0);
    this.key = NaN;
  }
}
