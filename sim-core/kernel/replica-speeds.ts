import type { SlowStart } from './contract.ts';
import { grown } from './grown.ts';

/** How fast each replica works, by place: its own speed, and less while it warms up. */
export class ReplicaSpeeds {
  full = new Float64Array(16).fill(1);
  /** s, until when it is slow; −Infinity for a warm one */
  slowUntil = new Float64Array(16).fill(-Infinity);
  private readonly slowShare: number;
  private readonly slowFor: number;

  constructor(slowStart: SlowStart | undefined) {
    this.slowShare = slowStart?.speed ?? 1;
    this.slowFor = slowStart?.duration ?? 0;
    if (!(this.slowShare > 0 && this.slowShare <= 1)) throw new RangeError('A slow start needs a speed in (0, 1].');
  }

  reserve(places: number): void {
    if (places <= this.full.length) return;
    const capacity = Math.max(places, this.full.length * 2);
    this.full = grown(this.full, capacity, 1);
    this.slowUntil = grown(this.slowUntil, capacity, -Infinity);
  }

  /** @param readyAt s; −Infinity for a replica that has been warm since before t = 0 */
  open(place: number, speed: number, readyAt: number): void {
    if (!(speed > 0)) throw new RangeError(`A replica cannot work at ${speed} of full speed.`);
    this.full[place] = speed;
    this.slowUntil[place] = this.slowShare < 1 ? readyAt + this.slowFor : -Infinity;
  }

  /** Work done a second at `time`. */
  at(place: number, time: number): number {
    return time < this.slowUntil[place]! ? this.full[place]! * this.slowShare : this.full[place]!;
  }

  /** s, when the speed changes next; Infinity for never. */
  changeAfter(place: number, time: number): number {
    const change = this.slowUntil[place]!;
    return change > time ? change : Infinity;
  }

  /** When work that begins at `time` and has the replica's slot for itself is done. */
  endOf(place: number, time: number, work: number): number {
    const full = this.full[place]!;
    const change = this.slowUntil[place]!;
    if (time >= change) return time + work / full;
    const slow = full * this.slowShare;
    const end = time + work / slow;
    return end <= change ? end : change + (work - (change - time) * slow) / full;
  }
}
