import { grown } from './grown.ts';

/**
 * The requests each replica works on, those that leave first in front: one binary heap a replica, all in two arrays in
 * blocks of one place more than `concurrency`. A key is what the owner orders by: an instant, or an amount of work. Unused
 * places hold Infinity, so that there always is a second child to look at.
 */
export class RunningHeaps {
  /** requests running in all */
  total = 0;
  /** by place of the replica */
  counts = new Int32Array(16);
  keys: Float64Array<ArrayBuffer>;
  members: Int32Array<ArrayBuffer>;

  /** places of one replica */
  readonly block: number;

  constructor(concurrency: number) {
    this.block = concurrency + 1;
    this.keys = new Float64Array(16 * this.block).fill(Infinity);
    this.members = new Int32Array(16 * this.block);
  }

  reserve(places: number): void {
    if (places <= this.counts.length) return;
    const capacity = Math.max(places, Math.ceil(this.counts.length * 1.5));
    this.counts = grown(this.counts, capacity);
    this.keys = grown(this.keys, capacity * this.block, Infinity);
    this.members = grown(this.members, capacity * this.block);
  }

  /** The lowest key; Infinity when nothing runs there. */
  topKey(place: number): number {
    return this.keys[place * this.block]!;
  }

  top(place: number): number {
    return this.members[place * this.block]!;
  }

  /** Who runs there, in no order. */
  membersOf(place: number): Int32Array {
    const base = place * this.block;
    return this.members.subarray(base, base + this.counts[place]!);
  }

  push(place: number, key: number, member: number): void {
    this.total++;
    const index = this.counts[place]!++;
    this.siftUp(place * this.block, index, key, member);
  }

  pop(place: number): void {
    this.total--;
    const base = place * this.block;
    const count = --this.counts[place]!;
    const key = this.keys[base + count]!;
    this.keys[base + count] = Infinity;
    if (count > 0) this.siftDown(base, 0, count, key, this.members[base + count]!);
  }

  remove(place: number, member: number): void {
    const base = place * this.block;
    const index = this.members.indexOf(member, base) - base;
    this.total--;
    const count = --this.counts[place]!;
    const key = this.keys[base + count]!;
    this.keys[base + count] = Infinity;
    if (index === count) return;
    const moved = this.members[base + count]!;
    if (index > 0 && this.keys[base + ((index - 1) >> 1)]! > key) this.siftUp(base, index, key, moved);
    else this.siftDown(base, index, count, key, moved);
  }

  clear(place: number): void {
    const base = place * this.block;
    this.keys.fill(Infinity, base, base + this.counts[place]!);
    this.total -= this.counts[place]!;
    this.counts[place] = 0;
  }

  private siftUp(base: number, from: number, key: number, member: number): void {
    const { keys, members } = this;
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (keys[base + parent]! <= key) break;
      keys[base + index] = keys[base + parent]!;
      members[base + index] = members[base + parent]!;
      index = parent;
    }
    keys[base + index] = key;
    members[base + index] = member;
  }

  private siftDown(base: number, from: number, count: number, key: number, member: number): void {
    const { keys, members } = this;
    let index = from;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= count) break;
      child += +(keys[base + child + 1]! < keys[base + child]!);
      const lowest = keys[base + child]!;
      if (lowest >= key) break;
      keys[base + index] = lowest;
      members[base + index] = members[base + child]!;
      index = child;
    }
    keys[base + index] = key;
    members[base + index] = member;
  }
}
