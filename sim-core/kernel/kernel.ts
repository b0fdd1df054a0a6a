import { LatencyHistogram } from '../statistics/latency-histogram.ts';
import type { KernelModel, ReplicaSnapshot } from './contract.ts';
import * as counter from './counters.ts';
import { Recorder, type RecorderTotals, type SloWindows } from './recorder.ts';
import { ReplicaPool, type Replica } from './replica-pool.ts';
import { RetryCalendar } from './retry-calendar.ts';
import { RunningRequests } from './running-requests.ts';
import { SlotHeap } from './slot-heap.ts';
import { WaitingLine } from './waiting-line.ts';
import type { RunColumns } from './columns.ts';

/** A change of the replicas asked for. */
export interface DesiredChange {
  /** s */
  readonly time: number;
  readonly from: number;
  readonly to: number;
}

export interface KernelResult {
  /** s: what the result covers; the horizon unless the run was stopped */
  readonly end: number;
  readonly stopped: { readonly at: number; readonly limit: 'queue' | 'arrivals' | 'slots' } | null;
  readonly columns: RunColumns;
  readonly windows: SloWindows;
  readonly totals: RecorderTotals & {
    /** s, longest unbroken stretch with more requests waiting than the backlog threshold, after the warm-up */
    readonly longestBacklog: number;
  };
  readonly replicas: readonly Replica[];
  readonly changes: readonly DesiredChange[];
}

/** Requests drawn ahead in one go. */
const batch = 1024;
/** What a boundary counts for when a slice is measured in requests. */
const boundaryCost = 64;

/**
 * The request-level engine: one central first-in-first-out queue before replicas with a fixed number of slots.
 *
 * Between two *boundaries* (a control tick, a scrape, the end of a row, a change in a replica's life) capacity
 * cannot change, so the queue is the Kiefer–Wolfowitz recursion on a heap of slot-free times: a request starts at
 * max(arrival, earliest free time), exactly, without an event list. A request is committed to a slot only when its
 * start lies before the boundary; the rest wait in line and see whatever capacity the boundary brings.
 *
 * Simultaneous events happen in this order, whatever caused them:
 *   1. requests complete  2. replicas start, become ready, are gone (what still runs at the drain limit is killed)
 *   3. waiting requests start  4. waiting requests time out  5. the row is recorded  6. metrics are scraped
 *   7. the controller decides, and what it asks for without delay happens (2–4 again)
 *   8. retries arrive  9. first attempts arrive
 *
 * @see Kiefer and Wolfowitz, On the theory of queues with many servers, Trans. AMS 78 (1955)
 */
export class Kernel {
  private readonly heap = new SlotHeap();
  private readonly line = new WaitingLine();
  private readonly retries = new RetryCalendar();
  private readonly running = new RunningRequests();
  private readonly pool: ReplicaPool;
  private readonly recorder: Recorder;
  private readonly changes: DesiredChange[] = [];

  /** counts of this row, and of all rows before it */
  private readonly counters = new Float64Array(counter.counterCount);
  private readonly before = new Float64Array(counter.counterCount);
  private readonly latencies = new LatencyHistogram();
  private scrapedLatencies = new LatencyHistogram();

  private readonly arrivalTimes = new Float64Array(batch + 1).fill(Infinity);
  private readonly needs = new Float64Array(batch);
  private readonly batchTimes = this.arrivalTimes.subarray(0, batch);
  private drawn = 0;
  private position = 0;
  private exhausted = false;

  private epochEnd = 0;
  private rowStart = 0;
  private queueAtRowStart = 0;
  private queueMax = 0;
  private scrapes = 0;
  private ticks = 1;
  private lastBoundary = 0;
  private replicaSeconds = 0;
  /** integrals over ready replicas since t = 0, and their values at the start of the row */
  private readonly readyIntegrals = { busy: 0, slots: 0, cpu: 0, cpuRequest: 0 };
  private readyAtRowStart = { ...this.readyIntegrals };
  private stopped: KernelResult['stopped'] = null;
  /** s: since when the line has been longer than the threshold; NaN while it is not */
  private backlogSince = NaN;
  private longestBacklog = 0;
  private finished = false;

