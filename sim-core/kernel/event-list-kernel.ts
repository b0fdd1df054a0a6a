import { ArrivalFeed } from './arrival-feed.ts';
import type { AttemptOutcome, KernelModel } from './contract.ts';
import * as counter from './counters.ts';
import { Engine } from './engine.ts';
import type { Replica } from './replica-pool.ts';
import { closed, draining, open, ReplicaPlaces } from './replica-places.ts';
import { ReplicaSpeeds } from './replica-speeds.ts';
import { RequestLines } from './request-lines.ts';
import * as state from './request-pool.ts';
import { RetryTokens } from './retry-budget.ts';
import { createRouter } from './routing/create-router.ts';
import { RoundRobin } from './routing/round-robin.ts';
import type { Router } from './routing/router.ts';
import { RunningHeaps } from './running-heaps.ts';
import { SharedProcessors, type Instant } from './shared-processors.ts';
import { TimedHeap } from './timed-heap.ts';
import { UsualEvents } from './usual-events.ts';
import { WinnerTree } from './winner-tree.ts';

/** First attempts to come before anything else that make the way into the loop for usual events worth while. */
const worthALoop = 3;

/**
 * The *event-list path* of the request-level engine: for everything that makes a request's end depend on what happens
 * after its start, or its place in line on where it was sent. The next event is the earliest of the next departure of any
 * replica, the next client to give up, the next boundary, the next retry, the next first attempt. Requests are numbers
 * in parallel arrays; an event creates no object.
 *
 * Simultaneous events happen in this order, whatever caused them:
 *   1. requests complete, in the order of their replicas' places
 *   2. replicas by id: what they hold at the drain limit or a crash fails (running ones by start, then the line);
 *      they are gone, start, become ready
 *   3. waiting requests start
 *   4. clients give up, in the order their attempts arrived; a slot this frees is taken at once
 *   5. the row is recorded  6. metrics are scraped
 *   7. the controller decides, and what it asks for without delay happens (2–4 again)
 *   8. retries arrive, in the order they were planned  9. first attempts arrive
 *
 * On what both can do it agrees with the epoch path: on every start, end and count exactly, on sums of seconds up to the
 * rounding of a different order of addition.
 */
export class EventListKernel extends Engine {
  /** The instant of the event that is happening. Kept here, for a number handed from call to call is copied to the heap. */
  private readonly now: Instant = { time: NaN };
  private readonly requests = new state.RequestPool();
  private readonly lines = new RequestLines(this.requests);
  private readonly running: RunningHeaps;
  private readonly speeds: ReplicaSpeeds;
  /** null unless requests share processors */
  private readonly sharing: SharedProcessors | null;
  private readonly router: Router;
  private readonly central: boolean;
  private readonly lastInFirstOut: boolean;
  /** every replica as fast as any other, all the time */
  private readonly uniform: boolean;
  /** whether anyone gives up waiting */
  private readonly impatient: boolean;

  /** next departure (or change of speed) of each replica, by place */
  private readonly departures = new WinnerTree();
  /** when clients give up, by request */
  private readonly deadlines = new TimedHeap();
  private readonly retries = new TimedHeap();
  private readonly retryTokens: RetryTokens | null;
  private attempts = 0;
  private plannedRetries = 0;
  /** at a boundary: whether someone may start once all that comes before a start has happened */
  private mayStart = false;
  /** whether nothing more happens before `epochEnd` */
  private epochOver = false;

  private readonly places = new ReplicaPlaces();
  /** by place */
  private readonly replicas: Replica[] = [];
  /** null where hardly any event is usual */
  private readonly usual: UsualEvents | null;

  constructor(model: KernelModel) {
    super(model, new ArrivalFeed(model.arrivals, model.serviceTimes, model.clientTimeouts));
    this.running = new RunningHeaps(model.concurrency);
    this.speeds = new ReplicaSpeeds(model.slowStart);
    this.sharing =
      model.discipline === 'processor-sharing'
        ? new SharedProcessors(model, this.now, this.running, this.speeds)
        : null;
    this.router = createRouter(model);
    this.central = (model.routing ?? 'central') === 'central';
    this.lastInFirstOut = model.discipline === 'lifo';
    this.impatient = model.queueTimeout < Infinity || model.clientTimeouts !== undefined;
    this.uniform = model.speeds === undefined && model.slowStart === undefined;
    this.retryTokens = model.retryBudget === undefined ? null : new RetryTokens(model.retryBudget);
    if ((model.retryJitter ?? 0) > 0 && model.retryStream === undefined)
      throw new Error('Jitter of retries needs a stream.');
    this.usual = this.usualEvents();
    this.begin();
  }

