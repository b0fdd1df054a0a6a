import { ArrivalFeed } from '../kernel/arrival-feed.ts';
import type { KernelModel, LatencySource } from '../kernel/contract.ts';
import * as counter from '../kernel/counters.ts';
import { Engine } from '../kernel/engine.ts';
import type { Replica } from '../kernel/replica-pool.ts';
import type { Distribution } from '../random/contract.ts';
import { exp, log } from '../units/math.ts';
import type { RateFunction } from '../workload/contract.ts';
import { DeferredLatencies } from './deferred-latencies.ts';
import { LatencyMixture, type WaitShape } from './latency-mixture.ts';
import { LeavingReplicas } from './leaving-replicas.ts';
import { NumberInSystem, type QueueState } from './number-in-system.ts';
import { RateCursor } from './rate-cursor.ts';
import { RecentArrivals } from './recent-arrivals.ts';
import { RetryFlow } from './retry-flow.ts';
import { ShapeBook } from './shape-book.ts';
import { SojournQuantiles } from './sojourn-quantiles.ts';

/** A kernel's model with expectations in the place of samples: who arrives and how long a request takes. */
export interface FluidModel extends KernelModel {
  readonly rate: RateFunction;
  readonly serviceTime: Distribution;
  /** squared coefficient of variation of the gaps between arrivals: 1 for Poisson, 0 for evenly spaced ones */
  readonly arrivalScv: number;
}

/** s: a service that takes no time at all counts as this long. */
const shortest = 1e-9;

/** Service times without a variance, or with an absurd one, count as this variable. */
const largestScv = 100;

/** Error allowed in a step, requests: a share of the line and of the spread of the number in service. */
const tolerance = 0.01;

/**
 * The *fluid* engine: expectations instead of requests. Between boundaries the mean number in system m follows
 *
 * m′ = λ(t) · (1 − rejected) − given up − c·μ·u(m, v),
 *
 * with the busy share u read off mean and variance (see `NumberInSystem`), and the variance goes to that of the balanced
 * queue at the pace at which the queue diffuses. Steps are exponential Euler, exact for straight lines and so safe for
 * any step where the service is fast; their length is chosen by how far u bends.
 *
 * The line is first in, first out, made of the arrivals of the recent past: the wait of who starts now is the age of the
 * arrival that stands as far back as the line is long, and nobody can be waiting who came before the time-out.
 * What starts, leaves and is lost in a step is worked out from what is left, so no request is ever made or forgotten.
 */
export class FluidEngine extends Engine {
  private readonly system: NumberInSystem;
  private readonly serviceMean: number;
  private readonly serviceScv: number;
  private readonly cursor: RateCursor;
  private readonly joined = new RecentArrivals();
  private readonly retry: RetryFlow | undefined;
  private readonly attemptRates: Float64Array;
  /** composition of the arrivals that now reach their time-out, by attempt */
  private readonly givingUp: Float64Array;
  private readonly mixture: LatencyMixture;
  /** whether an autoscaler looks at all */
  private readonly observed: boolean;
  private readonly leaving: LeavingReplicas;
  private readonly state = emptyState();
  private readonly trial = emptyState();

  private now = 0;
  private suggestedStep = Infinity;
  /** arrivals per second in the last step */
  private rate = 0;
  /** arrivals of the last `queueTimeout`, and the instant they were counted at */
  private room = NaN;
  private roomKnownAt = NaN;
  /** what the line was last looked at with */
  private lookedAt = NaN;
  private lookedMean = NaN;
  private lookedServers = NaN;
  /** what has waited, for the line as it was last looked at */
  private lineBefore = 0;
  private waitNow = 0;
  /** ∫ busy ÷ slots dt since t = 0, and its value when each replica became ready */
  private busyShare = 0;
  private readonly busyShareAtStart: number[] = [];
  private busy = 0;
  private busyAtRowStart = 0;
  private knownRowStart = 0;
  private queueIntegral = 0;
  private readonly shapeBook: ShapeBook;
  /** how those waited that completed: since the last scrape, and since the last stretch ended */
  private scraped: WaitShape[] = [];
  private readonly served = { count: 0, wait: 0, delayed: 0, scv: 0 };

