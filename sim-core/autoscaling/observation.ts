import type { ReplicaSnapshot, ServiceSnapshot } from '../kernel/contract.ts';
import type { RandomStream } from '../random/contract.ts';
import type { Observation, PodSeen, PodWalk, ServiceSeen, SteadyPods } from './contract.ts';
import type { CpuSample, ObservedDeployment, Reading } from './metrics-reading.ts';
import type { MetricsPipeline } from './metrics-pipeline.ts';
import { RangeReading } from './range-reading.ts';
import { tallyOf, type ReplicaTally } from './replica-tally.ts';
import { losing } from './scrape.ts';
import type { Scrape } from './scrape.ts';
import { WindowReading } from './window-reading.ts';

/**
 * Keeps the scrapes an autoscaler can still reach and makes of them what it sees at an evaluation.
 *
 * Metrics are those of the newest scrape at least `delay` old, as averages over `window` before it; with a `period`, of the
 * last whole period that old; extrapolated, as PromQL has them. The state of the pods (phase, readiness) comes from the
 * platform itself and is as new as the last scrape.
 *
 * CPU of a pod is Δ CPU time ÷ Δ time over the window, and needs two scrapes of the pod running, one after the other, as
 * metrics-server does; a pod younger than the window is averaged since its start.
 */
export class Observer {
  /** oldest first; only what the longest reach back can need */
  private readonly scrapes: Scrape[] = [];
  private readonly pipeline: MetricsPipeline;
  private readonly deployment: ObservedDeployment;
  private readonly losses: ((snapshot: ServiceSnapshot) => Scrape) | undefined;
  private tally = tallyOf([]);

  /** @param missingSamples what decides which samples are missing; without it none is */
  constructor(pipeline: MetricsPipeline, deployment: ObservedDeployment, missingSamples?: RandomStream) {
    this.pipeline = pipeline;
    this.deployment = deployment;
    const { missing = 0 } = pipeline;
    if (missing > 0 && missingSamples !== undefined) this.losses = losing(missing, missingSamples);
  }

  /** @param snapshot later than all before it */
  add(snapshot: ServiceSnapshot): void {
    const { scrapes } = this;
    scrapes.push(this.losses === undefined ? snapshot : this.losses(snapshot));
    const { window, delay, scrapeInterval, period = 0 } = this.pipeline;
    const reach = snapshot.time - delay - window - period - 2 * scrapeInterval;
    let unneeded = 0;
    while (unneeded + 1 < scrapes.length && (scrapes[unneeded + 1]?.time ?? Infinity) <= reach) unneeded++;
    // One at a time: usually it is one, and `splice` makes a list of it.
    for (; unneeded > 0; unneeded--) scrapes.shift()!.latencies.release?.();
  }

  /** Scrapes held at the moment. */
  get held(): number {
    return this.scrapes.length;
  }

  /**
   * @param time s
   * @param desiredReplicas asked for now
   */
  observe(time: number, desiredReplicas: number): Seen {
    const { scrapes, pipeline } = this;
    const arrived = time - pipeline.delay;
    const bound = pipeline.period === undefined ? arrived : Math.floor(arrived / pipeline.period) * pipeline.period;
    let end = scrapes.length - 1;
    while (end >= 0 && scrapes[end]!.time > bound) end--;
    const latest = scrapes[scrapes.length - 1];
    if (latest !== undefined && latest.replicas !== this.tally.replicas) this.tally = tallyOf(latest.replicas);
    const { tally } = this;
    if (pipeline.extrapolated === true) {
      const range = { start: bound - pipeline.window, end: bound };
      const within = scrapes.slice(0, end + 1).filter((scrape) => scrape.time > range.start);
      return new Seen(time, desiredReplicas, tally, new RangeReading(range, within, this.deployment, latest));
    }
    const newest = scrapes[end];
    const windowEnd = pipeline.period === undefined ? newest?.time : bound;
    const start = windowEnd === undefined ? -1 : this.startOf(windowEnd - pipeline.window, end);
    const reach = {
      latest,
      tally,
      newest,
      previous: scrapes[end - 1],
      first: scrapes[start],
      window: scrapes.slice(start + 1, end + 1),
    };
    return new Seen(time, desiredReplicas, tally, new WindowReading(reach, this.deployment));
  }

