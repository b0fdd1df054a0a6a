import { describe, expect, it } from 'vitest';
import { neededReplicas } from '../../../sim-core/analysis/needed-replicas.ts';
import { summarise } from '../../../sim-core/analysis/summary.ts';
import type { SummaryInput } from '../../../sim-core/analysis/summary-input.ts';
import { LatencyHistogram } from '../../../sim-core/statistics/latency-histogram.ts';
import { runColumns } from '../../support/run-columns.ts';

/** Three rows of 60 s, the last cut short at 150 s; the first belongs to the warm-up. */
function input(change: Partial<SummaryInput> = {}): SummaryInput {
  const latencies = new LatencyHistogram();
  for (const seconds of [0.1, 0.2, 0.3, 0.4]) latencies.add(seconds);
  return {
    columns: runColumns(3, 60, {
      arrivals: [1000, 60, 30],
      retries: [100, 3, 2],
      completed: [900, 50, 30],
      rejected: [10, 1, 0],
      timedOut: [10, 2, 3],
      failed: [10, 3, 1],
      queueLength: [50, 4, 2],
      queueLengthMean: [60, 3, 6],
      queueLengthMax: [99, 9, 8],
      replicaSeconds: [60, 120, 90],
      readySlotSeconds: [60, 240, 60],
      utilisation: [1, 0.5, NaN],
      cpuUtilisation: [2, 0.6, 0.3],
    }),
    recordingInterval: 60,
    warmup: 30,
    concurrency: 2,
    end: 150,
    totals: { started: 80, delayed: 20, waitingTimeSum: 40, sojournTimeSum: 20, latencies, longestBacklog: 12 },
    windows: {
      time: Float64Array.of(0, 60, 120),
      completed: Float64Array.of(900, 50, 30),
      lost: Float64Array.of(30, 6, 4),
      latencyMean: Float64Array.of(9, 0.2, 0.2),
      latencyP50: Float64Array.of(9, 0.2, 0.2),
      latencyP95: Float64Array.of(9, 0.4, 0.6),
      latencyP99: Float64Array.of(9, 0.4, 0.6),
      queueLengthMax: Float64Array.of(99, 9, 8),
    },
    replicas: [
      { id: 0, createdAt: 0, startedAt: 0, readyAt: 0, drainingAt: NaN, goneAt: NaN },
      { id: 1, createdAt: 0, startedAt: 0, readyAt: 40, drainingAt: 90, goneAt: 100 },
    ],
    desiredChanges: [
      { time: 0, from: 1, to: 2 },
      { time: 90, from: 2, to: 1 },
    ],
    slo: { window: 60, attainment: 0.99, p95: 0.5, availability: 0.95 },
    cost: { perReplicaHour: 36, currency: 'USD', billing: 'per-second', perSloViolationMinute: 2 },
    stability: { flapWindow: 600, maxFlaps: 0, maxReversalsPerHour: 2 },
    ...change,
  };
}

describe('the summary of a run', () => {
  const summary = summarise(input());

  it('counts the rows from the warm-up on', () => {
    expect(summary).toMatchObject({ arrivals: 90, retries: 5, completed: 80, rejected: 1, timedOut: 5, failed: 4 });
    expect(summary).toMatchObject({ maxBacklog: 9, finalBacklog: 2, scalingEvents: 1, flaps: 0, drainTime: 12 });
  });

  it('weighs averages by what they are averages over', () => {
    expect(summary.queueLengthMean).toBeCloseTo((3 * 60 + 6 * 30) / 90, 12);
    expect(summary.utilisation).toBe(0.5);
    expect(summary.cpuUtilisation).toBeCloseTo((0.6 * 240 + 0.3 * 60) / 300, 12);
    expect(summary.replicasMean).toBeCloseTo(210 / 90, 12);
    expect(summary.replicaHours).toBeCloseTo(210 / 3600, 12);
    expect(summary.replicasMax).toBe(2);
  });

  it('takes waits and latencies from the totals', () => {
    expect(summary.waitingTimeMean).toBe(0.5);
    expect(summary.delayProbability).toBe(0.25);
    expect(summary.latencyMean).toBe(0.25);
    expect(summary.latencyP50).toBeGreaterThan(0.19);
    expect(summary.latencyP50).toBeLessThan(0.31);
    expect(summary.latencyP99).toBeCloseTo(0.4, 2);
  });

  it('judges and prices what it counted', () => {
    expect(summary.availability).toBeCloseTo(80 / 90, 12);
    expect(summary.errorBudgetBurn).toBeCloseTo(10 / 90 / 0.05, 12);
    expect(summary.sloAttainment).toBe(0.5);
    expect(summary.sloViolationMinutes).toBe(0.5);
    expect(summary.violationCost).toBe(1);
    // 90 s and 40 s at 0.01 a second, and half a minute of violation.
    expect(summary.cost).toBeCloseTo(1.3 + 1, 12);
  });

  it('sets the ready replicas beside those the objective needs, after the warm-up', () => {
    const busy = input();
    const columns = runColumns(3, 60, {
      // 10/s, 1/s and, for the half row, 40/s: one replica of two slots carries some 15 of 0.1 s.
      arrivals: [600, 60, 1200],
      completed: [600, 60, 1200],
      serviceTimeMean: [0.1, 0.1, 0.1],
      serviceScv: [1, 1, 1],
      ready: [1, 2, 2],
    });
    const found = summarise({ ...busy, columns });
    const [, , most = NaN] = neededReplicas(columns, 60, 150, 2, busy.slo);
    expect(most).toBeGreaterThan(2);
    expect(found.overProvisioningTimeshare).toBeCloseTo(60 / 90, 12);
    expect(found.overProvisioningAccuracy).toBeCloseTo((1 / 1) * (60 / 90), 12);
    expect(found.underProvisioningTimeshare).toBeCloseTo(30 / 90, 12);
    expect(found.underProvisioningAccuracy).toBeCloseTo(((most - 2) / most) * (30 / 90), 12);
    // Demand grew once while the supply stood still.
    expect(found).toMatchObject({ elasticityInstability: 1 });
    expect(found.elasticityJitter).toBeCloseTo(-3600 / 90, 9);
  });

  it('says NaN where nothing was measured', () => {
    const empty = summarise(
      input({
        columns: runColumns(3, 60, {}),
        totals: {
          started: 0,
          delayed: 0,
          waitingTimeSum: 0,
          sojournTimeSum: 0,
          latencies: new LatencyHistogram(),
          longestBacklog: 0,
        },
        slo: { window: 60, attainment: 0.99 },
      }),
    );
    for (const name of [
      'availability',
      'errorBudgetBurn',
      'latencyMean',
      'latencyP95',
      'waitingTimeMean',
      'delayProbability',
      'utilisation',
      'sloAttainment',
      'underProvisioningAccuracy',
      'overProvisioningTimeshare',
      'elasticityInstability',
      'elasticityJitter',
    ] as const) {
      expect(empty[name], name).toBeNaN();
    }
    expect(empty).toMatchObject({ arrivals: 0, cost: 1.3, sloViolationMinutes: 0 });
  });

  it('a warm-up that outlasts the run leaves nothing', () => {
    const nothing = summarise(input({ warmup: 200 }));
    expect(nothing).toMatchObject({ arrivals: 0, cost: 0, scalingEvents: 0, replicasMax: 0 });
    expect(nothing.replicasMean).toBeNaN();
  });
});
