import { ArrivalFeed } from './arrival-feed.ts';
import type { KernelModel } from './contract.ts';
import * as counter from './counters.ts';
import { Engine } from './engine.ts';
import { PlannedStarts } from './planned-starts.ts';
import type { Replica } from './replica-pool.ts';
import { RetryCalendar } from './retry-calendar.ts';
import { RunningRequests } from './running-requests.ts';
import { SlotHeap } from './slot-heap.ts';
import { WaitingLine } from './waiting-line.ts';

/**
 * The *epoch path* of the request-level engine: one central first-in-first-out queue before replicas with a fixed
 * number of slots, all equally fast.
 *
 * Between two boundaries capacity cannot change, so the queue is the Kiefer–Wolfowitz recursion on a heap of slot-free
 * times: a request starts at max(arrival, earliest free time), exactly, without an event list. A request is committed
 * to a slot only when its start lies before the boundary; the rest wait in line and see whatever capacity the boundary
 * brings. Who arrives behind nobody such is committed at once, even to a start that is yet to come: only its place in the
 * line is then kept, until that start (`PlannedStarts`). Simultaneous events happen in the order that `Engine` states.
 *
 * @see Kiefer and Wolfowitz, On the theory of queues with many servers, Trans. AMS 78 (1955)
 */
export class Kernel extends Engine {
  private readonly heap = new SlotHeap();
  private readonly line = new WaitingLine();
  private readonly planned = new PlannedStarts();
  private readonly retries = new RetryCalendar();
  private readonly running = new RunningRequests();

  constructor(model: KernelModel) {
    super(model, new ArrivalFeed(model.arrivals, model.serviceTimes));
    this.begin();
  }

  protected get queueLength(): number {
    return this.line.length;
  }

  protected get inService(): number {
    return this.running.length;
  }

  protected override get pendingRetries(): number {
    return this.retries.length;
  }

  protected override runEpoch(budget: number): number {
    return this.pass(budget, false);
  }

  protected override serveLine(): void {
    this.pass(Infinity, true);
  }

  /**
   * Everything up to `epochEnd`. One request after the other takes the earliest slot: the head of the line, if it can
   * start before anyone else arrives, or who arrives then. Who is in line and out of patience first leaves it.
   *
   * Nearly all requests are usual ones and served by `serveUsual`; what is not usual is settled here.
   *
   * @param atBoundary whether `epochEnd` is now. Then nobody arrives, and a time-out at this very instant happens; before
   * a boundary it does not, because new slots come first
   * @returns what is left of the budget, or −1 when it ran out
   */
  private pass(budget: number, atBoundary: boolean): number {
    const { model, heap, line, planned, retries, counters, running, feed, latencies, epochEnd, rowStart } = this;
    const { times, needs } = feed;
    const { keys, slots } = heap;
    const { busy } = running;
    const { queueCapacity, queueTimeout, backlogThreshold, probe } = model;
    const { maxQueue } = model.limits;
    let position = 0;
    let left = budget;
    batches: for (;;) {
      if (feed.position === feed.drawn) feed.refill();
      const { drawn } = feed;
      position = feed.position;
      do {
        if (line.length === 0 && retries.length <= maxQueue && probe === undefined) {
          const first = position;
          feed.position = position;
          this.serveUsual(Math.min(drawn, first + left), Math.min(epochEnd, retries.nextTime));
          position = feed.position;
          left -= position - first;
          if (position === drawn && position > first) continue;
        }
        let next = times[position]!;
        const isRetry = retries.nextTime <= next;
        if (isRetry) next = retries.nextTime;
        const isLast = next >= epochEnd;
        const limit = isLast ? epochEnd : next;
        this.forgetStarted(limit);
        const free = keys[0]!;
        let arrival = next;
        let start = next;
        let need: number;
        let attempt = 0;
        let hasWaited = false;
        if (line.length > 0) {
          arrival = line.headArrival;
          start = free > arrival ? free : arrival;
          const deadline = arrival + queueTimeout;
          hasWaited = start <= limit && start <= deadline;
          if (!hasWaited && (deadline < limit || (deadline === limit && (!isLast || atBoundary)))) {
            counters[counter.timedOut]!++;
            counters[counter.leaveOffset]! += deadline - rowStart;
            this.retryLater(deadline, line.headNeed, line.headAttempt);
            this.leaveLine(deadline);
            continue;
          }
        }
        if (hasWaited) {
          need = line.headNeed;
          attempt = line.headAttempt;
          this.leaveLine(start);
        } else {
          if (isLast) break batches;
          if (left-- <= 0) {
            left = -1;
            break batches;
          }
          counters[counter.arrivals]!++;
          if (isRetry) {
            need = retries.nextNeed;
            attempt = retries.nextAttempt;
            retries.shift();
            counters[counter.retries]!++;
          } else need = needs[position++]!;
          hasWaited = free > next || line.length > 0;
          if (hasWaited) {
            const waiting = planned.length + line.length + 1;
            if (waiting > queueCapacity) {
              counters[counter.rejected]!++;
              this.retryLater(next, need, attempt);
              continue;
            }
            counters[counter.queued]!++;
            counters[counter.joinOffset]! += next - rowStart;
            if (waiting > this.queueMax) this.queueMax = waiting;
            if (waiting === backlogThreshold + 1) this.backlogSince = next;
            if (waiting > maxQueue || retries.length > maxQueue) {
              this.stopped = { at: next, limit: 'queue' };
              break batches;
            }
            line.push(next, need, attempt);
            continue;
          }
        }
        if (hasWaited) {
          counters[counter.dequeued]!++;
          counters[counter.waitingTime]! += start - arrival;
          counters[counter.leaveOffset]! += start - rowStart;
        }
        const slot = slots[0]!;
        const end = start + need;
        heap.replaceTop(end);
        if (probe !== undefined) probe(arrival, start, end, attempt);
        if (end <= epochEnd) {
          const sojourn = end - arrival;
          counters[counter.completed]!++;
          counters[counter.sojournTime]! += sojourn;
          counters[counter.serviceTime]! += need;
          counters[counter.serviceTimeSquare]! += need * need;
          busy[slot]! += need;
          latencies.add(sojourn);
        } else running.hold(slot, arrival, start, end, need, attempt);
      } while (position !== drawn);
      feed.position = position;
    }
    feed.position = position;
    return left;
  }

