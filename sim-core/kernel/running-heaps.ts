import { grown } from './grown.ts';

/**
 * The requests each replica works on, those that leave first in front: one binary heap a replica, all in two arrays in
 * blocks of `concurrency`. A key is what the owner orders by: an instant, or an amount of work.
 */
export class RunningHeaps {
  /** requests running in all */
  total = 0;
  /** by place of the replica */
  counts = new Int32Array(16);
  private keys: Float64Array<ArrayBuffer>;
  private members: Int32Array<ArrayBuffer>;

  constructor(private readonly concurrency: number) {
    this.keys = new Float64Array(16 * concurrency);
    this.members = new Int32Array(16 * concurrency);
  }

  reserve(places: number): void {
    if (places <= this.counts.length) return;
    const capacity = Math.max(places, Math.ceil(this.counts.length * 1.5));
    this.counts = grown(this.counts, capacity);
    this.keys = grown(this.keys, capacity * this.concurrency);
    this.members = grown(this.members, capacity * this.concurrency);
  }

  /** The lowest key; undefined behaviour when nothing runs there. */
  topKey(place: number): number {
    return this.keys[place * this.concurrency]!;
  }

  top(place: number): number {
    return this.members[place * this.concurrency]!;
  }

  /** Who runs there, in no order. */
  membersOf(place: number): Int32Array {
    const base = place * this.concurrency;
    return this.members.subarray(base, base + this.counts[place]!);
  }

  push(place: number, key: number, member: number): void {
    this.total++;
    const index = this.counts[place]!++;
    this.siftUp(place * this.concurrency, index, key, member);
  }

  pop(place: number): void {
    this.total--;
    const base = place * this.concurrency;
    const last = base + --this.counts[place]!;
    this.siftDown(base, 0, this.counts[place]!, this.keys[last]!, this.members[last]!);
  }

  /** The first one leaves, and another takes its slot. */
  replaceTop(place: number, key: number, member: number): void {
    this.siftDown(place * this.concurrency, 0, this.counts[place]!, key, member);
  }

  remove(place: number, member: number): void {
    const base = place * this.concurrency;
    const index = this.members.indexOf(member, base) - base;
    this.total--;
    const count = --this.counts[place]!;
    if (index === count) return;
    const key = this.keys[base + count]!;
    const moved = this.members[base + count]!;
    if (index > 0 && this.keys[base + ((index - 1) >> 1)]! > key) this.siftUp(base, index, key, moved);
    else this.siftDown(base, index, count, key, moved);
  }

  clear(place: number): void {
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
      if (child + 1 < count && keys[base + child + 1]! < keys[base + child]!) child++;
      if (keys[base + child]! >= key) break;
      keys[base + index] = keys[base + child]!;
      members[base + index] = members[base + child]!;
      index = child;
    }
    keys[base + index] = key;
    members[base + index] = member;
  }
}
