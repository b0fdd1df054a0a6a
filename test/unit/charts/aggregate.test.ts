import { expect, test } from 'vitest';
import { aggregate } from '../../../sim-core/export/chart/aggregate.ts';
import type { Comparison } from '../../../sim-core/experiment/result.ts';
import type { RunColumns } from '../../../sim-core/kernel/columns.ts';
import { syntheticComparison } from '../../support/synthetic-comparison.ts';

/** Four rows of a minute, numbers one can add up in the head. */
function fourMinutes(): Comparison {
  const base = syntheticComparison({ rows: 4, interval: 60, policies: ['only'], replications: 1 });
  const [policy] = base.policies;
  const columns: RunColumns = {
    ...policy!.example.columns,
    arrivals: Float64Array.of(60, 120, 180, 240),
    completed: Float64Array.of(60, 100, 200, 0),
    rejected: Float64Array.of(0, 10, 0, 0),
    replicaSeconds: Float64Array.of(120, 120, 240, 240),
    latencyMean: Float64Array.of(0.1, 0.2, 0.4, NaN),
    latencyP95: Float64Array.of(0.2, 0.6, 0.9, NaN),
    queueLengthMax: Float64Array.of(0, 5, 50, 7),
    desired: Float64Array.of(2, 2, 4, 3),
    nodes: Float64Array.of(1, 1, 3, 3),
  };
  const decision = (time: number, current: number, applied: number) => ({
    ...policy!.example.decisions[0]!,
    time,
    current,
    applied,
  });
  const decisions = [decision(30, 2, 2), decision(90, 2, 4), decision(150, 4, 4), decision(210, 4, 3)];
  return { ...base, policies: [{ ...policy!, example: { ...policy!.example, columns, decisions } }] };
}

test('whole rows add up', () => {
  const [all] = aggregate(fourMinutes(), [0, 240], { slo: { p95: 0.5 }, cost: { perReplicaHour: 36 } });
  expect(all).toEqual({
    policy: 'only',
    arrivals: 600,
    completed: 360,
    rejected: 10,
    timedOut: 0,
    failed: 0,
    replicasMean: 3,
    replicaHours: 0.2,
    cost: 7.2,
    latencyMean: (60 * 0.1 + 100 * 0.2 + 200 * 0.4) / 360,
    latencyP95Worst: 0.9,
    violationSeconds: 120,
    maxBacklog: 50,
    decisions: 4,
    scalingEvents: 2,
  });
});

test('rows cut by the ends count in proportion', () => {
  const [part] = aggregate(fourMinutes(), [30, 90], { slo: { p95: 0.5 } });
  expect(part).toMatchObject({ arrivals: 90, rejected: 5, replicasMean: 2, violationSeconds: 30, maxBacklog: 5 });
  expect(part!.decisions).toBe(1);
  expect(part!.scalingEvents).toBe(0);
});

test('what is not known is NaN', () => {
  const [without] = aggregate(fourMinutes(), [0, 240]);
  expect(without!.cost).toBeNaN();
  expect(without!.violationSeconds).toBeNaN();
  const [outside] = aggregate(fourMinutes(), [500, 600]);
  expect(outside!.arrivals).toBeNaN();
  expect(outside!.maxBacklog).toBeNaN();
  const [quiet] = aggregate(fourMinutes(), [180, 240]);
  expect(quiet!.latencyMean).toBeNaN();
  expect(quiet!.latencyP95Worst).toBeNaN();
});

test('without a decision log scalings are read off the desired replicas', () => {
  const comparison = fourMinutes();
  const [policy] = comparison.policies;
  const silent = { ...comparison, policies: [{ ...policy!, example: { ...policy!.example, decisions: [] } }] };
  const [result] = aggregate(silent, [0, 240]);
  expect(result!.decisions).toBeNaN();
  expect(result!.scalingEvents).toBe(2);
});

test('nodes are counted in the cost at the mean of what stood at the ends of a row, with or without a price of replicas', () => {
  const both = aggregate(fourMinutes(), [0, 240], { cost: { perReplicaHour: 36, perNodeHour: 60 } });
  // 60/h is 1 a minute: 1 + 1 + 2 + 3 node-minutes.
  expect(both[0]!.cost).toBeCloseTo(7.2 + 7, 12);
  expect(aggregate(fourMinutes(), [60, 150], { cost: { perReplicaHour: 0, perNodeHour: 60 } })[0]!.cost).toBeCloseTo(
    2,
    12,
  );
});