  constructor(private readonly model: KernelModel) {
    this.pool = new ReplicaPool(model);
    this.recorder = new Recorder(model.horizon, model.recordingInterval, model.rowsPerWindow, model.warmup);
    this.openSlots(0, this.pool.addRunning(model.initialReplicas));
    this.atBoundary(0);
  }

  /** s: how far the run has come */
  get time(): number {
    return this.lastBoundary;
  }

  get done(): boolean {
    return this.finished;
  }

  /**
   * Goes on for about `maxArrivals` requests. How a run is cut into slices changes nothing in its result.
   *
   * @returns whether the run is over
   */
  advance(maxArrivals: number): boolean {
    let budget = maxArrivals;
    while (!this.finished && budget > 0) {
      budget = this.runEpoch(budget);
      if (budget < 0) break;
      if (this.stopped !== null) this.finish();
      else this.atBoundary(this.epochEnd);
      budget -= boundaryCost;
    }
    return this.finished;
  }

  result(): KernelResult {
    if (!this.finished) throw new Error('The run is not over: call advance until it says so.');
    return {
      end:
        this.stopped === null
          ? this.model.horizon
          : Math.min(this.recorder.rows * this.model.recordingInterval, this.model.horizon),
      stopped: this.stopped,
      ...this.recordedResult(),
      replicas: this.pool.lives,
      changes: this.changes,
    };
  }

  private recordedResult() {
    const { columns, windows, totals } = this.recorder.result();
    return { columns, windows, totals: { ...totals, longestBacklog: this.longestBacklog } };
  }

  /**
   * Handles retries and arrivals before the epoch's end.
   *
   * @returns what is left of the budget, or −1 when it ran out before the epoch's end
   */
  private runEpoch(budget: number): number {
    const { model, heap, line, retries, counters, running, arrivalTimes, needs, latencies, epochEnd } = this;
    const { keys, slots } = heap;
    const { busy } = running;
    const { queueCapacity, queueTimeout, backlogThreshold, probe } = model;
    const { maxQueue } = model.limits;
    let left = budget;
    for (;;) {
      if (this.position === this.drawn) this.refill();
      let time = arrivalTimes[this.position]!;
      const isRetry = retries.nextTime <= time;
      if (isRetry) time = retries.nextTime;
      if (time >= epochEnd) {
        if (line.length > 0) {
          this.advanceLine(epochEnd, false);
          if (retries.nextTime < epochEnd) continue;
        }
        return left;
      }
      if (left-- <= 0) return -1;
      if (line.length > 0 && (keys[0]! <= time || line.headArrival + queueTimeout <= time)) {
        this.advanceLine(time, true);
        // A time-out may have brought a retry that comes before what was about to arrive.
        if (isRetry ? retries.nextTime < time : retries.nextTime <= time) continue;
      }

      let need: number;
      let attempt: number;
      if (isRetry) {
        need = retries.nextNeed;
        attempt = retries.nextAttempt;
        retries.shift();
        counters[counter.retries]!++;
      } else {
        need = needs[this.position++]!;
        attempt = 0;
      }
      counters[counter.arrivals]!++;

      if (keys[0]! <= time && line.length === 0) {
        const slot = slots[0]!;
        const end = time + need;
        heap.replaceTop(end);
        if (probe !== undefined) probe(time, time, end, attempt);
        if (end <= epochEnd) {
          counters[counter.completed]!++;
          counters[counter.sojournTime]! += end - time;
          counters[counter.serviceTime]! += need;
          counters[counter.serviceTimeSquare]! += need * need;
          busy[slot]! += need;
          latencies.add(end - time);
        } else running.hold(slot, time, time, end, need, attempt);
      } else if (line.length >= queueCapacity) {
        counters[counter.rejected]!++;
        this.retryLater(time, need, attempt);
      } else {
        line.push(time, need, attempt);
        counters[counter.queued]!++;
        counters[counter.joinOffset]! += time - this.rowStart;
        if (line.length > this.queueMax) this.queueMax = line.length;
        if (line.length === backlogThreshold + 1) this.backlogSince = time;
        if (line.length > maxQueue || retries.length > maxQueue) {
          this.stopped = { at: time, limit: 'queue' };
          return left;
        }
      }
    }
  }

