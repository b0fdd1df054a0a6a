import { describe, expect, it } from 'vitest';
import type { KernelModel } from '../../sim-core/kernel/contract.ts';
import { Kernel } from '../../sim-core/kernel/kernel.ts';
import { runEventList } from '../support/event-list.ts';
import { kernelModel, listArrivals, listSampler, scriptedScaling } from '../support/kernel-model.ts';
import { testRandom } from '../support/random.ts';

interface Inputs {
  readonly times: number[];
  readonly needs: number[];
  /** a fresh model for each engine: samplers and scripts are used up */
  readonly model: () => KernelModel;
}

/**
 * A random service under a random script of capacities. On a grid, arrivals, ends, readiness, deadlines and ticks
 * coincide all the time, but capacity only grows: which of several slots idle since the same instant takes a request is
 * not part of the contract, and decides what a shrinking replica holds. Off the grid nothing coincides, and scaling in
 * both directions and kills at the drain limit are compared too.
 */
function randomInputs(seed: number, grid: boolean): Inputs {
  const uniform = testRandom(seed);
  const pick = <T>(...choices: T[]): T => choices[Math.floor(uniform() * choices.length)]!;
  const quantity = (mean: number) =>
    grid ? Math.round(uniform() * 2 * mean * 4) / 4 : -Math.log(1 - uniform()) * mean;
  const horizon = 60;
  const load = pick(0.3, 1, 3);
  const times: number[] = [];
  for (let time = quantity(1 / load); time < horizon; time += quantity(1 / load)) {
    times.push(time);
    if (times.length > 400) break;
  }
  const needs = times.map(() => quantity(1));
  const script = Array.from({ length: 100 }, (_, i) =>
    grid ? Math.floor((uniform() * i) / 8) : 1 + Math.floor(uniform() * 5),
  );
  const interval = grid ? pick(1, 2.5) : pick(1.1, 3.3);
  const delays = Array.from({ length: 600 }, () => (uniform() < 0.3 && grid ? 0 : quantity(2)));
  const recordingInterval = pick(1, 5, 60);
  const settings: Partial<KernelModel> = {
    horizon,
    recordingInterval,
    concurrency: grid ? pick(1, 2, 3) : 1,
    queueCapacity: pick(Infinity, 0, 2, 7),
    queueTimeout: pick(Infinity, 0.5, 2, 6),
    retryMax: pick(0, 1, 3),
    retryBackoff: grid ? pick(0, 0.5, 1) : 0.7,
    initialReplicas: grid ? pick(1, 3) : 1,
    drainLimit: grid ? Infinity : pick(0, 0.4, 2, Infinity),
    scaleDownOrder: pick('newest-first', 'oldest-first'),
  };
  const model = () =>
    kernelModel({
      ...settings,
      arrivals: listArrivals(times),
      serviceTimes: listSampler(needs.length === 0 ? [1] : needs),
      startupDelays: listSampler(delays),
      scaling: scriptedScaling(interval, (time, desired) => {
        const wish = script[Math.round(time / interval) % script.length]!;
        return grid ? Math.max(wish, desired) : wish;
      }),
    });
  return { times, needs, model };
}

function runKernel(model: KernelModel, slice: number) {
  const waits: number[] = [];
  const ends: number[] = [];
  const kernel = new Kernel({
    ...model,
    probe: (arrival, start, end) => {
      waits.push(start - arrival);
      ends.push(end);
    },
  });
  while (!kernel.advance(slice));
  return { waits, ends, result: kernel.result() };
}

const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0);

describe('the kernel against a naive event list', () => {
  for (const grid of [true, false]) {
    it(`agrees on every wait and count, ${grid ? 'with simultaneous events everywhere' : 'with kills at the drain limit'}`, () => {
      let retried = 0;
      let killed = 0;
      for (let seed = 1; seed <= 1500; seed++) {
        const { times, needs, model } = randomInputs(seed, grid);
        const expected = runEventList(model(), times, needs);
        const { waits, result } = runKernel(model(), seed % 2 === 0 ? 3 : Infinity);
        const { columns } = result;
        const seen = {
          waits,
          arrivals: sum(columns.arrivals),
          retries: sum(columns.retries),
          completed: sum(columns.completed),
          rejected: sum(columns.rejected),
          timedOut: sum(columns.timedOut),
          failed: sum(columns.failed),
          queueLength: columns.queueLength.at(-1),
          inService: columns.inService.at(-1),
        };
        expect(seen, `seed ${seed}`).toEqual(expected);
        retried += expected.retries;
        killed += expected.failed;
      }
      expect(retried).toBeGreaterThan(1000);
      if (!grid) expect(killed).toBeGreaterThan(100);
    });
  }

  it('keeps count of every request at every recording instant', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const { model } = randomInputs(seed, seed % 2 === 0);
      const { result } = runKernel(model(), 50);
      const { columns } = result;
      let inSystem = 0;
      for (let row = 0; row < columns.time.length; row++) {
        inSystem +=
          columns.arrivals[row]! -
          columns.completed[row]! -
          columns.rejected[row]! -
          columns.timedOut[row]! -
          columns.failed[row]!;
        expect(columns.queueLength[row]! + columns.inService[row]!, `seed ${seed} row ${row}`).toBe(inSystem);
        if (columns.readySlotSeconds[row]! > 0) expect(columns.utilisation[row]!).toBeLessThanOrEqual(1 + 1e-9);
        for (const column of Object.values(columns)) expect(column[row]! < 0).toBe(false);
      }
    }
  });

  it("obeys Little's law to rounding when everything that arrived has left", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { times, needs } = randomInputs(seed, false);
      if (times.length === 0) continue;
      const horizon = 1000;
      const { waits, ends, result } = runKernel(
        kernelModel({
          horizon,
          recordingInterval: 7,
          initialReplicas: 3,
          arrivals: listArrivals(times),
          serviceTimes: listSampler(needs),
        }),
        Infinity,
      );
      expect(Math.max(...ends)).toBeLessThan(horizon);
      const { columns } = result;
      const duration = (row: number) => Math.min(horizon, columns.time[row]! + 7) - columns.time[row]!;
      const queueArea = columns.queueLengthMean.reduce((area, mean, row) => area + mean * duration(row), 0);
      const serviceArea = columns.inServiceMean.reduce((area, mean, row) => area + mean * duration(row), 0);
      expect(queueArea).toBeCloseTo(
        waits.reduce((a, b) => a + b, 0),
        8,
      );
      expect(serviceArea).toBeCloseTo(
        needs.reduce((a, b) => a + b, 0),
        8,
      );
    }
  });
});