  protected get queueLength(): number {
    return this.lines.total;
  }

  protected get inService(): number {
    return this.running.total;
  }

  protected override get pendingRetries(): number {
    return this.retries.size;
  }

  protected override runEpoch(budget: number): number {
    const { feed, usual } = this;
    if (usual === null) return this.oneByOne(budget, Infinity);
    let left = budget;
    this.epochOver = false;
    do {
      if (feed.position === feed.drawn) feed.refill();
      const arrived = this.passUsual(usual, left);
      left -= arrived;
      if (arrived === 0 || feed.position < feed.drawn) left = this.oneByOne(left, 1);
    } while (left >= 0 && !this.epochOver);
    return left;
  }

  /** Up to `most` events, of any kind. @returns what is left of the budget, or −1 when it ran out */
  private oneByOne(budget: number, most: number): number {
    const { feed, departures, deadlines, retries } = this;
    const { times } = feed;
    let left = budget;
    for (let events = most; events > 0; events--) {
      if (feed.position === feed.drawn) feed.refill();
      let time = times[feed.position]!;
      const isRetry = retries.times[0]! <= time;
      if (isRetry) time = retries.times[0]!;
      const departure = departures.earliest;
      const deadline = deadlines.times[0]!;
      const { epochEnd } = this;
      if (departure <= time && departure <= deadline && departure <= epochEnd) {
        this.now.time = departure;
        this.depart();
      } else if (deadline <= time && deadline < epochEnd) {
        this.now.time = deadline;
        this.giveUp();
      } else if (time >= epochEnd) {
        this.epochOver = true;
        return left;
      } else {
        if (left-- <= 0) return -1;
        this.now.time = time;
        if (isRetry) this.arriveAgain();
        else this.arriveFirst();
        if (this.stopped !== null) {
          this.epochOver = true;
          return left;
        }
      }
    }
    return left;
  }

  private usualEvents(): UsualEvents | null {
    const { model, feed, requests, lines, running, speeds, sharing, router, departures, places, counters } = this;
    const watched = model.probe !== undefined || model.departureProbe !== undefined;
    if (!(router instanceof RoundRobin) || this.impatient || watched) return null;
    const books = { feed, requests, lines, running, speeds, sharing, router, departures, places, counters };
    return new UsualEvents(books, model, this.uniform);
  }

  /** @returns how many of `most` first attempts arrived before anything that is not usual */
  private passUsual(usual: UsualEvents, most: number): number {
    const { feed, retries, model } = this;
    if (most <= 0 || retries.size > model.limits.maxQueue) return 0;
    const until = Math.min(this.epochEnd, retries.times[0]!);
    if (feed.times[Math.min(feed.position + worthALoop, feed.drawn)]! >= until) return 0;
    const arrived = usual.run(until, most, this.attempts, this.rowStart, this.latencies);
    this.attempts += arrived;
    if (usual.longestLine > this.queueMax) this.queueMax = usual.longestLine;
    this.retryTokens?.firstAttempts(arrived);
    return arrived;
  }

  protected override beginEpoch(): void {}

  protected override serveLine(time: number): void {
    this.now.time = time;
    for (;;) {
      while (this.departures.earliest <= time) this.depart();
      if (this.mayStart) this.startWaiting();
      else if (this.deadlines.times[0]! <= time) this.giveUp();
      else return;
    }
  }

  protected override openReplicas(time: number, replicas: readonly Replica[]): void {
    const places = this.pool.slotCapacity / this.model.concurrency;
    this.running.reserve(places);
    this.departures.reserve(places);
    this.speeds.reserve(places);
    this.sharing?.reserve(places);
    this.lines.reserve(this.central ? 1 : places);
    this.places.reserve(places);
    for (const replica of replicas) {
      const place = this.placeOf(replica);
      const fresh = replica.crashes === 0;
      if (fresh) this.places.busy[place] = 0;
      this.replicas[place] = replica;
      this.places.status[place] = open;
      this.speeds.open(place, replica.speed, fresh ? replica.readyAt : replica.readyAgainAt);
      this.sharing?.open(place, time, fresh);
      this.router.open(place, replica.id);
      this.mayStart = true;
    }
  }

  protected override closeReplicas(time: number, replicas: readonly Replica[]): void {
    for (const replica of replicas) {
      const place = this.placeOf(replica);
      this.router.close(place);
      const leaving = replica.phase === 'draining';
      this.places.status[place] = leaving ? draining : closed;
      if (leaving) replica.goneAt = this.requestsOf(replica) === 0 ? time : time + this.model.drainLimit;
    }
  }