  declare protected readonly model: FluidModel;

  constructor(model: FluidModel) {
    const { serviceTime, retryMax } = model;
    const mixture = new LatencyMixture(serviceTime, resolutionOf(model));
    const book = new ShapeBook(new SojournQuantiles(serviceTime), mixture, Math.max(serviceTime.mean, shortest));
    super(model, new ArrivalFeed(model.arrivals, model.serviceTimes), book);
    this.mixture = mixture;
    this.shapeBook = book;
    this.observed = Number.isFinite(model.scaling.interval);
    // A service that takes no time at all has no queue either; `shortest` keeps the formulas finite.
    this.serviceMean = Math.max(serviceTime.mean, shortest);
    this.serviceScv = Math.min(serviceTime.variance / (this.serviceMean * this.serviceMean), largestScv);
    this.system = new NumberInSystem({
      serviceTimeMean: this.serviceMean,
      serviceScv: this.serviceScv,
      arrivalScv: model.arrivalScv,
      queueCapacity: model.queueCapacity,
      queueTimeout: model.queueTimeout,
    });
    this.leaving = new LeavingReplicas((this.serviceMean * (1 + this.serviceScv)) / 2);
    this.cursor = new RateCursor(model.rate);
    this.retry =
      retryMax > 0 ? new RetryFlow(retryMax, model.retryBackoff, Math.min(1, model.recordingInterval / 8)) : undefined;
    this.attemptRates = new Float64Array(retryMax + 1);
    this.givingUp = new Float64Array(retryMax + 1);
    this.givingUp[0] = 1;
    this.begin();
  }

  protected get queueLength(): number {
    return this.state.queue;
  }

  protected get inService(): number {
    return this.system.servers * this.state.utilisation + this.leaving.held(this.now);
  }

  protected override runEpoch(budget: number): number {
    const { epochEnd } = this;
    let left = budget;
    const start = this.now;
    while (this.now < epochEnd && this.stopped === null) {
      this.step(epochEnd);
      left -= 8;
    }
    this.finishLeaving(start, this.now);
    this.endStretch();
    // An epoch is never cut: a slice ends where an epoch does.
    return Math.max(left, 0);
  }

  private step(epochEnd: number): void {
    const { system, state, trial, retry, model, serviceMean, serviceScv } = this;
    const { servers } = system;
    const from = this.now;
    const limit = retry === undefined ? epochEnd : Math.min(epochEnd, retry.cellEnd(from));
    let to = Math.min(limit, from + this.suggestedStep);
    const number = system.mean;
    const retryRate = this.readRetries(from);
    const capacity = servers / serviceMean;
    let first = 0;
    let next = 0;
    for (;;) {
      const length = to - from;
      first = this.cursor.between(from, to);
      const rate = first / length + retryRate;
      const drift = rate * (1 - state.rejected - state.impatient) - capacity * state.utilisation;
      const stiffness =
        capacity * state.slope + rate * (state.rejected * state.rejected + state.impatient * state.impatient);
      const reach = stiffness * length < 1e-9 ? length : (1 - exp(-stiffness * length)) / stiffness;
      next = Math.max(0, number + drift * reach);
      system.read(next, this.roomInTime(rate), rate, trial);
      const bent =
        rate * (1 - trial.rejected - trial.impatient) -
        capacity * trial.utilisation -
        (drift - stiffness * (next - number));
      const error = Math.abs(bent) * reach;
      const allowed = tolerance * (1 + Math.sqrt(servers) + state.queue + trial.queue);
      if (error <= allowed || length <= serviceMean * 1e-3) {
        this.suggestedStep = error < allowed / 4 ? length * 2 : length;
        break;
      }
      to = from + length * Math.max(0.1, Math.min(0.5, 0.8 * Math.sqrt(allowed / error)));
    }
    const length = to - from;
    const arrived = first + retryRate * length;
    let rejected = (arrived * (state.rejected + trial.rejected)) / 2;
    let impatient = (arrived * (state.impatient + trial.impatient)) / 2;
    let completed = number + arrived - rejected - impatient - next;
    completed = Math.min(Math.max(completed, 0), capacity * length);
    next = number + arrived - rejected - impatient - completed;
    if (next < 0) {
      completed += next;
      next = 0;
    }
    const room = servers + model.queueCapacity;
    if (next > room) {
      rejected += next - room;
      next = room;
    }
    this.now = to;
    this.joined.add(to, arrived - rejected);
    const patient = servers + this.roomInTime(arrived / length);
    if (next > patient) {
      impatient += next - patient;
      next = patient;
    }

    const diffusion =
      (arrived / length) * model.arrivalScv + (completed / length) * (1 - trial.delayProbability * (1 - serviceScv));
    const target = trial.variance;
    system.variance = target + (system.variance - target) * exp((-diffusion * length) / Math.max(target, 1e-9));
    system.mean = next;
    this.book(from, arrived, first, rejected, impatient, completed);
  }

