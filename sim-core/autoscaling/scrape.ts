import type { ServiceSnapshot } from '../kernel/contract.ts';
import type { RandomStream } from '../random/contract.ts';

/** A scrape as it arrived: whole, or with samples missing. */
export interface Scrape extends ServiceSnapshot {
  readonly lost?: {
    /** whether the sample of the service as a whole is missing */
    readonly service: boolean;
    /** ids of the replicas whose sample is missing */
    readonly pods: ReadonlySet<number>;
  };
}

/**
 * Loses samples by chance, each on its own: that of the service, then that of each replica in the order of their ids.
 *
 * @param probability 0 … 1
 */
export function losing(probability: number, stream: RandomStream): (snapshot: ServiceSnapshot) => Scrape {
  return (snapshot) => {
    const service = stream.nextUniform() < probability;
    const pods = new Set<number>();
    for (const { id } of snapshot.replicas) if (stream.nextUniform() < probability) pods.add(id);
    return { ...snapshot, lost: { service, pods } };
  };
}

/** Walks once through the replicas of a scrape, which stand in the order of their ids. */
export class ReplicaPointer {
  private position = 0;

  constructor(private readonly scrape: Scrape | undefined) {}

  /** Goes to a replica; ids must be asked for in ascending order. @returns whether a sample of it running is there */
  find(id: number): boolean {
    const { scrape } = this;
    if (scrape === undefined) return false;
    const { replicas, lost } = scrape;
    while (this.position < replicas.length && replicas[this.position]!.id < id) this.position++;
    if (this.position === replicas.length) return false;
    const found = replicas[this.position]!;
    return found.id === id && found.phase !== 'provisioning' && lost?.pods.has(id) !== true;
  }

  /** s, of the scrape */
  get time(): number {
    return this.scrape?.time ?? NaN;
  }

  get startedAt(): number {
    return this.scrape!.replicas[this.position]!.startedAt;
  }

  /** core-seconds */
  get cpuTime(): number {
    return this.scrape!.cpuTime[this.position]!;
  }

  /** Whether the sample of a replica, found or not, is one of those that are missing. */
  isMissing(id: number): boolean {
    return this.scrape?.lost?.pods.has(id) === true;
  }
}
