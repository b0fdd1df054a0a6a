import { describe, expect, it } from 'vitest';
import { firings } from '../../../sim-core/alerts/firings.ts';

/** One evaluation a minute; `x` is a condition that holds. */
const fired = (pattern: string, holdMinutes: number, keepMinutes = 0) => {
  const times = Float64Array.from(pattern, (_, minute) => minute * 60);
  return firings(
    Array.from(pattern, (each) => each === 'x'),
    times,
    {
      holdFor: holdMinutes * 60,
      keepFor: keepMinutes * 60,
      end: pattern.length * 60,
    },
  ).map(({ from, to }) => [from / 60, to / 60]);
};

/** The life of an alert as the documentation of Prometheus tells it: inactive, pending for `for`, firing, resolved. */
describe('an alert', () => {
  it.each([
    ['without `for` it fires at once', '..xx..', 0, 0, [[2, 4]]],
    ['it waits for `for`', '..xxxx..', 2, 0, [[4, 6]]],
    ['it fires when the condition has held exactly as long', '..xxx..', 2, 0, [[4, 5]]],
    ['a break while pending begins anew', '.xx.xxx.', 2, 0, [[6, 7]]],
    ['it never fires when it never held long enough', '.xx.xx.', 2, 0, []],
    [
      'it fires again after it was resolved',
      'x.x.x.',
      0,
      0,
      [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
    ],
    ['it fires on to the end', '...xxx', 1, 0, [[4, 6]]],
    ['kept firing over a short gap', '.xx..xx...', 0, 3, [[1, 10]]],
    ['kept firing until it has not held that long', '.x.....', 0, 2, [[1, 4]]],
    ['keeping does not make a pending alert fire', '.x.x.x', 2, 5, []],
  ] as const)('%s', (_, pattern, hold, keep, expected) => {
    expect(fired(pattern, hold, keep)).toEqual(expected);
  });
});
