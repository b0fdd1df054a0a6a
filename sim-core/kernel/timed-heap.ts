import { grown } from './grown.ts';

/**
 * Small integers, each with a time, the earliest first and, at equal times, the lowest rank: a binary heap on parallel
 * arrays that knows the place of every member, so that a time can be changed or withdrawn. Places beyond `size` hold
 * Infinity, so that an empty heap reads as "never".
 */
export class TimedHeap {
  size = 0;
  /** s, by place; times[0] is the earliest */
  times = new Float64Array(64).fill(Infinity);
  /** the member at each place */
  members = new Int32Array(64);
  /** place of each member; −1 for none */
  private places = new Int32Array(64).fill(-1);
  private ranks = new Float64Array(64);

  has(member: number): boolean {
    return member < this.places.length && this.places[member]! >= 0;
  }

  /** Adds a member, or gives it another time and rank. */
  set(member: number, time: number, rank: number): void {
    if (member >= this.places.length) this.growMembers(member);
    let place = this.places[member]!;
    const rankBefore = this.ranks[member]!;
    this.ranks[member] = rank;
    if (place < 0) {
      // One place beyond the last is read when sifting down, so keep a spare.
      if (this.size + 2 > this.times.length) this.growPlaces();
      place = this.size++;
      this.siftUp(place, time, member, rank);
    } else if (time < this.times[place]! || (time === this.times[place] && rank < rankBefore))
      this.siftUp(place, time, member, rank);
    else this.siftDown(place, time, member, rank);
  }

  remove(member: number): void {
    const place = this.places[member]!;
    this.places[member] = -1;
    const last = --this.size;
    const time = this.times[last]!;
    const other = this.members[last]!;
    this.times[last] = Infinity;
    if (place === last) return;
    const rank = this.ranks[other]!;
    if (place > 0 && this.isAfter((place - 1) >> 1, time, rank)) this.siftUp(place, time, other, rank);
    else this.siftDown(place, time, other, rank);
  }

  /** Whether the member at `place` comes after (time, rank). */
  private isAfter(place: number, time: number, rank: number): boolean {
    const there = this.times[place]!;
    return there > time || (there === time && this.ranks[this.members[place]!]! > rank);
  }

  private siftUp(from: number, time: number, member: number, rank: number): void {
    const { times, members, places } = this;
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.isAfter(parent, time, rank)) break;
      const moved = members[parent]!;
      times[place] = times[parent]!;
      members[place] = moved;
      places[moved] = place;
      place = parent;
    }
    times[place] = time;
    members[place] = member;
    places[member] = place;
  }

  private siftDown(from: number, time: number, member: number, rank: number): void {
    const { times, members, places, ranks, size } = this;
    let place = from;
    for (;;) {
      const left = 2 * place + 1;
      if (left >= size) break;
      // Which child is earlier is anyone's guess, so no branch hangs on it; equal times are rare.
      const right = left + 1;
      let child = left + +(times[right]! < times[left]!);
      if (times[right] === times[left] && right < size && ranks[members[right]!]! < ranks[members[left]!]!)
        child = right;
      const earliest = times[child]!;
      if (earliest > time || (earliest === time && ranks[members[child]!]! > rank)) break;
      const moved = members[child]!;
      times[place] = earliest;
      members[place] = moved;
      places[moved] = place;
      place = child;
    }
    times[place] = time;
    members[place] = member;
    places[member] = place;
  }

  private growMembers(member: number): void {
    const capacity = Math.max(member + 1, this.places.length * 2);
    this.places = grown(this.places, capacity, -1);
    this.ranks = grown(this.ranks, capacity);
  }

  private growPlaces(): void {
    this.times = grown(this.times, this.times.length * 2, Infinity);
    this.members = grown(this.members, this.members.length * 2);
  }
}
