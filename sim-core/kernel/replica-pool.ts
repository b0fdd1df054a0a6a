import type { RandomStream, Sampler } from '../random/contract.ts';
import { NodePool, type NodeModel } from './node-pool.ts';

export type ReplicaPhase = 'provisioning' | 'starting' | 'ready' | 'draining' | 'gone';

/** One replica and the instants of its life, s; Infinity for what has not happened, −Infinity for before t = 0. */
export interface Replica {
  readonly id: number;
  phase: ReplicaPhase;
  readonly createdAt: number;
  /** planned while provisioning; Infinity while no node has room */
  startedAt: number;
  /** planned while provisioning or starting */
  readyAt: number;
  drainingAt: number;
  /** planned while draining: when the last request ends, or the drain limit */
  goneAt: number;
  /** its slots are firstSlot … firstSlot + concurrency − 1, from start to gone */
  readonly firstSlot: number;
  /** busy slot-seconds, and those of them that cost CPU, up to the last measurement, for rates between measurements */
  measuredBusy: number;
  measuredWork: number;
  /** s, when that measurement was taken */
  measuredAt: number;
  /** share of full speed at which it works, > 0 */
  readonly speed: number;
  /** planned while ready or draining; Infinity where nothing crashes */
  crashAt: number;
  /** how often it has crashed */
  crashes: number;
  /** its start, or the start after its last crash */
  restartedAt: number;
  /** when it is ready again after its last crash; planned while starting */
  readyAgainAt: number;
  /** s of start-up burst before its last restart */
  earlierBursts: number;
}

export interface ReplicaPoolOptions {
  readonly concurrency: number;
  readonly provisioningDelays: Sampler;
  readonly startupDelays: Sampler;
  readonly scaleDownOrder: ScaleDownOrder;
  readonly scaleDownStream?: RandomStream | undefined;
  readonly speeds?: Sampler | undefined;
  readonly crashTimes?: Sampler | undefined;
  readonly nodes?: NodeModel | undefined;
  /** s of extra CPU after a start */
  readonly cpu: { readonly startupFor: number };
}

/** Which ready replicas leave first; those not ready always go before. */
export type ScaleDownOrder = 'newest-first' | 'oldest-first' | 'fewest-requests' | 'random';

/**
 * The life cycle of replicas: provisioning → starting → ready → draining → gone. It knows nothing of requests; the
 * kernel tells it when a leaving replica's last request ends. Slots are handed out in blocks and reused.
 */
export class ReplicaPool {
  /** every replica that ever was, by id */
  readonly lives: Replica[] = [];
  /** those that exist, by id */
  existing: Replica[] = [];
  desired = 0;
  readonly counts = { provisioning: 0, starting: 0, ready: 0, draining: 0 };
  /** s, the earliest planned change of phase */
  nextTransition = Infinity;
  /** counts changes of who exists in which phase */
  version = 0;
  /** what the replicas run on; null where there is room without end */
  readonly nodes: NodePool | null;
  private readonly freeBlocks: number[] = [];
  private blocks = 0;

  constructor(
    private readonly options: ReplicaPoolOptions,
    /** requests a replica holds, for the order that asks */
    private readonly requestsOf: (replica: Replica) => number,
  ) {
    this.nodes = options.nodes === undefined ? null : new NodePool(options.nodes);
  }

  /** Slots handed out so far, free ones included. */
  get slotCapacity(): number {
    return this.blocks * this.options.concurrency;
  }

  /** Replicas that have been running since before t = 0. */
  addRunning(count: number): Replica[] {
    const added: Replica[] = [];
    for (let i = 0; i < count; i++) {
      const replica = this.add(-Infinity, -Infinity, -Infinity, 'ready');
      this.planCrash(0, replica);
      added.push(replica);
    }
    this.desired = count;
    this.nodes?.addRunning(added);
    this.planNextTransition();
    return added;
  }

  /** Asks for more replicas at `time`; they become ready by themselves. */
  grow(time: number, count: number): void {
    const { nodes } = this;
    for (let i = 0; i < count; i++) {
      const provisioning = this.options.provisioningDelays.next();
      const startup = this.options.startupDelays.next();
      if (nodes === null) {
        const startedAt = time + provisioning;
        this.add(time, startedAt, startedAt + startup, 'provisioning');
      } else nodes.ask(this.add(time, Infinity, Infinity, 'provisioning'), provisioning, startup);
    }
    this.desired += count;
    nodes?.settle(time);
    this.planNextTransition();
  }

  /**
   * Chooses who leaves: replicas that are not ready first (newest before oldest), then ready ones in the configured
   * order. Those not ready are gone at once; ready ones start draining, and the caller must plan their `goneAt`.
   *
   * @returns the ready replicas that now drain
   */
  shrink(time: number, count: number): Replica[] {
    const staying = this.existing.filter((replica) => replica.phase !== 'draining');
    const unready = staying.filter((replica) => replica.phase !== 'ready').reverse();
    const ready = staying.filter((replica) => replica.phase === 'ready');
    this.sortForLeaving(ready);
    const victims = [...unready, ...ready].slice(0, count);
    const draining: Replica[] = [];
    for (const victim of victims) {
      victim.drainingAt = time;
      if (victim.phase === 'ready') {
        this.changePhase(victim, 'draining');
        draining.push(victim);
      } else {
        if (victim.startedAt > time) victim.startedAt = Infinity;
        if (victim.crashes === 0) victim.readyAt = Infinity;
        victim.goneAt = time;
        this.changePhase(victim, 'gone');
      }
    }
    this.desired -= victims.length;
    this.nodes?.settle(time);
    this.forgetGone();
    return draining;
  }