  /**
   * Starts waiting requests whose slot is free by `until`, and lets those go whose patience ends first. Stops as
   * soon as a retry falls due, because it may join the line before what comes next.
   *
   * @param inclusive whether a time-out at `until` itself happens now: not before a boundary, where new slots come first
   */
  private advanceLine(until: number, inclusive: boolean): void {
    const { line, heap, counters, running, latencies, epochEnd, rowStart } = this;
    const { keys, slots } = heap;
    const { queueTimeout, probe } = this.model;
    let limit = until;
    while (line.length > 0) {
      const arrival = line.headArrival;
      const free = keys[0]!;
      const start = free > arrival ? free : arrival;
      const deadline = arrival + queueTimeout;
      if (start <= limit && start <= deadline) {
        const need = line.headNeed;
        const slot = slots[0]!;
        const end = start + need;
        heap.replaceTop(end);
        if (probe !== undefined) probe(arrival, start, end, line.headAttempt);
        counters[counter.dequeued]!++;
        counters[counter.waitingTime]! += start - arrival;
        counters[counter.leaveOffset]! += start - rowStart;
        if (end <= epochEnd) {
          counters[counter.completed]!++;
          counters[counter.sojournTime]! += end - arrival;
          counters[counter.serviceTime]! += need;
          counters[counter.serviceTimeSquare]! += need * need;
          running.busy[slot]! += need;
          latencies.add(end - arrival);
        } else running.hold(slot, arrival, start, end, need, line.headAttempt);
        this.leaveLine(start);
      } else if (deadline < limit || (inclusive && deadline === limit)) {
        counters[counter.timedOut]!++;
        counters[counter.leaveOffset]! += deadline - rowStart;
        this.retryLater(deadline, line.headNeed, line.headAttempt);
        this.leaveLine(deadline);
        if (this.retries.nextTime < limit) limit = this.retries.nextTime;
      } else break;
    }
  }

  private leaveLine(time: number): void {
    this.line.shift();
    if (this.line.length === this.model.backlogThreshold) this.endBacklog(time);
  }

  private endBacklog(time: number): void {
    const stretch = time - Math.max(this.backlogSince, this.model.warmup);
    if (stretch > this.longestBacklog) this.longestBacklog = stretch;
    this.backlogSince = NaN;
  }

  /** What happens at `time`, in the order stated above, and the plan up to the next boundary. */
  private atBoundary(time: number): void {
    const { model, pool } = this;
    this.replicaSeconds +=
      (pool.counts.starting + pool.counts.ready + pool.counts.draining) * (time - this.lastBoundary);
    this.lastBoundary = time;
    this.changeReplicas(time);

    const rowEnd = Math.min((this.recorder.rows + 1) * model.recordingInterval, model.horizon);
    const recording = time >= rowEnd;
    const scraping = time >= this.scrapes * model.scaling.scrapeInterval && Number.isFinite(model.scaling.interval);
    if (recording || scraping) this.measure(time);
    if (recording) this.endRow(time);
    if (time >= model.horizon) {
      this.finish();
      return;
    }
    if (scraping) this.scrape(time);
    if (time >= this.ticks * model.scaling.interval) {
      this.ticks++;
      const desired = model.scaling.evaluate(time, pool.desired);
      if (desired * model.concurrency > model.limits.maxSlots) this.stopped = { at: time, limit: 'slots' };
      else this.apply(time, desired);
      this.changeReplicas(time);
    }
    if (this.before[counter.arrivals]! > model.limits.maxArrivals) this.stopped = { at: time, limit: 'arrivals' };
    if (this.stopped !== null) {
      this.finish();
      return;
    }

    this.epochEnd = Math.min(
      (this.recorder.rows + 1) * model.recordingInterval,
      Number.isFinite(model.scaling.interval) ? this.scrapes * model.scaling.scrapeInterval : Infinity,
      this.ticks * model.scaling.interval,
      pool.nextTransition,
      model.horizon,
    );
    this.completeBefore(this.epochEnd);
  }

