import type { Sampler } from '../random/contract.ts';
import type { Replica } from './replica-pool.ts';

/** The machines that replicas run on, and who orders more of them. */
export interface NodeModel {
  /** ready since before t = 0 */
  readonly initial: number;
  /** empty ones are not removed below this */
  readonly minimum: number;
  /** ready and ordered ones together */
  readonly maximum: number;
  /** replicas that have room on one node, ≥ 1 */
  readonly replicasPerNode: number;
  /** s from the order to ready, drawn for each node */
  readonly provisioningDelays: Sampler;
  /** s a node is empty before it is removed; Infinity for never */
  readonly scaleDownAfter: number;
  /** `pack`: on the fullest node that has room; `spread`: on the emptiest; of equals on the one ready for longest */
  readonly placement: 'pack' | 'spread';
}

/** One node and the instants of its life, s; Infinity for what has not happened, −Infinity for before t = 0. */
export interface Node {
  readonly id: number;
  readonly orderedAt: number;
  /** planned while ordered */
  readonly readyAt: number;
  goneAt: number;
}

interface Machine extends Node {
  replicas: number;
  /** s; since when no replica is on it, once ready */
  emptySince: number;
}

interface Waiting {
  readonly replica: Replica;
  readonly provisioning: number;
  readonly startup: number;
}

/**
 * Nodes, the scheduler that places replicas on them, and the cluster autoscaler that orders and removes them. All replicas
 * are alike, so who has waited longest is placed first; provisioning of a replica begins when it is placed. Its room is
 * free again when it is gone: a draining replica keeps it, and one that crashed restarts where it was.
 *
 * At one instant: 1. ordered nodes become ready, 2. waiting replicas are placed, in the order of their ids, 3. nodes that
 * have been empty long enough are removed, the longest empty first, of equals the one ready last, 4. nodes are ordered, as many as those who
 * still wait need beyond the ones on their way.
 */
export class NodePool {
  /** every node that ever was, by id */
  readonly lives: Node[] = [];
  /** s, the earliest planned change */
  nextTransition = Infinity;
  private ready: Machine[] = [];
  private ordered: Machine[] = [];
  private waiting: Waiting[] = [];
  private readonly homes = new Map<Replica, Machine>();

  constructor(private readonly model: NodeModel) {
    for (let i = 0; i < model.initial; i++) this.ready.push(this.add(-Infinity, -Infinity));
    this.plan();
  }

  /** Nodes that are ready. */
  get count(): number {
    return this.ready.length;
  }

  /** Replicas that no node has room for. */
  get unplaced(): number {
    return this.waiting.length;
  }

  /** Replicas that have been running since before t = 0. @throws when there is no room for them */
  addRunning(replicas: readonly Replica[]): void {
    for (const replica of replicas) {
      const node = this.roomiest();
      if (node === undefined) throw new RangeError('The nodes there are at t = 0 have no room for the first replicas.');
      this.settleOn(node, replica);
    }
    this.plan();
  }

  /** A new replica asks for room, which `settle` gives it; its delays count from there. */
  ask(replica: Replica, provisioning: number, startup: number): void {
    this.waiting.push({ replica, provisioning, startup });
  }

  /** A replica is gone, or no longer wanted. */
  leave(time: number, replica: Replica): void {
    const node = this.homes.get(replica);
    if (node === undefined) {
      this.waiting = this.waiting.filter((other) => other.replica !== replica);
      return;
    }
    this.homes.delete(replica);
    node.replicas--;
    if (node.replicas === 0) node.emptySince = time;
  }

  /** Everything that is due at `time`, in the order stated above. */
  settle(time: number): void {
    const { model } = this;
    for (const node of this.ordered) if (node.readyAt <= time) this.ready.push(node);
    this.ordered = this.ordered.filter(({ readyAt }) => readyAt > time);
    this.placeWaiting(time);
    for (;;) {
      const node = this.removable();
      if (node === undefined || node.emptySince + model.scaleDownAfter > time) break;
      node.goneAt = time;
      this.ready.splice(this.ready.indexOf(node), 1);
    }
    const missing = Math.ceil(this.waiting.length / model.replicasPerNode) - this.ordered.length;
    const allowed = model.maximum - this.ready.length - this.ordered.length;
    for (let i = Math.min(missing, allowed); i > 0; i--) {
      this.ordered.push(this.add(time, time + model.provisioningDelays.next()));
    }
    this.plan();
  }

  private placeWaiting(time: number): void {
    let placed = 0;
    for (const { replica, provisioning, startup } of this.waiting) {
      const node = this.roomiest();
      if (node === undefined) break;
      this.settleOn(node, replica);
      replica.startedAt = time + provisioning;
      replica.readyAt = replica.startedAt + startup;
      replica.restartedAt = replica.startedAt;
      placed++;
    }
    if (placed > 0) this.waiting = this.waiting.slice(placed);
  }

  private settleOn(node: Machine, replica: Replica): void {
    node.replicas++;
    this.homes.set(replica, node);
  }

  /** The node the next replica goes to. */
  private roomiest(): Machine | undefined {
    const { replicasPerNode, placement } = this.model;
    let best: Machine | undefined;
    for (const node of this.ready) {
      if (node.replicas >= replicasPerNode) continue;
      if (best === undefined) best = node;
      else if (placement === 'pack' ? node.replicas > best.replicas : node.replicas < best.replicas) best = node;
    }
    return best;
  }

  /** The empty node that would be removed next. */
  private removable(): Machine | undefined {
    if (this.ready.length + this.ordered.length <= this.model.minimum) return undefined;
    let best: Machine | undefined;
    for (const node of this.ready) {
      if (node.replicas === 0 && (best === undefined || node.emptySince <= best.emptySince)) best = node;
    }
    return best;
  }

  private add(orderedAt: number, readyAt: number): Machine {
    const node: Machine = {
      id: this.lives.length,
      orderedAt,
      readyAt,
      goneAt: Infinity,
      replicas: 0,
      emptySince: Math.max(readyAt, 0),
    };
    this.lives.push(node);
    return node;
  }

  private plan(): void {
    let next = (this.removable()?.emptySince ?? Infinity) + this.model.scaleDownAfter;
    for (const { readyAt } of this.ordered) next = Math.min(next, readyAt);
    this.nextTransition = next;
  }
}
