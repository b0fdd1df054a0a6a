import { grown } from './grown.ts';
import type { ReplicaSpeeds } from './replica-speeds.ts';
import type { RunningHeaps } from './running-heaps.ts';

/**
 * Processor sharing by virtual time: a replica's clock counts the work that each request running since the clock's zero
 * has been given. A request that joins at clock reading V with need S is done when the clock reads V + S, whatever joins
 * and leaves in between, so that a heap of these readings is all there is to keep. By place of the replica.
 *
 * @see Kleinrock, Queueing Systems II, section 4.4, for the discipline
 */
export class SharedProcessors {
  private clock = new Float64Array(16);
  /** s, when the clock was last moved on */
  private movedAt = new Float64Array(16);
  /** processor-seconds worked since the replica's first readiness */
  private worked = new Float64Array(16);

  constructor(
    private readonly processors: number,
    private readonly running: RunningHeaps,
    private readonly speeds: ReplicaSpeeds,
  ) {
    if (!(processors > 0)) throw new RangeError(`A replica cannot have ${processors} processors.`);
  }

  reserve(places: number): void {
    if (places <= this.clock.length) return;
    const capacity = Math.max(places, this.clock.length * 2);
    this.clock = grown(this.clock, capacity);
    this.movedAt = grown(this.movedAt, capacity);
    this.worked = grown(this.worked, capacity);
  }

  /** @param fresh whether this is the replica's first readiness */
  open(place: number, time: number, fresh: boolean): void {
    this.clock[place] = 0;
    this.movedAt[place] = time;
    if (fresh) this.worked[place] = 0;
  }

  /** Moves the clock on to `time`; call it before anyone joins or leaves. */
  moveOn(place: number, time: number): void {
    const running = this.running.counts[place]!;
    const elapsed = time - this.movedAt[place]!;
    // Speed is constant in between: a change of speed is an event of its own.
    const speed = this.speeds.at(place, this.movedAt[place]!);
    this.movedAt[place] = time;
    if (running === 0) {
      this.clock[place] = 0;
      return;
    }
    const { processors } = this;
    this.clock[place]! += elapsed * (running <= processors ? speed : (speed * processors) / running);
    this.worked[place]! += elapsed * (running <= processors ? running : processors);
  }

  join(place: number, request: number, need: number): void {
    this.running.push(place, this.clock[place]! + need, request);
  }

  /** The first request has all it needed: what rounding left of the difference goes. */
  popDone(place: number): void {
    this.clock[place] = this.running.topKey(place);
    this.running.pop(place);
  }

  /** s: when the first request is done or the speed changes, if nothing else happens; Infinity for never. */
  nextEvent(place: number): number {
    if (this.running.counts[place] === 0) return Infinity;
    const end = this.endOfFirst(place);
    const change = this.speeds.changeAfter(place, this.movedAt[place]!);
    return end <= change ? end : change;
  }

  /** Whether a request is done at `time`, the instant `nextEvent` gave; otherwise the speed changes. */
  isDone(place: number, time: number): boolean {
    return this.endOfFirst(place) <= time;
  }

  /** Processor-seconds worked up to `time`. */
  workOf(place: number, time: number): number {
    return this.worked[place]! + (time - this.movedAt[place]!) * Math.min(this.running.counts[place]!, this.processors);
  }

  private endOfFirst(place: number): number {
    const { processors } = this;
    const running = this.running.counts[place]!;
    const time = this.movedAt[place]!;
    const speed = this.speeds.at(place, time);
    const left = this.running.topKey(place) - this.clock[place]!;
    if (left <= 0) return time;
    return time + left / (running <= processors ? speed : (speed * processors) / running);
  }
}
