import { LatencyHistogram } from '../statistics/latency-histogram.ts';
import type { ArrivalFeed } from './arrival-feed.ts';
import type { RunColumns } from './columns.ts';
import type { KernelModel, LatencySource, ReplicaSnapshot } from './contract.ts';
import * as counter from './counters.ts';
import { HistogramBook, type LatencyBook, type LatencyQuantiles } from './latency-book.ts';
import type { Node } from './node-pool.ts';
import { Recorder, type RecorderTotals, type SloWindows } from './recorder.ts';
import { ReplicaPool, type Replica } from './replica-pool.ts';
import { ScrapedLatencies } from './scraped-latencies.ts';

/** A change of the replicas asked for. */
interface DesiredChange {
  /** s */
  readonly time: number;
  readonly from: number;
  readonly to: number;
}

export interface KernelResult {
  /** s: what the result covers; the horizon unless the run was stopped */
  readonly end: number;
  readonly stopped: {
    readonly at: number;
    readonly limit: 'queue' | 'arrivals' | 'slots' | 'replicas' | 'crashes' | 'policy';
  } | null;
  readonly columns: RunColumns;
  readonly windows: SloWindows;
  readonly totals: RecorderTotals & {
    /** s, longest unbroken stretch with more requests waiting than the backlog threshold, after the warm-up */
    readonly longestBacklog: number;
  };
  readonly replicas: readonly Replica[];
  /** empty where there is room without end */
  readonly nodes: readonly Node[];
  readonly changes: readonly DesiredChange[];
  /** of the batches asked for */
  readonly latencyBatches: readonly LatencyQuantiles[];
}

/** Over ready replicas, s. */
interface ReadyIntegrals {
  busy: number;
  slots: number;
  cpu: number;
  cpuRequest: number;
}

/** What a boundary counts for when a slice is measured in requests. */
const boundaryCost = 64;

/**
 * What both engines share: the *boundaries* (a control tick, a scrape, the end of a row, a change in a replica's life)
 * and the books kept at them. What happens to requests from one boundary to the next, the *epoch*, is the subclass's.
 *
 * Events of one boundary happen in this order:
 *   1. requests complete  2. replicas are gone or crash, start, become ready (then nodes: see NodePool)
 *   3. waiting requests start
 *   4. clients give up  5. the row is recorded  6. metrics are scraped
 *   7. the controller decides, and what it asks for without delay happens (2–4 again)
 *   8. retries arrive  9. first attempts arrive
 */
export abstract class Engine {
  protected readonly pool: ReplicaPool;
  protected readonly recorder: Recorder;
  private readonly changes: DesiredChange[] = [];

  /** counts of this row, and of all rows before it */
  protected readonly counters = new Float64Array(counter.counterCount);
  private readonly before = new Float64Array(counter.counterCount);
  /** sojourn times of completed attempts that have not been passed on */
  protected latencies = new LatencyHistogram();
  private readonly counted: HistogramBook;
  private readonly scrapedLatencies = new ScrapedLatencies();

  /** s: the next boundary */
  protected epochEnd = 0;
  protected rowStart = 0;
  /** most requests waiting at once in this row */
  protected queueMax = 0;
  protected stopped: KernelResult['stopped'] = null;
  /** s: since when the line has been longer than the threshold; NaN while it is not */
  protected backlogSince = NaN;
  private scrapes = 0;
  private ticks = 1;
  private lastBoundary = 0;
  private replicaSeconds = 0;
  /** integrals over ready replicas since t = 0, and their values at the start of the row */
  private readonly readyIntegrals: ReadyIntegrals = { busy: 0, slots: 0, cpu: 0, cpuRequest: 0 };
  private readyAtRowStart = copyOf(this.readyIntegrals);
  private longestBacklog = 0;
  private crashes = 0;
  private finished = false;
  /** as of the last scrape, and the version of the pool they show */
  private seenReplicas: readonly ReplicaSnapshot[] = [];
  private seenVersion = -1;

  /**
   * A subclass ends its own constructor with `begin`.
   *
   * @param book of sojourn times; by default the one that counts `latencies`
   */
  constructor(
    protected readonly model: KernelModel,
    protected readonly feed: ArrivalFeed,
    book?: LatencyBook,
  ) {
    this.pool = new ReplicaPool(model, (replica) => this.requestsOf(replica));
    this.counted = new HistogramBook(model.latencyBatches);
    const { horizon, recordingInterval, rowsPerWindow, warmup } = model;
    this.recorder = new Recorder(horizon, recordingInterval, rowsPerWindow, warmup, book ?? this.counted);
  }

