import type { Sampler } from '../random/contract.ts';

export type ReplicaPhase = 'provisioning' | 'starting' | 'ready' | 'draining' | 'gone';

/** One replica and the instants of its life, s; Infinity for what has not happened, −Infinity for before t = 0. */
export interface Replica {
  readonly id: number;
  phase: ReplicaPhase;
  readonly createdAt: number;
  /** planned while provisioning */
  startedAt: number;
  /** planned while provisioning or starting */
  readyAt: number;
  drainingAt: number;
  /** planned while draining: when the last request ends, or the drain limit */
  goneAt: number;
  /** its slots are firstSlot … firstSlot + concurrency − 1, from start to gone */
  readonly firstSlot: number;
  /** busy slot-seconds up to the last measurement, for rates between measurements */
  measuredBusy: number;
  /** s, when that measurement was taken */
  measuredAt: number;
}

export interface ReplicaPoolOptions {
  readonly concurrency: number;
  readonly provisioningDelays: Sampler;
  readonly startupDelays: Sampler;
  readonly scaleDownOrder: 'newest-first' | 'oldest-first';
}

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
  private readonly freeBlocks: number[] = [];
  private blocks = 0;

  constructor(private readonly options: ReplicaPoolOptions) {}

  /** Slots handed out so far, free ones included. */
  get slotCapacity(): number {
    return this.blocks * this.options.concurrency;
  }

  /** Replicas that have been running since before t = 0. */
  addRunning(count: number): Replica[] {
    const added: Replica[] = [];
    for (let i = 0; i < count; i++) added.push(this.add(-Infinity, -Infinity, -Infinity, 'ready'));
    this.desired = count;
    return added;
  }

  /** Asks for more replicas at `time`; they become ready by themselves. */
  grow(time: number, count: number): void {
    for (let i = 0; i < count; i++) {
      const startedAt = time + this.options.provisioningDelays.next();
      const readyAt = startedAt + this.options.startupDelays.next();
      this.add(time, startedAt, readyAt, 'provisioning');
    }
    this.desired += count;
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
    if (this.options.scaleDownOrder === 'newest-first') ready.reverse();
    const victims = [...unready, ...ready].slice(0, count);
    const draining: Replica[] = [];
    for (const victim of victims) {
      victim.drainingAt = time;
      if (victim.phase === 'ready') {
        this.changePhase(victim, 'draining');
        draining.push(victim);
      } else {
        if (victim.startedAt > time) victim.startedAt = Infinity;
        victim.readyAt = Infinity;
        victim.goneAt = time;
        this.changePhase(victim, 'gone');
      }
    }
    this.desired -= victims.length;
    this.forgetGone();
    return draining;
  }

  /** Carries out every planned change due at or before `time`, in order of id. @returns replicas that became ready */
  transition(time: number): Replica[] {
    if (this.nextTransition > time) return [];
    const becameReady: Replica[] = [];
    for (const replica of this.existing) {
      if (replica.phase === 'provisioning' && replica.startedAt <= time) this.changePhase(replica, 'starting');
      if (replica.phase === 'starting' && replica.readyAt <= time) {
        this.changePhase(replica, 'ready');
        becameReady.push(replica);
      } else if (replica.phase === 'draining' && replica.goneAt <= time) this.changePhase(replica, 'gone');
    }
    this.forgetGone();
    return becameReady;
  }

  planNextTransition(): void {
    let next = Infinity;
    for (const replica of this.existing) {
      const due =
        replica.phase === 'provisioning'
          ? replica.startedAt
          : replica.phase === 'starting'
            ? replica.readyAt
            : replica.phase === 'draining'
              ? replica.goneAt
              : Infinity;
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
      measuredAt: Math.max(readyAt, 0),
    };
    this.lives.push(replica);
    this.existing.push(replica);
    this.counts[phase]++;
    return replica;
  }

  private changePhase(replica: Replica, phase: ReplicaPhase): void {
    if (replica.phase !== 'gone') this.counts[replica.phase]--;
    replica.phase = phase;
    if (phase === 'gone') this.freeBlocks.push(replica.firstSlot / this.options.concurrency);
    else this.counts[phase]++;
  }

  private forgetGone(): void {
    this.existing = this.existing.filter((replica) => replica.phase !== 'gone');
    this.planNextTransition();
  }
}
