import { grown } from './grown.ts';

/**
 * Which of several places has the earliest time, the lowest place of equals: a knockout tournament. Changing one time
 * replays the matches from its leaf to the root, without a branch that hangs on their outcome and without keeping track
 * of where a place stands; about as fast as a heap of the same places, and simpler.
 *
 * @see Knuth, The Art of Computer Programming 3, section 5.4.1
 */
export class WinnerTree {
  /** s, by place; Infinity for never */
  times = new Float64Array(1).fill(Infinity);
  /** by node: 1 is the root, the children of n are 2n and 2n + 1, leaf of a place is `leaves` + place */
  winners = new Int32Array(2);
  leaves = 1;
  /** s, the earliest time */
  earliest = Infinity;

  /** The place of the earliest time, when there is one. */
  get first(): number {
    return this.winners[1]!;
  }

  reserve(places: number): void {
    if (places <= this.leaves) return;
    while (this.leaves < places) this.leaves *= 2;
    this.times = grown(this.times, this.leaves, Infinity);
    this.winners = new Int32Array(2 * this.leaves);
    for (let place = 0; place < this.leaves; place++) this.winners[this.leaves + place] = place;
    for (let node = this.leaves - 1; node > 0; node--) this.play(node);
  }

  set(place: number, time: number): void {
    const { times, winners } = this;
    times[place] = time;
    let winner = place;
    let earliest = time;
    for (let node = this.leaves + place; node > 1; node >>= 1) {
      // The opponents do not hang on the outcome of earlier matches, so they can be read ahead of them.
      const opponent = winners[node ^ 1]!;
      const other = times[opponent]!;
      const lost = +(other < earliest) | (node & +(other <= earliest));
      winner += (opponent - winner) & -lost;
      earliest = times[winner]!;
      winners[node >> 1] = winner;
    }
    this.earliest = earliest;
  }

  private play(node: number): void {
    const left = this.winners[2 * node]!;
    const right = this.winners[2 * node + 1]!;
    this.winners[node] = this.times[right]! < this.times[left]! ? right : left;
  }
}
