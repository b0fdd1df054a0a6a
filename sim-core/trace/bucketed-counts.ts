/** Buckets kept at most; when a recording spans more, neighbours are merged and the buckets get twice as long. */
const maxBuckets = 4_194_304;

/** Counts of events per bucket of time, in any order; memory is bounded by the number of buckets. */
export class BucketedCounts {
  total = 0;
  private first = 0;
  private used = 0;
  private counts = new Float64Array(1024);

  /** @param width s, of a bucket */
  constructor(private width: number) {}

  /** @param time s, may be negative */
  add(time: number): void {
    let index = Math.floor(time / this.width);
    if (this.used === 0) {
      this.first = index;
      this.used = 1;
    }
    while (Math.max(index + 1, this.first + this.used) - Math.min(index, this.first) > maxBuckets) {
      this.halve();
      index = Math.floor(time / this.width);
    }
    if (index < this.first) this.growBefore(this.first - index);
    else if (index >= this.first + this.used) this.growAfter(index - this.first + 1);
    this.counts[index - this.first]!++;
    this.total++;
  }

  /** @returns start of the first bucket, s, and the counts; empty when nothing was counted */
  take(): { readonly first: number; readonly width: number; readonly counts: Float64Array } {
    return { first: this.first * this.width, width: this.width, counts: this.counts.slice(0, this.used) };
  }

  private growAfter(length: number): void {
    if (length > this.counts.length) {
      const larger = new Float64Array(Math.min(maxBuckets, Math.max(length, this.counts.length * 2)));
      larger.set(this.counts.subarray(0, this.used));
      this.counts = larger;
    }
    this.used = length;
  }

  private growBefore(count: number): void {
    const moved = new Float64Array(Math.max(this.counts.length, count + this.used));
    moved.set(this.counts.subarray(0, this.used), count);
    this.counts = moved;
    this.first -= count;
    this.used += count;
  }

  private halve(): void {
    const first = Math.floor(this.first / 2);
    const last = Math.floor((this.first + this.used - 1) / 2);
    const merged = new Float64Array(this.counts.length);
    for (let i = 0; i < this.used; i++) merged[Math.floor((this.first + i) / 2) - first]! += this.counts[i]!;
    this.counts = merged;
    this.first = first;
    this.used = last - first + 1;
    this.width *= 2;
  }
}