  /** Counts those as started whose planned start is not after `time`. */
  private forgetStarted(time: number): void {
    const { planned, line, model } = this;
    const { times, mask } = planned;
    while (planned.length > 0 && times[planned.head]! <= time) {
      if (--planned.length + line.length === model.backlogThreshold) this.endBacklog(times[planned.head]!);
      planned.head = (planned.head + 1) & mask;
    }
  }

  /**
   * Usual requests, one after the other: first attempts that find nobody in an undecided place in line and start at once,
   * or wait for a start that is certain. It stops at the first that is not usual, and that one is the caller's.
   *
   * This is the innermost loop, in a function of its own: among all that `pass` does V8 keeps its sums as objects.
   *
   * @param beyond place in the feed after the last one to serve
   * @param until s: who arrives then or later is not served
   */
  private serveUsual(beyond: number, until: number): void {
    const { model, feed, heap, running, planned, latencies, counters, epochEnd, rowStart } = this;
    const { queueTimeout, backlogThreshold } = model;
    const { times, needs } = feed;
    const { keys, slots } = heap;
    const { busy } = running;
    // waiting requests up to which nothing happens but that they wait
    const mostWaiting = Math.min(model.queueCapacity, model.limits.maxQueue, planned.times.length);
    const first = feed.position;
    let position = first;
    // What every request adds to is kept here meanwhile: nearer than an array.
    let completed = 0;
    let sojournTime = counters[counter.sojournTime]!;
    let serviceTime = counters[counter.serviceTime]!;
    let serviceTimeSquare = counters[counter.serviceTimeSquare]!;
    while (position < beyond) {
      const next = times[position]!;
      if (next >= until) break;
      const free = keys[0]!;
      let start = next;
      if (free > next) {
        // Capacity cannot change before epochEnd, so who starts until then, in time, starts at `free` for certain.
        if (free > epochEnd || free > next + queueTimeout) break;
        this.forgetStarted(next);
        if (planned.length >= mostWaiting) break;
        start = free;
        planned.times[(planned.head + planned.length++) & planned.mask] = start;
        if (planned.length > this.queueMax) this.queueMax = planned.length;
        if (planned.length === backlogThreshold + 1) this.backlogSince = next;
        counters[counter.queued]!++;
        counters[counter.joinOffset]! += next - rowStart;
        counters[counter.dequeued]!++;
        counters[counter.waitingTime]! += start - next;
        counters[counter.leaveOffset]! += start - rowStart;
      }
      const need = needs[position]!;
      position++;
      const slot = slots[0]!;
      const end = start + need;
      heap.replaceTop(end);
      if (end <= epochEnd) {
        const sojourn = end - next;
        completed++;
        sojournTime += sojourn;
        serviceTime += need;
        serviceTimeSquare += need * need;
        busy[slot]! += need;
        latencies.add(sojourn);
      } else running.hold(slot, next, start, end, need, 0);
    }
    feed.position = position;
    counters[counter.arrivals]! += position - first;
    counters[counter.completed]! += completed;
    counters[counter.sojournTime] = sojournTime;
    counters[counter.serviceTime] = serviceTime;
    counters[counter.serviceTimeSquare] = serviceTimeSquare;
  }

