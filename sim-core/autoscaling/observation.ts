import type { ReplicaSnapshot, ServiceSnapshot } from '../kernel/contract.ts';
import type { Observation, PodSeen, ServiceSeen } from './contract.ts';
import { ServiceWindow, nothingSeen } from './service-window.ts';
import type { MetricsPipeline } from './service-window.ts';

/** What the observation needs to know of the deployment. */
export interface ObservedDeployment {
  /** millicores */
  readonly cpuRequestMilli: number;
}

/**
 * Keeps the scrapes an autoscaler can still reach and makes of them what it sees at an evaluation.
 *
 * Metrics are those of the newest scrape at least `delay` old, as averages over `window` before it. The state of the pods
 * (phase, readiness) comes from the platform itself and is as new as the last scrape.
 *
 * CPU of a pod is Δ CPU time ÷ Δ time over the window, and needs two scrapes of the pod running, as metrics-server does; a
 * pod younger than the window is averaged since its start.
 */
export class Observer {
  /** oldest first; only what the longest reach back can need */
  private readonly scrapes: ServiceSnapshot[] = [];
  private readonly pipeline: MetricsPipeline;
  private readonly deployment: ObservedDeployment;

  constructor(pipeline: MetricsPipeline, deployment: ObservedDeployment) {
    this.pipeline = pipeline;
    this.deployment = deployment;
  }

  /** @param snapshot later than all before it */
  add(snapshot: ServiceSnapshot): void {
    const { scrapes } = this;
    scrapes.push(snapshot);
    const { window, delay, scrapeInterval } = this.pipeline;
    const reach = snapshot.time - delay - window - 2 * scrapeInterval;
    let unneeded = 0;
    while (unneeded + 1 < scrapes.length && (scrapes[unneeded + 1]?.time ?? Infinity) <= reach) unneeded++;
    if (unneeded > 0) for (const { latencies } of scrapes.splice(0, unneeded)) latencies.release?.();
  }

  /** Scrapes held at the moment. */
  get held(): number {
    return this.scrapes.length;
  }

  /**
   * @param time s
   * @param desiredReplicas asked for now
   */
  observe(time: number, desiredReplicas: number): Observation {
    const { scrapes, pipeline } = this;
    let end = scrapes.length - 1;
    while (end >= 0 && scrapes[end]!.time > time - pipeline.delay) end--;
    const newest = scrapes[end];
    const start = newest === undefined ? -1 : this.startOf(newest.time - pipeline.window, end);
    return new Seen(time, desiredReplicas, this.deployment, {
      latest: scrapes.at(-1),
      newest,
      previous: scrapes[end - 1],
      first: scrapes[start],
      window: scrapes.slice(start + 1, end + 1),
    });
  }

  /** Index of the scrape a window begins with: the last one at or before its start; −1 stands for t = 0. */
  private startOf(time: number, end: number): number {
    let found = end - 1;
    while (found >= 0 && this.scrapes[found]!.time > time) found--;
    // Before the first window is full everything since the first scrape counts.
    return found < 0 && end > 0 ? 0 : found;
  }
}

/** The scrapes an observation rests on. */
interface Reach {
  readonly latest: ServiceSnapshot | undefined;
  /** the newest one whose metrics have arrived, the one before it, and the one the window begins with */
  readonly newest: ServiceSnapshot | undefined;
  readonly previous: ServiceSnapshot | undefined;
  readonly first: ServiceSnapshot | undefined;
  /** those after `first` up to `newest` */
  readonly window: readonly ServiceSnapshot[];
}

/** Each part of an observation is worked out when it is looked at: a schedule looks at none, most at one or two. */
class Seen implements Observation {
  private podsSeen: readonly PodSeen[] | undefined;
  private serviceSeen: ServiceSeen | undefined;

  constructor(
    readonly time: number,
    readonly desiredReplicas: number,
    private readonly deployment: ObservedDeployment,
    private readonly reach: Reach,
  ) {}

  get currentReplicas(): number {
    let count = 0;
    for (const { phase } of this.reach.latest?.replicas ?? []) if (phase !== 'draining') count++;
    return count;
  }

