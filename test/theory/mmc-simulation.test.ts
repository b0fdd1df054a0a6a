import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Kernel } from '../../sim-core/kernel/kernel.ts';
import { createDistribution } from '../../sim-core/random/registry.ts';
import { createStream } from '../../sim-core/random/stream.ts';
import { estimateMean } from '../../sim-core/statistics/interval.ts';
import { createArrivals } from '../../sim-core/workload/arrivals.ts';
import { kernelModel } from '../support/kernel-model.ts';

/**
 * Long simulations against exact steady-state values. The exact value must lie in the 99.9 % interval over 30
 * replications, and the interval must be narrow: its half-width below 6 % of the value.
 */

interface Row {
  readonly c: number;
  readonly rho: number;
  readonly Wq: number;
  readonly P_wait?: number;
}

const tables = JSON.parse(
  readFileSync(new URL('../../../shared/published/queueing_tables.json', import.meta.url), 'utf8'),
) as { MMc: Row[]; MDc: Row[]; DMc: Row[] };

const replications = 30;

function simulate(
  servers: number,
  utilisation: number,
  arrivals: 'poisson' | 'deterministic',
  service: object,
  seed: number,
) {
  // More servers share one congestion, so more customers are needed for the same precision.
  const customers = Math.max(120_000, 10_000 * servers);
  const rate = servers * utilisation;
  const horizon = customers / rate;
  const waits: number[] = [];
  const delayed: number[] = [];
  for (let replication = 0; replication < replications; replication++) {
    const stream = (name: string) => createStream(seed, replication, name);
    const kernel = new Kernel(
      kernelModel({
        horizon,
        recordingInterval: horizon / 10,
        warmup: horizon / 10,
        arrivals: createArrivals(
          { arrivals, sum: [], scale: 1 },
          { t: Float64Array.of(0), rateAtStart: Float64Array.of(rate), rateAtEnd: Float64Array.of(rate), end: horizon },
          { horizon, stream, traces: new Map() },
        ),
        serviceTimes: createDistribution(service as never).sampler(stream('service')),
        initialReplicas: servers,
      }),
    );
    while (!kernel.advance(100_000));
    const { totals } = kernel.result();
    waits.push(totals.waitingTimeSum / totals.started);
    delayed.push(totals.delayed / totals.started);
  }
  return { wait: estimateMean(waits, 0.999), delayed: estimateMean(delayed, 0.999) };
}

function expectAround(estimate: { mean: number; halfWidth: number }, exact: number) {
  expect(estimate.halfWidth / exact).toBeLessThan(0.06);
  expect(Math.abs(estimate.mean - exact)).toBeLessThan(estimate.halfWidth);
}

const find = (rows: readonly Row[], c: number, rho: number) => rows.find((row) => row.c === c && row.rho === rho)!;

describe('simulated queues against exact ones', () => {
  for (const [c, rho] of [
    [1, 0.5],
    [1, 0.8],
    [2, 0.7],
    [5, 0.8],
    [10, 0.9],
    [50, 0.9],
  ] as const) {
    const row = find(tables.MMc, c, rho);
    it(`M/M/${c} at ${rho}: Wq ${row?.Wq}, P(wait) ${row?.P_wait}`, () => {
      const { wait, delayed } = simulate(c, rho, 'poisson', { exponential: { mean: 1 } }, 1);
      expectAround(wait, row.Wq);
      expectAround(delayed, row.P_wait!);
    });
  }
  for (const [c, rho] of [
    [1, 0.8],
    [10, 0.9],
  ] as const) {
    const row = find(tables.MDc, c, rho);
    it(`M/D/${c} at ${rho}: Wq ${row?.Wq}`, () => {
      expectAround(simulate(c, rho, 'poisson', { deterministic: { value: 1 } }, 2).wait, row.Wq);
    });
  }
  for (const [c, rho] of [
    [1, 0.8],
    [5, 0.9],
  ] as const) {
    const row = find(tables.DMc, c, rho);
    it(`D/M/${c} at ${rho}: Wq ${row?.Wq}`, () => {
      expectAround(simulate(c, rho, 'deterministic', { exponential: { mean: 1 } }, 3).wait, row.Wq);
    });
  }
});
