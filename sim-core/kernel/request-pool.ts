import { grown } from './grown.ts';

/** Where an attempt is. */
export const waiting = 1;
export const running = 2;
/** still running, but its client has given up */
export const abandoned = 3;

/**
 * Requests in the system or about to retry, as numbers: parallel arrays with a list of free places. A retry keeps its
 * number, and with it what its customer brought along.
 */
export class RequestPool {
  /** s, of this attempt */
  arrival = new Float64Array(256);
  /** s of work at full speed */
  need = new Float64Array(256);
  /** s after the attempt's arrival when its client gives up */
  patience = new Float64Array(256).fill(Infinity);
  /** s, when it was given its slot */
  start = new Float64Array(256);
  /** attempts in the order of their arrival */
  sequence = new Float64Array(256);
  /** 0 for the first attempt */
  attempt = new Uint8Array(256);
  state = new Uint8Array(256);
  /** the replica's place, of those that were sent to one */
  place = new Int32Array(256);
  /** neighbours in the line, −1 at its ends; `next` also links what is free */
  next = new Int32Array(256);
  previous = new Int32Array(256);
  /** one that is free, the first of a list; −1 for none */
  free = -1;
  private used = 0;

  take(): number {
    const request = this.free;
    if (request >= 0) {
      this.free = this.next[request]!;
      return request;
    }
    if (this.used === this.next.length) this.grow();
    return this.used++;
  }

  release(request: number): void {
    this.next[request] = this.free;
    this.free = request;
  }

  private grow(): void {
    const capacity = this.next.length * 2;
    this.arrival = grown(this.arrival, capacity);
    this.need = grown(this.need, capacity);
    this.patience = grown(this.patience, capacity, Infinity);
    this.start = grown(this.start, capacity);
    this.sequence = grown(this.sequence, capacity);
    this.attempt = grown(this.attempt, capacity);
    this.state = grown(this.state, capacity);
    this.place = grown(this.place, capacity);
    this.next = grown(this.next, capacity);
    this.previous = grown(this.previous, capacity);
  }
}
