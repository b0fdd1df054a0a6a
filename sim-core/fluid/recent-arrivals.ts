/**
 * How many arrivals joined the line up to each instant, over as much of the past as the oldest one waiting needs: straight
 * lines between the ends of steps, in a ring that grows while the past is long.
 */
export class RecentArrivals {
  private times = new Float64Array(256);
  private counts = new Float64Array(256);
  private first = 0;
  private length = 1;

  /** Joined since t = 0. */
  get total(): number {
    return this.counts[(this.first + this.length - 1) % this.counts.length]!;
  }

  /** @param joined arrivals since the last call */
  add(time: number, joined: number): void {
    const total = this.total + joined;
    if (this.length === this.times.length) this.grow();
    const place = (this.first + this.length) % this.times.length;
    this.times[place] = time;
    this.counts[place] = total;
    this.length++;
  }

  /** Arrivals up to `time`, which must not lie before what was forgotten. */
  countAt(time: number): number {
    let low = 0;
    let high = this.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.timeOf(middle) <= time) low = middle;
      else high = middle - 1;
    }
    if (low === this.length - 1) return this.total;
    return between(this.timeOf(low), this.timeOf(low + 1), this.countOf(low), this.countOf(low + 1), time);
  }

  /** When the arrival with this number joined, s. */
  timeAt(count: number): number {
    let low = 0;
    let high = this.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.countOf(middle) <= count) low = middle;
      else high = middle - 1;
    }
    if (low === this.length - 1) return this.timeOf(low);
    return between(this.countOf(low), this.countOf(low + 1), this.timeOf(low), this.timeOf(low + 1), count);
  }

  /** Forgets everything before `time`, but for the line that leads there. */
  forget(time: number): void {
    while (this.length > 2 && this.timeOf(1) <= time) {
      this.first = (this.first + 1) % this.times.length;
      this.length--;
    }
  }

  private timeOf(i: number): number {
    return this.times[(this.first + i) % this.times.length]!;
  }

  private countOf(i: number): number {
    return this.counts[(this.first + i) % this.counts.length]!;
  }

  private grow(): void {
    const times = new Float64Array(this.times.length * 2);
    const counts = new Float64Array(this.times.length * 2);
    for (let i = 0; i < this.length; i++) {
      times[i] = this.timeOf(i);
      counts[i] = this.countOf(i);
    }
    this.times = times;
    this.counts = counts;
    this.first = 0;
  }
}

/** The line from (from, low) to (to, high) at `at`. */
function between(from: number, to: number, low: number, high: number, at: number): number {
  return to > from ? low + ((high - low) * Math.max(at - from, 0)) / (to - from) : low;
}
