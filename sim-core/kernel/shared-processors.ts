import type { KernelModel } from './contract.ts';
import { grown } from './grown.ts';
import type { ReplicaSpeeds } from './replica-speeds.ts';
import type { RunningHeaps } from './running-heaps.ts';

/** The instant of the event that is happening, s: one for all who take part in it. */
export interface Instant {
  time: number;
}

type SharingSettings = 'processors' | 'concurrency' | 'speeds' | 'slowStart';

/**
 * Processor sharing by virtual time: a replica's clock counts the work that each request running since the clock's zero
 * has been given. A request that joins at clock reading V with need S is done when the clock reads V + S, whatever joins
 * and leaves in between, so that a heap of these readings is all there is to keep. By place of the replica.
 *
 * @see Kleinrock, Queueing Systems II, section 4.4, for the discipline
 */
export class SharedProcessors {
  clock = new Float64Array(16);
  /** s, when the clock was last moved on */
  movedAt = new Float64Array(16);
  /** work a second that each running request gets, since then; set when the next event is planned */
  pace = new Float64Array(16);
  /** processor-seconds worked since the replica's first readiness */
  worked = new Float64Array(16);

  readonly processors: number;
  /** the pace of a replica of speed 1, by the number of its requests */
  readonly paces: Float64Array;
  /** every replica as fast as any other, all the time */
  private readonly uniform: boolean;

  constructor(
    { processors = 1, concurrency, speeds: drawn, slowStart }: Pick<KernelModel, SharingSettings>,
    private readonly now: Instant,
    private readonly running: RunningHeaps,
    private readonly speeds: ReplicaSpeeds,
  ) {
    if (!(processors > 0)) throw new RangeError(`A replica cannot have ${processors} processors.`);
    this.processors = processors;
    this.paces = Float64Array.from({ length: concurrency + 1 }, (_, n) => (n <= processors ? 1 : processors / n));
    this.uniform = drawn === undefined && slowStart === undefined;
  }

  reserve(places: number): void {
    if (places <= this.clock.length) return;
    const capacity = Math.max(places, this.clock.length * 2);
    this.clock = grown(this.clock, capacity);
    this.movedAt = grown(this.movedAt, capacity);
    this.pace = grown(this.pace, capacity);
    this.worked = grown(this.worked, capacity);
  }

  /** @param fresh whether this is the replica's first readiness */
  open(place: number, time: number, fresh: boolean): void {
    this.clock[place] = 0;
    this.movedAt[place] = time;
    if (fresh) this.worked[place] = 0;
  }

  /** Moves the clock on to now; call it before anyone leaves. */
  moveOn(place: number): void {
    const { time } = this.now;
    const running = this.running.counts[place]!;
    const elapsed = time - this.movedAt[place]!;
    this.movedAt[place] = time;
    if (running === 0) this.clock[place] = 0;
    else if (elapsed > 0) {
      const { processors } = this;
      this.clock[place]! += elapsed * this.pace[place]!;
      this.worked[place]! += elapsed * (running <= processors ? running : processors);
    }
  }

  join(place: number, request: number, need: number): void {
    this.moveOn(place);
    this.running.push(place, this.clock[place]! + need, request);
  }

  /** The first request has all it needed: what rounding left of the difference goes. */
  popDone(place: number): void {
    const { time } = this.now;
    const { processors, running } = this;
    const count = running.counts[place]!;
    this.worked[place]! += (time - this.movedAt[place]!) * (count <= processors ? count : processors);
    this.movedAt[place] = time;
    this.clock[place] = running.topKey(place);
    running.pop(place);
  }

  /** s: when the first request is done or the speed changes, if nothing else happens; Infinity for never. */
  nextEvent(place: number): number {
    const running = this.running.counts[place]!;
    if (running === 0) return Infinity;
    if (this.uniform) {
      this.pace[place] = this.paces[running]!;
      return this.endOfFirst(place);
    }
    const { processors } = this;
    const time = this.movedAt[place]!;
    // Speed is constant from here to the next event: a change of speed is an event of its own.
    const speed = this.speeds.at(place, time);
    this.pace[place] = running <= processors ? speed : (speed * processors) / running;
    const end = this.endOfFirst(place);
    const change = this.speeds.changeAfter(place, time);
    return end <= change ? end : change;
  }

  /** Whether a request is done now, at the instant `nextEvent` gave; otherwise the speed changes. */
  isDone(place: number): boolean {
    return this.endOfFirst(place) <= this.now.time;
  }

  /** Processor-seconds worked up to `time`. */
  workOf(place: number, time: number): number {
    return this.worked[place]! + (time - this.movedAt[place]!) * Math.min(this.running.counts[place]!, this.processors);
  }

  private endOfFirst(place: number): number {
    const time = this.movedAt[place]!;
    const left = this.running.topKey(place) - this.clock[place]!;
    return left <= 0 ? time : time + left / this.pace[place]!;
  }
}
