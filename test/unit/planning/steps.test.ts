import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planChanges } from '../../../sim-core/planning/steps.ts';
import type { Need } from '../../../sim-core/planning/steps.ts';

/** Needs of windows of an hour. */
function needs(...workers: readonly number[]): Need[] {
  return workers.map((each, index) => ({ start: index * 3600, end: (index + 1) * 3600, workers: each }));
}
const steps = (list: readonly Need[], current: number, hold: number) =>
  planChanges(list, current, hold).map(({ index, from, to }) => [index, from, to]);

describe('steps of a plan', () => {
  it('grows when more is needed, shrinks when less is', () => {
    expect(steps(needs(5, 8, 8, 4), 5, 600)).toEqual([
      [1, 5, 8],
      [3, 8, 4],
    ]);
    expect(steps(needs(5, 5), 5, 600)).toEqual([]);
    expect(steps(needs(3), 5, 600)).toEqual([[0, 5, 3]]);
  });

  it('does not give up what is needed again within the hold', () => {
    expect(steps(needs(8, 4, 8, 4), 8, 3600)).toEqual([
      [1, 8, 4],
      [2, 4, 8],
      [3, 8, 4],
    ]);
    expect(steps(needs(8, 4, 8, 4), 8, 3601)).toEqual([[3, 8, 4]]);
    expect(steps(needs(8, 4, 6, 4), 8, 3601)).toEqual([
      [1, 8, 6],
      [3, 6, 4],
    ]);
  });

  it('does not shrink within the hold of growing', () => {
    expect(steps(needs(4, 9, 4, 4, 4), 4, 7200)).toEqual([
      [1, 4, 9],
      [3, 9, 4],
    ]);
  });

  it('always has what is needed, and never turns round within the hold', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { maxLength: 60 }),
        fc.nat(20),
        fc.integer({ min: 0, max: 20_000 }),
        (workers, current, hold) => {
          const list = needs(...workers);
          const changes = planChanges(list, current, hold);
          let now = current;
          let next = 0;
          list.forEach((need, index) => {
            if (changes[next]?.index === index) {
              expect(changes[next]!.from).toBe(now);
              now = changes[next]!.to;
              next += 1;
            }
            expect(now).toBeGreaterThanOrEqual(need.workers);
          });
          expect(next).toBe(changes.length);
          changes.slice(1).forEach((change, i) => {
            const before = changes[i]!;
            const opposite = change.to > change.from !== before.to > before.from;
            if (opposite) expect(list[change.index]!.start - list[before.index]!.start).toBeGreaterThanOrEqual(hold);
          });
        },
      ),
    );
  });
});