  /**
   * Handles everything between the last boundary and `epochEnd`.
   *
   * @returns what is left of the budget, or −1 when it ran out before the epoch's end
   */
  protected abstract runEpoch(budget: number): number;
  /** The epoch up to `epochEnd` begins, with all its boundary's events behind it. */
  protected abstract beginEpoch(): void;
  /** Steps 3 and 4 at a boundary: what may start starts, whose patience is over by `time` leaves. */
  protected abstract serveLine(time: number): void;
  /** These replicas have just become ready. */
  protected abstract openReplicas(time: number, replicas: readonly Replica[]): void;
  /** These replicas take nothing new from now on; plans when each is gone. */
  protected abstract closeReplicas(time: number, replicas: readonly Replica[]): void;
  /** The drain limit of this replica is reached: what it still holds fails. */
  protected abstract kill(time: number, replica: Replica): void;
  /** Busy slot-seconds of a replica up to `time`. */
  protected abstract busyOf(time: number, replica: Replica): number;
  /** Slot-seconds of this row that were busy, up to `time`. */
  protected abstract busyInRow(time: number): number;
  /** Requests a replica holds. */
  protected abstract requestsOf(replica: Replica): number;
  protected abstract get queueLength(): number;
  protected abstract get inService(): number;
  /** Attempts about to come again. */
  protected get pendingRetries(): number {
    return 0;
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
    const { columns, windows, totals } = this.recorder.result();
    return {
      end:
        this.stopped === null
          ? this.model.horizon
          : Math.min(this.recorder.rows * this.model.recordingInterval, this.model.horizon),
      stopped: this.stopped,
      columns,
      windows,
      totals: { ...totals, longestBacklog: this.longestBacklog },
      replicas: this.pool.lives,
      nodes: this.pool.nodes?.lives ?? [],
      changes: this.changes,
      latencyBatches: this.counted.batches,
    };
  }

  /** The first boundary, t = 0, with the replicas that have been running since before. */
  protected begin(): void {
    this.openReplicas(0, this.pool.addRunning(this.model.initialReplicas));
    this.atBoundary(0);
  }

  /** The line is no longer than the threshold any more. */
  protected endBacklog(time: number): void {
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
    if (recording || scraping) this.measure(time, pool.existing, 'ready');
    if (recording) this.endRow(time);
    if (time >= model.horizon) {
      this.finish();
      return;
    }
    if (scraping) this.scrape(time);
    if (time >= this.ticks * model.scaling.interval) {
      this.ticks++;
      const desired = model.scaling.evaluate(time, pool.desired);
      const { limits } = model;
      if (model.scaling.halted === true) this.stopped = { at: time, limit: 'policy' };
      else if (desired * model.concurrency > limits.maxSlots) this.stopped = { at: time, limit: 'slots' };
      else if (pool.lives.length + desired - pool.desired > limits.maxReplicas)
        this.stopped = { at: time, limit: 'replicas' };
      else this.apply(time, desired);
      this.changeReplicas(time);
    }
    if (this.before[counter.arrivals]! + this.counters[counter.arrivals]! > model.limits.maxArrivals)
      this.stopped = { at: time, limit: 'arrivals' };
    if (this.pendingRetries > model.limits.maxQueue) this.stopped = { at: time, limit: 'queue' };
    if (this.crashedTooOften) this.stopped = { at: time, limit: 'crashes' };
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
    this.beginEpoch();
  }

  /** Steps 2 to 4 at a boundary. */
  private changeReplicas(time: number): void {
    const { pool } = this;
    do {
      if (pool.nextTransition <= time) {
        for (const replica of pool.existing) {
          if (replica.phase === 'draining' && replica.goneAt <= time) this.kill(time, replica);
          if (replica.crashAt <= time && replica.phase !== 'gone') this.crash(time, replica);
        }
        this.openReplicas(time, pool.transition(time));
      }
      this.epochEnd = time;
      this.serveLine(time);
      // A client that gives up may have been the last one a leaving replica held.
    } while (pool.nextTransition <= time && !this.crashedTooOften);
  }

