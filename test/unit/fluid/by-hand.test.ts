import { describe, expect, it } from 'vitest';
import { createDistribution } from '../../../sim-core/random/registry.ts';
import { rateFromCorners } from '../../../sim-core/workload/rate-function.ts';
import { fluidModel, runFluid } from '../../support/fluid-model.ts';
import { listSampler, scriptedScaling } from '../../support/kernel-model.ts';

/** Nothing varies: the queue is a fluid in a pipe, and every number can be had by hand. */
const exact = { serviceTime: createDistribution({ deterministic: { value: 1 } }), arrivalScv: 0 };

const constant = (rate: number, horizon: number) => rateFromCorners([[0, rate]], horizon);
const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0);

describe('the fluid engine by hand', () => {
  it('fills the server, then piles up what is too much', () => {
    const { columns } = runFluid(fluidModel({ ...exact, horizon: 20, rate: constant(2, 20) }));
    // m = 2(1 − e^−t) up to 1 at ln 2, then 1 + (t − ln 2).
    for (const second of [5, 10, 20]) {
      const number = columns.queueLength[second - 1]! + columns.inService[second - 1]!;
      expect(Math.abs(number - (1 + second - Math.LN2))).toBeLessThan(0.05);
    }
    expect(columns.utilisation[19]).toBeCloseTo(1, 6);
  });

  it('follows a ramp: the backlog is the area between demand and capacity', () => {
    const rate = rateFromCorners(
      [
        [0, 5],
        [100, 25],
      ],
      100,
    );
    const { columns } = runFluid(fluidModel({ ...exact, rate, initialReplicas: 10 }));
    // Demand passes 10/s at t = 25; from then on ∫ (0.2 t − 5) dt.
    expect(columns.queueLength[24]!).toBeLessThan(0.5);
    expect(columns.queueLength[99]! / ((75 * 15) / 2)).toBeCloseTo(1, 2);
    // Who starts at 100 s came when as many had come as have started: 5t + t²/10 = 1500 − 562.5.
    const cameAt = -25 + Math.sqrt(625 + 10 * 937.5);
    expect(columns.waitingTimeMean[99]! / (99.5 - cameAt)).toBeCloseTo(1, 1);
  });

  it('drains a backlog at the rate that is left over', () => {
    const rate = rateFromCorners(
      [
        [0, 20],
        [50, 20],
        [50, 5],
      ],
      150,
    );
    const { columns } = runFluid(fluidModel({ ...exact, horizon: 150, rate, initialReplicas: 10 }));
    expect(columns.queueLength[49]! / 500).toBeCloseTo(1, 1);
    expect(columns.queueLength[99]! / 250).toBeCloseTo(1, 1);
    expect(columns.queueLength[149]!).toBeLessThan(15);
  });

  it('lets go whom patience leaves: three come, one is served, two give up after five seconds', () => {
    const { columns } = runFluid(fluidModel({ ...exact, rate: constant(3, 100), queueTimeout: 5 }));
    expect(Math.abs(sum(columns.completed.subarray(60)) / 40 - 1)).toBeLessThan(0.02);
    expect(Math.abs(sum(columns.timedOut.subarray(60)) / 40 - 2)).toBeLessThan(0.04);
    expect(columns.queueLength[99]! / 15).toBeCloseTo(1, 1);
    expect(columns.waitingTimeMean[99]! / 5).toBeCloseTo(1, 1);
  });

  it('turns away whom there is no place for', () => {
    const { columns } = runFluid(fluidModel({ ...exact, rate: constant(3, 100), queueCapacity: 40 }));
    expect(Math.abs(sum(columns.completed.subarray(60)) / 40 - 1)).toBeLessThan(0.02);
    expect(Math.abs(sum(columns.rejected.subarray(60)) / 40 - 2)).toBeLessThan(0.04);
    expect(columns.queueLength[99]!).toBeGreaterThan(38);
    expect(columns.queueLength[99]!).toBeLessThanOrEqual(40);
  });

  it('is the loss system of Erlang when nobody may wait', () => {
    const { columns } = runFluid(fluidModel({ rate: constant(8, 100), initialReplicas: 10, queueCapacity: 0 }));
    // B(10, 8) = 0.12166, from published tables.
    expect(columns.rejected[99]! / 8).toBeCloseTo(0.12166, 3);
    expect(columns.queueLength[99]).toBe(0);
  });

  it('brings lost attempts back after their pauses', () => {
    const rate = rateFromCorners(
      [
        [0, 1],
        [20, 1],
        [20, 0],
      ],
      100,
    );
    const model = { ...exact, rate, initialReplicas: 0, queueTimeout: 5, retryMax: 2, retryBackoff: 2 };
    const { columns } = runFluid(fluidModel(model));
    // Each of 20 customers tries three times: at t, t + 7, t + 16. Which attempt it is that gives up is only known as a
    // mixture over the last time-outs, so that a few come once too rarely.
    expect(Math.abs(sum(columns.arrivals) - 60)).toBeLessThan(1.5);
    expect(sum(columns.arrivals) - sum(columns.retries)).toBeCloseTo(20, 6);
    expect(sum(columns.timedOut)).toBeCloseTo(sum(columns.arrivals), 6);
    expect(sum(columns.retries.subarray(0, 6))).toBeCloseTo(0, 6);
    expect(Math.abs(sum(columns.retries.subarray(0, 12)) - 5)).toBeLessThan(1);
    expect(sum(columns.completed)).toBe(0);
  });

  it('lets a leaving replica finish, and kills what it still holds at the drain limit', () => {
    const model = {
      rate: constant(4, 100),
      initialReplicas: 8,
      scaling: scriptedScaling(50, (time, desired) => (time === 50 ? 6 : desired)),
    };
    const gentle = runFluid(fluidModel(model));
    expect(sum(gentle.columns.failed)).toBe(0);
    // One slot, busy half of the time, has another second to work then.
    expect(gentle.replicas[7]!.goneAt).toBeCloseTo(50.5, 1);
    expect(gentle.columns.ready[51]).toBe(6);
    const harsh = runFluid(fluidModel({ ...model, drainLimit: 0 })).columns;
    // Half of the slots were busy.
    expect(sum(harsh.failed)).toBeCloseTo(1, 1);
  });

  it('waits for nodes as the pool of replicas has it: a line grows until they are there', () => {
    const { columns, nodes, replicas } = runFluid(
      fluidModel({
        ...exact,
        rate: constant(3, 100),
        startupDelays: listSampler([4]),
        scaling: scriptedScaling(10, (time, desired) => (time === 10 ? 5 : desired)),
        nodes: {
          initial: 1,
          minimum: 1,
          maximum: 3,
          replicasPerNode: 2,
          provisioningDelays: listSampler([30]),
          scaleDownAfter: Infinity,
          placement: 'pack',
        },
      }),
    );
    expect(nodes.map(({ orderedAt, readyAt }) => [orderedAt, readyAt])).toEqual([
      [-Infinity, -Infinity],
      [10, 40],
      [10, 40],
    ]);
    expect(replicas.map(({ readyAt }) => readyAt)).toEqual([-Infinity, 14, 44, 44, 44]);
    expect([9, 10, 38, 39].map((second) => columns.unplaced[second])).toEqual([0, 3, 3, 0]);
    expect([9, 38, 39].map((second) => columns.nodes[second])).toEqual([1, 1, 3]);
    // Two a second too many up to 14, one up to 44; then two a second fewer.
    expect(Math.abs(columns.queueLength[12]! - 25)).toBeLessThan(1);
    expect(Math.abs(columns.queueLength[42]! - 55)).toBeLessThan(1);
    expect(Math.abs(columns.queueLength[59]! - (58 - 5 - 2 * 16))).toBeLessThan(3);
  });

  it('gives the quantiles of the service time when nobody waits', () => {
    const serviceTime = createDistribution({ lognormal: { p50: 0.08, p95: 0.25 } });
    const { columns, totals } = runFluid(fluidModel({ rate: constant(10, 100), initialReplicas: 50, serviceTime }));
    expect(columns.latencyP50[50]! / 0.08).toBeCloseTo(1, 1);
    expect(totals.latencies.quantile(0.95) / 0.25).toBeCloseTo(1, 1);
    expect(totals.latencies.quantile(0.99) / serviceTime.quantile(0.99)).toBeCloseTo(1, 1);
  });

  it('is the same bit for bit however it is sliced', async () => {
    const { FluidEngine } = await import('../../../sim-core/fluid/fluid-engine.ts');
    const model = { rate: constant(4, 100), initialReplicas: 3, queueTimeout: 20, retryMax: 2, retryBackoff: 1 };
    const sliced = new FluidEngine(fluidModel(model));
    while (!sliced.advance(1));
    expect(sliced.result().columns).toEqual(runFluid(fluidModel(model)).columns);
  });
});
