import type { ReplicaSnapshot, ServiceSnapshot } from '../kernel/contract.ts';
import type { Observation, PodSeen } from './contract.ts';
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
    const latest = this.scrapes.at(-1);
    const end = this.scrapes.findLastIndex((scrape) => scrape.time <= time - this.pipeline.delay);
    const newest = this.scrapes[end];
    const start = newest === undefined ? -1 : this.startOf(newest.time - this.pipeline.window, end);
    const pods = latest === undefined ? [] : this.podsAt(latest, newest, this.scrapes[end - 1], this.scrapes[start]);
    let readyReplicas = 0;
    let currentReplicas = 0;
    for (const pod of pods) {
      if (pod.terminating) continue;
      currentReplicas++;
      if (pod.ready) readyReplicas++;
    }
    const service =
      newest === undefined
        ? nothingSeen
        : new ServiceWindow(
            this.scrapes[start],
            newest,
            this.scrapes.slice(start + 1, end + 1).map(({ latencies }) => latencies),
            cpuUtilisationOf(pods, this.deployment.cpuRequestMilli),
          );
    return { time, desiredReplicas, currentReplicas, readyReplicas, pods, service };
  }

  /** Index of the scrape a window begins with: the last one at or before its start; −1 stands for t = 0. */
  private startOf(time: number, end: number): number {
    const found = this.scrapes.findLastIndex((scrape, index) => index < end && scrape.time <= time);
    // Before the first window is full everything since the first scrape counts.
    return found < 0 && end > 0 ? 0 : found;
  }

  /** All lists of replicas are in the order of their ids, so one pass finds each pod in every scrape. */
  private podsAt(
    latest: ServiceSnapshot,
    newest: ServiceSnapshot | undefined,
    previous: ServiceSnapshot | undefined,
    first: ServiceSnapshot | undefined,
  ): PodSeen[] {
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