  private leaveLine(time: number): void {
    this.line.shift();
    if (this.line.length === this.model.backlogThreshold) this.endBacklog(time);
  }

  protected override openReplicas(time: number, replicas: readonly Replica[]): void {
    const { concurrency } = this.model;
    this.running.reserve(this.pool.slotCapacity);
    for (const replica of replicas) {
      for (let slot = replica.firstSlot; slot < replica.firstSlot + concurrency; slot++) {
        this.running.busy[slot] = 0;
        this.heap.insert(time, slot);
      }
    }
  }

  protected override closeReplicas(time: number, replicas: readonly Replica[]): void {
    const { model, running, heap } = this;
    const leaving = new Set<number>();
    for (const replica of replicas) {
      let lastEnd = time;
      for (let slot = replica.firstSlot; slot < replica.firstSlot + model.concurrency; slot++) {
        leaving.add(slot);
        if (running.end[slot]! > lastEnd) lastEnd = running.end[slot]!;
      }
      replica.goneAt = Math.min(lastEnd, time + model.drainLimit);
    }
    heap.removeWhere((slot) => leaving.has(slot));
  }

  protected override kill(time: number, replica: Replica): void {
    const { running, counters } = this;
    const firstSlot = replica.firstSlot;
    const lastSlot = firstSlot + this.model.concurrency - 1;
    running.release((slot) => {
      if (slot < firstSlot || slot > lastSlot || running.end[slot]! <= time) return false;
      const start = running.start[slot]!;
      running.busy[slot]! += time - start;
      running.end[slot] = -Infinity;
      counters[counter.failed]!++;
      counters[counter.busyTime]! += time - Math.max(start, this.rowStart);
      this.retryLater(time, running.need[slot]!, running.attempt[slot]!);
      return true;
    });
  }

  /** Completes the held requests that end within the coming epoch: nothing can reach them any more. */
  protected override beginEpoch(): void {
    const { running, counters, latencies, rowStart, epochEnd } = this;
    running.release((slot) => {
      const end = running.end[slot]!;
      if (end > epochEnd) return false;
      const need = running.need[slot]!;
      const sojourn = end - running.arrival[slot]!;
      counters[counter.completed]!++;
      counters[counter.sojournTime]! += sojourn;
      counters[counter.serviceTime]! += need;
      counters[counter.serviceTimeSquare]! += need * need;
      counters[counter.busyTime]! += end - Math.max(running.start[slot]!, rowStart) - need;
      running.busy[slot]! += end - running.start[slot]!;
      latencies.add(sojourn);
      return true;
    });
  }

  private retryLater(time: number, need: number, attempt: number): void {
    const { retryMax, retryBackoff } = this.model;
    if (attempt >= retryMax) return;
    let pause = retryBackoff;
    for (let doubled = 0; doubled < attempt; doubled++) pause *= 2;
    this.retries.schedule(time + pause, need, attempt + 1);
  }

  protected override busyOf(time: number, replica: Replica): number {
    const { running } = this;
    let busy = 0;
    for (let slot = replica.firstSlot; slot < replica.firstSlot + this.model.concurrency; slot++) {
      busy += running.busy[slot]!;
      if (running.end[slot]! > time) busy += time - running.start[slot]!;
    }
    return busy;
  }

  protected override requestsOf(replica: Replica): number {
    const { running, model, epochEnd } = this;
    let held = 0;
    for (let slot = replica.firstSlot; slot < replica.firstSlot + model.concurrency; slot++) {
      if (running.end[slot]! > epochEnd) held++;
    }
    return held;
  }

  protected override busyInRow(time: number): number {
    const { counters, running, rowStart } = this;
    let busy = counters[counter.busyTime]! + counters[counter.serviceTime]!;
    for (let i = 0; i < running.length; i++) busy += time - Math.max(running.start[running.slots[i]!]!, rowStart);
    return busy;
  }
}
