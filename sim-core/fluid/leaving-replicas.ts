import { exp } from '../units/math.ts';

interface Leaving {
  readonly id: number;
  /** s */
  readonly since: number;
  /** requests it held then */
  readonly held: number;
}

/**
 * What draining replicas still work on, in expectation. Requests that are being served take, from any instant, the mean
 * residual life of the service time, and are taken for exponential from there.
 */
export class LeavingReplicas {
  private readonly replicas: Leaving[] = [];

  /** @param residual s, E[S²] ÷ 2E[S] */
  constructor(private readonly residual: number) {}

  /**
   * @param held requests of this replica
   * @param slots of this replica
   * @returns s until the last of them has ended, in expectation: held by each slot alike, Σ (1 − (1 − held ÷ slots)ⁱ) ÷ i
   */
  add(time: number, id: number, held: number, slots: number): number {
    this.replicas.push({ id, since: time, held });
    const idle = 1 - held / slots;
    let power = 1;
    let sum = 0;
    for (let i = 1; i <= slots; i++) {
      power *= idle;
      sum += (1 - power) / i;
    }
    return this.residual * sum;
  }

  /** @returns requests it still holds */
  remove(time: number, id: number): number {
    const at = this.replicas.findIndex((replica) => replica.id === id);
    if (at < 0) return 0;
    const [replica] = this.replicas.splice(at, 1);
    return this.stillHeld(replica!, time);
  }

  /** Requests on all of them. */
  held(time: number): number {
    let sum = 0;
    for (const replica of this.replicas) sum += this.stillHeld(replica, time);
    return sum;
  }

  /** Requests completed by all of them between two instants. */
  completed(from: number, to: number): number {
    let sum = 0;
    for (const replica of this.replicas) sum += this.stillHeld(replica, from) - this.stillHeld(replica, to);
    return sum;
  }

  /** Slot-seconds this one has been busy since it began to leave. */
  busySince(time: number, id: number): number {
    const replica = this.replicas.find((candidate) => candidate.id === id);
    return replica === undefined ? 0 : (replica.held - this.stillHeld(replica, time)) * this.residual;
  }

  private stillHeld({ since, held }: Leaving, time: number): number {
    return held * exp(-(time - since) / this.residual);
  }
}
