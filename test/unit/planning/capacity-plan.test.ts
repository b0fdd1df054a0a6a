import { describe, expect, it } from 'vitest';
import { replicasFor } from '../../../sim-core/analysis/needed-replicas.ts';
import type { PolicyResult } from '../../../sim-core/experiment/result.ts';
import { createCapacityPlan } from '../../../sim-core/planning/capacity-plan.ts';
import { forecastDemand, windowLength } from '../../../sim-core/planning/demand.ts';
import { capacityPlanSchema } from '../../../sim-core/planning/schema.ts';
import { scenarioSchema } from '../../../sim-core/scenario/schema.ts';
import type { ScenarioInput } from '../../../sim-core/scenario/schema.ts';
import { policyResult } from '../../support/comparison.ts';
import { runColumns } from '../../support/run-columns.ts';

const interval = 300;
const rowsPerHour = 3600 / interval;

function scenario(change: Partial<ScenarioInput> = {}) {
  return scenarioSchema.parse({
    schema: 'headroom/v1',
    name: 'Planned',
    start: '2026-03-01T00:00:00Z',
    horizon: '8h',
    workload: { sum: [{ constant: { rate: '10/s' } }] },
    services: {
      web: {
        serviceTime: { exponential: { mean: '100ms' } },
        concurrency: 2,
        replicas: { initial: 10, provisioning: '30s', startup: '60s', drain: '20s' },
      },
    },
    slo: { p95: '400ms' },
    cost: { perReplicaHour: 0.5 },
    stability: { flapWindow: '10m' },
    policies: [{ name: 'live', controller: { static: { replicas: 10 } } }],
    ...change,
  });
}

/** A policy's result whose replications all saw these rates, 1/s, hour by hour; `spread` is the half-width of a row's count. */
function result(
  hourlyRates: readonly number[],
  {
    spread = 0,
    name = 'live',
    runs = 10,
    given = {} as Partial<PolicyResult>,
    estimates = {} as Parameters<typeof policyResult>[2],
  } = {},
): PolicyResult {
  const counts = hourlyRates.flatMap((rate) => Array.from({ length: rowsPerHour }, () => rate * interval));
  const rows = counts.length;
  const all = (value: number) => Array.from({ length: rows }, () => value);
  const columns = runColumns(rows, interval, {
    arrivals: counts,
    completed: counts,
    serviceTimeMean: all(0.1),
    serviceScv: all(1),
  });
  const base = policyResult(name, {}, estimates);
  return {
    ...base,
    replications: Array.from({ length: runs }, () => base.replications[0]!),
    example: { ...base.example, recordingInterval: interval, columns },
    bands: {
      ...base.bands,
      arrivals: { mean: Float64Array.from(counts), halfWidth: new Float64Array(rows).fill(spread) },
    },
    ...given,
  };
}

const day = [20, 20, 60, 120, 120, 50, 50, 20];
const createdAt = '2026-02-28T12:00:00Z';
const estimate = (mean: number) => ({ mean, halfWidth: 0 });

