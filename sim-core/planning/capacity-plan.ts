import { replicasFor, serviceMoments, staffingObjectives } from '../analysis/needed-replicas.ts';
import type { ServiceMoments } from '../analysis/needed-replicas.ts';
import type { PolicyResult } from '../experiment/result.ts';
import type { StaffingObjective } from '../queueing/staffing.ts';
import { smallestServers } from '../queueing/staffing.ts';
import { createDistribution } from '../random/registry.ts';
import type { Scenario, Service } from '../scenario/schema.ts';
import { formatDuration, formatPercent, formatRate } from '../units/format.ts';
import { printInstant } from '../units/instant.ts';
import { normalCdf, normalQuantile } from '../units/special.ts';
import { forecastDemand } from './demand.ts';
import type { DemandWindow, RateForecast } from './demand.ts';
import { fingerprint } from './fingerprint.ts';
import type { CapacityPlan } from './schema.ts';
import { planChanges } from './steps.ts';
import type { PlannedChange } from './steps.ts';

export interface CapacityPlanInput {
  readonly scenario: Scenario;
  /** the policy the plan speaks for */
  readonly policyResult: PolicyResult;
  /** what its cost is compared with; may be the same */
  readonly baselineResult: PolicyResult;
  /** ISO 8601 date-time in UTC */
  readonly createdAt: string;
}

const confidence = 0.95;
/** What is planned for when the scenario states no latency objective. */
const fallback: StaffingObjective = { kind: 'delay-probability', probability: 0.2 };

/**
 * A plan for the horizon of a scenario: what to expect hour by hour, how many replicas M/G/c asks for, and when to
 * change their number.
 *
 * Each window needs the fewest replicas that meet every latency objective at the upper bound (97.5 %) of the rate in
 * its busiest five minutes. Steps follow these needs with hysteresis (`planChanges`), so that no two opposite steps
 * come within the scenario's flap window. What the plan says of SLO and cost is what the simulation of the policy gave.
 */
export function createCapacityPlan({
  scenario,
  policyResult,
  baselineResult,
  createdAt,
}: CapacityPlanInput): CapacityPlan {
  const service = Object.values(scenario.services)[0]!;
  const windows = forecastDemand(policyResult, scenario.horizon);
  const sizing = sizingOf(scenario, service, policyResult);
  const workers = windows.map(({ busiest }) => sizing.workersFor(upperBound(busiest)));
  const needs = windows.map(({ start, end }, index) => ({ start, end, workers: workers[index]! }));
  const startup = meanStartup(service);
  // Scale-ups come a start-up early, so a scale-down must leave that much more room before the next one.
  const changes = planChanges(needs, service.replicas.initial, scenario.stability.flapWindow + startup);
  const final = changes.at(-1)?.to ?? service.replicas.initial;
  const states = { scenario, service, sizing };
  const content = {
    policy_id: policyResult.policy,
    current_state: stateAt(states, 0, service.replicas.initial, windows[0]),
    target_state: stateAt(states, scenario.horizon, final, windows.at(-1)),
    steps: changes.map((change, index) =>
      stepOf(states, windows, change, changes[index + 1]?.index ?? windows.length, startup),
    ),
    forecast: windows.map((window) => forecastOf(scenario, window)),
    simulation: simulationOf(policyResult, baselineResult),
    slo_achievable: policyResult.slo.met && sizing.unattainable.length === 0,
    rationale: rationaleOf(states, windows, workers, changes, policyResult),
  };
  return { id: `plan-${fingerprint(JSON.stringify(content))}`, created_at: createdAt, ...content };
}

/** How rates become replicas. */
interface Sizing {
  /** null when no request was served */
  readonly service: ServiceMoments | null;
  readonly objectives: readonly StaffingObjective[];
  /** the objectives the service time alone exceeds, as people write them */
  readonly unattainable: readonly string[];
  workersFor(rate: number): number;
}

interface Context {
  readonly scenario: Scenario;
  readonly service: Service;
  readonly sizing: Sizing;
}

function sizingOf(scenario: Scenario, service: Service, result: PolicyResult): Sizing {
  const stated = staffingObjectives(scenario.slo);
  const objectives = stated.length > 0 ? stated : [fallback];
  const moments = serviceMoments(result.example.columns);
  const unattainable = stated.filter(
    (objective) =>
      moments !== null && !smallestServers({ model: 'mgc', arrivalRate: 0, ...moments, objective }).attainable,
  );
  return {
    service: moments,
    objectives,
    unattainable: unattainable.map(describeObjective),
    // Something must run to serve the next request.
    workersFor: (rate) =>
      Math.max(1, moments === null ? 0 : replicasFor(rate, moments, service.concurrency, objectives)),
  };
}

function upperBound({ mean, deviation }: RateForecast): number {
  return mean + normalQuantile((1 + confidence) / 2) * deviation;
}

function meanStartup({ replicas }: Service): number {
  const provisioning = replicas.provisioning === undefined ? 0 : createDistribution(replicas.provisioning).mean;
  return provisioning + createDistribution(replicas.startup).mean;
}

