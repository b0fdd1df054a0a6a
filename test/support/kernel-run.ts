import type { KernelModel } from '../../sim-core/kernel/contract.ts';
import type { Engine, KernelResult } from '../../sim-core/kernel/engine.ts';

/** Every start of a run, in order: arrival, start, end, attempt. */
export type Starts = number[][];

/** Runs a model to its end in slices. */
export function runToEnd(
  createEngine: (model: KernelModel) => Engine,
  model: KernelModel,
  slice = Infinity,
): { readonly starts: Starts; readonly result: KernelResult } {
  const starts: Starts = [];
  const engine = createEngine({
    ...model,
    probe: (arrival, start, end, attempt) => starts.push([arrival, start, end, attempt]),
  });
  while (!engine.advance(slice));
  return { starts, result: engine.result() };
}

/** A result as plain data: latency histograms as counts, instants after the end of the run as Infinity. */
export function plainResult({ totals, replicas, ...rest }: KernelResult) {
  const { latencies, ...sums } = totals;
  return {
    ...rest,
    totals: sums,
    latencies: [...latencies.counts.entries()].filter(([, count]) => count > 0),
    lives: replicas.map(({ id, createdAt, startedAt, readyAt, drainingAt, goneAt }) => ({
      id,
      createdAt,
      startedAt,
      readyAt,
      drainingAt,
      goneAt: goneAt > rest.end ? Infinity : goneAt,
    })),
  };
}
