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
 * both directions and kills at the drain limit are compared too. With all but ends on the grid, capacity shrinks at
 * instants of readiness, arrivals and deadlines, to zero and back.
 */
type Coincidence = 'everything' | 'all but ends' | 'nothing';

function randomInputs(seed: number, coincides: Coincidence): Inputs {
  const uniform = testRandom(seed);
  const [grid, grows] = [coincides !== 'nothing', coincides === 'everything'];
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
  const needs = times.map(() => (grows ? quantity(1) : -Math.log(1 - uniform())));
  const script = Array.from({ length: 100 }, (_, i) =>
    grows ? Math.floor((uniform() * i) / 8) : (grid ? 0 : 1) + Math.floor(uniform() * 5),
  );
  const interval = grid ? pick(1, 2.5) : pick(1.1, 3.3);
  const delays = Array.from({ length: 600 }, () => (uniform() < 0.3 && grid ? 0 : quantity(2)));
  const recordingInterval = pick(1, 5, 60);
  const settings: Partial<KernelModel> = {
    horizon,
    recordingInterval,
    concurrency: grows ? pick(1, 2, 3) : 1,
    queueCapacity: pick(Infinity, 0, 2, 7),
    queueTimeout: pick(Infinity, 0.5, 2, 6),
    retryMax: pick(0, 1, 3),
    retryBackoff: grid ? pick(0, 0.5, 1) : 0.7,
    initialReplicas: grows ? pick(1, 3) : 1,
    drainLimit: grows ? Infinity : pick(0, grid ? 0.5 : 0.4, 2, Infinity),
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
        if (grows) return Math.max(wish, desired);
        return grid && wish > 0 ? desired + Math.sign(wish - desired) : wish;
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
  for (const coincides of ['everything', 'all but ends', 'nothing'] as const) {
    it(`agrees on every wait and count where ${coincides} coincides`, () => {
      let retried = 0;
      let killed = 0;
      for (let seed = 1; seed <= 600; seed++) {
        const { times, needs, model } = randomInputs(seed, coincides);
        const { waits, result } = runKernel(model(), seed % 2 === 0 ? 3 : Infinity);
        const instants = result.replicas.map(({ readyAt }) => readyAt).filter(Number.isFinite);
        // Two that became ready at one instant have slots idle since the same one.
        if (coincides === 'all but ends' && new Set(instants).size < instants.length) continue;
        const expected = runEventList(model(), times, needs);
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
      if (coincides !== 'everything') expect(killed).toBeGreaterThan(100);
    });
  }

  it('keeps count of every request at every recording instant', () => {
    const wrong: string[] = [];
    for (let seed = 1; seed <= 200; seed++) {
      const { model } = randomInputs(seed, seed % 2 === 0 ? 'everything' : 'nothing');
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
        const there = columns.queueLength[row]! + columns.inService[row]!;
        if (there !== inSystem) wrong.push(`seed ${seed} row ${row}: ${there} there, ${inSystem} expected`);
        if (columns.readySlotSeconds[row]! > 0 && !(columns.utilisation[row]! <= 1 + 1e-9))
          wrong.push(`seed ${seed} row ${row}: utilisation ${columns.utilisation[row]}`);
        for (const [name, column] of Object.entries(columns))
          if (column[row]! < 0) wrong.push(`seed ${seed} row ${row}: ${name} ${column[row]}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("obeys Little's law to rounding when everything that arrived has left", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { times, needs } = randomInputs(seed, 'nothing');
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
