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
    if (unneeded > 0) scrapes.splice(0, unneeded);
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
    return new ServiceWindow(first, newest, latencies, cpuUtilisationOf(this.pods, this.deployment.cpuRequestMilli));
  }
}

/** All lists of replicas are in the order of their ids, so one pass finds each pod in every scrape. */
function podsAt({ latest, newest, previous, first }: Reach): PodSeen[] {
  if (latest === undefined) return [];
  const inNewest = new Pointer(newest);
  const inPrevious = new Pointer(previous);
  const inFirst = new Pointer(first);
  const end = newest?.time ?? NaN;
  const pods: PodSeen[] = [];
  for (const replica of latest.replicas) {
    const { id, phase, startedAt } = replica;
    const now = inNewest.find(id);
    const before = inFirst.find(id);
    let cpuMilli = NaN;
    let sampleWindow = NaN;
    if (isStarted(now) && isStarted(inPrevious.find(id))) {
      // Replicas that ran before t = 0 count their CPU time from there.
      const known = isStarted(before);
      const start = known ? (first?.time ?? NaN) : Math.max(now.startedAt, 0);
      sampleWindow = end - start;
      cpuMilli = ((now.cpuTime - (known ? before.cpuTime : 0)) / sampleWindow) * 1000;
    }
    const measured = sampleWindow > 0;
    const pending = phase === 'provisioning';
    const ready = phase === 'ready';
    pods.push({
      id,
      phase: pending ? 'pending' : 'running',
      terminating: phase === 'draining',
      ready,
      startTime: pending ? NaN : startedAt,
      readyTransition: pending ? NaN : ready ? replica.readyAt : startedAt,
      cpuMilli: measured ? cpuMilli : NaN,
      sampleTime: measured ? end : NaN,
      sampleWindow: measured ? sampleWindow : NaN,
    });
  }
  return pods;
}

const isStarted = (replica: ReplicaSnapshot | undefined): replica is ReplicaSnapshot =>
  replica !== undefined && replica.phase !== 'provisioning';

/** Of the pods that are ready and measured. */
function cpuUtilisationOf(pods: readonly PodSeen[], cpuRequestMilli: number): number {
  let used = 0;
  let measured = 0;
  for (const { ready, terminating, cpuMilli } of pods) {
    if (!ready || terminating || Number.isNaN(cpuMilli)) continue;
    used += cpuMilli;
    measured++;
  }
  return measured === 0 ? NaN : used / (measured * cpuRequestMilli);
}

/** Walks once through the replicas of a scrape; ids must be asked for in ascending order. */
class Pointer {
  private position = 0;
  private readonly replicas: readonly ReplicaSnapshot[];

  constructor(snapshot: ServiceSnapshot | undefined) {
    this.replicas = snapshot?.replicas ?? [];
  }

  find(id: number): ReplicaSnapshot | undefined {
    while (this.position < this.replicas.length && (this.replicas[this.position]?.id ?? Infinity) < id) this.position++;
    const found = this.replicas[this.position];
    return found?.id === id ? found : undefined;
  }
}
