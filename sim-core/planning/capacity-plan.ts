import type { PolicyResult } from '../experiment/result.ts';
import { createDistribution } from '../random/registry.ts';
import { realityStatusOf } from '../scenario/reality-status.ts';
import type { Scenario, Service } from '../scenario/schema.ts';
import { printInstant } from '../units/instant.ts';
import { normalQuantile } from '../units/special.ts';
import { forecastDemand } from './demand.ts';
import type { DemandWindow } from './demand.ts';
import { fingerprint } from './fingerprint.ts';
import type { CapacityPlan } from './schema.ts';
import { confidence, sizingOf, sufficiency, upperBound } from './sizing.ts';
import { planChanges } from './steps.ts';
import type { PlannedChange } from './steps.ts';
import { rationaleOf, reasonOf } from './wording.ts';
import type { Context } from './wording.ts';

export interface CapacityPlanInput {
  readonly scenario: Scenario;
  /** the policy the plan speaks for */
  readonly policyResult: PolicyResult;
  /** what its cost is compared with; may be the same */
  readonly baselineResult: PolicyResult;
  /** ISO 8601 date-time in UTC */
  readonly createdAt: string;
}

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
  // Scale-ups come a start-up (in whole seconds) early, so a scale-down must leave more than that before the next one.
  const hold = scenario.stability.flapWindow + Math.ceil(startup) + 1;
  const changes = planChanges(needs, service.replicas.initial, hold);
  const final = changes.at(-1)?.to ?? service.replicas.initial;
  const context = { scenario, service, sizing };
  const warning = realityStatusOf(scenario)?.warning ?? null;
  const rationale = rationaleOf(context, windows, workers, changes, policyResult);
  const content = {
    policy_id: policyResult.policy,
    current_state: stateAt(context, 0, service.replicas.initial, windows[0]),
    target_state: stateAt(context, scenario.horizon, final, windows.at(-1)),
    steps: changes.map((change, index) =>
      stepOf(context, windows, change, changes[index + 1]?.index ?? windows.length, startup),
    ),
    forecast: windows.map((window) => forecastOf(scenario, window)),
    simulation: simulationOf(policyResult, baselineResult),
    slo_achievable: policyResult.slo.met && sizing.unattainable.length === 0,
    rationale: warning === null ? rationale : `${warning} ${rationale}`,
  };
  return { id: `plan-${fingerprint(JSON.stringify(content))}`, created_at: createdAt, ...content };
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
  const time = up ? Math.max(0, Math.floor(window.start - startup)) : window.start;
  return {
    timestamp: printInstant(scenario.start + time),
    action: up ? 'scale_up' : 'scale_down',
    from_workers: from,
    to_workers: to,
    reason: reasonOf(context, window, change),
    confidence: windows
      .slice(index, until)
      .reduce((least, { busiest }) => Math.min(least, sufficiency(sizing, busiest, to)), 1),
    estimated_duration: up ? startup : service.replicas.drain,
  };
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
