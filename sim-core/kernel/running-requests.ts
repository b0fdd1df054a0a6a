/**
 * The requests that are still on a slot when an epoch ends, by slot. Requests that start and end within one epoch
 * never come here, which is what keeps the inner loop small. Also counts the busy time of every slot.
 */
export class RunningRequests {
  /** slots that hold a request, in the order they were taken */
  slots = new Int32Array(64);
  length = 0;
  arrival = new Float64Array(64);
  start = new Float64Array(64);
  end = new Float64Array(64);
  need = new Float64Array(64);
  attempt = new Uint8Array(64);
  /** busy seconds of requests that have left the slot, since its replica took it */
  busy = new Float64Array(64);

  reserve(slots: number): void {
    if (slots <= this.busy.length) return;
    const capacity = Math.max(slots, this.busy.length * 2);
    const widen = (column: Float64Array<ArrayBuffer>) => {
      const wide = new Float64Array(capacity);
      wide.set(column);
      return wide;
    };
    this.arrival = widen(this.arrival);
    this.start = widen(this.start);
    this.end = widen(this.end);
    this.need = widen(this.need);
    this.busy = widen(this.busy);
    const held = new Int32Array(capacity);
    held.set(this.slots);
    this.slots = held;
    const attempt = new Uint8Array(capacity);
    attempt.set(this.attempt);
    this.attempt = attempt;
  }

  hold(slot: number, arrival: number, start: number, end: number, need: number, attempt: number): void {
    this.slots[this.length++] = slot;
    this.arrival[slot] = arrival;
    this.start[slot] = start;
    this.end[slot] = end;
    this.need[slot] = need;
    this.attempt[slot] = attempt;
  }

  /** Visits every held slot; those for which `leaves` answers true are held no longer. */
  release(leaves: (slot: number) => boolean): void {
    let kept = 0;
    for (let i = 0; i < this.length; i++) {
      const slot = this.slots[i]!;
      if (!leaves(slot)) this.slots[kept++] = slot;
    }
    this.length = kept;
  }
}