  /** Steps 2 to 4 at a boundary. */
  private changeReplicas(time: number): void {
    const { pool } = this;
    if (pool.nextTransition <= time) {
      for (const replica of pool.existing) {
        if (replica.phase === 'draining' && replica.goneAt <= time) this.kill(time, replica);
      }
      this.openSlots(time, pool.transition(time));
    }
    this.epochEnd = time;
    this.advanceLine(time, true);
  }

  private openSlots(time: number, replicas: readonly Replica[]): void {
    const { concurrency } = this.model;
    this.running.reserve(this.pool.slotCapacity);
    for (const replica of replicas) {
      replica.measuredBusy = 0;
      replica.measuredAt = time;
      for (let slot = replica.firstSlot; slot < replica.firstSlot + concurrency; slot++) {
        this.running.busy[slot] = 0;
        this.heap.insert(time, slot);
      }
    }
  }

  private apply(time: number, desired: number): void {
    const { pool } = this;
    const from = pool.desired;
    if (desired === from) return;
    this.changes.push({ time, from, to: desired });
    if (desired > from) pool.grow(time, desired - from);
    else this.drain(time, pool.shrink(time, from - desired));
  }

  private drain(time: number, replicas: readonly Replica[]): void {
    if (replicas.length === 0) return;
    const { model, running, heap, pool } = this;
    const leaving = new Set<number>();
    for (const replica of replicas) {
      this.measureReplica(time, replica);
      let lastEnd = time;
      for (let slot = replica.firstSlot; slot < replica.firstSlot + model.concurrency; slot++) {
        leaving.add(slot);
        if (running.end[slot]! > lastEnd) lastEnd = running.end[slot]!;
      }
      replica.goneAt = Math.min(lastEnd, time + model.drainLimit);
    }
    heap.removeWhere((slot) => leaving.has(slot));
    pool.planNextTransition();
  }

