import { describe, expect, it } from 'vitest';
import { RunningHeaps } from '../../../sim-core/kernel/running-heaps.ts';
import { TimedHeap } from '../../../sim-core/kernel/timed-heap.ts';
import { WinnerTree } from '../../../sim-core/kernel/winner-tree.ts';
import { testRandom } from '../../support/random.ts';

/** Few different times, so that ranks decide often. */
const times = 20;

describe('what the event list keeps its times in, against a plain list', () => {
  it('a timed heap gives the earliest, the lowest rank of equals, whatever was set, changed and removed', () => {
    const uniform = testRandom(1);
    const heap = new TimedHeap();
    const list = new Map<number, { time: number; rank: number }>();
    for (let step = 0; step < 20_000; step++) {
      const member = Math.floor(uniform() * 300);
      if (uniform() < 0.6) {
        const entry = { time: Math.floor(uniform() * times), rank: uniform() };
        heap.set(member, entry.time, entry.rank);
        list.set(member, entry);
      } else if (heap.has(member)) {
        heap.remove(member);
        list.delete(member);
      }
      expect(heap.has(member)).toBe(list.has(member));
      expect(heap.size).toBe(list.size);
      const [first] = [...list].sort(([, a], [, b]) => a.time - b.time || a.rank - b.rank);
      expect(heap.times[0]).toBe(first?.[1].time ?? Infinity);
      if (first !== undefined) expect(heap.members[0]).toBe(first[0]);
    }
  });

  it('the heaps of running requests give the lowest key of each replica, whoever joins and leaves', () => {
    const uniform = testRandom(2);
    const concurrency = 40;
    const heaps = new RunningHeaps(concurrency);
    heaps.reserve(50);
    const lists = Array.from({ length: 50 }, () => new Map<number, number>());
    for (let step = 0; step < 20_000; step++) {
      const place = 47 + Math.floor(uniform() * 3);
      const list = lists[place]!;
      const choice = uniform();
      if (choice < 0.55 && list.size < concurrency) {
        const key = uniform();
        heaps.push(place, key, step);
        list.set(step, key);
      } else if (choice < 0.75 && list.size > 0) {
        list.delete(heaps.top(place));
        heaps.pop(place);
      } else if (choice < 0.999 && list.size > 0) {
        const member = [...list.keys()][Math.floor(uniform() * list.size)]!;
        heaps.remove(place, member);
        list.delete(member);
      } else {
        heaps.clear(place);
        list.clear();
      }
      const [first] = [...list].sort(([, a], [, b]) => a - b);
      expect(heaps.topKey(place)).toBe(first?.[1] ?? Infinity);
      if (first !== undefined) expect(heaps.top(place)).toBe(first[0]);
      expect([...heaps.membersOf(place)].sort((a, b) => a - b)).toEqual([...list.keys()].sort((a, b) => a - b));
      expect(heaps.total).toBe(lists.reduce((sum, other) => sum + other.size, 0));
    }
  });

  it('a winner tree gives the earliest time, the lowest place of equals, also after it has grown', () => {
    const uniform = testRandom(3);
    const tree = new WinnerTree();
    const list: number[] = [];
    for (let step = 0; step < 5000; step++) {
      const places = 1 + Math.floor(step / 50);
      tree.reserve(places);
      while (list.length < places) list.push(Infinity);
      const place = Math.floor(uniform() * places);
      list[place] = uniform() < 0.3 ? Infinity : Math.floor(uniform() * times);
      tree.set(place, list[place]!);
      const earliest = Math.min(...list);
      expect(tree.earliest).toBe(earliest);
      if (earliest < Infinity) expect(tree.first).toBe(list.indexOf(earliest));
    }
  });
});
