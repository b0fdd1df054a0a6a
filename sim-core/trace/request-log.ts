import { bucketLowerBound, bucketOf } from '../statistics/latency-histogram.ts';
import { BucketedCounts } from './bucketed-counts.ts';
import type { Findings } from './findings.ts';
import { GrowingColumn } from './growing-column.ts';
import type { TraceMapping } from './mapping.ts';
import { sortOrder } from './sort-order.ts';

/** How a request ended. */
export const outcomes = { served: 0, failed: 1, refused: 2 } as const;
export type Outcome = (typeof outcomes)[keyof typeof outcomes];

/** 5xx is failed, 429 and 503 are refused (the server was busy), all else is served. */
export function outcomeOfStatus(status: number): Outcome {
  if (status === 429 || status === 503) return outcomes.refused;
  return status >= 500 && status <= 599 ? outcomes.failed : outcomes.served;
}

export interface RequestLogOptions {
  /** Whether the file's time is the start or the end of a request; a mapping's `loggedAt` wins. */
  readonly loggedAt: 'start' | 'end';
  /** Times are computed or written by many hands, so that disorder is no news. */
  readonly unordered?: boolean;
  /** s, the grain of the times, when it is coarse: requests are spread over it, each time in the same way */
  readonly grain?: number;
}

/** Requests kept one by one at most; a longer log becomes counts per bucket. */
export const maxRequests = 16_777_216;
/** Service times kept one by one at most; of a longer log the latency per bucket says the rest. */
export const maxServiceTimes = 2_097_152;

/**
 * A log of requests: 8 bytes each, or counts per bucket when that is asked for or the log is very long. Beside it, in
 * buckets whose number is bounded, how long the requests took and how they ended.
 */
export class RequestLog {
  readonly kind: 'rate' | 'timestamps';
  rows = 0;
  /** requests moved from their end to their start */
  moved = 0;
  private untimed = 0;
  /** whole s of the file's clock; times are kept relative to it, so that they keep their digits below a second */
  base = NaN;
  readonly latency = new LatencyPerBucket();
  readonly failed: BucketedCounts;
  readonly refused: BucketedCounts;
  private counts: BucketedCounts | undefined;
  private readonly times = new GrowingColumn();
  private readonly took = new GrowingColumn();
  private anyTook = false;
  private disorder = false;
  private previous = -Infinity;
  private readonly moves: boolean;
  private readonly grain: number;
  private readonly width: number;

  constructor(
    private readonly options: RequestLogOptions,
    mapping: TraceMapping,
    private readonly findings: Findings,
  ) {
    this.kind = mapping.kind ?? 'timestamps';
    this.moves = (mapping.loggedAt ?? options.loggedAt) === 'end';
    this.grain = options.grain ?? 0;
    this.width = mapping.bucket ?? 1;
    this.failed = new BucketedCounts(this.width);
    this.refused = new BucketedCounts(this.width);
    if (this.kind === 'rate') this.counts = new BucketedCounts(this.width);
  }

  /**
   * @param line 1-based, for messages
   * @param seconds of the file's clock; `fraction` is added to it
   * @param took s, how long it took; NaN where unknown
   */
  add(line: number, seconds: number, fraction: number, took = NaN, outcome: Outcome = outcomes.served): void {
    if (this.rows === 0) this.base = seconds;
    this.rows++;
    let time = seconds - this.base + fraction;
    if (this.grain > 0) time += this.grain * scattered(this.rows);
    if (took >= 0) {
      this.anyTook = true;
      if (this.moves) {
        time -= took;
        this.moved++;
      }
      this.latency.add(time, took);
    } else this.untimed++;
    if (outcome === outcomes.failed) this.failed.add(time);
    else if (outcome === outcomes.refused) this.refused.add(time);
    if (this.counts !== undefined) {
      this.counts.add(time);
      return;
    }
    if (time < this.previous) {
      this.disorder = true;
      if (this.options.unordered !== true && this.moved === 0) this.findings.add('trace-sorted', line);
    }
    this.previous = time;
    this.times.push(time);
    if (this.took.length < maxServiceTimes) this.took.push(took);
    if (this.times.length > maxRequests) this.startCounting();
  }

  /** Requests that do not say how long they took, where others do. */
  get withoutDuration(): number {
    return this.anyTook ? this.untimed : 0;
  }

