const chunkLength = 65_536;

/** A column of numbers that grows without copying what it holds. */
export class GrowingColumn {
  private readonly full: Float64Array[] = [];
  private last = new Float64Array(1024);
  private used = 0;

  get length(): number {
    return this.full.length * chunkLength + this.used;
  }

  push(value: number): void {
    if (this.used === this.last.length) this.grow();
    this.last[this.used++] = value;
  }

  /** The values in one piece; the column is empty afterwards. */
  take(): Float64Array {
    const all = new Float64Array(this.length);
    let at = 0;
    for (const chunk of this.full) {
      all.set(chunk, at);
      at += chunk.length;
    }
    all.set(this.last.subarray(0, this.used), at);
    this.clear();
    return all;
  }

  /** Hands over each value, letting go of what has been seen; the column is empty afterwards. */
  drain(visit: (value: number) => void): void {
    for (let chunk = this.full.shift(); chunk !== undefined; chunk = this.full.shift()) chunk.forEach(visit);
    this.last.subarray(0, this.used).forEach(visit);
    this.clear();
  }

  clear(): void {
    this.full.length = 0;
    this.last = new Float64Array(1024);
    this.used = 0;
  }

  private grow(): void {
    if (this.last.length < chunkLength) {
      const larger = new Float64Array(Math.min(chunkLength, this.last.length * 4));
      larger.set(this.last);
      this.last = larger;
      return;
    }
    this.full.push(this.last);
    this.last = new Float64Array(chunkLength);
    this.used = 0;
  }
}