  protected override kill(time: number, replica: Replica): void {
    const { requests, running, lines, counters } = this;
    const place = this.placeOf(replica);
    this.now.time = time;
    this.places.status[place] = closed;
    const held = [...running.membersOf(place)].sort(
      (a, b) => requests.start[a]! - requests.start[b]! || requests.sequence[a]! - requests.sequence[b]!,
    );
    this.sharing?.moveOn(place);
    running.clear(place);
    this.departures.set(place, Infinity);
    for (const request of held) {
      this.interrupt(request, place);
      this.fail(request);
    }
    if (this.central) return;
    for (let request = lines.first(place); request >= 0; request = lines.first(place)) {
      lines.remove(place, request);
      counters[counter.leaveOffset]! += time - this.rowStart;
      this.leaveLine();
      this.fail(request);
    }
  }

  protected override busyOf(time: number, replica: Replica): number {
    const { start } = this.requests;
    const place = this.placeOf(replica);
    let busy = this.places.busy[place]!;
    for (const request of this.running.membersOf(place)) busy += time - start[request]!;
    return busy;
  }

  protected override workOf(time: number, replica: Replica, busy: number): number {
    return this.sharing === null ? busy : this.sharing.workOf(this.placeOf(replica), time);
  }

  protected override busyInRow(time: number): number {
    const { rowStart } = this;
    const { start } = this.requests;
    let busy = this.counters[counter.busyTime]!;
    for (const replica of this.pool.existing) {
      if (replica.phase !== 'ready' && replica.phase !== 'draining') continue;
      for (const request of this.running.membersOf(this.placeOf(replica))) {
        busy += time - Math.max(start[request]!, rowStart);
      }
    }
    return busy;
  }

  protected override requestsOf(replica: Replica): number {
    const place = this.placeOf(replica);
    return this.running.counts[place]! + (this.central ? 0 : this.lines.lengths[place]!);
  }

  private placeOf(replica: Replica): number {
    return replica.firstSlot / this.model.concurrency;
  }

  private arriveFirst(): void {
    const { feed, requests } = this;
    const request = requests.take();
    const index = feed.position++;
    requests.need[request] = feed.needs[index]!;
    requests.attempt[request] = 0;
    if (feed.patience.length > 0) requests.patience[request] = feed.patience[index]!;
    this.retryTokens?.firstAttempts(1);
    this.arrive(request);
  }

  private arriveAgain(): void {
    const request = this.retries.members[0]!;
    this.retries.remove(request);
    this.counters[counter.retries]!++;
    this.arrive(request);
  }

  private arrive(request: number): void {
    const { requests, router, lines, counters, model, central } = this;
    requests.arrival[request] = this.now.time;
    requests.sequence[request] = this.attempts++;
    counters[counter.arrivals]!++;
    const place = central && lines.total > 0 ? -1 : router.choose();
    if (place >= 0 && (central || this.running.counts[place]! < model.concurrency)) {
      router.taken(place);
      this.start(request, place);
      if (model.clientTimeouts !== undefined) this.awaitDeadline(request, requests.patience[request]!);
      return;
    }
    const line = central ? 0 : place;
    if (line < 0 || lines.lengths[line]! >= model.queueCapacity) {
      counters[counter.rejected]!++;
      if (!central && place >= 0) {
        // It went there and was refused: the replica has had its turn.
        router.taken(place);
        router.freed(place);
      }
      if (model.departureProbe !== undefined) this.report(request, NaN, this.now.time, 'rejected', -1);
      this.retryLater(request);
      return;
    }
    if (!central) router.taken(place);
    this.join(request, line);
  }

  private join(request: number, line: number): void {
    const { requests, lines, counters, model } = this;
    const { queueTimeout, limits } = model;
    requests.state[request] = state.waiting;
    requests.place[request] = line;
    lines.push(line, request);
    if (this.impatient) {
      const patience = requests.patience[request]!;
      this.awaitDeadline(request, patience < queueTimeout ? patience : queueTimeout);
    }
    counters[counter.queued]!++;
    counters[counter.joinOffset]! += this.now.time - this.rowStart;
    if (lines.total > this.queueMax) this.queueMax = lines.total;
    if (lines.total === model.backlogThreshold + 1) this.backlogSince = this.now.time;
    if (lines.total > limits.maxQueue || this.retries.size > limits.maxQueue)
      this.stopped = { at: this.now.time, limit: 'queue' };
  }

