import type { LatencyHistogram } from '../statistics/latency-histogram.ts';
import type { RandomStream, Sampler } from '../random/contract.ts';
import type { ArrivalProcess } from '../workload/contract.ts';
import type { LatencyBatches } from './latency-book.ts';
import type { NodeModel } from './node-pool.ts';
import type { ScaleDownOrder } from './replica-pool.ts';

/** A replica as the metrics pipeline finds it at a scrape. */
export interface ReplicaSnapshot {
  /** 0, 1, 2 … in the order of creation */
  readonly id: number;
  readonly phase: 'provisioning' | 'starting' | 'ready' | 'draining';
  /** s: when the decision created it */
  readonly createdAt: number;
  /** s: when it began to start; Infinity while provisioning */
  readonly startedAt: number;
  /** s: when it became ready; Infinity before */
  readonly readyAt: number;
}

/** Sojourn times that are counted when somebody looks: few controllers do. */
export interface LatencySource {
  addTo(histogram: LatencyHistogram): void;
  /** The receiver will not look again: a help to whoever reuses the storage. */
  release?(): void;
}

/** The service at one scrape: counters since t = 0 and gauges of this instant, as a metrics endpoint exposes them. */
export interface ServiceSnapshot {
  /** s */
  readonly time: number;
  /** attempts that reached the service, retries included */
  readonly arrivals: number;
  readonly completed: number;
  readonly rejected: number;
  readonly timedOut: number;
  readonly failed: number;
  readonly queueLength: number;
  readonly inService: number;
  /** slot-seconds worked */
  readonly busyTime: number;
  /** slot-seconds of ready replicas */
  readonly readySlotTime: number;
  /** Σ and Σ² of the slot time of completed attempts, s and s² */
  readonly serviceTimeSum: number;
  readonly serviceTimeSquareSum: number;
  /** Σ of sojourn times of completed attempts, s */
  readonly sojournTimeSum: number;
  /** sojourn times of attempts completed since the last scrape; the receiver's until it releases them */
  readonly latencies: LatencySource;
  /** every replica that exists, by id; the same array at the next scrape if nothing but their CPU has changed */
  readonly replicas: readonly ReplicaSnapshot[];
  /** CPU each of `replicas` has used since it started, core-seconds: counters that only grow */
  readonly cpuTime: readonly number[];
}

/** What the kernel needs of an autoscaler; the kernel knows nothing else of it. */
export interface ScalingPort {
  /** s; Infinity for a policy that never evaluates */
  readonly interval: number;
  /** s between scrapes */
  readonly scrapeInterval: number;
  scrape(snapshot: ServiceSnapshot): void;
  /**
   * One evaluation at time t = k × interval.
   * @param desired replicas asked for now
   * @returns replicas to ask for from now on, integer ≥ 0
   */
  evaluate(time: number, desired: number): number;
  /** after an evaluation: the policy cannot go on, and the run ends here */
  readonly halted?: boolean;
  /** CPU utilisation as the autoscaler saw it at its last evaluation, NaN before */
  readonly cpuSeen: number;
}

/** CPU of one replica, cores. */
export interface CpuModel {
  readonly request: number;
  readonly idle: number;
  readonly perBusySlot: number;
  readonly startupExtra: number;
  /** s after the start of the replica */
  readonly startupFor: number;
}

/**
 * Called for each attempt when it is given a slot: for oracles and for looking at single requests. `end` is when it
 * would complete if nothing came between; NaN under processor sharing, where what comes decides.
 */
export type RequestProbe = (arrival: number, start: number, end: number, attempt: number) => void;

/**
 * How an attempt ended. `abandoned` is a client that gave up while the replica works on; the same attempt ends a second
 * time as `wasted` when its slot is free again.
 */
export type AttemptOutcome = 'completed' | 'rejected' | 'timed-out' | 'failed' | 'abandoned' | 'wasted';

/** Called for each attempt when it ends, on the event-list path. `start` is NaN for an attempt that never had a slot. */
export type DepartureProbe = (
  arrival: number,
  start: number,
  end: number,
  attempt: number,
  outcome: AttemptOutcome,
  /** place of the replica that held it, by slot block; −1 for none */
  place: number,
) => void;

/** In which order waiting requests start, and what running ones share. */
export type Discipline = 'fifo' | 'lifo' | 'processor-sharing';

/** Which replica an arriving request goes to. */
export type Routing = 'central' | 'round-robin' | 'random' | 'least-outstanding' | 'power-of-two';

/** A new replica works slowly at first: cold caches, just-in-time compilation. */
export interface SlowStart {
  /** share of the replica's speed, 0 < speed ≤ 1 */
  readonly speed: number;
  /** s after it became ready; again after each restart */
  readonly duration: number;
}

