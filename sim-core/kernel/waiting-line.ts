/** Requests waiting for a slot, first in, first out: a ring on parallel arrays that doubles when full. */
export class WaitingLine {
  length = 0;
  private head = 0;
  private mask = 1023;
  private arrivals = new Float64Array(1024);
  private needs = new Float64Array(1024);
  private attempts = new Uint8Array(1024);

  push(arrival: number, need: number, attempt: number): void {
    if (this.length > this.mask) this.grow();
    const place = (this.head + this.length++) & this.mask;
    this.arrivals[place] = arrival;
    this.needs[place] = need;
    this.attempts[place] = attempt;
  }

  /** s, when the first one arrived; undefined behaviour when empty */
  get headArrival(): number {
    return this.arrivals[this.head]!;
  }

  /** s of slot time the first one needs */
  get headNeed(): number {
    return this.needs[this.head]!;
  }

  /** 0 for a first attempt */
  get headAttempt(): number {
    return this.attempts[this.head]!;
  }

  shift(): void {
    this.head = (this.head + 1) & this.mask;
    this.length--;
  }

  private grow(): void {
    const capacity = (this.mask + 1) * 2;
    this.arrivals = unroll(this.arrivals, new Float64Array(capacity), this.head);
    this.needs = unroll(this.needs, new Float64Array(capacity), this.head);
    this.attempts = unroll(this.attempts, new Uint8Array(capacity), this.head);
    this.head = 0;
    this.mask = capacity - 1;
  }
}

function unroll<Column extends Float64Array | Uint8Array>(ring: Column, target: Column, head: number): Column {
  target.set(ring.subarray(head));
  target.set(ring.subarray(0, head), ring.length - head);
  return target;
}
