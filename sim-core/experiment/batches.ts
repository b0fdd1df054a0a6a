import type { RunColumns } from '../kernel/columns.ts';
import type { LatencyQuantiles } from '../kernel/latency-book.ts';
import type { BatchPlan } from '../scenario/batches.ts';
import { batchEstimate } from '../statistics/batch-means.ts';
import type { BatchReport, BatchValues, Estimate, RunSummary, SummaryEstimate } from './result.ts';
import { confidence } from './stopping.ts';

/** Batches whose values hang together more than this probability allows have no interval. */
const level = 0.05;

/**
 * The numbers of the summary, batch by batch, each as the summary has it: per observation (latencies, waits, shares of
 * requests) or time-weighted (queue, utilisation, replicas). Where requests gave up or failed, who started when cannot be
 * told from the rows, and waits are left out.
 *
 * @param latencies of each batch
 */
export function batchValues(
  columns: RunColumns,
  recordingInterval: number,
  warmup: number,
  plan: BatchPlan,
  latencies: readonly LatencyQuantiles[],
): BatchValues {
  const first = columns.time.findIndex((time) => time >= warmup) + plan.skip;
  const batches = latencies.map((quantiles, index) => {
    const from = first + index * plan.rows;
    const rows = Array.from({ length: plan.rows }, (_, row) => from + row);
    const sum = (value: (row: number) => number) =>
      rows.reduce((total, row) => {
        const here = value(row);
        return Number.isNaN(here) ? total : total + here;
      }, 0);
    const of = (name: keyof RunColumns) => sum((row) => columns[name][row]!);
    const weighted = (name: keyof RunColumns, weight: (row: number) => number) =>
      sum((row) => columns[name][row]! * weight(row)) / sum(weight);
    const completed = of('completed');
    const lost = of('rejected') + of('timedOut') + of('failed');
    const gaveUp = of('timedOut') + of('failed') > 0;
    const started = (row: number) =>
      columns.arrivals[row]! -
      columns.rejected[row]! -
      (columns.queueLength[row]! - (row === 0 ? 0 : columns.queueLength[row - 1]!));
    const slots = (row: number) => columns.readySlotSeconds[row]!;
    return {
      latencyMean: weighted('latencyMean', (row) => columns.completed[row]!),
      latencyP50: quantiles.p50,
      latencyP95: quantiles.p95,
      latencyP99: quantiles.p99,
      waitingTimeMean: gaveUp ? NaN : weighted('waitingTimeMean', started),
      delayProbability: gaveUp ? NaN : weighted('delayedShare', started),
      availability: completed / (completed + lost),
      queueLengthMean: of('queueLengthMean') / plan.rows,
      utilisation: weighted('utilisation', slots),
      cpuUtilisation: weighted('cpuUtilisation', slots),
      replicasMean: of('replicaSeconds') / (plan.rows * recordingInterval),
    };
  });
  const names = Object.keys(batches[0] ?? {}) as (keyof (typeof batches)[number])[];
  return {
    length: plan.rows * recordingInterval,
    values: Object.fromEntries(names.map((name) => [name, batches.map((batch) => batch[name])])),
  };
}

/** Batch by batch the difference to the baseline, on the same customers. */
export function batchDifferences(batches: BatchValues, reference: BatchValues): BatchValues {
  const names = Object.keys(batches.values) as (keyof RunSummary)[];
  const difference = (name: keyof RunSummary) =>
    batches.values[name]!.map((value, index) => value - (reference.values[name]?.[index] ?? NaN));
  return { length: batches.length, values: Object.fromEntries(names.map((name) => [name, difference(name)])) };
}

/** The estimates of one run with the intervals that its batches give, and what may be said of the batches. */
export function withBatchIntervals(
  summary: SummaryEstimate,
  { length, values }: BatchValues,
): { readonly summary: SummaryEstimate; readonly report: BatchReport } {
  const dependent: string[] = [];
  const changed: Partial<Record<keyof RunSummary, Estimate>> = {};
  let count = 0;
  for (const [name, batches] of Object.entries(values) as [keyof RunSummary, number[]][]) {
    count = batches.length;
    const { halfWidth, test } = batchEstimate(batches, confidence);
    if (test.pValue < level) dependent.push(name);
    else changed[name] = { mean: summary[name].mean, halfWidth };
  }
  return { summary: { ...summary, ...changed }, report: { count, length, dependent } };
}