/**
 * What all clients of the service together may spend on retries: a bucket of tokens. Each first attempt adds `share`
 * tokens, up to `burst`; each retry takes one, and without a whole one the client does not try again. The bucket is full
 * at t = 0. So retries are at most `share` of first attempts over any stretch, and `burst` more.
 *
 * @see Finagle's RetryBudget, whose percentCanRetry is `share`
 */
export interface RetryBudget {
  /** retries allowed for each first attempt, ≥ 0 */
  readonly share: number;
  /** retries, ≥ 0 */
  readonly burst: number;
}

/** Everything one run of the kernel needs, wired by scenario/build. */
export interface KernelModel {
  /** s */
  readonly horizon: number;
  /** s; rows of the result */
  readonly recordingInterval: number;
  /** an SLO window is this many rows */
  readonly rowsPerWindow: number;
  /** s; rows that start earlier stay out of the totals */
  readonly warmup: number;
  /** stretches whose latency quantiles are kept apart; absent, it costs nothing */
  readonly latencyBatches?: LatencyBatches;
  readonly arrivals: ArrivalProcess;
  readonly serviceTimes: Sampler;
  readonly provisioningDelays: Sampler;
  readonly startupDelays: Sampler;
  readonly concurrency: number;
  /** requests that may wait; Infinity for no limit */
  readonly queueCapacity: number;
  /** s; Infinity for none */
  readonly queueTimeout: number;
  /** attempts after the first; 0 for none */
  readonly retryMax: number;
  /** s before the first retry, doubled for each further one */
  readonly retryBackoff: number;
  /** requests waiting that count as a backlog when exceeded */
  readonly backlogThreshold: number;
  readonly initialReplicas: number;
  /** s a draining replica may work on */
  readonly drainLimit: number;
  readonly scaleDownOrder: ScaleDownOrder;
  readonly cpu: CpuModel;
  readonly scaling: ScalingPort;
  readonly limits: KernelLimits;
  /** the machines replicas need room on; absent where there is room without end */
  readonly nodes?: NodeModel;
  readonly probe?: RequestProbe;

  // What follows needs the event-list path; absent, it costs nothing.

  /**
   * Default `fifo`. `processor-sharing`: the requests a replica works on at once (at most `concurrency`; others wait)
   * each go at the replica's speed while there are no more of them than `processors`, and share it evenly beyond.
   */
  readonly discipline?: Discipline;
  /** processors of one replica under processor sharing, > 0; default 1 */
  readonly processors?: number;
  /**
   * Default `central`: one line for the whole service, and a request starts where a slot has been idle longest (under
   * processor sharing: where the fewest requests run). Otherwise the request is sent to a ready replica on arrival and
   * waits in that replica's own line, also while the replica drains; `queueCapacity` is then the length of each line.
   * Without a ready replica it is rejected.
   * `round-robin` goes through the replicas by id. `least-outstanding` takes the replica that holds the fewest requests,
   * of several the one that has held that number longest. `power-of-two` draws two different replicas and takes the one
   * that holds fewer, the first drawn of equals.
   */
  readonly routing?: Routing;
  /** for `random` and `power-of-two` */
  readonly routingStream?: RandomStream;
  /** speed of each replica, drawn when it is created, > 0; a need of 1 s takes 1 ÷ speed s; default 1 */
  readonly speeds?: Sampler;
  readonly slowStart?: SlowStart;
  /**
   * s > 0 from ready to crash, drawn for each replica whenever it becomes ready. What a crashing replica holds fails; a
   * ready one starts again after a new start-up delay, a draining one is gone.
   */
  readonly crashTimes?: Sampler;
  /**
   * s from arrival after which the client gives up, whether the request waits or runs; drawn for each customer and the
   * same for all its attempts. An attempt that completes at that very instant has completed.
   */
  readonly clientTimeouts?: Sampler;
  /** whether a running request whose client gave up leaves its slot; otherwise it runs on for nothing; default false */
  readonly cancelOnTimeout?: boolean;
  /** s, the longest pause before a retry (without jitter); default Infinity */
  readonly retryBackoffMax?: number;
  /**
   * Each pause is shortened by a uniform share of up to this, 0 … 1: 1 is the "full jitter" of many clients, 0.5 their
   * "equal jitter"; default 0
   */
  readonly retryJitter?: number;
  /** for jitter */
  readonly retryStream?: RandomStream;
  readonly retryBudget?: RetryBudget;
  /** for the scale-down order `random` */
  readonly scaleDownStream?: RandomStream;
  readonly departureProbe?: DepartureProbe;
}

/** Where a run that cannot finish is stopped, with a result up to there. */
export interface KernelLimits {
  /** requests waiting at once */
  readonly maxQueue: number;
  /** attempts in one run */
  readonly maxArrivals: number;
  /** slots of all replicas asked for */
  readonly maxSlots: number;
  /** replicas that ever were: each keeps its record; as many crashes end a run as well */
  readonly maxReplicas: number;
}