  /** Writes a step down: counters, waits, busy time, retries. */
  private book(
    from: number,
    arrived: number,
    first: number,
    rejected: number,
    impatient: number,
    completed: number,
  ): void {
    const { counters, system, state, serviceMean, model, now } = this;
    const length = now - from;
    const lineBefore = state.queue;
    system.read(system.mean, this.roomInTime(arrived / length), arrived / length, state);
    this.rate = arrived / length;
    this.looked(arrived - rejected - impatient);
    counters[counter.arrivals]! += arrived;
    counters[counter.retries]! += arrived - first;
    counters[counter.rejected]! += rejected;
    counters[counter.timedOut]! += impatient;
    counters[counter.queued]! += arrived - rejected;
    this.complete(completed, this.waitNow);
    this.queueIntegral += ((lineBefore + state.queue) / 2) * length;
    this.busy += completed * serviceMean;
    if (system.servers > 0) this.busyShare += (completed * serviceMean) / system.servers;
    this.loseAttempts((from + now) / 2, rejected, impatient, arrived);
    this.watchBacklog(length);
    this.joined.forget(Math.min(now - this.waitNow, now - model.queueTimeout) - 1);
    if (state.queue > model.limits.maxQueue || (this.retry?.pending ?? 0) > model.limits.maxQueue) {
      this.stopped = { at: now, limit: 'queue' };
    }
  }

  /** The line as it is now: those that came and are not in it any more have started. */
  private looked(came: number): void {
    const { counters, state, now, system } = this;
    this.lookedAt = now;
    this.lookedMean = system.mean;
    this.lookedServers = system.servers;
    const started = came + this.lineBefore - state.queue;
    this.lineBefore = state.queue;
    this.waitNow =
      state.queue > 0
        ? Math.min(now - this.joined.timeAt(this.joined.total - state.queue), this.model.queueTimeout)
        : 0;
    const delayed = started * state.delayProbability;
    counters[counter.dequeued]! += delayed;
    // `queued` counts all that joined; those that did not wait did not queue.
    counters[counter.queued]! -= started - delayed;
    counters[counter.waitingTime]! += started * this.waitNow;
  }

  private complete(count: number, wait: number): void {
    const { counters, serviceMean, serviceScv, served, state } = this;
    counters[counter.completed]! += count;
    counters[counter.sojournTime]! += count * (serviceMean + wait);
    counters[counter.serviceTime]! += count * serviceMean;
    counters[counter.serviceTimeSquare]! += count * serviceMean * serviceMean * (1 + serviceScv);
    served.count += count;
    served.wait += count * wait;
    served.delayed += count * state.delayProbability;
    served.scv += count * state.queueScv;
  }

