/** Numbers in one chunk, about. */
const chunkValues = 65_536;

/** Rows of equal width that grow without copying what they hold; one row after the other in memory. */
export class GrowingRows {
  private chunks: Float64Array[] = [];
  private readonly rowsPerChunk: number;
  /** the chunk written to, and where its next row begins */
  private chunk: Float64Array;
  private next = 0;

  constructor(private readonly width: number) {
    this.rowsPerChunk = Math.max(1, Math.floor(chunkValues / width));
    // Most groups are small.
    this.chunk = new Float64Array(width * Math.min(64, this.rowsPerChunk));
  }

  get length(): number {
    return this.chunks.length * this.rowsPerChunk + this.next / this.width;
  }

  /** A row of its own, all NaN but the first value, to be written into until the next one is asked for. */
  add(first: number): void {
    if (this.next === this.chunk.length) this.grow();
    const { chunk, width, next } = this;
    chunk[next] = first;
    for (let k = next + 1; k < next + width; k++) chunk[k] = NaN;
    this.next = next + width;
  }

  /** Writes into the row added last. @param column from 0; the first value is column 0 */
  set(column: number, value: number): void {
    this.chunk[this.next - this.width + column] = value;
  }

  /** The columns, each in one piece; there are no rows afterwards. */
  take(): Float64Array[] {
    const { length, width } = this;
    const columns = Array.from({ length: width }, () => new Float64Array(length));
    let row = 0;
    const read = (chunk: Float64Array, rows: number): void => {
      for (let k = 0; k < width; k++) {
        const column = columns[k]!;
        for (let i = 0, at = k; i < rows; i++, at += width) column[row + i] = chunk[at]!;
      }
      row += rows;
    };
    for (const chunk of this.chunks) read(chunk, this.rowsPerChunk);
    read(this.chunk, this.next / width);
    this.chunks = [];
    this.next = 0;
    return columns;
  }

  private grow(): void {
    const full = this.rowsPerChunk * this.width;
    if (this.chunk.length < full) {
      const larger = new Float64Array(Math.min(full, this.chunk.length * 8));
      larger.set(this.chunk);
      this.chunk = larger;
      return;
    }
    this.chunks.push(this.chunk);
    this.chunk = new Float64Array(full);
    this.next = 0;
  }
}
