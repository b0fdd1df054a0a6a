import { describe, expect, it } from 'vitest';
import type { KernelModel } from '../../sim-core/kernel/contract.ts';
import { EventListKernel } from '../../sim-core/kernel/event-list-kernel.ts';
import { runNaively, type Ending } from '../support/naive-service.ts';
import { randomEffects } from '../support/random-effects.ts';

function run(model: KernelModel, slice: number) {
  const endings: Ending[] = [];
  const places: number[] = [];
  const kernel = new EventListKernel({
    ...model,
    departureProbe: (arrival, start, end, attempt, outcome, place) => {
      endings.push([arrival, start, end, attempt, outcome]);
      places.push(place);
    },
  });
  while (!kernel.advance(slice));
  return { endings, places, result: kernel.result() };
}

/** Counts and order exactly, instants to what rounding may do. */
function expectSameEndings(found: readonly Ending[], expected: readonly Ending[], where: string): void {
  const close = (a: number, b: number) => (Number.isNaN(a) ? Number.isNaN(b) : Math.abs(a - b) < 1e-9);
  const differs = expected.findIndex((ending, i) => {
    const other = found[i];
    if (other === undefined) return true;
    return ending.some((value, k) =>
      typeof value === 'string' ? value !== other[k] : !close(value, other[k] as number),
    );
  });
  if (differs >= 0) expect(found.slice(0, differs + 1), where).toEqual(expected.slice(0, differs + 1));
  expect(found.length, where).toBe(expected.length);
}

describe('the effects of the event-list path', () => {
  it('agree with a naive simulation on every ending, alone and together', () => {
    const outcomes: Record<string, number> = {};
    for (let seed = 1; seed <= 1000; seed++) {
      const { times, model } = randomEffects(seed, false);
      const expected = runNaively(model(), times);
      const { endings, result } = run(model(), seed % 2 === 0 ? 3 : Infinity);
      expectSameEndings(endings, expected.endings, `seed ${seed}`);
      const { queueLength, inService } = result.columns;
      expect(queueLength.at(-1)! + inService.at(-1)!, `seed ${seed}`).toBe(expected.inSystem);
      for (const [, , , , outcome] of endings) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    for (const outcome of ['completed', 'rejected', 'timed-out', 'failed', 'abandoned', 'wasted'])
      expect(outcomes[outcome], outcome).toBeGreaterThan(1000);
  });
});