  private get crashedTooOften(): boolean {
    return this.crashes > this.model.limits.maxReplicas;
  }

  private crash(time: number, replica: Replica): void {
    if (replica.phase === 'ready') {
      this.measure(time, [replica], 'ready');
      this.closeReplicas(time, [replica]);
    }
    this.kill(time, replica);
    this.pool.crash(time, replica);
    this.crashes++;
  }

  private apply(time: number, desired: number): void {
    const { pool } = this;
    const from = pool.desired;
    if (desired === from) return;
    this.changes.push({ time, from, to: desired });
    if (desired > from) pool.grow(time, desired - from);
    else {
      const leaving = pool.shrink(time, from - desired);
      this.measure(time, leaving, 'draining');
      if (leaving.length > 0) this.closeReplicas(time, leaving);
      pool.planNextTransition();
    }
  }

  /** Adds what those in this phase did since they were last measured, while ready, to the integrals over ready replicas. */
  private measure(time: number, replicas: readonly Replica[], phase: Replica['phase']): void {
    const { readyIntegrals: integrals } = this;
    const { cpu, concurrency } = this.model;
    const { idle, perBusySlot, request, startupExtra, startupFor } = cpu;
    // Sums in local variables: each object's own would be read and written for every replica.
    let { busy: busySum, slots, cpu: cpuSum, cpuRequest } = integrals;
    for (const replica of replicas) {
      if (replica.phase !== phase) continue;
      const busy = this.busyOf(time, replica);
      const work = this.workOf(time, replica, busy);
      const { measuredAt } = replica;
      const elapsed = time - measuredAt;
      let burst = 0;
      if (startupExtra > 0) {
        // A replica that ran before t = 0 has had its burst.
        const burstEnd = Math.max(replica.restartedAt + startupFor, 0);
        burst = Math.max(0, Math.min(time, burstEnd) - Math.min(measuredAt, burstEnd));
      }
      busySum += busy - replica.measuredBusy;
      slots += concurrency * elapsed;
      cpuSum += idle * elapsed + startupExtra * burst + perBusySlot * (work - replica.measuredWork);
      cpuRequest += request * elapsed;
      replica.measuredBusy = busy;
      replica.measuredWork = work;
      replica.measuredAt = time;
    }
    integrals.busy = busySum;
    integrals.slots = slots;
    integrals.cpu = cpuSum;
    integrals.cpuRequest = cpuRequest;
  }

  /** Slot-seconds that cost CPU: all that were busy, unless requests share processors. */
  protected workOf(_time: number, _replica: Replica, busy: number): number {
    return busy;
  }

  private endRow(time: number): void {
    const { counters, pool, readyIntegrals, readyAtRowStart, queueLength } = this;
    const { provisioning, starting, ready: readyReplicas, draining } = pool.counts;
    const duration = time - this.rowStart;
    // Slots that were ready for no longer than rounding makes of two ways to reach one instant were not ready.
    const readySlotSeconds = readyIntegrals.slots - readyAtRowStart.slots;
    const ready = readySlotSeconds > 1e-9 * duration ? 1 : 0;
    const waiting = queueLength * duration - counters[counter.joinOffset]! + counters[counter.leaveOffset]!;
    this.passOnLatencies();
    this.recorder.endRow({
      time,
      counters,
      queueLength,
      queueLengthMax: this.queueMax,
      queueLengthMean: Math.max(0, waiting) / duration,
      inService: this.inService,
      inServiceMean: this.busyInRow(time) / duration,
      desired: pool.desired,
      provisioning,
      starting,
      ready: readyReplicas,
      draining,
      nodes: pool.nodes?.count ?? 0,
      unplaced: pool.nodes?.unplaced ?? 0,
      replicaSeconds: this.replicaSeconds,
      readySlotSeconds: ready * readySlotSeconds,
      readyBusySeconds: ready * (readyIntegrals.busy - readyAtRowStart.busy),
      readyCpuSeconds: ready * (readyIntegrals.cpu - readyAtRowStart.cpu),
      readyCpuRequestSeconds: ready * (readyIntegrals.cpuRequest - readyAtRowStart.cpuRequest),
      cpuSeen: this.model.scaling.cpuSeen,
    });
    for (let i = 0; i < counters.length; i++) this.before[i]! += counters[i]!;
    counters.fill(0);
    this.readyAtRowStart = copyOf(readyIntegrals);
    this.replicaSeconds = 0;
    this.rowStart = time;
    this.queueMax = queueLength;
  }