  /** Carries out every planned change due at or before `time`, in order of id. @returns replicas that became ready */
  transition(time: number): Replica[] {
    if (this.nextTransition > time) return [];
    const becameReady: Replica[] = [];
    for (const replica of this.existing) {
      if (replica.phase === 'provisioning' && replica.startedAt <= time) this.changePhase(replica, 'starting');
      if (replica.phase === 'starting' && readinessOf(replica) <= time) {
        this.changePhase(replica, 'ready');
        replica.measuredAt = time;
        this.planCrash(time, replica);
        becameReady.push(replica);
      } else if (replica.phase === 'draining' && replica.goneAt <= time) this.changePhase(replica, 'gone');
    }
    this.nodes?.settle(time);
    this.forgetGone();
    return becameReady;
  }

  /**
   * A crash ends a leaving replica. A ready one starts again with a new start-up delay: the platform restarts it where
   * it is, without provisioning, and it counts among the replicas asked for all the while.
   */
  crash(time: number, replica: Replica): void {
    replica.crashAt = Infinity;
    replica.crashes++;
    if (replica.phase === 'draining') {
      replica.goneAt = time;
      return;
    }
    if (replica.restartedAt > -Infinity)
      replica.earlierBursts += Math.min(time - replica.restartedAt, this.options.cpu.startupFor);
    replica.restartedAt = time;
    replica.readyAgainAt = time + this.options.startupDelays.next();
    this.changePhase(replica, 'starting');
  }

  planNextTransition(): void {
    let next = this.nodes?.nextTransition ?? Infinity;
    for (const replica of this.existing) {
      const due =
        replica.phase === 'provisioning'
          ? replica.startedAt
          : replica.phase === 'starting'
            ? readinessOf(replica)
            : replica.phase === 'draining'
              ? Math.min(replica.goneAt, replica.crashAt)
              : replica.crashAt;
      if (due < next) next = due;
    }
    this.nextTransition = next;
  }

  private add(createdAt: number, startedAt: number, readyAt: number, phase: 'provisioning' | 'ready'): Replica {
    const block = this.freeBlocks.pop() ?? this.blocks++;
    const replica: Replica = {
      id: this.lives.length,
      phase,
      createdAt,
      startedAt,
      readyAt,
      drainingAt: Infinity,
      goneAt: Infinity,
      firstSlot: block * this.options.concurrency,
      measuredBusy: 0,
      measuredWork: 0,
      measuredAt: Math.max(readyAt, 0),
      speed: this.options.speeds?.next() ?? 1,
      crashAt: Infinity,
      crashes: 0,
      restartedAt: startedAt,
      readyAgainAt: Infinity,
      earlierBursts: 0,
    };
    this.lives.push(replica);
    this.existing.push(replica);
    this.version++;
    this.counts[phase]++;
    return replica;
  }

  private planCrash(time: number, replica: Replica): void {
    if (this.options.crashTimes === undefined) return;
    const lifetime = this.options.crashTimes.next();
    if (!(lifetime > 0)) throw new RangeError(`A replica cannot crash ${lifetime} s after it became ready.`);
    replica.crashAt = time + lifetime;
  }

  /** Brings ready replicas, given by id, into the order in which they leave. */
  private sortForLeaving(ready: Replica[]): void {
    const { scaleDownOrder, scaleDownStream } = this.options;
    if (scaleDownOrder === 'oldest-first') return;
    ready.reverse();
    if (scaleDownOrder === 'fewest-requests') {
      const held = new Map(ready.map((replica) => [replica, this.requestsOf(replica)]));
      ready.sort((a, b) => held.get(a)! - held.get(b)!);
    }
    if (scaleDownOrder === 'random') {
      if (scaleDownStream === undefined) throw new Error('A random order of leaving needs a stream.');
      for (let last = ready.length - 1; last > 0; last--) {
        const other = Math.floor(scaleDownStream.nextUniform() * (last + 1));
        [ready[last], ready[other]] = [ready[other]!, ready[last]!];
      }
    }
  }

  private changePhase(replica: Replica, phase: ReplicaPhase): void {
    if (replica.phase !== 'gone') this.counts[replica.phase]--;
    replica.phase = phase;
    this.version++;
    if (phase === 'gone') {
      this.freeBlocks.push(replica.firstSlot / this.options.concurrency);
      this.nodes?.leave(replica.goneAt, replica);
    } else this.counts[phase]++;
  }

  private forgetGone(): void {
    this.existing = this.existing.filter((replica) => replica.phase !== 'gone');
    this.planNextTransition();
  }
}

/** s, when a starting replica is ready. */
function readinessOf(replica: Replica): number {
  return replica.crashes > 0 ? replica.readyAgainAt : replica.readyAt;
}
