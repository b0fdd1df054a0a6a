import type { LatencyHistogram } from '../statistics/latency-histogram.ts';
import { columnNames, emptyColumns, type RunColumns } from './columns.ts';
import * as counter from './counters.ts';
import type { LatencyBook, LatencyQuantiles } from './latency-book.ts';

/** SLO windows, columns of equal length n. */
export interface SloWindows {
  /** s, start of the window; the last one may be cut short by the horizon */
  readonly time: Float64Array;
  /** attempts completed, and attempts rejected, timed out or failed */
  readonly completed: Float64Array;
  readonly lost: Float64Array;
  /** s, of attempts completed in the window; NaN when none */
  readonly latencyMean: Float64Array;
  readonly latencyP50: Float64Array;
  readonly latencyP95: Float64Array;
  readonly latencyP99: Float64Array;
  /** most requests waiting at once */
  readonly queueLengthMax: Float64Array;
}

/** Sums over the rows after the warm-up that cannot be had from the columns. */
export interface RecorderTotals {
  readonly latencies: LatencyHistogram;
  /** Σ sojourn of completed attempts, s */
  readonly sojournTimeSum: number;
  /** attempts that started, those of them that had waited, and Σ of the waits, s */
  readonly started: number;
  readonly delayed: number;
  readonly waitingTimeSum: number;
}

/** State of the service at the end of a row, as the kernel hands it over. */
export interface RowEnd {
  readonly time: number;
  readonly counters: Float64Array;
  readonly queueLength: number;
  readonly queueLengthMax: number;
  readonly inService: number;
  readonly inServiceMean: number;
  readonly queueLengthMean: number;
  readonly desired: number;
  readonly provisioning: number;
  readonly starting: number;
  readonly ready: number;
  readonly draining: number;
  readonly nodes: number;
  readonly unplaced: number;
  readonly replicaSeconds: number;
  readonly readySlotSeconds: number;
  readonly readyBusySeconds: number;
  readonly readyCpuSeconds: number;
  readonly readyCpuRequestSeconds: number;
  readonly cpuSeen: number;
}

type Writable<Columns> = { -readonly [Name in keyof Columns]: Float64Array };

const windowNames = [
  'time',
  'completed',
  'lost',
  'latencyMean',
  'latencyP50',
  'latencyP95',
  'latencyP99',
  'queueLengthMax',
] as const satisfies readonly (keyof SloWindows)[];

/** Turns row ends into result columns, SLO windows and totals. Memory grows with rows, never with requests. */
export class Recorder {
  rows = 0;
  private windows = 0;
  private readonly columns: Writable<RunColumns>;
  private readonly sloWindows: Writable<SloWindows>;
  private readonly totals = { sojournTimeSum: 0, started: 0, delayed: 0, waitingTimeSum: 0 };
  private window = { start: 0, completed: 0, lost: 0, sojournTime: 0, queueLengthMax: 0 };

  constructor(
    horizon: number,
    private readonly recordingInterval: number,
    private readonly rowsPerWindow: number,
    private readonly warmup: number,
    private readonly latencies: LatencyBook,
  ) {
    const rows = Math.ceil(horizon / recordingInterval);
    this.columns = emptyColumns(rows);
    this.sloWindows = rowsPerWindow === 1 ? windowsOfRows(this.columns) : emptyWindows(Math.ceil(rows / rowsPerWindow));
  }