describe('a capacity plan', () => {
  const live = result(day);
  const plan = createCapacityPlan({ scenario: scenario(), policyResult: live, baselineResult: live, createdAt });

  it('has the fields of the format, also after a way through JSON', () => {
    expect(capacityPlanSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
    expect(plan.created_at).toBe(createdAt);
    expect(plan.policy_id).toBe('live');
  });

  it('forecasts hour by hour', () => {
    expect(plan.forecast).toHaveLength(8);
    expect(plan.forecast.map(({ predicted_lambda }) => predicted_lambda)).toEqual(day);
    expect(plan.forecast[3]!.window).toEqual({ start: '2026-03-01T03:00:00Z', end: '2026-03-01T04:00:00Z' });
    // Poisson counts of an hour, and a tenth more variance for a mean known from ten runs.
    const halfWidth = (1.959963984540054 * Math.sqrt(120 * 3600 * 1.1)) / 3600;
    expect(plan.forecast[3]!.confidence_bands.upper).toBeCloseTo(120 + halfWidth, 9);
    expect(plan.forecast[3]!.confidence_bands.lower).toBeCloseTo(120 - halfWidth, 9);
  });

  it('steps from the replicas there are, through what each hour needs, a start-up ahead', () => {
    const needed = (rate: number) => {
      const upper = rate + (1.959963984540054 * Math.sqrt(rate * interval * 1.1)) / interval;
      return replicasFor(upper, { serviceTimeMean: 0.1, serviceScv: 1 }, 2, [
        { kind: 'sojourn', quantile: 0.95, seconds: 0.4 },
      ]);
    };
    expect(plan.steps.map(({ from_workers: from, to_workers: to }) => [from, to])).toEqual([
      [10, needed(20)],
      [needed(20), needed(60)],
      [needed(60), needed(120)],
      [needed(120), needed(50)],
      [needed(50), needed(20)],
    ]);
    expect(plan.steps.map(({ action }) => action)).toEqual([
      'scale_down',
      'scale_up',
      'scale_up',
      'scale_down',
      'scale_down',
    ]);
    // 30 s of provisioning and 60 s of start-up before 02:00.
    expect(plan.steps[1]).toMatchObject({ timestamp: '2026-03-01T01:58:30Z', estimated_duration: 90 });
    expect(plan.steps[3]).toMatchObject({ timestamp: '2026-03-01T05:00:00Z', estimated_duration: 20 });
    expect(plan.steps[2]!.reason).toContain('p95 ≤ 400 ms');
    for (const { confidence } of plan.steps) expect(confidence).toBeGreaterThan(0.97);
  });

  it('joins its ends to the steps', () => {
    expect(plan.current_state).toMatchObject({
      workers: 10,
      timestamp: '2026-03-01T00:00:00Z',
      predicted_lambda: 20,
      cost_per_hour: 5,
    });
    expect(plan.current_state.utilisation).toBeCloseTo(0.1, 12);
    expect(plan.target_state).toMatchObject({
      workers: plan.steps.at(-1)!.to_workers,
      timestamp: '2026-03-01T08:00:00Z',
    });
  });

  it('has an id that depends on its content, not on when it was made', () => {
    const again = createCapacityPlan({
      scenario: scenario(),
      policyResult: live,
      baselineResult: live,
      createdAt: '2026-03-02T00:00:00Z',
    });
    expect(again.id).toBe(plan.id);
    const other = createCapacityPlan({
      scenario: scenario(),
      policyResult: result([...day.slice(1), 21]),
      baselineResult: live,
      createdAt,
    });
    expect(other.id).not.toBe(plan.id);
    expect(plan.id).toMatch(/^plan-[0-9a-f]{16}$/);
  });

  it('does not turn round within the flap window, whatever the demand does', () => {
    const saw = result(Array.from({ length: 8 }, (_, hour) => (hour % 2 === 0 ? 20 : 120)));
    const held = createCapacityPlan({
      scenario: scenario({ stability: { flapWindow: '90m' } }),
      policyResult: saw,
      baselineResult: saw,
      createdAt,
    });
    const times = held.steps.map(
      (step) => [Date.parse(step.timestamp) / 1000, step.to_workers > step.from_workers] as const,
    );
    times.slice(1).forEach(([time, up], i) => {
      if (up !== times[i]![1]) expect(time - times[i]![0]).toBeGreaterThan(90 * 60);
    });
    expect(held.steps.length).toBeGreaterThan(0);
  });
});

describe('what a plan says of the simulation', () => {
  it('compares cost with the baseline: replicas apart from violations', () => {
    const live = result(day, { estimates: { cost: estimate(30), violationCost: estimate(12) } });
    const better = result(day, {
      name: 'better',
      estimates: {
        cost: estimate(26),
        violationCost: estimate(2),
        sloAttainment: estimate(0.97),
        maxBacklog: estimate(12),
        latencyP95: estimate(0.3),
      },
    });
    const { simulation } = createCapacityPlan({
      scenario: scenario(),
      policyResult: better,
      baselineResult: live,
      createdAt,
    });
    expect(simulation).toEqual({
      slo_achievement: 0.97,
      max_backlog: 12,
      p95_latency: 0.3,
      cost_impact: { additional_cost: 6, violation_savings: 10, net_savings: 4 },
    });
  });

  it('says null where nothing was measured', () => {
    const idle = result(
      day.map(() => 0),
      { estimates: { latencyP95: estimate(NaN), sloAttainment: estimate(NaN) } },
    );
    const plan = createCapacityPlan({ scenario: scenario(), policyResult: idle, baselineResult: idle, createdAt });
    expect(plan.simulation).toMatchObject({ slo_achievement: null, p95_latency: null });
    expect(plan.target_state.workers).toBe(1);
    expect(plan.rationale).toContain('Nothing was served');
    expect(capacityPlanSchema.safeParse(plan).success).toBe(true);
  });

  it('is not achievable when the policy missed, and says what', () => {
    const missed = result(day, { given: { slo: { met: false, misses: ['Availability was 90%.'] } } });
    const plan = createCapacityPlan({ scenario: scenario(), policyResult: missed, baselineResult: missed, createdAt });
    expect(plan.slo_achievable).toBe(false);
    expect(plan.rationale).toContain('Availability was 90%.');
  });

  it('is not achievable when the service time alone exceeds the objective', () => {
    const live = result(day);
    const plan = createCapacityPlan({
      scenario: scenario({ slo: { p95: '150ms' } }),
      policyResult: live,
      baselineResult: live,
      createdAt,
    });
    expect(plan.slo_achievable).toBe(false);
    expect(plan.rationale).toContain('leaves no room for p95 ≤ 150 ms');
  });

  it('plans for little waiting without a latency objective', () => {
    const live = result(day);
    const plan = createCapacityPlan({
      scenario: scenario({ slo: {} }),
      policyResult: live,
      baselineResult: live,
      createdAt,
    });
    expect(plan.slo_achievable).toBe(true);
    expect(plan.steps[0]!.reason).toContain('at most 20% of the requests waiting');
    expect(plan.rationale).toContain('states no latency objective');
  });
});

describe('the demand behind a plan', () => {
  it('leaves retries out', () => {
    const storm = result([10]);
    const columns = { ...storm.example.columns, retries: storm.example.columns.arrivals.map((count) => count / 4) };
    const windows = forecastDemand({ ...storm, example: { ...storm.example, columns } }, 3600);
    expect(windows[0]!.whole.mean).toBeCloseTo(7.5, 12);
  });

  it('is as uncertain as its replications differ', () => {
    // 30 is t(0.975, 9)·s/√10: s = 30·√10 ÷ 2.2621571628.
    const deviation = (30 * Math.sqrt(10)) / 2.2621571628;
    const [window] = forecastDemand(result([1], { spread: 30 }), 3600);
    expect(window!.busiest.deviation).toBeCloseTo((deviation * Math.sqrt(1.1)) / 300, 6);
  });

  it('finds the busiest stretch of each window', () => {
    const burst = result([10, 10]);
    burst.bands.arrivals.mean[7] = 9000;
    const windows = forecastDemand(burst, 7200);
    expect(windows.map(({ busiest }) => busiest.mean)).toEqual(
      [10, 10, 30, 10, 10, 10, 10, 10].slice(0, windows.length),
    );
  });

  it.each([
    [1800, 300],
    [3600, 300],
    [7200, 900],
    [6 * 3600, 3600],
    [24 * 3600, 3600],
    [14 * 86_400, 3600],
    [30 * 86_400, 21_600],
    [365 * 86_400, 86_400],
  ])('a horizon of %i s is cut into windows of %i s', (horizon, length) => {
    expect(windowLength(horizon)).toBe(length);
  });
});
