import { describe, expect, it } from 'vitest';
import { EventListKernel } from '../../sim-core/kernel/event-list-kernel.ts';
import { Kernel } from '../../sim-core/kernel/kernel.ts';
import { kernelModel, listArrivals, listSampler } from '../support/kernel-model.ts';
import { testRandom } from '../support/random.ts';

/** Waits of a G/G/c FIFO queue by the recursion on the sorted vector of server-free times (Kiefer and Wolfowitz, 1955). */
function waitsByRecursion(times: Float64Array, needs: Float64Array, servers: number): Float64Array {
  const free = new Array<number>(servers).fill(0);
  return times.map((time, i) => {
    const start = Math.max(time, free[0]!);
    const end = start + needs[i]!;
    let place = 1;
    while (place < servers && free[place]! < end) {
      free[place - 1] = free[place]!;
      place++;
    }
    free[place - 1] = end;
    return start - time;
  });
}

const families: Record<string, (uniform: () => number) => number> = {
  exponential: (uniform) => -Math.log(1 - uniform()),
  constant: () => 1,
  heavyTailed: (uniform) => 0.4 * Math.pow(1 - uniform(), -1 / 1.7),
  twoPoint: (uniform) => (uniform() < 0.9 ? 0.5 : 5.5),
};

function inputs(seed: number, customers: number, servers: number, family: string, load: number) {
  const uniform = testRandom(seed);
  const draw = families[family]!;
  const times = new Float64Array(customers);
  const needs = new Float64Array(customers);
  let time = 0;
  for (let i = 0; i < customers; i++) {
    time += families.exponential!(uniform) / (load * servers);
    times[i] = time;
    needs[i] = draw(uniform);
  }
  return { times, needs };
}

function waitsBy(
  engine: typeof Kernel | typeof EventListKernel,
  times: Float64Array,
  needs: Float64Array,
  replicas: number,
  concurrency: number,
  slice: number,
): Float64Array {
  const waits = new Float64Array(times.length);
  let started = 0;
  const kernel = new engine(
    kernelModel({
      horizon: times.at(-1)! + 1e6,
      recordingInterval: 60,
      rowsPerWindow: 10,
      arrivals: listArrivals(times),
      serviceTimes: listSampler(needs),
      initialReplicas: replicas,
      concurrency,
      probe: (arrival, start) => {
        waits[started++] = start - arrival;
      },
    }),
  );
  while (!kernel.advance(slice));
  expect(started).toBe(times.length);
  return waits;
}

describe('the station against the Kiefer–Wolfowitz recursion', () => {
  for (const [replicas, concurrency] of [
    [1, 1],
    [2, 1],
    [1, 3],
    [4, 4],
    [25, 4],
  ] as const) {
    for (const family of Object.keys(families)) {
      it(`${family} service on ${replicas} × ${concurrency} slots: every wait is bit-identical`, () => {
        const servers = replicas * concurrency;
        const { times, needs } = inputs(servers * 31 + family.length, 50_000, servers, family, 0.97);
        const kernel = waitsBy(Kernel, times, needs, replicas, concurrency, 1000);
        const recursion = waitsByRecursion(times, needs, servers);
        expect(kernel.some((wait) => wait > 0)).toBe(true);
        expect(Buffer.from(kernel.buffer).equals(Buffer.from(recursion.buffer))).toBe(true);
      });
    }
  }

  it('holds for a million customers on ten slots', () => {
    const { times, needs } = inputs(7, 1_000_000, 10, 'heavyTailed', 0.9);
    const kernel = waitsBy(Kernel, times, needs, 5, 2, 100_000);
    expect(Buffer.from(kernel.buffer).equals(Buffer.from(waitsByRecursion(times, needs, 10).buffer))).toBe(true);
  });

  it('holds on both paths for arrivals and services of any family, any number of slots, any seed: a million waits in all', () => {
    const names = Object.keys(families);
    const waited: number[] = [];
    for (let seed = 1; seed <= 13; seed++) {
      const uniform = testRandom(1000 + seed);
      const pick = <T>(from: readonly T[]): T => from[Math.floor(uniform() * from.length)]!;
      const [replicas, concurrency] = [1 + Math.floor(uniform() * 12), 1 + Math.floor(uniform() * 6)];
      const servers = replicas * concurrency;
      const drawn = { gap: families[pick(names)]!, need: families[pick(names)]! };
      const load = 0.7 + 0.4 * uniform();
      const times = new Float64Array(40_000);
      let time = 0;
      for (let i = 0; i < times.length; i++) times[i] = time += drawn.gap(uniform) / (load * servers);
      const needs = times.map(() => drawn.need(uniform));
      const recursion = Buffer.from(waitsByRecursion(times, needs, servers).buffer);
      for (const engine of [Kernel, EventListKernel]) {
        const waits = waitsBy(engine, times, needs, replicas, concurrency, 5000);
        expect(Buffer.from(waits.buffer).equals(recursion), `seed ${seed}, ${engine.name}`).toBe(true);
        waited.push(waits.filter((wait) => wait > 0).length);
      }
    }
    // Even gaps and even services below capacity never wait.
    expect(waited.filter((count) => count > 100).length).toBeGreaterThan(20);
  });

  it('does not depend on how the run is sliced', () => {
    const { times, needs } = inputs(11, 20_000, 6, 'twoPoint', 0.98);
    const whole = waitsBy(Kernel, times, needs, 3, 2, Infinity);
    const sliced = waitsBy(Kernel, times, needs, 3, 2, 7);
    expect(Buffer.from(whole.buffer).equals(Buffer.from(sliced.buffer))).toBe(true);
  });
});