  private awaitDeadline(request: number, patience: number): void {
    const deadline = this.requests.arrival[request]! + patience;
    if (deadline < Infinity) this.deadlines.set(request, deadline, this.requests.sequence[request]!);
    else if (this.deadlines.has(request)) this.deadlines.remove(request);
  }

  /** Everyone who can starts: the step after all completions and changes of replicas of a boundary. */
  private startWaiting(): void {
    const { lines, router, running, model } = this;
    this.mayStart = false;
    if (this.central) {
      while (lines.total > 0) {
        const place = router.choose();
        if (place < 0) return;
        router.taken(place);
        this.startFromLine(0, place);
      }
      return;
    }
    for (const replica of this.pool.existing) {
      const place = this.placeOf(replica);
      if (this.places.status[place] === closed || replica.phase === 'provisioning' || replica.phase === 'starting')
        continue;
      while (lines.lengths[place]! > 0 && running.counts[place]! < model.concurrency) {
        this.startFromLine(place, place);
      }
    }
  }

  private startFromLine(line: number, place: number): void {
    this.callFromLine(line, place);
    this.planDeparture(place);
  }

  /** The next in line takes a slot; the replica's next departure is still to be planned. */
  private callFromLine(line: number, place: number): void {
    const { requests, lines, counters } = this;
    const request = this.lastInFirstOut ? lines.last(line) : lines.first(line);
    lines.remove(line, request);
    const arrival = requests.arrival[request]!;
    counters[counter.dequeued]!++;
    counters[counter.waitingTime]! += this.now.time - arrival;
    counters[counter.leaveOffset]! += this.now.time - this.rowStart;
    this.leaveLine();
    if (this.impatient) this.awaitDeadline(request, requests.patience[request]!);
    this.occupy(request, place);
  }

  private leaveLine(): void {
    if (this.lines.total === this.model.backlogThreshold) this.endBacklog(this.now.time);
  }

  /** Gives a request that has just arrived, or was called from the line, a slot of the replica. */
  private start(request: number, place: number): void {
    this.occupy(request, place);
    if (this.sharing !== null || this.running.top(place) === request) this.planDeparture(place);
  }

  private occupy(request: number, place: number): void {
    const { requests, running, sharing } = this;
    const { probe } = this.model;
    const need = requests.need[request]!;
    requests.state[request] = state.running;
    requests.place[request] = place;
    requests.start[request] = this.now.time;
    if (sharing === null) {
      const end = this.uniform ? this.now.time + need : this.speeds.endOf(place, this.now.time, need);
      running.push(place, end, request);
      if (probe !== undefined) probe(requests.arrival[request]!, this.now.time, end, requests.attempt[request]!);
    } else {
      sharing.join(place, request, need);
      if (probe !== undefined) probe(requests.arrival[request]!, this.now.time, NaN, requests.attempt[request]!);
    }
  }

  private planDeparture(place: number): void {
    const { sharing } = this;
    // The key of an empty heap is Infinity.
    this.departures.set(place, sharing === null ? this.running.topKey(place) : sharing.nextEvent(place));
  }

  /** The earliest departure, at `time`. */
  private depart(): void {
    const { running, sharing } = this;
    const place = this.departures.first;
    const request = running.top(place);
    if (sharing === null) running.pop(place);
    else {
      if (this.model.slowStart !== undefined && !sharing.isDone(place)) {
        sharing.moveOn(place);
        this.planDeparture(place);
        return;
      }
      sharing.popDone(place);
    }
    this.complete(request, place);
    this.slotFreed(place);
  }

  private complete(request: number, place: number): void {
    const { requests, counters, model } = this;
    const start = requests.start[request]!;
    const slotTime = this.uniform && this.sharing === null ? requests.need[request]! : this.now.time - start;
    this.places.busy[place]! += slotTime;
    counters[counter.busyTime]! += start >= this.rowStart ? slotTime : this.now.time - this.rowStart;
    if (model.clientTimeouts !== undefined && this.deadlines.has(request)) this.deadlines.remove(request);
    if (requests.state[request] === state.abandoned) {
      if (model.departureProbe !== undefined) this.report(request, start, this.now.time, 'wasted', place);
    } else {
      const sojourn = this.now.time - requests.arrival[request]!;
      counters[counter.completed]!++;
      counters[counter.sojournTime]! += sojourn;
      counters[counter.serviceTime]! += slotTime;
      counters[counter.serviceTimeSquare]! += slotTime * slotTime;
      this.latencies.add(sojourn);
      if (model.departureProbe !== undefined) this.report(request, start, this.now.time, 'completed', place);
    }
    requests.release(request);
  }

