import { printDuration } from '../units/duration.ts';
import type { TraceSeries } from './contract.ts';
import type { Findings } from './findings.ts';
import type { TraceUnit } from './mapping.ts';
import { formatSpacing, measureSpacing } from './spacing.ts';
import { printEpoch } from './time-text.ts';

/** A column that grows by doubling. */
class Column {
  private values = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  take(): Float64Array {
    return this.values.slice(0, this.length);
  }
}

/** How rows become a series. */
export interface SeriesOptions {
  readonly kind: 'rate' | 'timestamps';
  readonly unit: TraceUnit;
  /** s; undefined to find it from the spacing */
  readonly bucket: number | undefined;
  /** whether times are instants of the calendar */
  readonly absolute: () => boolean;
  /** times are computed (end − duration), so that disorder is no fault of the file */
  readonly sortSilently: boolean;
}

/** A series and the facts about it that the report shows. */
export interface BuiltSeries {
  readonly series: TraceSeries;
  readonly gaps: number;
  /** s, of the first and the last row as the file counts them: since 1970, or since the start of the recording */
  readonly firstTime: number;
  readonly lastTime: number;
}

/**
 * Takes rows in the order of the file, checks them, and makes the columns of a series. A missing stretch becomes one
 * row with rate NaN at its start, however many buckets are missing.
 */
export class SeriesBuilder {
  private readonly time = new Column();
  private readonly value = new Column();
  /** s, whole: times are kept relative to it, so that they keep their sub-second digits */
  private base = NaN;
  private previous = -Infinity;
  private disorder = false;

  constructor(
    private readonly options: SeriesOptions,
    private readonly findings: Findings,
  ) {}

  get rows(): number {
    return this.time.length;
  }

  /** @param value in the file's unit; NaN for none (a gap); ignored for timestamps */
  add(line: number, seconds: number, fraction: number, value: number): void {
    if (this.time.length === 0) this.base = seconds;
    const time = seconds - this.base + fraction;
    if (time <= this.previous) this.checkOrder(line, time);
    this.previous = time;
    this.time.push(time);
    if (this.options.kind === 'rate') this.value.push(value);
  }

  private checkOrder(line: number, time: number): void {
    if (this.options.kind === 'rate') {
      this.findings.add(time === this.previous ? 'trace-duplicate-time' : 'trace-unsorted', line);
    } else if (time < this.previous) {
      this.disorder = true;
      if (!this.options.sortSilently) this.findings.add('trace-sorted', line);
    }
  }

  /** @returns undefined when there are no rows, or errors among the findings */
  finish(): BuiltSeries | undefined {
    if (this.findings.hasError || this.time.length === 0) return undefined;
    const time = this.time.take();
    if (this.disorder) time.sort();
    const first = time[0]!;
    const firstTime = this.base + first;
    const startEpoch = this.options.absolute() ? firstTime : NaN;
    for (let i = 0; i < time.length; i++) time[i] = time[i]! - first;
    const lastTime = firstTime + time[time.length - 1]!;
    if (this.options.kind === 'timestamps') {
      const rate = new Float64Array(time.length).fill(1);
      return { series: { kind: 'timestamps', time, rate, bucket: 0, startEpoch }, gaps: 0, firstTime, lastTime };
    }
    const rates = this.finishRates(time, startEpoch);
    return rates && { ...rates, firstTime, lastTime };
  }

  private finishRates(time: Float64Array, startEpoch: number): Pick<BuiltSeries, 'series' | 'gaps'> | undefined {
    const spacing = measureSpacing(time);
    if (this.options.bucket === undefined && time.length < 2) {
      this.findings.add('trace-single-row');
      return undefined;
    }
    const bucket = this.options.bucket ?? spacing.usual;
    const regular = time.length < 2 || spacing.regularShare >= 0.8;
    if (!regular) this.findings.add('trace-irregular', 0, formatSpacing(spacing));

    const value = this.value.take();
    if (value.every((rate) => Number.isNaN(rate))) {
      this.findings.add('trace-no-values');
      return undefined;
    }
    let gaps = 0;
    let gapRows = 0;
    let firstGap = -1;
    const missingAfter = (i: number): number => {
      const distance = regular && i + 1 < time.length ? time[i + 1]! - time[i]! : 0;
      return distance < 1.5 * bucket ? 0 : Math.round(distance / bucket) - 1;
    };
    for (let i = 0; i < time.length; i++) {
      const missing = missingAfter(i);
      gaps += missing;
      if (missing > 0) {
        gapRows++;
        if (firstGap < 0) firstGap = i;
      }
    }
    const n = time.length + gapRows;
    const times = new Float64Array(n);
    const rates = new Float64Array(n);
    for (let i = 0, k = 0; i < time.length; i++) {
      const length = regular || i + 1 >= time.length ? bucket : time[i + 1]! - time[i]!;
      times[k] = time[i]!;
      rates[k++] = perSecond(value[i]!, this.options.unit, length);
      if (missingAfter(i) > 0) {
        times[k] = time[i]! + bucket;
        rates[k++] = NaN;
      }
    }
    if (gaps > 0) {
      const many = gaps === 1 ? '1 bucket' : `${gaps} buckets`;
      const last = time[firstGap]!;
      const after = this.options.absolute() ? printEpoch(startEpoch + last) : `${last} s`;
      const length = printDuration(bucket);
      this.findings.add(
        'trace-gaps',
        0,
        `${many} of ${length} ${gaps === 1 ? 'is' : 'are'} missing, the first after ${after}`,
      );
    }
    return { series: { kind: 'rate', time: times, rate: rates, bucket, startEpoch }, gaps };
  }
}

function perSecond(value: number, unit: TraceUnit, length: number): number {
  if (unit === 'requests/s') return value;
  return unit === 'requests/min' ? value / 60 : value / length;
}
