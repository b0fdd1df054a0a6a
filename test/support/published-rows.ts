import { createKernel } from '../../sim-core/kernel/create-kernel.ts';
import { createDistribution, type DistributionConfig } from '../../sim-core/random/registry.ts';
import { createStream } from '../../sim-core/random/stream.ts';
import { exponentialSampler } from '../../sim-core/random/ziggurat.ts';
import { estimateMean } from '../../sim-core/statistics/interval.ts';
import { createArrivals } from '../../sim-core/workload/arrivals.ts';
import type { Workload } from '../../sim-core/workload/registry.ts';
import { kernelModel } from './kernel-model.ts';
import { queueingTables } from './published.ts';

/** Steady-state numbers a row of the tables may state. Mean service time 1. */
export type Measure = 'wait' | 'delayed' | 'queue' | 'blocked' | 'abandoned';

/** A stationary queue with exact values. */
export interface PublishedRow {
  readonly table: string;
  readonly name: string;
  readonly servers: number;
  readonly rate: number;
  readonly arrivals: Workload['arrivals'];
  readonly service: DistributionConfig;
  /** places to wait; absent: no limit */
  readonly places?: number;
  /** rate at which those who wait give up */
  readonly impatience?: number;
  readonly exact: Partial<Record<Measure, number>>;
}

const services: Readonly<Record<string, DistributionConfig>> = {
  M: { exponential: { mean: 1 } },
  D: { deterministic: { value: 1 } },
  E2: { erlang: { mean: 1, stages: 2 } },
  E4: { erlang: { mean: 1, stages: 4 } },
  'H2(scv=2,balanced means)': { hyperexponential: { mean: 1, scv: 2 } },
  'H2(scv=4,balanced means)': { hyperexponential: { mean: 1, scv: 4 } },
  'H2(scv=9,balanced means)': { hyperexponential: { mean: 1, scv: 9 } },
  // Of the tables with general arrivals: scv 4.
  H2: { hyperexponential: { mean: 1, scv: 4 } },
};

const exponentialService = services['M']!;

/** Every row of the tables of stationary queues. */
export function publishedRows(): PublishedRow[] {
  const tables = queueingTables();
  const poisson = 'poisson' as const;
  return [
    ...tables.MMc.map(({ c, rho, Wq, P_wait }): PublishedRow => ({
      table: 'M/M/c',
      name: `c ${c}, ρ ${rho}`,
      servers: c,
      rate: c * rho,
      arrivals: poisson,
      service: exponentialService,
      exact: { wait: Wq, delayed: P_wait },
    })),
    ...tables.MDc.map(({ c, rho, Wq }): PublishedRow => ({
      table: 'M/D/c',
      name: `c ${c}, ρ ${rho}`,
      servers: c,
      rate: c * rho,
      arrivals: poisson,
      service: services['D']!,
      exact: { wait: Wq },
    })),
    ...tables.MGc_phase_type.map(({ service, c, rho, Wq, P_wait }): PublishedRow => ({
      table: 'M/PH/c',
      name: `${service}, c ${c}, ρ ${rho}`,
      servers: c,
      rate: c * rho,
      arrivals: poisson,
      service: services[service]!,
      exact: { wait: Wq, delayed: P_wait },
    })),
    ...tables.GIGc_phase_type.map(({ arrivals, scv_arrivals, service, c, rho, Wq, P_wait }): PublishedRow => ({
      table: 'GI/G/c',
      name: `${arrivals}/${service}, c ${c}, ρ ${rho}`,
      servers: c,
      rate: c * rho,
      // A gamma variable of scv 1/k is Erlang's of k stages.
      arrivals: { renewal: { scv: scv_arrivals } },
      service: services[service]!,
      exact: { wait: Wq, delayed: P_wait },
    })),
    ...tables.DMc.map(({ c, rho, Wq, P_wait }): PublishedRow => ({
      table: 'D/M/c',
      name: `c ${c}, ρ ${rho}`,
      servers: c,
      rate: c * rho,
      arrivals: 'deterministic',
      service: exponentialService,
      exact: { wait: Wq, delayed: P_wait },
    })),
    ...tables.MMcK.map(({ c, K_total, rho_offered, P_block, Lq }): PublishedRow => ({
      table: 'M/M/c/K',
      name: `c ${c}, K ${K_total}, offered ${rho_offered}`,
      servers: c,
      rate: c * rho_offered,
      arrivals: poisson,
      service: exponentialService,
      places: K_total - c,
      exact: { blocked: P_block, queue: Lq },
    })),
    ...tables.ErlangB.map(({ c, a, B }): PublishedRow => ({
      table: 'Erlang B',
      name: `c ${c}, a ${a}`,
      servers: c,
      rate: a,
      arrivals: poisson,
      service: exponentialService,
      places: 0,
      exact: { blocked: B },
    })),
    ...tables.MMc_plus_M_ErlangA.map(({ c, lam, theta, P_abandon, Lq, P_wait }): PublishedRow => ({
      table: 'Erlang A',
      name: `c ${c}, λ ${lam}, θ ${theta}`,
      servers: c,
      rate: lam,
      arrivals: poisson,
      service: exponentialService,
      impatience: theta,
      exact: { abandoned: P_abandon, queue: Lq, delayed: P_wait },
    })),
  ];
}