  /** A request leaves its slot before it is done. */
  private interrupt(request: number, place: number): void {
    const start = this.requests.start[request]!;
    this.places.busy[place]! += this.now.time - start;
    this.counters[counter.busyTime]! += this.now.time - Math.max(start, this.rowStart);
  }

  /** A slot of this replica has lost its request: who takes it, and when does the replica's next request end? */
  private slotFreed(place: number): void {
    const { lines, central } = this;
    const status = this.places.status[place]!;
    const line = central ? 0 : place;
    let passedOn = false;
    if (lines.lengths[line]! > 0 && (status === open || !central)) {
      if (this.now.time < this.epochEnd) {
        this.callFromLine(line, place);
        passedOn = central;
      } else this.mayStart = true;
    }
    this.planDeparture(place);
    if (passedOn) return;
    if (status === open) this.router.freed(place);
    else this.endDrain(place);
  }

  /** A leaving replica that holds nothing any more is gone: the boundary that sees to it is now. */
  private endDrain(place: number): void {
    const replica = this.replicas[place]!;
    if (this.places.status[place] !== draining || this.requestsOf(replica) > 0) return;
    replica.goneAt = this.now.time;
    this.pool.nextTransition = Math.min(this.pool.nextTransition, this.now.time);
    this.epochEnd = Math.min(this.epochEnd, this.now.time);
  }

  /** The client whose patience ends first gives up, at `time`. */
  private giveUp(): void {
    const { requests, counters, deadlines, model } = this;
    const request = deadlines.members[0]!;
    const place = requests.place[request]!;
    deadlines.remove(request);
    counters[counter.timedOut]!++;
    if (requests.state[request] === state.waiting) {
      this.lines.remove(place, request);
      counters[counter.leaveOffset]! += this.now.time - this.rowStart;
      this.leaveLine();
      if (model.departureProbe !== undefined)
        this.report(request, NaN, this.now.time, 'timed-out', this.central ? -1 : place);
      this.retryLater(request);
      if (this.central) return;
      if (this.places.status[place] === open) this.router.freed(place);
      else this.endDrain(place);
      return;
    }
    const start = requests.start[request]!;
    if (model.cancelOnTimeout === true) {
      this.sharing?.moveOn(place);
      this.running.remove(place, request);
      this.interrupt(request, place);
      if (model.departureProbe !== undefined) this.report(request, start, this.now.time, 'timed-out', place);
      this.retryLater(request);
      this.slotFreed(place);
    } else {
      requests.state[request] = state.abandoned;
      if (model.departureProbe !== undefined) this.report(request, start, this.now.time, 'abandoned', place);
      const successor = requests.take();
      requests.need[successor] = requests.need[request]!;
      requests.patience[successor] = requests.patience[request]!;
      requests.attempt[successor] = requests.attempt[request]!;
      this.retryLater(successor);
    }
  }

  /** What a replica was doing for this request is lost. */
  private fail(request: number): void {
    const { requests, model } = this;
    const { departureProbe } = model;
    const place = requests.place[request]!;
    const start = requests.state[request] === state.waiting ? NaN : requests.start[request]!;
    if (this.deadlines.has(request)) this.deadlines.remove(request);
    if (requests.state[request] === state.abandoned) {
      if (departureProbe !== undefined) this.report(request, start, this.now.time, 'wasted', place);
      requests.release(request);
      return;
    }
    this.counters[counter.failed]!++;
    if (departureProbe !== undefined) this.report(request, start, this.now.time, 'failed', place);
    this.retryLater(request);
  }

  /** The attempt has ended without success: the client tries again or leaves for good. */
  private retryLater(request: number): void {
    const { requests, model } = this;
    const attempt = requests.attempt[request]!;
    if (attempt >= model.retryMax || (this.retryTokens !== null && !this.retryTokens.take())) {
      requests.release(request);
      return;
    }
    let pause = model.retryBackoff;
    const longest = model.retryBackoffMax ?? Infinity;
    for (let doubled = 0; doubled < attempt && pause < longest; doubled++) pause *= 2;
    if (pause > longest) pause = longest;
    const jitter = model.retryJitter ?? 0;
    if (jitter > 0) pause *= 1 - jitter * model.retryStream!.nextUniform();
    requests.attempt[request] = attempt + 1;
    this.retries.set(request, this.now.time + pause, this.plannedRetries++);
  }

  private report(request: number, start: number, end: number, outcome: AttemptOutcome, place: number): void {
    const { arrival, attempt } = this.requests;
    this.model.departureProbe!(arrival[request]!, start, end, attempt[request]!, outcome, place);
  }
}
