import type { SummaryEstimate } from '../experiment/result.ts';
import type { Scenario } from '../scenario/schema.ts';
import { formatDuration, formatPercent } from '../units/format.ts';
import type { SloWindowColumns } from './summary-input.ts';

type Slo = Scenario['slo'];

/** Whether a service is held to anything; without an objective every policy "meets" them. */
export function statesObjectives(slo: Slo): boolean {
  return judgesWindows(slo) || slo.availability !== undefined || slo.flaps !== undefined;
}

/** Whether anything is judged window by window; availability and drain time are judged over the run. */
export function judgesWindows(slo: Slo): boolean {
  return [slo.mean, slo.p50, slo.p95, slo.p99, slo.maxBacklog].some((objective) => objective !== undefined);
}

/**
 * Whether one window met every objective on latency and backlog. A window in which nothing completed has no latency
 * to judge: it missed when requests were waiting or lost meanwhile, and met its objectives when there were none.
 */
export function windowMet(windows: SloWindowColumns, index: number, slo: Slo): boolean {
  const backlog = windows.queueLengthMax[index]!;
  if (slo.maxBacklog !== undefined && backlog > slo.maxBacklog) return false;
  const latencies: readonly (readonly [number | undefined, Float64Array])[] = [
    [slo.mean, windows.latencyMean],
    [slo.p50, windows.latencyP50],
    [slo.p95, windows.latencyP95],
    [slo.p99, windows.latencyP99],
  ];
  if (windows.completed[index] === 0) {
    const stuck = backlog > 0 || windows.lost[index]! > 0;
    return !(stuck && latencies.some(([objective]) => objective !== undefined));
  }
  return latencies.every(([objective, column]) => objective === undefined || column[index]! <= objective);
}

export interface WindowVerdicts {
  /** share of the counted windows that met every objective; NaN when nothing is judged by windows, or there is none */
  readonly attainment: number;
  /** s of windows that missed one */
  readonly violationSeconds: number;
}

/** Judges the windows that start in [from, end); the last one counts as long as it lasted. */
export function judgeWindows(windows: SloWindowColumns, slo: Slo, from: number, end: number): WindowVerdicts {
  let counted = 0;
  let met = 0;
  let violationSeconds = 0;
  for (let i = 0; i < windows.time.length; i += 1) {
    const start = windows.time[i]!;
    if (start < from || start >= end) continue;
    counted += 1;
    if (windowMet(windows, i, slo)) met += 1;
    else violationSeconds += Math.min(start + slo.window, end) - start;
  }
  return { attainment: judgesWindows(slo) && counted > 0 ? met / counted : NaN, violationSeconds };
}

/**
 * How many times over the error budget was spent: (1 − availability) ÷ (1 − objective).
 * @returns NaN without an objective or without attempts; with an objective of 100 %, 0 when nothing failed and else Infinity
 */
export function errorBudgetBurn(availability: number, objective: number | undefined): number {
  if (objective === undefined || Number.isNaN(availability)) return NaN;
  if (availability === 1) return 0;
  return (1 - availability) / (1 - objective);
}

/** Whether the means over replications meet every stated objective, and one sentence for each that they miss. */
export function sloVerdict(
  summary: Pick<SummaryEstimate, 'sloAttainment' | 'availability' | 'drainTime' | 'mostFlapsPerPeriod'>,
  slo: Slo,
): { met: boolean; misses: string[] } {
  const misses: string[] = [];
  const attainment = summary.sloAttainment.mean;
  if (attainment < slo.attainment) {
    misses.push(
      `${formatPercent(attainment)} of the ${formatDuration(slo.window)} windows met ${windowObjectives(slo)}; ${formatPercent(slo.attainment)} should.`,
    );
  }
  const availability = summary.availability.mean;
  if (slo.availability !== undefined && availability < slo.availability) {
    misses.push(
      `Availability was ${formatPercent(availability)}; it should be at least ${formatPercent(slo.availability)}.`,
    );
  }
  const drainTime = summary.drainTime.mean;
  if (slo.drainTime !== undefined && drainTime > slo.drainTime) {
    misses.push(
      `The backlog stayed above ${slo.maxBacklog ?? 0} for ${formatDuration(drainTime)} at a stretch; it should drain within ${formatDuration(slo.drainTime)}.`,
    );
  }
  const flaps = summary.mostFlapsPerPeriod.mean;
  if (slo.flaps !== undefined && flaps > slo.flaps.max) {
    misses.push(
      `Up to ${Math.round(flaps * 10) / 10} flaps fell within ${formatDuration(slo.flaps.per)}; the budget is ${slo.flaps.max}.`,
    );
  }
  return { met: misses.length === 0, misses };
}

/** `p95 ≤ 500 ms and backlog ≤ 100` */
function windowObjectives(slo: Slo): string {
  const latencies = (['mean', 'p50', 'p95', 'p99'] as const).flatMap((name) => {
    const objective = slo[name];
    return objective === undefined ? [] : [`${name} ≤ ${formatDuration(objective)}`];
  });
  const backlog = slo.maxBacklog === undefined ? [] : [`backlog ≤ ${slo.maxBacklog}`];
  return [...latencies, ...backlog].join(' and ');
}
