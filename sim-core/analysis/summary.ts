import type { RunSummary } from '../experiment/result.ts';
import type { RunColumns } from '../kernel/columns.ts';
import { desiredOverTime, readyOverTime } from './count-over-time.ts';
import { countedRows } from './counted-rows.ts';
import { mostReplicas, nodeCost, replicaCost, violationCost } from './cost.ts';
import { elasticityOf } from './elasticity.ts';
import type { Elasticity } from './elasticity.ts';
import { neededReplicas } from './needed-replicas.ts';
import { nodeNumbers } from './node-use.ts';
import { oscillationOf } from './oscillation.ts';
import { errorBudgetBurn, judgeWindows } from './slo.ts';
import { mostFlapsWithin, stabilityOf } from './stability.ts';
import { stepResponseOf } from './step-response.ts';
import type { SummaryInput } from './summary-input.ts';

/**
 * The summary numbers of one run. Everything is counted over the recording rows that start at or after the warm-up;
 * NaN where there was nothing to measure.
 */
export function summarise(input: SummaryInput): RunSummary {
  const { columns, totals, slo, cost } = input;
  const { first, from, end } = countedRows(columns, input.warmup, input.end);
  // Not a column: over ninety days of minutes that would be one more megabyte.
  const durationOf = (row: number): number =>
    Math.min(columns.time[row]! + input.recordingInterval, end) - columns.time[row]!;
  const readySlotsOf = (row: number): number => columns.readySlotSeconds[row]!;
  const sum = (name: keyof RunColumns): number => total(columns[name], first);

  const completed = sum('completed');
  const rejected = sum('rejected');
  const timedOut = sum('timedOut');
  const failed = sum('failed');
  const ended = completed + rejected + timedOut + failed;
  const availability = ended > 0 ? completed / ended : NaN;
  const replicaSeconds = sum('replicaSeconds');
  const { attainment, violationSeconds } = judgeWindows(input.windows, slo, from, end);
  const violationMinutes = violationSeconds / 60;
  const violations = violationCost(violationMinutes, cost);
  const stability = stabilityOf(input);
  const oscillation = oscillationOf(desiredOverTime(input.desiredChanges), from, end);
  const response = stepResponseOf(readyOverTime(input.replicas), input.loadSteps ?? [], from, end);
  const elasticity = elasticityAfter(first, durationOf, input);
  const latency = (p: number): number => (completed > 0 ? totals.latencies.quantile(p) : NaN);

  return {
    arrivals: sum('arrivals'),
    completed,
    rejected,
    timedOut,
    failed,
    retries: sum('retries'),
    sloAttainment: attainment,
    availability,
    errorBudgetBurn: errorBudgetBurn(availability, slo.availability),
    sloViolationMinutes: violationMinutes,
    latencyMean: completed > 0 ? totals.sojournTimeSum / completed : NaN,
    latencyP50: latency(0.5),
    latencyP95: latency(0.95),
    latencyP99: latency(0.99),
    waitingTimeMean: totals.started > 0 ? totals.waitingTimeSum / totals.started : NaN,
    delayProbability: totals.started > 0 ? totals.delayed / totals.started : NaN,
    queueLengthMean: weightedMean(columns.queueLengthMean, durationOf, first),
    maxBacklog: largest(columns.queueLengthMax, first),
    finalBacklog: columns.queueLength.at(-1) ?? 0,
    drainTime: totals.longestBacklog,
    utilisation: weightedMean(columns.utilisation, readySlotsOf, first),
    cpuUtilisation: weightedMean(columns.cpuUtilisation, readySlotsOf, first),
    replicasMean: end > from ? replicaSeconds / (end - from) : NaN,
    replicasMax: mostReplicas(input.replicas, from, end),
    replicaHours: replicaSeconds / 3600,
    cost: replicaCost(input.replicas, cost, from, end) + nodeCost(input.nodes ?? [], cost, from, end) + violations,
    violationCost: violations,
    scalingEvents: stability.scalingEvents,
    flaps: stability.flaps.length,
    mostFlapsPerPeriod: slo.flaps === undefined ? NaN : mostFlapsWithin(stability.flaps, slo.flaps.per),
    reversalsPerHour: stability.reversalsPerHour,
    shortestOppositeGap: stability.shortestOppositeGap,
    wastedReplicaSeconds: stability.wastedReplicaSeconds,
    thrashCost: (stability.wastedReplicaSeconds * cost.perReplicaHour) / 3600,
    oscillationPeriod: oscillation.period,
    oscillationAmplitude: oscillation.amplitude,
    settlingTime: response.settlingTime,
    overshoot: response.overshoot,
    underProvisioningAccuracy: elasticity.underProvisioningAccuracy,
    overProvisioningAccuracy: elasticity.overProvisioningAccuracy,
    underProvisioningTimeshare: elasticity.underProvisioningTimeshare,
    overProvisioningTimeshare: elasticity.overProvisioningTimeshare,
    elasticityInstability: elasticity.instability,
    elasticityJitter: elasticity.jitter * 3600,
    ...nodeNumbers(input.nodes ?? [], cost, { from, end }, columns, first, durationOf),
  };
}

/**
 * The ready replicas at the end of each row beside those the row needed; without a latency objective nothing is known to
 * be needed, and everything is NaN.
 */
function elasticityAfter(first: number, durationOf: (row: number) => number, input: SummaryInput): Elasticity {
  const { columns, recordingInterval, end, concurrency, slo } = input;
  return elasticityOf({
    demand: neededReplicas(columns, recordingInterval, end, concurrency, slo).subarray(first),
    supply: columns.ready.subarray(first),
    durationOf: (row) => durationOf(first + row),
  });
}

function total(column: Float64Array, first: number): number {
  let sum = 0;
  for (let i = first; i < column.length; i += 1) sum += column[i]!;
  return sum;
}

function largest(column: Float64Array, first: number): number {
  let most = 0;
  for (let i = first; i < column.length; i += 1) most = Math.max(most, column[i]!);
  return most;
}

/** Rows that are NaN or weigh nothing are left out; NaN when none is left. */
function weightedMean(column: Float64Array, weightOf: (row: number) => number, first: number): number {
  let sum = 0;
  let weight = 0;
  for (let i = first; i < column.length; i += 1) {
    const own = weightOf(i);
    if (Number.isNaN(column[i]!) || !(own > 0)) continue;
    sum += column[i]! * own;
    weight += own;
  }
  return weight > 0 ? sum / weight : NaN;
}
