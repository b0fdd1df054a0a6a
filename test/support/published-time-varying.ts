import { Kernel } from '../../sim-core/kernel/kernel.ts';
import type { KernelModel } from '../../sim-core/kernel/contract.ts';
import { createStream } from '../../sim-core/random/stream.ts';
import { exponentialSampler } from '../../sim-core/random/ziggurat.ts';
import { estimateMean } from '../../sim-core/statistics/interval.ts';
import { createArrivals } from '../../sim-core/workload/arrivals.ts';
import type { RateFunction } from '../../sim-core/workload/contract.ts';
import { rateFromCorners } from '../../sim-core/workload/rate-function.ts';
import { compileRate } from '../../sim-core/workload/registry.ts';
import { kernelModel, scriptedScaling } from './kernel-model.ts';
import { readShared } from './published.ts';
import type { Estimate } from './published-rows.ts';

interface Sinusoid {
  readonly c: number;
  readonly lam_mean: number;
  readonly amplitude: number;
  readonly period: number;
  readonly phases: readonly number[];
  readonly E_N: readonly number[];
  readonly E_Lq: readonly number[];
  readonly arrival_weighted_P_delay: number;
}

interface Scripted {
  readonly name: string;
  readonly t: readonly number[];
  readonly E_N: readonly number[];
  readonly E_Lq: readonly number[];
}

/** Exact values by the Kolmogorov equations, mean service time 1. */
export const timeVarying = JSON.parse(readShared('published/queueing_time_varying.json')) as {
  readonly sinusoid: readonly Sinusoid[];
  readonly scripted: readonly Scripted[];
};

/** An exact value, and what the engine gives for it. */
export interface Check {
  readonly what: string;
  readonly exact: number;
  readonly estimate: Estimate;
}

function run(seed: string | number, replication: number, rate: RateFunction, model: Partial<KernelModel>) {
  const { end: horizon } = rate;
  const stream = (name: string) => createStream(seed, replication, name);
  const kernel = new Kernel(
    kernelModel({
      horizon,
      arrivals: createArrivals({ arrivals: 'poisson', sum: [], scale: 1 }, rate, {
        horizon,
        stream,
        traces: new Map(),
      }),
      serviceTimes: exponentialSampler(stream('service')),
      ...model,
    }),
  );
  while (!kernel.advance(1e6));
  return kernel.result();
}

/**
 * Mt/M/c in its periodic steady state: the number in system and in the queue at sixteen phases of the period, and the
 * share of customers who wait.
 *
 * @param cycles periods of each replication that count; as many as 40 service times are run before
 */
export function simulateSinusoid(
  row: Sinusoid,
  effort: {
    readonly replications: number;
    readonly cycles: number;
    readonly seed: string | number;
    readonly confidence: number;
  },
): Check[] {
  const { c, lam_mean: mean, amplitude, period } = row;
  const before = Math.ceil(40 / period) * period;
  const horizon = before + effort.cycles * period;
  const rate = compileRate(
    { arrivals: 'poisson', sum: [{ sinusoid: { mean, amplitude, period, phase: 0 } }], scale: 1 },
    { horizon, startEpoch: 0, stream: (name) => createStream(effort.seed, 0, name), traces: new Map() },
  );
  const number: number[][] = row.phases.map(() => []);
  const queue: number[][] = row.phases.map(() => []);
  const delayed: number[] = [];
  for (let replication = 0; replication < effort.replications; replication++) {
    const { columns, totals } = run(effort.seed, replication, rate, {
      recordingInterval: period / 16,
      warmup: before,
      initialReplicas: c,
    });
    delayed.push(totals.delayed / totals.started);
    const first = Math.round((before / period) * 16);
    for (const [k] of row.phases.entries()) {
      let [inSystem, waiting] = [0, 0];
      // Row i ends at phase (i + 1) / 16.
      for (let cycle = 0; cycle < effort.cycles; cycle++) {
        const index = first + 16 * cycle + (k === 0 ? 15 : k - 1);
        waiting += columns.queueLength[index]! / effort.cycles;
        inSystem += (columns.queueLength[index]! + columns.inService[index]!) / effort.cycles;
      }
      number[k]!.push(inSystem);
      queue[k]!.push(waiting);
    }
  }
  const estimate = (values: readonly number[]) => estimateMean(values, effort.confidence);
  return [
    ...row.phases.map((phase, k) => ({ what: `E[N] at ${phase}`, exact: row.E_N[k]!, estimate: estimate(number[k]!) })),
    ...row.phases.map((phase, k) => ({
      what: `E[Lq] at ${phase}`,
      exact: row.E_Lq[k]!,
      estimate: estimate(queue[k]!),
    })),
    { what: 'P(delay)', exact: row.arrival_weighted_P_delay, estimate: estimate(delayed) },
  ];
}

/** From balance at t = 0, which the runs reach in the time before. */
const settling = 100;

const scripts: readonly {
  readonly rate: readonly (readonly [number, number])[];
  readonly desiredAt: (time: number, desired: number) => number;
}[] = [
  {
    rate: [
      [0, 5],
      [settling, 5],
      [settling, 15],
      [settling + 10, 15],
      [settling + 10, 5],
    ],
    desiredAt: (_, desired) => desired,
  },
  {
    rate: [
      [0, 8],
      [settling, 8],
      [settling, 24],
    ],
    desiredAt: (time) => (time >= settling + 6 ? 30 : time >= settling + 3 ? 20 : 10),
  },
];

/** A scripted incident: a surge on fixed capacity, or a step that is answered by scaling out late. */
export function simulateScript(
  which: number,
  effort: { readonly replications: number; readonly seed: string | number; readonly confidence: number },
): Check[] {
  const row = timeVarying.scripted[which]!;
  const { rate, desiredAt } = scripts[which]!;
  const horizon = settling + row.t.at(-1)!;
  // Rows end at whole and half seconds; instants just before a change are left to the whole second after them.
  const instants = row.t.flatMap((time, index) => (Number.isInteger(2 * time) ? [{ time, index }] : []));
  const number: number[][] = instants.map(() => []);
  const queue: number[][] = instants.map(() => []);
  for (let replication = 0; replication < effort.replications; replication++) {
    const { columns } = run(
      effort.seed,
      replication,
      rateFromCorners(
        rate.map(([t, r]) => [t, r]),
        horizon,
      ),
      {
        recordingInterval: 0.5,
        initialReplicas: 10,
        scaling: scriptedScaling(1, desiredAt),
      },
    );
    for (const [i, { time }] of instants.entries()) {
      const index = Math.round((settling + time) / 0.5) - 1;
      queue[i]!.push(columns.queueLength[index]!);
      number[i]!.push(columns.queueLength[index]! + columns.inService[index]!);
    }
  }
  return instants.flatMap(({ time, index }, i) => [
    { what: `E[N] at ${time}`, exact: row.E_N[index]!, estimate: estimateMean(number[i]!, effort.confidence) },
    { what: `E[Lq] at ${time}`, exact: row.E_Lq[index]!, estimate: estimateMean(queue[i]!, effort.confidence) },
  ]);
}
