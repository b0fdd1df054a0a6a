import { grown } from './grown.ts';

/** Whether a place holds a replica that takes requests, or one that finishes what it has. */
export const closed = 0;
export const open = 1;
export const draining = 2;

/** What the event-list path keeps of a replica by its *place*, a small number that is its own while it exists. */
export class ReplicaPlaces {
  status = new Uint8Array(16);
  /** slot-seconds of requests that have left their slot, since its first readiness */
  busy = new Float64Array(16);

  reserve(places: number): void {
    if (places <= this.status.length) return;
    this.status = grown(this.status, places * 2);
    this.busy = grown(this.busy, places * 2);
  }
}
