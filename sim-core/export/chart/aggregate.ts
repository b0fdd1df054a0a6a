import type { Comparison, RunResult } from '../../experiment/result.ts';
import type { TimeRange } from './lane-model.ts';
import { costOf, isPriced, nodeSecondsOf } from './row-cost.ts';
import type { Prices } from './row-cost.ts';
import { firstAtOrAfter } from './extremes.ts';

/** What one policy did in an interval, in replication 0. NaN where nothing was recorded. */
export interface IntervalAggregate {
  readonly policy: string;
  /** attempts that arrived, retries included */
  readonly arrivals: number;
  readonly completed: number;
  readonly rejected: number;
  readonly timedOut: number;
  readonly failed: number;
  readonly replicasMean: number;
  readonly replicaHours: number;
  /** of replicas and nodes, see `costOf`; NaN without a price */
  readonly cost: number;
  /** s, mean of the attempts completed */
  readonly latencyMean: number;
  /** s, worst row */
  readonly latencyP95Worst: number;
  /** s of rows whose latency missed its objective; NaN without one */
  readonly violationSeconds: number;
  readonly maxBacklog: number;
  /** evaluations of the controller; NaN when no log was kept */
  readonly decisions: number;
  /** evaluations that changed the count asked for */
  readonly scalingEvents: number;
}

export interface AggregateOptions {
  readonly slo?:
    | {
        readonly p50?: number | undefined;
        readonly p95?: number | undefined;
        readonly p99?: number | undefined;
        readonly mean?: number | undefined;
      }
    | undefined;
  readonly cost?: Prices | undefined;
}

/** Aggregates of [start, end), policy by policy. Counts of rows cut by its ends are taken in proportion. */
export function aggregate(
  comparison: Comparison,
  range: TimeRange,
  options: AggregateOptions = {},
): IntervalAggregate[] {
  return comparison.policies.map(({ example }) => aggregateRun(example, range, options));
}

function aggregateRun(run: RunResult, [start, end]: TimeRange, options: AggregateOptions): IntervalAggregate {
  const { columns, recordingInterval } = run;
  const { time } = columns;
  const sums = { arrivals: 0, completed: 0, rejected: 0, timedOut: 0, failed: 0 };
  let replicaSeconds = 0;
  let nodeSeconds = 0;
  let covered = 0;
  let latencySum = 0;
  let latencyWeight = 0;
  let latencyP95Worst = NaN;
  let violationSeconds = 0;
  let maxBacklog = NaN;
  const limits = (
    [
      [columns.latencyP50, options.slo?.p50],
      [columns.latencyP95, options.slo?.p95],
      [columns.latencyP99, options.slo?.p99],
      [columns.latencyMean, options.slo?.mean],
    ] as const
  ).filter((pair): pair is [Float64Array, number] => pair[1] !== undefined);
  const first = Math.max(0, firstAtOrAfter(time, start) - 1);
  for (let i = first; i < time.length && time[i]! < end; i++) {
    const overlap = Math.min(end, time[i]! + recordingInterval) - Math.max(start, time[i]!);
    if (overlap <= 0) continue;
    const share = overlap / recordingInterval;
    covered += overlap;
    for (const key of ['arrivals', 'completed', 'rejected', 'timedOut', 'failed'] as const) {
      sums[key] += columns[key][i]! * share;
    }
    replicaSeconds += columns.replicaSeconds[i]! * share;
    nodeSeconds += nodeSecondsOf(columns, i, recordingInterval) * share;
    const completed = columns.completed[i]! * share;
    if (completed > 0 && !Number.isNaN(columns.latencyMean[i]!)) {
      latencySum += columns.latencyMean[i]! * completed;
      latencyWeight += completed;
    }
    if (!(columns.latencyP95[i]! <= latencyP95Worst)) {
      latencyP95Worst = Number.isNaN(columns.latencyP95[i]!) ? latencyP95Worst : columns.latencyP95[i]!;
    }
    if (limits.some(([values, limit]) => values[i]! > limit)) violationSeconds += overlap;
    if (!(columns.queueLengthMax[i]! <= maxBacklog)) maxBacklog = columns.queueLengthMax[i]!;
  }
  const none = covered === 0;
  const inside = run.decisions.filter((decision) => decision.time >= start && decision.time < end);
  return {
    policy: run.policy,
    arrivals: none ? NaN : sums.arrivals,
    completed: none ? NaN : sums.completed,
    rejected: none ? NaN : sums.rejected,
    timedOut: none ? NaN : sums.timedOut,
    failed: none ? NaN : sums.failed,
    replicasMean: none ? NaN : replicaSeconds / covered,
    replicaHours: none ? NaN : replicaSeconds / 3600,
    cost: none || !isPriced(options.cost) ? NaN : costOf(replicaSeconds, nodeSeconds, options.cost!),
    latencyMean: latencyWeight > 0 ? latencySum / latencyWeight : NaN,
    latencyP95Worst,
    violationSeconds: none || limits.length === 0 ? NaN : violationSeconds,
    maxBacklog,
    decisions: run.decisions.length === 0 ? NaN : inside.length,
    scalingEvents:
      run.decisions.length === 0
        ? desiredChanges(columns.time, columns.desired, start, end)
        : inside.filter((decision) => decision.applied !== decision.current).length,
  };
}

function desiredChanges(time: Float64Array, desired: Float64Array, start: number, end: number): number {
  let changes = 0;
  for (let i = Math.max(1, firstAtOrAfter(time, start)); i < time.length && time[i]! < end; i++) {
    if (desired[i]! !== desired[i - 1]!) changes++;
  }
  return changes;
}
