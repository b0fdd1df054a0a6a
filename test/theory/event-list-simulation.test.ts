import { describe, expect, it } from 'vitest';
import type { KernelModel } from '../../sim-core/kernel/contract.ts';
import { EventListKernel } from '../../sim-core/kernel/event-list-kernel.ts';
import { createDistribution } from '../../sim-core/random/registry.ts';
import { createStream } from '../../sim-core/random/stream.ts';
import { exponentialSampler } from '../../sim-core/random/ziggurat.ts';
import { estimateMean } from '../../sim-core/statistics/interval.ts';
import { createArrivals } from '../../sim-core/workload/arrivals.ts';
import { kernelModel } from '../support/kernel-model.ts';
import { readShared } from '../support/published.ts';

/**
 * Long simulations on the event-list path against exact steady-state values. The exact value must lie in the 99.9 %
 * interval over 30 replications, and the interval must be narrow, or a noisy test would pass.
 */

const replications = 30;

interface Estimate {
  readonly mean: number;
  readonly halfWidth: number;
}

/** Replications of a stationary service; `measure` turns each into numbers by name. */
function simulate<Name extends string>(
  rate: number,
  customers: number,
  model: (stream: (name: string) => ReturnType<typeof createStream>) => Partial<KernelModel>,
  measure: (run: {
    kernel: EventListKernel;
    outcomes: ReadonlyMap<string, number>;
    warmup: number;
  }) => Record<Name, number>,
): Record<Name, Estimate> {
  const horizon = customers / rate;
  const warmup = horizon / 10;
  const samples: Record<Name, number>[] = [];
  for (let replication = 0; replication < replications; replication++) {
    const stream = (name: string) => createStream(1, replication, name);
    const outcomes = new Map<string, number>();
    const kernel = new EventListKernel(
      kernelModel({
        horizon,
        recordingInterval: warmup,
        warmup,
        arrivals: createArrivals(
          { arrivals: 'poisson', sum: [], scale: 1 },
          { t: Float64Array.of(0), rateAtStart: Float64Array.of(rate), rateAtEnd: Float64Array.of(rate), end: horizon },
          { horizon, stream, traces: new Map() },
        ),
        limits: { maxQueue: 1e7, maxArrivals: 1e10, maxSlots: 1e9, maxReplicas: 1e9 },
        departureProbe: (arrival, _start, _end, _attempt, outcome) => {
          if (arrival >= warmup) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        },
        ...model(stream),
      }),
    );
    while (!kernel.advance(100_000));
    samples.push(measure({ kernel, outcomes, warmup }));
  }
  const names = Object.keys(samples[0]!) as Name[];
  return Object.fromEntries(
    names.map((name) => [
      name,
      estimateMean(
        samples.map((sample) => sample[name]),
        0.999,
      ),
    ]),
  ) as Record<Name, Estimate>;
}

function expectAround(estimate: Estimate, exact: number, narrow: number) {
  expect(estimate.halfWidth / exact).toBeLessThan(narrow);
  expect(Math.abs(estimate.mean - exact)).toBeLessThan(estimate.halfWidth);
}

const meanAfterWarmup = (column: Float64Array) => column.subarray(1).reduce((a, b) => a + b, 0) / (column.length - 1);

