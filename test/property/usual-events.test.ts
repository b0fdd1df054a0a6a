import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { KernelModel } from '../../sim-core/kernel/contract.ts';
import { EventListKernel } from '../../sim-core/kernel/event-list-kernel.ts';
import { listArrivals, listSampler } from '../support/kernel-model.ts';
import { randomEffects } from '../support/random-effects.ts';
import { testRandom } from '../support/random.ts';

/** Round-robin for patient clients: what the innermost loop is for, with all other random effects. */
function usualModel(seed: number, grid: boolean): KernelModel {
  const {
    speeds: _speeds,
    slowStart: _slowStart,
    clientTimeouts: _timeouts,
    ...model
  } = randomEffects(seed, grid).model();
  return { ...model, routing: 'round-robin', queueTimeout: Infinity };
}

/** Some batches of customers, so that the loop ends for every reason it has. */
function manyCustomers(seed: number): Partial<KernelModel> {
  const uniform = testRandom(seed);
  let time = 0;
  const times = Array.from({ length: 2500 }, () => (time -= Math.log(1 - uniform()) / 45));
  const needs = times.map(() => -Math.log(1 - uniform()) * (seed % 3 === 0 ? 0.2 : 0.05));
  return { arrivals: listArrivals(times), serviceTimes: listSampler(needs) };
}

function resultOf(model: KernelModel, slice: number) {
  const kernel = new EventListKernel(model);
  while (!kernel.advance(slice));
  return kernel.result();
}

describe('the innermost loop of the event-list path', () => {
  it('does to the same bits what is done one event at a time', () => {
    let completed = 0;
    let queued = 0;
    let changes = 0;
    for (let seed = 1; seed <= 160; seed++) {
      const customers = () => (seed % 4 === 0 ? manyCustomers(seed) : {});
      const model = () => ({ ...usualModel(seed, seed % 2 === 0), ...customers() });
      const found = resultOf(model(), seed % 5 === 0 ? 7 : 1e6);
      // Who watches every departure gets them one at a time.
      const expected = resultOf({ ...model(), departureProbe: () => {} }, 1e6);
      if (!isDeepStrictEqual(found, expected)) expect(found, `seed ${seed}`).toEqual(expected);
      completed += found.totals.latencies.count;
      queued += found.totals.delayed;
      changes += found.changes.length;
    }
    expect(completed).toBeGreaterThan(50_000);
    expect(queued).toBeGreaterThan(5000);
    expect(changes).toBeGreaterThan(1500);
  });
});