  protected override passOnLatencies(): void {
    this.endStretch();
  }

  /** Only how requests waited: the autoscaler works the histogram out if it asks. */
  protected override takeScrapedLatencies(): LatencySource {
    const taken = new DeferredLatencies(this.mixture, this.scraped);
    this.scraped = [];
    return taken;
  }

  private endStretch(): void {
    const { served, model } = this;
    if (!(served.count > 0)) return;
    const shape: WaitShape = {
      count: served.count,
      mean: served.wait / served.count,
      delayed: served.delayed / served.count,
      scv: served.scv / served.count,
      longest: model.queueTimeout,
    };
    served.count = served.wait = served.delayed = served.scv = 0;
    if (this.observed) this.scraped.push(shape);
    this.shapeBook.add(shape);
  }

  /** Arrivals of the last `queueTimeout`, as if the rate of now had held before t = 0. */
  private roomInTime(rate: number): number {
    const { queueTimeout } = this.model;
    if (queueTimeout === Infinity) return Infinity;
    const since = this.now - queueTimeout;
    if (since <= 0) return this.joined.total - rate * since;
    // Asked several times an instant, and nobody joins between.
    if (this.now !== this.roomKnownAt) {
      this.roomKnownAt = this.now;
      this.room = this.joined.total - this.joined.countAt(since);
    }
    return this.room;
  }

  private readRetries(time: number): number {
    const { retry, attemptRates } = this;
    if (retry === undefined) return 0;
    retry.clearBefore(time);
    let sum = 0;
    for (let attempt = 1; attempt < attemptRates.length; attempt++) {
      attemptRates[attempt] = retry.rate(time, attempt);
      sum += attemptRates[attempt]!;
    }
    return sum;
  }

  /** Lost attempts come back: those turned away in the mix of now, those out of patience in the mix of a time-out ago. */
  private loseAttempts(time: number, rejected: number, impatient: number, arrived: number): void {
    const { retry, attemptRates, givingUp, now, model } = this;
    if (retry === undefined || !(arrived > 0)) return;
    const length = 2 * (now - time);
    attemptRates[0] = arrived / length;
    for (let attempt = 1; attempt < attemptRates.length; attempt++) attemptRates[0] -= attemptRates[attempt]!;
    const memory = model.queueTimeout === Infinity ? 0 : exp(-length / model.queueTimeout);
    for (let attempt = 0; attempt < attemptRates.length; attempt++) {
      const share = (attemptRates[attempt]! * length) / arrived;
      givingUp[attempt] = share + (givingUp[attempt]! - share) * memory;
      retry.lose(time, attempt, rejected * share + impatient * givingUp[attempt]!);
    }
  }

  /**
   * The longest line of a stretch: the level that a line of this mean and spread exceeds about once in as many tries as
   * it changes within a row. And whether there is a backlog: the line's median is above the threshold.
   */
  private watchBacklog(length: number): void {
    const { state, model, now } = this;
    const { queue, delayProbability, queueScv } = state;
    if (delayProbability > 0) {
      const line = queue / delayProbability;
      const spread = Math.sqrt(queueScv);
      const pace = Math.max(line * line * queueScv, line, 1) * (this.serviceMean / Math.max(this.system.servers, 1));
      const tries = delayProbability * (1 + model.recordingInterval / pace);
      const highest = tries > 1 ? line * (1 + spread * (log(tries) - 1)) : queue;
      const room = Math.min(model.queueCapacity, this.roomInTime(0));
      this.queueMax = Math.max(this.queueMax, Math.min(highest, Math.max(room, queue)), queue);
    }
    const median =
      delayProbability > 0.5
        ? (queue / delayProbability) * (1 + Math.sqrt(queueScv) * (log(2 * delayProbability) - 1))
        : 0;
    const behind = median > Math.max(model.backlogThreshold, 1e-9);
    if (behind && Number.isNaN(this.backlogSince)) this.backlogSince = now - length;
    if (!behind && !Number.isNaN(this.backlogSince)) this.endBacklog(now);
  }