  /** Index of the scrape a window begins with: the last one at or before its start; −1 stands for t = 0. */
  private startOf(time: number, end: number): number {
    let found = end - 1;
    while (found >= 0 && this.scrapes[found]!.time > time) found--;
    // Before the first window is full everything since the first scrape counts.
    return found < 0 && end > 0 ? 0 : found;
  }
}

/** Each part of an observation is worked out when it is looked at: a schedule looks at none, most at one or two. */
export class Seen implements Observation {
  private podsSeen: readonly PodSeen[] | undefined;
  private serviceSeen: ServiceSeen | undefined;

  constructor(
    readonly time: number,
    readonly desiredReplicas: number,
    private readonly tally: ReplicaTally,
    private readonly reading: Reading,
  ) {}

  get currentReplicas(): number {
    return this.tally.staying;
  }

  get readyReplicas(): number {
    return this.tally.ready;
  }

  get pods(): readonly PodSeen[] {
    return (this.podsSeen ??= podsOf(this.podByPod()));
  }

  podByPod(): PodWalk {
    return new PodView(this.tally.replicas, this.reading.cpu());
  }

  steadyPods(): SteadyPods | undefined {
    return this.reading.steadyPods();
  }

  get service(): ServiceSeen {
    return (this.serviceSeen ??= this.reading.service());
  }

  /** As in `service`, without the rest of it. */
  get cpuUtilisation(): number {
    return this.serviceSeen?.cpuUtilisation ?? this.reading.cpuUtilisation();
  }
}

/** A pod as the autoscaler sees it, of one replica after the other. */
class PodView implements PodSeen, PodWalk {
  private at = -1;

  constructor(
    private readonly replicas: readonly ReplicaSnapshot[],
    private readonly sample: CpuSample,
  ) {}

  next(): PodSeen | undefined {
    const replica = this.replicas[++this.at];
    if (replica === undefined) return undefined;
    this.sample.take(replica.id);
    return this;
  }

  get id(): number {
    return this.replica.id;
  }

  get phase(): 'pending' | 'running' {
    return this.replica.phase === 'provisioning' ? 'pending' : 'running';
  }

  get terminating(): boolean {
    return this.replica.phase === 'draining';
  }

  get ready(): boolean {
    return this.replica.phase === 'ready';
  }

  get startTime(): number {
    const { phase, startedAt } = this.replica;
    return phase === 'provisioning' ? NaN : startedAt;
  }

  get readyTransition(): number {
    const { phase, startedAt, readyAt } = this.replica;
    return phase === 'provisioning' ? NaN : phase === 'ready' ? readyAt : startedAt;
  }

  get cpuMilli(): number {
    return this.sample.cpuMilli;
  }

  get sampleTime(): number {
    return this.sample.window > 0 ? this.sample.time : NaN;
  }

  get sampleWindow(): number {
    return this.sample.window > 0 ? this.sample.window : NaN;
  }

  private get replica(): ReplicaSnapshot {
    return this.replicas[this.at]!;
  }
}

function podsOf(walk: PodWalk): PodSeen[] {
  const pods: PodSeen[] = [];
  for (let pod = walk.next(); pod !== undefined; pod = walk.next()) {
    const { id, phase, terminating, ready, startTime, readyTransition, cpuMilli, sampleTime, sampleWindow } = pod;
    pods.push({ id, phase, terminating, ready, startTime, readyTransition, cpuMilli, sampleTime, sampleWindow });
  }
  return pods;
}
