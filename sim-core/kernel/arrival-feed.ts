import type { Sampler } from '../random/contract.ts';
import type { ArrivalProcess } from '../workload/contract.ts';

/** Requests drawn ahead in one go. */
const batch = 1024;

/**
 * First attempts to come, with what their customers bring along, drawn ahead in batches: never by what a policy does,
 * so that all policies of a replication meet the same customers.
 */
export class ArrivalFeed {
  /** s; Infinity after the last one drawn */
  readonly times = new Float64Array(batch + 1).fill(Infinity);
  /** s of work at full speed */
  readonly needs = new Float64Array(batch);
  /** s from arrival after which the client gives up; empty where nobody does */
  readonly patience: Float64Array;
  /** place of the next one; drawn when there is none left in the batch */
  position = 0;
  drawn = 0;
  private exhausted = false;
  private readonly batchTimes = this.times.subarray(0, batch);

  constructor(
    private readonly arrivals: ArrivalProcess,
    private readonly serviceTimes: Sampler,
    private readonly clientTimeouts?: Sampler,
  ) {
    this.patience = new Float64Array(clientTimeouts === undefined ? 0 : batch);
  }

  /** Draws the next batch. Call it when position === drawn. */
  refill(): void {
    if (this.exhausted) return;
    const count = this.arrivals.fill(this.batchTimes);
    this.exhausted = count < batch;
    this.serviceTimes.fill(this.needs, count);
    this.clientTimeouts?.fill(this.patience, count);
    this.times[count] = Infinity;
    this.drawn = count;
    this.position = 0;
  }
}