  /** To be asked once all requests are there: are they kept one by one and were they spread? */
  get spread(): number {
    return this.counts === undefined ? this.grain : 0;
  }

  /** Requests one by one, in order; undefined when they were counted. */
  takeTimes(): { readonly time: Float64Array; readonly serviceTime: Float64Array | undefined } | undefined {
    if (this.counts !== undefined) return undefined;
    const time = this.times.take();
    const complete = this.anyTook && this.took.length === time.length;
    const took = complete ? this.took.take() : undefined;
    if (!this.disorder) return { time, serviceTime: took };
    if (took === undefined) return { time: time.sort(), serviceTime: undefined };
    const order = sortOrder(time);
    return { time: time.map((_, i) => time[order[i]!]!), serviceTime: took.map((_, i) => took[order[i]!]!) };
  }

  /** Requests per bucket, where they were counted. */
  takeCounts(): { readonly first: number; readonly width: number; readonly counts: Float64Array } {
    if (this.counts === undefined) throw new Error('The requests were kept one by one.');
    return this.counts.take();
  }

  private startCounting(): void {
    this.findings.add('trace-log-counted', 0, String(maxRequests));
    const counts = new BucketedCounts(this.width);
    this.times.drain((time) => counts.add(time));
    this.counts = counts;
    this.took.clear();
  }
}

/** A number in [0, 1) from the number of a row, as if at random (the finaliser of A. Appleby's MurmurHash3). */
function scattered(row: number): number {
  let h = row | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296;
}

const finerBuckets = 8;
/** 16 to an octave. */
const coarseCount = Math.ceil(5634 / finerBuckets) + 1;
const maxLatencyBuckets = 1024;

/** How long requests took, by when they began, in at most 1024 buckets of equal length. */
class LatencyPerBucket {
  width = 10;
  private first = 0;
  private rows: { sum: number; count: number; histogram: Uint32Array }[] = [];

  get empty(): boolean {
    return this.rows.length === 0;
  }

  add(time: number, took: number): void {
    let index = Math.floor(time / this.width);
    if (this.rows.length === 0) this.first = index;
    while (Math.max(index, this.first + this.rows.length - 1) - Math.min(index, this.first) >= maxLatencyBuckets) {
      this.halve();
      index = Math.floor(time / this.width);
    }
    while (index < this.first) {
      this.rows.unshift(newRow());
      this.first--;
    }
    while (index >= this.first + this.rows.length) this.rows.push(newRow());
    const row = this.rows[index - this.first]!;
    row.sum += took;
    row.count++;
    row.histogram[Math.ceil(bucketOf(took) / finerBuckets)]!++;
  }

  /** Start of the first bucket, s, and the mean and quantiles of each; NaN where no request began. */
  read(probabilities: readonly number[]): { start: number; mean: Float64Array; quantiles: Float64Array[] } {
    const mean = Float64Array.from(this.rows, ({ sum, count }) => sum / count);
    const quantiles = probabilities.map((p) => Float64Array.from(this.rows, (row) => quantileOf(row, p)));
    return { start: this.first * this.width, mean, quantiles };
  }

  private halve(): void {
    this.width *= 2;
    const first = Math.floor(this.first / 2);
    const merged: typeof this.rows = [];
    this.rows.forEach((row, i) => {
      const index = Math.floor((this.first + i) / 2) - first;
      const target = (merged[index] ??= newRow());
      target.sum += row.sum;
      target.count += row.count;
      for (let k = 0; k < coarseCount; k++) target.histogram[k]! += row.histogram[k]!;
    });
    this.rows = merged;
    this.first = first;
  }
}

function newRow() {
  return { sum: 0, count: 0, histogram: new Uint32Array(coarseCount) };
}

function quantileOf({ count, histogram }: { count: number; histogram: Uint32Array }, probability: number): number {
  if (count === 0) return NaN;
  const rank = probability * count;
  let below = 0;
  for (let k = 0; k < histogram.length; k++) {
    const here = histogram[k]!;
    if (here > 0 && below + here >= rank) {
      if (k === 0) return 0;
      const lower = bucketLowerBound((k - 1) * finerBuckets + 1);
      return lower + ((rank - below) / here) * (bucketLowerBound(k * finerBuckets + 1) - lower);
    }
    below += here;
  }
  return NaN;
}