  get readyReplicas(): number {
    let count = 0;
    for (const { phase } of this.reach.latest?.replicas ?? []) if (phase === 'ready') count++;
    return count;
  }

  get pods(): readonly PodSeen[] {
    return (this.podsSeen ??= podsAt(this.reach));
  }

  get service(): ServiceSeen {
    return (this.serviceSeen ??= this.serviceOf());
  }

  private serviceOf(): ServiceSeen {
    const { newest, first, window } = this.reach;
    if (newest === undefined) return nothingSeen;
    const latencies = window.map((scrape) => scrape.latencies);
    return new ServiceWindow(first, newest, latencies, cpuUtilisationOf(this.reach, this.deployment.cpuRequestMilli));
  }
}

function podsAt(reach: Reach): PodSeen[] {
  const { latest, newest } = reach;
  if (latest === undefined) return [];
  const sample = new CpuSample(reach);
  const end = newest?.time ?? NaN;
  return latest.replicas.map(({ id, phase, startedAt, readyAt }) => {
    sample.take(id);
    const measured = sample.window > 0;
    const pending = phase === 'provisioning';
    const ready = phase === 'ready';
    return {
      id,
      phase: pending ? 'pending' : 'running',
      terminating: phase === 'draining',
      ready,
      startTime: pending ? NaN : startedAt,
      readyTransition: pending ? NaN : ready ? readyAt : startedAt,
      cpuMilli: sample.cpuMilli,
      sampleTime: measured ? end : NaN,
      sampleWindow: measured ? sample.window : NaN,
    };
  });
}

/** Of the pods that are ready and measured. */
function cpuUtilisationOf(reach: Reach, cpuRequestMilli: number): number {
  const sample = new CpuSample(reach);
  let used = 0;
  let measured = 0;
  for (const { id, phase } of reach.latest?.replicas ?? []) {
    if (phase !== 'ready') continue;
    sample.take(id);
    if (Number.isNaN(sample.cpuMilli)) continue;
    used += sample.cpuMilli;
    measured++;
  }
  return measured === 0 ? NaN : used / (measured * cpuRequestMilli);
}

/**
 * The CPU of one pod after the other; ids must be asked for in ascending order. All lists of replicas are in the order of
 * their ids, so one pass finds each pod in every scrape.
 */
class CpuSample {
  /** NaN when no sample exists */
  cpuMilli = NaN;
  /** s; not above 0 when no sample exists */
  window = NaN;
  private readonly newest: Pointer;
  private readonly previous: Pointer;
  private readonly first: Pointer;

  constructor(private readonly reach: Reach) {
    this.newest = new Pointer(reach.newest);
    this.previous = new Pointer(reach.previous);
    this.first = new Pointer(reach.first);
  }

  take(id: number): void {
    const { newest, previous, first, reach } = this;
    this.cpuMilli = this.window = NaN;
    if (!newest.find(id) || !previous.find(id)) return;
    // Replicas that ran before t = 0 count their CPU time from there.
    const known = first.find(id);
    const start = known ? first.time : Math.max(newest.startedAt, 0);
    this.window = (reach.newest?.time ?? NaN) - start;
    if (this.window > 0) this.cpuMilli = ((newest.cpuTime - (known ? first.cpuTime : 0)) / this.window) * 1000;
  }
}

/** Walks once through the replicas of a scrape. */
class Pointer {
  private position = 0;
  private readonly replicas: readonly ReplicaSnapshot[];

  constructor(private readonly snapshot: ServiceSnapshot | undefined) {
    this.replicas = snapshot?.replicas ?? [];
  }

  /** Goes to a replica. @returns whether it is there and has started */
  find(id: number): boolean {
    const { replicas } = this;
    while (this.position < replicas.length && replicas[this.position]!.id < id) this.position++;
    if (this.position === replicas.length) return false;
    const found = replicas[this.position]!;
    return found.id === id && found.phase !== 'provisioning';
  }

  /** s, of the scrape */
  get time(): number {
    return this.snapshot?.time ?? NaN;
  }

  get startedAt(): number {
    return this.replicas[this.position]!.startedAt;
  }

  /** core-seconds */
  get cpuTime(): number {
    return this.snapshot!.cpuTime[this.position]!;
  }
}
