import type { NodeLife, ReplicaLife } from '../experiment/result.ts';
import type { RunColumns } from '../kernel/columns.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { LatencyHistogram } from '../statistics/latency-histogram.ts';
import type { LoadStep } from '../workload/load-steps.ts';

/** One change of the replicas asked for. A change that changes nothing is not recorded. */
export interface DesiredChange {
  /** s */
  readonly time: number;
  readonly from: number;
  readonly to: number;
}

/**
 * What is judged against the objectives, in columns of equal length, one row an SLO window (`slo.window`):
 * row i covers [time[i], time[i] + window), the last one perhaps cut short by the end of the run. Every window of the
 * run, those of the warm-up too.
 */
export interface SloWindowColumns {
  /** s, k × window */
  readonly time: Float64Array;
  /** attempts completed in the window */
  readonly completed: Float64Array;
  /** attempts rejected, timed out or failed in the window */
  readonly lost: Float64Array;
  /** sojourn time of the attempts completed in the window, s; NaN when none completed */
  readonly latencyMean: Float64Array;
  readonly latencyP50: Float64Array;
  readonly latencyP95: Float64Array;
  readonly latencyP99: Float64Array;
  /** most requests waiting at once in the window */
  readonly queueLengthMax: Float64Array;
}

/**
 * Totals that columns cannot give exactly. Counted over the recording rows that start at or after the warm-up, like
 * every other number of the summary: at a row's end, add its events when its start is ≥ warm-up.
 */
export interface RunTotals {
  /** attempts whose service started */
  readonly started: number;
  /** those of them that had waited (wait > 0) */
  readonly delayed: number;
  /** Σ of the wait before service of the started attempts, s */
  readonly waitingTimeSum: number;
  /** Σ of the sojourn times of the completed attempts, s */
  readonly sojournTimeSum: number;
  /** sojourn times of the completed attempts */
  readonly latencies: LatencyHistogram;
  /**
   * s: the longest unbroken stretch with more than `slo.maxBacklog` (0 when absent) requests waiting. A stretch that
   * began before the first counted row counts from that row's start, one that lasts at the end counts up to the end.
   */
  readonly longestBacklog: number;
}

/** Everything one run leaves behind, as the summary needs it. */
export interface SummaryInput {
  readonly columns: RunColumns;
  /** s */
  readonly recordingInterval: number;
  /** s: rows and windows that start earlier, and changes before the first counted row, are left out */
  readonly warmup: number;
  /** requests one replica works on at once */
  readonly concurrency: number;
  /** s: what the run covers; the horizon unless it was stopped early */
  readonly end: number;
  readonly totals: RunTotals;
  readonly windows: SloWindowColumns;
  /** every replica that ever existed */
  readonly replicas: readonly ReplicaLife[];
  /** every node that ever was; empty where there is room without end */
  readonly nodes?: readonly NodeLife[];
  /** in the order of time; the initial replicas are no change */
  readonly desiredChanges: readonly DesiredChange[];
  /** lasting jumps of the arrival rate, in the order of time; absent where there is none */
  readonly loadSteps?: readonly LoadStep[];
  readonly slo: Scenario['slo'];
  readonly cost: Scenario['cost'];
  readonly stability: Scenario['stability'];
}
