import type { PolicyResult } from '../experiment/result.ts';
import type { StaffingObjective } from '../queueing/staffing.ts';
import type { Scenario, Service } from '../scenario/schema.ts';
import { formatDuration, formatPercent, formatRate } from '../units/format.ts';
import { printInstant } from '../units/instant.ts';
import type { DemandWindow } from './demand.ts';
import { upperBound } from './sizing.ts';
import type { Sizing } from './sizing.ts';
import type { PlannedChange } from './steps.ts';

/** What a plan is about. */
export interface Context {
  readonly scenario: Scenario;
  readonly service: Service;
  readonly sizing: Sizing;
}

/** Why a step is taken. */
export function reasonOf({ scenario, sizing }: Context, window: DemandWindow, { from, to }: PlannedChange): string {
  const rate = `${formatRate(window.busiest.mean)} (up to ${formatRate(upperBound(window.busiest))})`;
  const span = spanOf(scenario, window);
  const objectives = objectivesOf(sizing);
  if (to > from)
    return `Demand rises to ${rate} between ${span}; ${to} replicas are the fewest that keep ${objectives}.`;
  return `Demand is no more than ${rate} between ${span}; ${to} replicas keep ${objectives} there and for at least ${formatDuration(scenario.stability.flapWindow)}.`;
}

/** Why the plan is as it is, in a few sentences. */
export function rationaleOf(
  { scenario, service, sizing }: Context,
  windows: readonly DemandWindow[],
  workers: readonly number[],
  changes: readonly PlannedChange[],
  result: PolicyResult,
): string {
  const sentences: string[] = [];
  if (windows.length === 0 || sizing.service === null) {
    sentences.push('Nothing was served in the simulation, so there is no demand to plan for.');
  } else {
    const peak = windows.reduce((most, window) => (window.busiest.mean > most.busiest.mean ? window : most));
    const most = Math.max(...workers);
    sentences.push(
      `Demand peaks at ${formatRate(peak.busiest.mean)} between ${spanOf(scenario, peak)}, where ${most} replicas of ${service.concurrency} ${service.concurrency === 1 ? 'slot' : 'slots'} keep ${objectivesOf(sizing)} by M/G/c at the upper end of the forecast.`,
      changes.length === 0
        ? `The ${service.replicas.initial} replicas there are suffice throughout.`
        : `${changes.length} ${changes.length === 1 ? 'step follows' : 'steps follow'} it; capacity is only given up when it stays unneeded for ${formatDuration(scenario.stability.flapWindow)}.`,
    );
    if (!sizing.stated) sentences.push('The scenario states no latency objective.');
  }
  for (const objective of sizing.unattainable)
    sentences.push(
      `The service time alone leaves no room for ${describeObjective(objective)}: no number of replicas meets it.`,
    );
  sentences.push(
    result.slo.met
      ? `In simulation “${result.policy}” met its objectives.`
      : `In simulation “${result.policy}” missed its objectives: ${result.slo.misses.join(' ')}`,
  );
  return sentences.join(' ');
}

function objectivesOf(sizing: Sizing): string {
  return sizing.objectives.map(describeObjective).join(' and ');
}

function spanOf(scenario: Scenario, { start, end }: DemandWindow): string {
  return `${clock(scenario.start + start)} and ${clock(scenario.start + end)} UTC`;
}

/** `p95 ≤ 500 ms` */
function describeObjective(objective: StaffingObjective): string {
  switch (objective.kind) {
    case 'delay-probability':
      return `at most ${formatPercent(objective.probability)} of the requests waiting`;
    case 'sojourn':
      return `p${Math.round(objective.quantile * 1000) / 10} ≤ ${formatDuration(objective.seconds)}`;
    case 'waiting':
      return `p${Math.round(objective.quantile * 1000) / 10} of the wait ≤ ${formatDuration(objective.seconds)}`;
    case 'sojourn-mean':
      return `mean ≤ ${formatDuration(objective.seconds)}`;
    case 'waiting-mean':
      return `mean wait ≤ ${formatDuration(objective.seconds)}`;
  }
}

/** `2026-11-27 14:00` */
function clock(epoch: number): string {
  return printInstant(epoch).slice(0, 16).replace('T', ' ');
}