export interface Estimate {
  readonly mean: number;
  readonly halfWidth: number;
}

interface Effort {
  readonly replications: number;
  /** of each replication; a fifth of them are the warm-up */
  readonly customers: number;
  readonly seed: string | number;
  readonly confidence: number;
}

/** What the engine gives for each number of a row. */
export function simulateRow(row: PublishedRow, effort: Effort): Record<Measure, Estimate> {
  const samples = Array.from({ length: effort.replications }, (_, replication) => once(row, effort, replication));
  const measures: readonly Measure[] = ['wait', 'delayed', 'queue', 'blocked', 'abandoned'];
  const estimates = measures.map((measure) => {
    const values = samples.map((sample) => sample[measure]);
    return [measure, estimateMean(values, effort.confidence)] as const;
  });
  return Object.fromEntries(estimates) as Record<Measure, Estimate>;
}

function once(row: PublishedRow, { customers, seed }: Effort, replication: number): Record<Measure, number> {
  const { rate, servers, arrivals, service, places, impatience } = row;
  const horizon = customers / rate;
  const warmup = horizon / 5;
  const stream = (name: string) => createStream(seed, replication, name);
  let gaveUpWaiting = 0;
  const kernel = createKernel(
    kernelModel({
      horizon,
      recordingInterval: warmup,
      warmup,
      arrivals: createArrivals(
        { arrivals, sum: [], scale: 1 },
        { t: Float64Array.of(0), rateAtStart: Float64Array.of(rate), rateAtEnd: Float64Array.of(rate), end: horizon },
        { horizon, stream, traces: new Map() },
      ),
      serviceTimes: createDistribution(service).sampler(stream('service')),
      initialReplicas: servers,
      ...(places !== undefined && { queueCapacity: places }),
      ...(impatience !== undefined && {
        clientTimeouts: exponentialSampler(stream('patience'), 1 / impatience),
        // Who has been given a slot stays on it, as in Erlang's model.
        cancelOnTimeout: false,
        departureProbe: (arrival: number, _start: number, _end: number, _attempt: number, outcome: string) => {
          // Who gave up on a slot is `abandoned` instead.
          if (arrival >= warmup && outcome === 'timed-out') gaveUpWaiting++;
        },
      }),
    }),
  );
  while (!kernel.advance(1e6));
  const { columns, totals } = kernel.result();
  const total = (column: Float64Array) => column.subarray(1).reduce((sum, value) => sum + value, 0);
  const { started, delayed, waitingTimeSum } = totals;
  return {
    wait: waitingTimeSum / started,
    delayed: (delayed + gaveUpWaiting) / (started + gaveUpWaiting),
    queue: total(columns.queueLengthMean) / (columns.time.length - 1),
    blocked: total(columns.rejected) / total(columns.arrivals),
    abandoned: gaveUpWaiting / total(columns.arrivals),
  };
}

/**
 * Time in which what a queue was forgets itself, in service times: 1 ÷ (√c − √a)² in heavy traffic, longer the more
 * arrivals and service vary.
 *
 * @see Morse, Stochastic properties of waiting lines, Operations Research 3 (1955)
 */
export function relaxationTime({ servers, rate, arrivals, service }: PublishedRow): number {
  const { variance } = createDistribution(service);
  const arrivalScv = typeof arrivals === 'object' ? (arrivals.renewal?.scv ?? 1) : arrivals === 'deterministic' ? 0 : 1;
  const gap = Math.sqrt(servers) - Math.sqrt(rate);
  return gap > 0 ? Math.max(1, (arrivalScv + variance) / 2) / (gap * gap) : 1;
}