function stateAt(
  { scenario, service, sizing }: Context,
  time: number,
  workers: number,
  window: DemandWindow | undefined,
): CapacityPlan['current_state'] {
  const rate = window?.busiest.mean ?? 0;
  const slots = workers * service.concurrency;
  return {
    timestamp: printInstant(scenario.start + time),
    workers,
    predicted_lambda: rate,
    utilisation:
      sizing.service === null || slots === 0 ? null : Math.min(1, (rate * sizing.service.serviceTimeMean) / slots),
    cost_per_hour: workers * scenario.cost.perReplicaHour,
  };
}

function stepOf(
  context: Context,
  windows: readonly DemandWindow[],
  change: PlannedChange,
  until: number,
  startup: number,
): CapacityPlan['steps'][number] {
  const { scenario, service, sizing } = context;
  const { index, from, to } = change;
  const window = windows[index]!;
  const up = to > from;
  const time = up ? Math.max(0, window.start - startup) : window.start;
  const span = `${clock(scenario.start + window.start)} and ${clock(scenario.start + window.end)}`;
  const rate = `${formatRate(window.busiest.mean)} (up to ${formatRate(upperBound(window.busiest))}) between ${span}`;
  const objectives = sizing.objectives.map(describeObjective).join(' and ');
  return {
    timestamp: printInstant(scenario.start + time),
    action: up ? 'scale_up' : 'scale_down',
    from_workers: from,
    to_workers: to,
    reason: up
      ? `Demand rises to ${rate}; ${to} replicas are the fewest that keep ${objectives}.`
      : `Demand falls to ${rate}; ${to} replicas keep ${objectives} until at least ${formatDuration(scenario.stability.flapWindow)} later.`,
    confidence: windows
      .slice(index, until)
      .reduce((least, { busiest }) => Math.min(least, sufficiency(sizing, busiest, to)), 1),
    estimated_duration: up ? startup : service.replicas.drain,
  };
}

/** Probability that a number of replicas is enough for a rate known by mean and deviation. */
function sufficiency(sizing: Sizing, rate: RateForecast, workers: number): number {
  if (rate.deviation === 0) return sizing.workersFor(rate.mean) <= workers ? 1 : 0;
  // The highest rate they can take, to a hundredth of a standard deviation; beyond four it makes no difference.
  let low = -4;
  let high = 4;
  if (sizing.workersFor(Math.max(0, rate.mean + high * rate.deviation)) <= workers) return normalCdf(high);
  while (high - low > 0.01) {
    const middle = (low + high) / 2;
    if (sizing.workersFor(Math.max(0, rate.mean + middle * rate.deviation)) <= workers) low = middle;
    else high = middle;
  }
  return normalCdf(low);
}

function forecastOf(scenario: Scenario, { start, end, whole }: DemandWindow): CapacityPlan['forecast'][number] {
  const halfWidth = normalQuantile((1 + confidence) / 2) * whole.deviation;
  return {
    window: { start: printInstant(scenario.start + start), end: printInstant(scenario.start + end) },
    predicted_lambda: whole.mean,
    confidence_bands: { confidence, lower: Math.max(0, whole.mean - halfWidth), upper: whole.mean + halfWidth },
  };
}

function simulationOf({ summary }: PolicyResult, baseline: PolicyResult): CapacityPlan['simulation'] {
  const replicas = summary.cost.mean - summary.violationCost.mean;
  const additional = replicas - (baseline.summary.cost.mean - baseline.summary.violationCost.mean);
  const savings = baseline.summary.violationCost.mean - summary.violationCost.mean;
  return {
    slo_achievement: measured(summary.sloAttainment.mean),
    max_backlog: measured(summary.maxBacklog.mean),
    p95_latency: measured(summary.latencyP95.mean),
    cost_impact: {
      additional_cost: measured(additional),
      violation_savings: measured(savings),
      net_savings: measured(savings - additional),
    },
  };
}

function measured(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function rationaleOf(
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
    const objectives = sizing.objectives.map(describeObjective).join(' and ');
    sentences.push(
      `Demand peaks at ${formatRate(peak.busiest.mean)} between ${clock(scenario.start + peak.start)} and ${clock(scenario.start + peak.end)} UTC, where ${most} replicas of ${service.concurrency} ${service.concurrency === 1 ? 'slot' : 'slots'} keep ${objectives} by M/G/c at the upper end of the forecast.`,
      changes.length === 0
        ? `The ${service.replicas.initial} replicas there are suffice throughout.`
        : `${changes.length} ${changes.length === 1 ? 'step follows' : 'steps follow'} it; capacity is only given up when it stays unneeded for ${formatDuration(scenario.stability.flapWindow)}.`,
    );
    if (staffingObjectives(scenario.slo).length === 0) sentences.push('The scenario states no latency objective.');
  }
  for (const objective of sizing.unattainable)
    sentences.push(`The service time alone leaves no room for ${objective}: no number of replicas meets it.`);
  sentences.push(
    result.slo.met
      ? `In simulation “${result.policy}” met its objectives.`
      : `In simulation “${result.policy}” missed its objectives: ${result.slo.misses.join(' ')}`,
  );
  return sentences.join(' ');
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