  /** At the end of a row and at a scrape: sojourn times since the last call go to the book and to the next scrape. */
  protected passOnLatencies(): void {
    this.counted.add(this.latencies);
    if (Number.isFinite(this.model.scaling.interval)) this.latencies = this.scrapedLatencies.exchange(this.latencies);
    else this.latencies.clear();
  }

  private scrape(time: number): void {
    this.scrapes++;
    this.passOnLatencies();
    this.model.scaling.scrape({
      time,
      arrivals: this.total(counter.arrivals),
      completed: this.total(counter.completed),
      rejected: this.total(counter.rejected),
      timedOut: this.total(counter.timedOut),
      failed: this.total(counter.failed),
      queueLength: this.queueLength,
      inService: this.inService,
      busyTime: this.readyIntegrals.busy,
      readySlotTime: this.readyIntegrals.slots,
      serviceTimeSum: this.total(counter.serviceTime),
      serviceTimeSquareSum: this.total(counter.serviceTimeSquare),
      sojournTimeSum: this.total(counter.sojournTime),
      latencies: this.takeScrapedLatencies(),
      replicas: this.replicasSeen(),
      cpuTime: this.cpuTimes(time),
    });
  }

  /** Since t = 0; counters begin anew with each row. */
  private total(index: number): number {
    return this.before[index]! + this.counters[index]!;
  }

  private replicasSeen(): readonly ReplicaSnapshot[] {
    const { pool } = this;
    if (this.seenVersion !== pool.version) {
      this.seenVersion = pool.version;
      this.seenReplicas = pool.existing.map(snapshotOf);
    }
    return this.seenReplicas;
  }

  /** Sojourn times passed on since the last scrape, for the autoscaler to keep. */
  protected takeScrapedLatencies(): LatencySource {
    return this.scrapedLatencies.take();
  }

  private cpuTimes(time: number): number[] {
    // No typed array: one costs more to allocate than a few dozen numbers to store.
    const { existing } = this.pool;
    const used = new Array<number>(existing.length);
    for (let i = 0; i < used.length; i++) used[i] = this.cpuTimeOf(time, existing[i]!);
    return used;
  }

  private cpuTimeOf(time: number, replica: Replica): number {
    const { phase } = replica;
    if (phase === 'provisioning') return 0;
    const { cpu } = this.model;
    // A container that crashed keeps what it has used, and burns its burst again when it restarts.
    const served = phase !== 'starting' || replica.crashes > 0;
    const age = time - Math.max(replica.startedAt, 0);
    const burst = cpu.startupExtra > 0 ? this.burstOf(time, replica) : 0;
    // A ready replica has just been measured.
    const work =
      phase === 'ready' ? replica.measuredWork : served ? this.workOf(time, replica, this.busyOf(time, replica)) : 0;
    return cpu.idle * age + cpu.startupExtra * burst + (served ? cpu.perBusySlot * work : 0);
  }

  /** s of start-up burst so far, those before a crash too */
  private burstOf(time: number, { earlierBursts, restartedAt }: Replica): number {
    return earlierBursts + (restartedAt === -Infinity ? 0 : Math.min(time - restartedAt, this.model.cpu.startupFor));
  }

  private finish(): void {
    this.recorder.finish(this.rowStart);
    if (this.backlogSince < this.rowStart) this.endBacklog(this.rowStart);
    this.finished = true;
  }
}

// No spread in what every row does: a literal that spreads costs V8 a microsecond, the same written out a hundredth of one.
function copyOf({ busy, slots, cpu, cpuRequest }: ReadyIntegrals): ReadyIntegrals {
  return { busy, slots, cpu, cpuRequest };
}

function snapshotOf({ id, phase, createdAt, startedAt, readyAt, crashes, readyAgainAt }: Replica): ReplicaSnapshot {
  const ready = phase !== 'provisioning' && phase !== 'starting';
  return {
    id,
    phase: phase === 'gone' ? 'draining' : phase,
    createdAt,
    startedAt: phase === 'provisioning' ? Infinity : startedAt,
    readyAt: ready ? (crashes > 0 ? readyAgainAt : readyAt) : Infinity,
  };
}
