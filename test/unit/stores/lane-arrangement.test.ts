import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  moveLane,
  orderedLanes,
  parseArrangement,
  printArrangement,
  toggleLane,
  togglePin,
  usualArrangement,
  visibleLanes,
  type LaneArrangement,
} from '../../../renderer/stores/lane-arrangement.ts';

const ids = ['demand', 'replicas', 'latency', 'backlog', 'cpu', 'cost'];

const someLanes = fc.subarray(ids);
const arrangements: fc.Arbitrary<LaneArrangement> = fc.record({
  order: fc.shuffledSubarray(ids),
  hidden: someLanes,
  pinned: someLanes,
});

describe('the arrangement of lanes', () => {
  it('is as the lanes stand by themselves until somebody moves one', () => {
    expect(orderedLanes(ids, usualArrangement)).toEqual(ids);
    expect(visibleLanes(ids, toggleLane(usualArrangement, 'backlog'))).not.toContain('backlog');
    expect(visibleLanes(ids, togglePin(usualArrangement, 'cpu'))[0]).toBe('cpu');
  });

  it('keeps every lane, the pinned ones first, and never shows none', () => {
    fc.assert(
      fc.property(arrangements, (arrangement) => {
        const all = orderedLanes(ids, arrangement);
        expect([...all].sort()).toEqual([...ids].sort());
        const lastPinned = all.findLastIndex((id) => arrangement.pinned.includes(id));
        expect(all.slice(0, lastPinned + 1).every((id) => arrangement.pinned.includes(id))).toBe(true);
        expect(visibleLanes(ids, arrangement).length).toBeGreaterThan(0);
      }),
    );
  });

  it('puts a lane where it was dropped, among those of its kind, and leaves the order of the others', () => {
    fc.assert(
      fc.property(arrangements, fc.constantFrom(...ids), fc.nat(5), (arrangement, id, to) => {
        const before = visibleLanes(ids, arrangement);
        const after = visibleLanes(ids, moveLane(ids, arrangement, id, to));
        expect(after.filter((other) => other !== id)).toEqual(before.filter((other) => other !== id));
        if (arrangement.pinned.length === 0 && before.includes(id))
          expect(after.indexOf(id)).toBe(Math.min(to, before.length - 1));
      }),
    );
  });

  it('gives a lane that comes later its usual place', () => {
    const moved = moveLane(ids, usualArrangement, 'cost', 0);
    expect(orderedLanes(['demand', 'replicas', 'nodes', ...ids.slice(2)], moved)).toEqual([
      'cost',
      'demand',
      'replicas',
      'nodes',
      'latency',
      'backlog',
      'cpu',
    ]);
  });

  it('goes through an address and back', () => {
    fc.assert(
      fc.property(arrangements, (arrangement) => {
        const read = parseArrangement(printArrangement(arrangement)) ?? usualArrangement;
        // Hidden and pinned lanes are mentioned behind those whose place was said.
        const mentioned = [...new Set([...arrangement.order, ...arrangement.pinned, ...arrangement.hidden])];
        expect(read.order).toEqual(mentioned);
        expect(new Set(read.hidden)).toEqual(new Set(arrangement.hidden));
        expect(new Set(read.pinned)).toEqual(new Set(arrangement.pinned));
      }),
    );
    expect(parseArrangement('')).toBeNull();
    expect(printArrangement(usualArrangement)).toBe('');
  });
});