  /** Fails what a draining replica is still working on when its time is up. */
  private kill(time: number, replica: Replica): void {
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
  private completeBefore(epochEnd: number): void {
    const { running, counters, latencies, rowStart } = this;
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

  private refill(): void {
    if (this.exhausted) return;
    const count = this.model.arrivals.fill(this.batchTimes);
    this.exhausted = count < batch;
    this.model.serviceTimes.fill(this.needs, count);
    this.arrivalTimes[count] = Infinity;
    this.drawn = count;
    this.position = 0;
  }

  /** Busy seconds of a replica's slots up to `time`, since it became ready. */
  private busyOf(time: number, replica: Replica): number {
    const { running } = this;
    let busy = 0;
    for (let slot = replica.firstSlot; slot < replica.firstSlot + this.model.concurrency; slot++) {
      busy += running.busy[slot]!;
      if (running.end[slot]! > time) busy += time - running.start[slot]!;
    }
    return busy;
  }

  private measure(time: number): void {
    for (const replica of this.pool.existing) {
      if (replica.phase === 'ready') this.measureReplica(time, replica);
    }
  }

  /** Adds what a ready replica did since it was last measured to the integrals over ready replicas. */
  private measureReplica(time: number, replica: Replica): void {
    const { readyIntegrals: integrals } = this;
    const { cpu, concurrency } = this.model;
    const busy = this.busyOf(time, replica);
    const elapsed = time - replica.measuredAt;
    // A replica that ran before t = 0 has had its burst.
    const burstEnd = Math.max(replica.startedAt + cpu.startupFor, 0);
    const burst = Math.max(0, Math.min(time, burstEnd) - Math.min(replica.measuredAt, burstEnd));
    integrals.busy += busy - replica.measuredBusy;
    integrals.slots += concurrency * elapsed;
    integrals.cpu += cpu.idle * elapsed + cpu.startupExtra * burst + cpu.perBusySlot * (busy - replica.measuredBusy);
    integrals.cpuRequest += cpu.request * elapsed;
    replica.measuredBusy = busy;
    replica.measuredAt = time;
  }

  private endRow(time: number): void {
    const { counters, pool, running, line, readyIntegrals, readyAtRowStart, rowStart } = this;
    const duration = time - rowStart;
    let busy = counters[counter.busyTime]! + counters[counter.serviceTime]!;
    for (let i = 0; i < running.length; i++) busy += time - Math.max(running.start[running.slots[i]!]!, rowStart);
    const joined = counters[counter.queued]!;
    const left = counters[counter.dequeued]! + counters[counter.timedOut]!;
    const waiting =
      (this.queueAtRowStart + joined - left) * duration -
      counters[counter.joinOffset]! +
      counters[counter.leaveOffset]!;
    this.passOnLatencies();
    this.recorder.endRow({
      time,
      counters,
      queueLength: line.length,
      queueLengthMax: this.queueMax,
      queueLengthMean: Math.max(0, waiting) / duration,
      inService: running.length,
      inServiceMean: busy / duration,
      desired: pool.desired,
      ...pool.counts,
      replicaSeconds: this.replicaSeconds,
      readySlotSeconds: readyIntegrals.slots - readyAtRowStart.slots,
      readyBusySeconds: readyIntegrals.busy - readyAtRowStart.busy,
      readyCpuSeconds: readyIntegrals.cpu - readyAtRowStart.cpu,
      readyCpuRequestSeconds: readyIntegrals.cpuRequest - readyAtRowStart.cpuRequest,
      cpuSeen: this.model.scaling.cpuSeen,
    });
    for (let i = 0; i < counters.length; i++) this.before[i]! += counters[i]!;
    counters.fill(0);
    this.readyAtRowStart = { ...readyIntegrals };
    this.replicaSeconds = 0;
    this.rowStart = time;
    this.queueAtRowStart = line.length;
    this.queueMax = line.length;
  }

  private passOnLatencies(): void {
    this.recorder.addLatencies(this.latencies);
    if (Number.isFinite(this.model.scaling.interval)) this.scrapedLatencies.merge(this.latencies);
    this.latencies.clear();
  }

  private scrape(time: number): void {
    this.scrapes++;
    this.passOnLatencies();
    const total = (index: number) => this.before[index]! + this.counters[index]!;
    this.model.scaling.scrape({
      time,
      arrivals: total(counter.arrivals),
      completed: total(counter.completed),
      rejected: total(counter.rejected),
      timedOut: total(counter.timedOut),
      failed: total(counter.failed),
      queueLength: this.line.length,
      inService: this.running.length,
      busyTime: this.readyIntegrals.busy,
      readySlotTime: this.readyIntegrals.slots,
      serviceTimeSum: total(counter.serviceTime),
      serviceTimeSquareSum: total(counter.serviceTimeSquare),
      sojournTimeSum: total(counter.sojournTime),
      latencies: this.scrapedLatencies,
      replicas: this.pool.existing.map((replica) => this.snapshotOf(time, replica)),
    });
    this.scrapedLatencies = new LatencyHistogram();
  }

  private snapshotOf(time: number, replica: Replica): ReplicaSnapshot {
    const { cpu } = this.model;
    const phase = replica.phase === 'gone' ? 'draining' : replica.phase;
    const started = phase !== 'provisioning';
    const ready = phase === 'ready' || phase === 'draining';
    const age = started ? time - Math.max(replica.startedAt, 0) : 0;
    const burst = replica.startedAt === -Infinity ? 0 : Math.min(age, cpu.startupFor);
    return {
      id: replica.id,
      phase,
      createdAt: replica.createdAt,
      startedAt: started ? replica.startedAt : Infinity,
      readyAt: ready ? replica.readyAt : Infinity,
      cpuTime: started
        ? cpu.idle * age + cpu.startupExtra * burst + (ready ? cpu.perBusySlot * this.busyOf(time, replica) : 0)
        : 0,
    };
  }

  private finish(): void {
    this.recorder.finish(this.rowStart);
    if (this.backlogSince < this.rowStart) this.endBacklog(this.rowStart);
    this.finished = true;
  }
}