  endRow(end: RowEnd): void {
    const { columns } = this;
    const row = this.rows++;
    const start = row * this.recordingInterval;
    const c = end.counters;
    const completed = c[counter.completed]!;
    const direct = c[counter.arrivals]! - c[counter.rejected]! - c[counter.queued]!;
    const started = direct + c[counter.dequeued]!;
    const serviceTimeMean = c[counter.serviceTime]! / completed;
    const counts = start >= this.warmup;
    const quantiles = this.latencies.endRow(counts, this.rowsPerWindow > 1);

    columns.time[row] = start;
    columns.arrivals[row] = c[counter.arrivals]!;
    putRare(columns.retries, row, c[counter.retries]!);
    columns.completed[row] = completed;
    putRare(columns.rejected, row, c[counter.rejected]!);
    putRare(columns.timedOut, row, c[counter.timedOut]!);
    putRare(columns.failed, row, c[counter.failed]!);
    columns.queueLength[row] = end.queueLength;
    columns.queueLengthMean[row] = end.queueLengthMean;
    columns.queueLengthMax[row] = end.queueLengthMax;
    columns.inService[row] = end.inService;
    columns.inServiceMean[row] = end.inServiceMean;
    columns.desired[row] = end.desired;
    putRare(columns.provisioning, row, end.provisioning);
    putRare(columns.starting, row, end.starting);
    columns.ready[row] = end.ready;
    putRare(columns.draining, row, end.draining);
    putRare(columns.nodes, row, end.nodes);
    putRare(columns.unplaced, row, end.unplaced);
    columns.replicaSeconds[row] = end.replicaSeconds;
    columns.readySlotSeconds[row] = end.readySlotSeconds;
    columns.utilisation[row] = Math.min(1, end.readyBusySeconds / end.readySlotSeconds);
    columns.cpuUtilisation[row] = end.readyCpuSeconds / end.readyCpuRequestSeconds;
    columns.cpuSeen[row] = end.cpuSeen;
    columns.latencyMean[row] = c[counter.sojournTime]! / completed;
    columns.latencyP50[row] = quantiles.p50;
    columns.latencyP95[row] = quantiles.p95;
    columns.latencyP99[row] = quantiles.p99;
    columns.waitingTimeMean[row] = c[counter.waitingTime]! / started;
    columns.delayedShare[row] = c[counter.dequeued]! / started;
    columns.serviceTimeMean[row] = serviceTimeMean;
    columns.serviceScv[row] = Math.max(
      0,
      c[counter.serviceTimeSquare]! / completed / (serviceTimeMean * serviceTimeMean) - 1,
    );

    this.window.completed += completed;
    this.window.lost += c[counter.rejected]! + c[counter.timedOut]! + c[counter.failed]!;
    this.window.sojournTime += c[counter.sojournTime]!;
    this.window.queueLengthMax = Math.max(this.window.queueLengthMax, end.queueLengthMax);
    if (counts) this.addToTotals(c, started);
    // A window of one row has the quantiles of its row.
    if (this.rowsPerWindow === 1) this.endWindow(end.time, quantiles);
    else if (this.rows % this.rowsPerWindow === 0) this.endWindow(end.time, this.latencies.endWindow());
  }

  /** Closes a window that the horizon, or an early stop, cut short. */
  finish(time: number): void {
    if (this.rows % this.rowsPerWindow !== 0) this.endWindow(time, this.latencies.endWindow());
  }

  result(): { columns: RunColumns; windows: SloWindows; totals: RecorderTotals } {
    return {
      columns: truncate(columnNames, this.columns, this.rows),
      windows: truncate(windowNames, this.sloWindows, this.windows),
      totals: { latencies: this.latencies.totals, ...this.totals },
    };
  }

  private addToTotals(c: Float64Array, started: number): void {
    const { totals } = this;
    totals.sojournTimeSum += c[counter.sojournTime]!;
    totals.started += started;
    totals.delayed += c[counter.dequeued]!;
    totals.waitingTimeSum += c[counter.waitingTime]!;
  }

  private endWindow(time: number, quantiles: LatencyQuantiles): void {
    const { sloWindows, window } = this;
    const row = this.windows++;
    sloWindows.time[row] = window.start;
    sloWindows.completed[row] = window.completed;
    putRare(sloWindows.lost, row, window.lost);
    sloWindows.latencyMean[row] = window.sojournTime / window.completed;
    sloWindows.latencyP50[row] = quantiles.p50;
    sloWindows.latencyP95[row] = quantiles.p95;
    sloWindows.latencyP99[row] = quantiles.p99;
    sloWindows.queueLengthMax[row] = window.queueLengthMax;
    this.window = { start: time, completed: 0, lost: 0, sojournTime: 0, queueLengthMax: 0 };
  }
}

/** Where a window is a row, what both have is kept once. */
function windowsOfRows(columns: Writable<RunColumns>): Writable<SloWindows> {
  const { time, completed, latencyMean, latencyP50, latencyP95, latencyP99, queueLengthMax } = columns;
  const lost = new Float64Array(time.length);
  return { time, completed, lost, latencyMean, latencyP50, latencyP95, latencyP99, queueLengthMax };
}

/** For columns that mostly hold zeros: memory that is never written to takes no room. */
function putRare(column: Float64Array, row: number, value: number): void {
  if (value > 0) column[row] = value;
}

function emptyWindows(length: number): Writable<SloWindows> {
  const column = () => new Float64Array(length);
  return {
    time: column(),
    completed: column(),
    lost: column(),
    latencyMean: column(),
    latencyP50: column(),
    latencyP95: column(),
    latencyP99: column(),
    queueLengthMax: column(),
  };
}

/** Cut to what was written, where a run ended early. */
function truncate<Name extends string>(
  names: readonly Name[],
  columns: Record<Name, Float64Array>,
  length: number,
): Record<Name, Float64Array> {
  for (const name of names) if (columns[name].length > length) columns[name] = columns[name].slice(0, length);
  return columns;
}
