import type { Sandbox } from './custom/contract.ts';

/** A pod as an autoscaler can see it: what the platform's API and metrics pipeline report, late and averaged. */
export interface PodSeen {
  readonly id: number;
  readonly phase: 'pending' | 'running';
  /** Chosen for removal; most platforms leave such pods out of everything. */
  readonly terminating: boolean;
  readonly ready: boolean;
  /** s: when the pod was scheduled and began to start; NaN while pending */
  readonly startTime: number;
  /** s: when `ready` last changed (its start, for a pod that was never ready) */
  readonly readyTransition: number;
  /** CPU use averaged over the sample's window, millicores; NaN when no sample exists */
  readonly cpuMilli: number;
  /** s: when the sample was taken; NaN when no sample exists */
  readonly sampleTime: number;
  /** s: how long a stretch the sample averages over; NaN when no sample exists */
  readonly sampleWindow: number;
}

/** `undefined` after the last pod. */
export interface PodWalk {
  next(): PodSeen | undefined;
}

/** The pods where every one is ready, stays, and was measured over the same stretch: their CPU needs no object a pod. */
export interface SteadyPods {
  /** s: when the last of them began to start, and when the last became ready */
  readonly lastStart: number;
  readonly lastReady: number;
  /** s: when the samples were taken, and how long a stretch they average over, > 0 */
  readonly sampleTime: number;
  readonly sampleWindow: number;
  /** core-seconds of each pod at the end of that stretch and at its beginning */
  readonly cpuTime: readonly number[];
  readonly cpuTimeBefore: readonly number[];
}

/** Service-level measurements averaged over the metrics window. NaN where nothing was observed. */
export interface ServiceSeen {
  /** 1/s, every attempt that reached the service, retries included */
  readonly arrivalRate: number;
  /** 1/s, completions */
  readonly throughput: number;
  /** requests waiting, at the sample's instant */
  readonly queueLength: number;
  /** requests being worked on, at the sample's instant */
  readonly inService: number;
  /** busy ÷ ready slot-seconds, 0 … 1 */
  readonly utilisation: number;
  /** CPU use of the ready replicas ÷ their CPU request; may exceed 1 */
  readonly cpuUtilisation: number;
  /** s, of completed attempts */
  readonly latencyMean: number;
  readonly latencyP50: number;
  readonly latencyP95: number;
  readonly latencyP99: number;
  /** s, time on a slot of completed attempts */
  readonly serviceTimeMean: number;
  /** squared coefficient of variation of the time on a slot */
  readonly serviceScv: number;
  /** (rejected + timed out + failed) ÷ all attempts that ended, 0 … 1 */
  readonly errorRate: number;
}

/** Everything a controller may know at one evaluation. It never holds the truth of the simulation. */
export interface Observation {
  /** s since the start of the scenario */
  readonly time: number;
  /** replicas asked for now (the target's spec) */
  readonly desiredReplicas: number;
  /** pods that exist and are not terminating (the target's status) */
  readonly currentReplicas: number;
  readonly readyReplicas: number;
  readonly pods: readonly PodSeen[];
  /** the same, one after the other, each to be read before the next is asked for: sums need no object a pod */
  podByPod?(): PodWalk;
  /** the same once more where all pods are alike; undefined where they are not */
  steadyPods?(): SteadyPods | undefined;
  readonly service: ServiceSeen;
}

/** One step from what was wished to what was done: it takes a count and gives a count, with its reason. */
export interface Stage {
  /** `metric`, `tolerance`, `stabilisation`, `rate-limit`, `bounds`, `guard-cooldown` … */
  readonly name: string;
  readonly input: number;
  readonly output: number;
  /** Stable code; the upstream's own where it has one (`ScaleDownStabilized`, `TooManyReplicas`). */
  readonly reason: string;
  /** The arithmetic in words: `⌈1.31 × 18⌉ = 24`. */
  readonly detail: string;
}

/** One evaluation, explained. */
export interface Decision {
  /** s since the start of the scenario */
  readonly time: number;
  /** replicas asked for before */
  readonly current: number;
  /** the measurements it rests on, by metric name (`cpuUtilisation`, `arrivalRate`, `forecastRate` …) */
  readonly observed: Readonly<Record<string, number>>;
  /** what the rule alone wishes, before any limit; NaN when it could not be computed */
  readonly recommended: number;
  /** from the wish to `applied`, in the order they ran */
  readonly stages: readonly Stage[];
  /** replicas asked for after */
  readonly applied: number;
  /** name of the stage that last changed the count, or null when the wish was granted as it was */
  readonly binding: string | null;
  /** what `applied` would have been without the binding stage; NaN when nothing bound */
  readonly withoutBinding: number;
  /** one sentence for the log */
  readonly reason: string;
}

export interface Evaluation<State> {
  readonly decision: Decision;
  readonly state: State;
}

/** A scaling policy: a pure function of what is seen and what it remembers. */
export interface Controller<State = unknown> {
  readonly kind: string;
  /** s between evaluations */
  readonly interval: number;
  readonly initialState: State;
  evaluate(seen: Observation, state: State): Evaluation<State>;
  /** Remembers what was really done, after guards (which may have changed the count). Default: nothing. */
  afterApply?(state: State, seen: Observation, applied: number): State;
}

/** What a controller may know of the deployment it scales, before anything runs. */
export interface ControllerContext {
  /** Unix time of t = 0, s */
  readonly startEpoch: number;
  /** requests one replica works on at once */
  readonly concurrency: number;
  /** CPU request of one replica, millicores */
  readonly cpuRequestMilli: number;
  readonly initialReplicas: number;
  /** median start-up delay, s: from the decision to a ready replica */
  readonly startupDelay: number;
  /** latency objective, s, on `quantile` (0.95 for p95); null when the scenario states none */
  readonly latencyObjective: { readonly quantile: number; readonly seconds: number } | null;
  /** price of one replica for an hour; 0 when the scenario states none */
  readonly perReplicaHour: number;
  /** where the code of a custom policy runs; absent where nothing was made ready for one */
  readonly sandbox?: Sandbox;
  /** false where nobody reads decisions: their words and stages may stay empty, and `withoutBinding` NaN. Absent: true */
  readonly explained?: boolean;
}
