/** Attempts that clients will make again, ordered by time and, at equal times, by the order they were scheduled. */
export class RetryCalendar {
  length = 0;
  private sequence = 0;
  private times = new Float64Array(64).fill(Infinity);
  private sequences = new Float64Array(64);
  private needs = new Float64Array(64);
  private attempts = new Uint8Array(64);

  /** s; Infinity when there is none */
  get nextTime(): number {
    return this.times[0]!;
  }

  get nextNeed(): number {
    return this.needs[0]!;
  }

  get nextAttempt(): number {
    return this.attempts[0]!;
  }

  schedule(time: number, need: number, attempt: number): void {
    if (this.length === this.times.length) this.grow();
    let place = this.length++;
    const sequence = this.sequence++;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.after(parent, time, sequence)) break;
      this.move(parent, place);
      place = parent;
    }
    this.put(place, time, sequence, need, attempt);
  }

  shift(): void {
    const last = --this.length;
    const time = this.times[last]!;
    const sequence = this.sequences[last]!;
    const need = this.needs[last]!;
    const attempt = this.attempts[last]!;
    this.times[last] = Infinity;
    if (last === 0) return;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= last) break;
      if (child + 1 < last && this.after(child, this.times[child + 1]!, this.sequences[child + 1]!)) child++;
      if (this.after(child, time, sequence)) break;
      this.move(child, place);
      place = child;
    }
    this.put(place, time, sequence, need, attempt);
  }

  /** Whether the entry at `place` comes after (time, sequence). */
  private after(place: number, time: number, sequence: number): boolean {
    const other = this.times[place]!;
    return other > time || (other === time && this.sequences[place]! > sequence);
  }

  private move(from: number, to: number): void {
    this.put(to, this.times[from]!, this.sequences[from]!, this.needs[from]!, this.attempts[from]!);
  }

  private put(place: number, time: number, sequence: number, need: number, attempt: number): void {
    this.times[place] = time;
    this.sequences[place] = sequence;
    this.needs[place] = need;
    this.attempts[place] = attempt;
  }

  private grow(): void {
    const capacity = this.times.length * 2;
    const times = new Float64Array(capacity).fill(Infinity);
    times.set(this.times);
    this.times = times;
    this.sequences = widen(this.sequences, capacity);
    this.needs = widen(this.needs, capacity);
    const attempts = new Uint8Array(capacity);
    attempts.set(this.attempts);
    this.attempts = attempts;
  }
}

function widen(column: Float64Array<ArrayBuffer>, capacity: number): Float64Array<ArrayBuffer> {
  const wide = new Float64Array(capacity);
  wide.set(column);
  return wide;
}