describe('processor sharing against M/G/1-PS', () => {
  // The mean sojourn time depends on the service time's mean alone (Kleinrock, Queueing Systems II, section 4.4).
  for (const [name, service] of Object.entries({
    deterministic: { deterministic: { value: 1 } },
    'Erlang of four stages': { erlang: { mean: 1, stages: 4 } },
    exponential: { exponential: { mean: 1 } },
    'lognormal, scv 4': { lognormal: { mean: 1, scv: 4 } },
    'hyperexponential, scv 9': { hyperexponential: { mean: 1, scv: 9 } },
  })) {
    it(`${name} service at 70 %: E[S] ÷ (1 − ρ)`, () => {
      const { sojourn, delayed } = simulate(
        0.7,
        50_000,
        (stream) => ({
          serviceTimes: createDistribution(service as never).sampler(stream('service')),
          discipline: 'processor-sharing',
          concurrency: 4096,
        }),
        ({ kernel }) => {
          const { totals } = kernel.result();
          const completed = totals.latencies.count;
          return { sojourn: totals.sojournTimeSum / completed, delayed: totals.delayed };
        },
      );
      expectAround(sojourn, 1 / (1 - 0.7), 0.055);
      expect(delayed.mean).toBe(0);
    });
  }

  it('two processors share as an M/M/2 queue does: its number in system depends on the rates alone', () => {
    // Birth–death with death rate min(n, 2): L of M/M/2 at ρ = 0.7 is 2ρ ÷ (1 − ρ²).
    const { number } = simulate(
      1.4,
      50_000,
      (stream) => ({
        serviceTimes: exponentialSampler(stream('service')),
        discipline: 'processor-sharing',
        processors: 2,
        concurrency: 4096,
      }),
      ({ kernel }) => ({ number: meanAfterWarmup(kernel.result().columns.inServiceMean) }),
    );
    expectAround(number, 1.4 / (1 - 0.49), 0.035);
  });
});

const tables = JSON.parse(readShared('published/queueing_tables.json')) as {
  readonly MMcK: readonly { c: number; K_total: number; rho_offered: number; P_block: number; Lq: number }[];
  readonly MMc_plus_M_ErlangA: readonly {
    c: number;
    lam: number;
    theta: number;
    P_abandon: number;
    Lq: number;
    P_wait: number;
  }[];
};

describe('clients that give up against Erlang A', () => {
  for (const { c, lam, theta, P_abandon, Lq, P_wait } of tables.MMc_plus_M_ErlangA) {
    it(`${c} slots, λ ${lam}, θ ${theta}: P(abandon) ${P_abandon}, Lq ${Lq}`, () => {
      const { abandoned, queue, delayed } = simulate(
        lam,
        50_000,
        (stream) => ({
          serviceTimes: exponentialSampler(stream('service')),
          clientTimeouts: exponentialSampler(stream('patience'), 1 / theta),
          // Who has been given a slot stays on it, as in Erlang's model.
          cancelOnTimeout: false,
          initialReplicas: c,
        }),
        ({ kernel, outcomes, warmup }) => {
          const { columns } = kernel.result();
          const arrivals = columns.arrivals.reduce((sum, n, row) => (columns.time[row]! >= warmup ? sum + n : sum), 0);
          // Of those who gave up waiting there is one ending; who gave up on a slot is `abandoned` instead.
          const waitedInVain = outcomes.get('timed-out')!;
          const { started, delayed: hadWaited } = kernel.result().totals;
          return {
            abandoned: waitedInVain / arrivals,
            queue: meanAfterWarmup(columns.queueLengthMean),
            delayed: (hadWaited + waitedInVain) / (started + waitedInVain),
          };
        },
      );
      expectAround(abandoned, P_abandon, 0.07);
      expectAround(queue, Lq, 0.07);
      expectAround(delayed, P_wait, 0.05);
    });
  }
});

describe('a bounded line against M/M/c/K', () => {
  for (const { c, K_total, rho_offered, P_block, Lq } of tables.MMcK) {
    it(`${c} slots, ${K_total} in all, offered ${rho_offered}: P(block) ${P_block}, Lq ${Lq}`, () => {
      const { blocked, queue } = simulate(
        c * rho_offered,
        60_000,
        (stream) => ({
          serviceTimes: exponentialSampler(stream('service')),
          initialReplicas: c,
          queueCapacity: K_total - c,
        }),
        ({ kernel }) => {
          const { columns } = kernel.result();
          return {
            blocked: meanAfterWarmup(columns.rejected) / meanAfterWarmup(columns.arrivals),
            queue: meanAfterWarmup(columns.queueLengthMean),
          };
        },
      );
      expectAround(blocked, P_block, 0.07);
      expectAround(queue, Lq, 0.07);
    });
  }
});
