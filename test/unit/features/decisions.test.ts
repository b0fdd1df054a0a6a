import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../sim-core/index.ts';
import { decisionAt } from '../../../sim-core/index.ts';
import { bindingFilters, passes } from '../../../renderer/features/decisions/binding-filter.ts';
import { momentOf } from '../../../renderer/features/decisions/moment.ts';
import { rowsInSight, topOf, totalHeight } from '../../../renderer/features/decisions/window-rows.ts';

describe('rows in sight', () => {
  it('are all rows that meet the view, for any open row', () => {
    const arbitrary = fc.record({
      rowHeight: fc.constant(27),
      count: fc.integer({ min: 1, max: 6000 }),
      open: fc.integer({ min: -1, max: 5999 }),
      openHeight: fc.integer({ min: 0, max: 400 }),
    });
    fc.assert(
      fc.property(
        arbitrary,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 50, max: 900 }),
        (given, place, height) => {
          const rows = { ...given, open: Math.min(given.open, given.count - 1) };
          const scrollTop = place * Math.max(0, totalHeight(rows) - height);
          const [first, end] = rowsInSight(rows, scrollTop, height);
          for (let index = 0; index < rows.count; index += 1) {
            const top = topOf(rows, index);
            const bottom = top + rows.rowHeight + (index === rows.open ? rows.openHeight : 0);
            if (bottom > scrollTop && top < scrollTop + height) {
              expect(index).toBeGreaterThanOrEqual(first);
              expect(index).toBeLessThan(end);
            }
          }
          expect(end - first).toBeLessThanOrEqual(Math.ceil(height / rows.rowHeight) + 16);
        },
      ),
    );
  });
});

describe('the decision at a time', () => {
  const decisions = [15, 30, 45].map((time) => ({ time }) as Decision);
  it('is the last one made by then', () => {
    expect([0, 15, 29.9, 30, 1e9].map((time) => decisionAt(decisions, time)?.time)).toEqual([
      undefined,
      15,
      15,
      30,
      45,
    ]);
    expect(decisionAt([], 5)).toBeUndefined();
  });
});

describe('a time that is typed', () => {
  const start = Date.UTC(2026, 10, 27, 9) / 1000;
  it('is on the clock of the lanes while they show one', () => {
    expect(momentOf('09:30', start, 'clock')).toBe(1800);
    expect(momentOf('08:00', start, 'clock'), 'the next morning').toBe(23 * 3600);
    expect(momentOf('1h20m', start, 'clock')).toBe(4800);
    expect(momentOf('26:00', start, 'clock'), 'no clock says so').toBe(26 * 3600);
  });
  it('is time since the start otherwise', () => {
    expect(momentOf('09:30', start, 'relative')).toBe(9.5 * 3600);
    expect(momentOf('soon', start, 'relative')).toBeUndefined();
  });
});

describe('the filter by what bound a decision', () => {
  const decisions = ['rate-limit', null, 'bounds', 'bounds'].map((binding) => ({ binding }) as Decision);
  it('offers what there is, the most frequent first', () => {
    const filters = bindingFilters(decisions);
    expect(filters).toEqual(['', 'none', 'bounds', 'rate-limit']);
    expect(filters.map((filter) => decisions.filter((decision) => passes(filter, decision)).length)).toEqual([
      4, 1, 2, 1,
    ]);
  });
});