  protected override beginEpoch(): void {
    if (this.rowStart === this.knownRowStart) return;
    this.knownRowStart = this.rowStart;
    this.busyAtRowStart = this.busy;
    this.queueIntegral = 0;
  }

  protected override serveLine(time: number): void {
    const { counters, system, state } = this;
    // At most boundaries nothing has happened to the line since the step that led there.
    if (this.now !== this.lookedAt || system.mean !== this.lookedMean || system.servers !== this.lookedServers) {
      system.read(system.mean, this.roomInTime(this.rate), this.rate, state);
      this.looked(0);
    }
    // The recorder takes the mean line from when requests join and leave it.
    counters[counter.joinOffset] = state.queue * (time - this.rowStart);
    counters[counter.leaveOffset] = this.queueIntegral;
  }

  protected override openReplicas(_time: number, replicas: readonly Replica[]): void {
    if (replicas.length === 0) return;
    for (const { id } of replicas) this.busyShareAtStart[id] = this.busyShare;
    this.system.setServers(this.system.servers + replicas.length * this.model.concurrency);
    this.suggestedStep = this.serviceMean;
  }

  protected override closeReplicas(time: number, replicas: readonly Replica[]): void {
    const { system, state, model } = this;
    const { concurrency, drainLimit } = model;
    const each = concurrency * state.utilisation;
    for (const replica of replicas) {
      const lasts = this.leaving.add(time, replica.id, each, concurrency);
      replica.goneAt = time + Math.min(lasts, drainLimit);
    }
    system.mean = Math.max(0, system.mean - each * replicas.length);
    system.setServers(system.servers - replicas.length * concurrency);
    this.suggestedStep = this.serviceMean;
  }

  protected override kill(time: number, replica: Replica): void {
    const { counters, model } = this;
    const held = this.leaving.remove(time, replica.id);
    if (time < replica.drainingAt + model.drainLimit) {
      this.complete(held, 0);
      this.busy += held * this.serviceMean;
      return;
    }
    counters[counter.failed]! += held;
    for (let attempt = 0; attempt < this.givingUp.length; attempt++) {
      this.retry?.lose(time, attempt, held * this.givingUp[attempt]!);
    }
  }

  private finishLeaving(from: number, to: number): void {
    const { serviceMean } = this;
    const completed = this.leaving.completed(from, to);
    if (completed === 0) return;
    this.complete(completed, 0);
    this.busy += completed * serviceMean;
  }

  protected override busyOf(time: number, replica: Replica): number {
    const { concurrency } = this.model;
    const start = this.busyShareAtStart[replica.id];
    if (start === undefined) return 0;
    if (replica.phase === 'ready' || replica.drainingAt === time) {
      return Math.max(0, this.busyShare - start) * concurrency;
    }
    return replica.measuredBusy + this.leaving.busySince(time, replica.id);
  }

  protected override requestsOf(replica: Replica): number {
    return replica.phase === 'ready' ? this.model.concurrency * this.state.utilisation : 0;
  }

  protected override busyInRow(): number {
    return this.busy - this.busyAtRowStart;
  }
}

function emptyState(): QueueState {
  return {
    utilisation: 0,
    slope: 0,
    delayProbability: 0,
    queue: 0,
    queueScv: 1,
    rejected: 0,
    impatient: 0,
    variance: 0,
  };
}

/**
 * Counts in a histogram for one request, a power of two: as many as fit when every attempt is made and all fall into one
 * bucket of the whole run.
 */
function resolutionOf({ rate, retryMax }: FluidModel): number {
  const most = Math.max(1, new RateCursor(rate).between(0, rate.end) * (1 + retryMax));
  let resolution = 2 ** 16;
  while (resolution * most > 2 ** 30) resolution /= 2;
  return resolution;
}
