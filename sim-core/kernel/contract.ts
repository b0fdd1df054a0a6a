import type { LatencyHistogram } from '../statistics/latency-histogram.ts';
import type { Sampler } from '../random/contract.ts';
import type { ArrivalProcess } from '../workload/contract.ts';

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
  /** CPU used since it started, core-seconds: a counter that only grows */
  readonly cpuTime: number;
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
  /** sojourn times of attempts completed since the last scrape; owned by the receiver */
  readonly latencies: LatencyHistogram;
  /** every replica that exists, by id */
  readonly replicas: readonly ReplicaSnapshot[];
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

/** Called for each attempt when it is given a slot: for oracles and for looking at single requests. */
export type RequestProbe = (arrival: number, start: number, end: number, attempt: number) => void;

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
  readonly scaleDownOrder: 'newest-first' | 'oldest-first';
  readonly cpu: CpuModel;
  readonly scaling: ScalingPort;
  readonly limits: KernelLimits;
  readonly probe?: RequestProbe;
}

/** Where a run that cannot finish is stopped, with a result up to there. */
export interface KernelLimits {
  /** requests waiting at once */
  readonly maxQueue: number;
  /** attempts in one run */
  readonly maxArrivals: number;
  /** slots of all replicas asked for */
  readonly maxSlots: number;
}
