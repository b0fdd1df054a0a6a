import type { TraceReader } from './format.ts';

/** No line may be longer, so that a file without line ends cannot fill the memory. */
const maxLineLength = 4_194_304;

/**
 * Splits bytes into lines (LF, CRLF; the end included in neither), in as many chunks as come, without making strings.
 * Empty lines are passed on too. A line of more than 4 MB is dropped.
 */
export class LineReader implements TraceReader {
  private carry: Uint8Array = new Uint8Array(65_536);
  private carried = 0;
  private line = 1;
  private dropping = false;

  /**
   * @param onLine bytes[start … end − 1]; valid during the call only. @param line 1-based
   * @param onLongLine told once a line is longer than 4 MB
   */
  constructor(
    private readonly onLine: (bytes: Uint8Array, start: number, end: number, line: number) => void,
    private readonly onLongLine: (line: number) => void = () => {},
    private readonly onEnd: () => void = () => {},
  ) {}

  push(chunk: Uint8Array): void {
    let start = 0;
    for (;;) {
      const feed = chunk.indexOf(10, start);
      if (feed < 0) break;
      if (this.dropping) this.dropping = false;
      else if (this.carried > 0) {
        this.keep(chunk, start, feed);
        if (this.dropping) this.dropping = false;
        else this.emit(this.carry, 0, this.carried);
      } else if (feed - start > maxLineLength) this.onLongLine(this.line);
      else this.emit(chunk, start, feed);
      this.carried = 0;
      this.line++;
      start = feed + 1;
    }
    if (!this.dropping) this.keep(chunk, start, chunk.length);
  }

  end(): void {
    if (this.carried > 0 && !this.dropping) this.emit(this.carry, 0, this.carried);
    this.carried = 0;
    this.onEnd();
  }

  private emit(bytes: Uint8Array, start: number, end: number): void {
    this.onLine(bytes, start, end > start && bytes[end - 1] === 13 ? end - 1 : end, this.line);
  }

  private keep(chunk: Uint8Array, start: number, end: number): void {
    const length = this.carried + end - start;
    if (length > maxLineLength) {
      this.onLongLine(this.line);
      this.dropping = true;
      this.carried = 0;
      return;
    }
    if (length > this.carry.length) {
      const larger = new Uint8Array(Math.min(maxLineLength, Math.max(length, this.carry.length * 2)));
      larger.set(this.carry.subarray(0, this.carried));
      this.carry = larger;
    }
    this.carry.set(chunk.subarray(start, end), this.carried);
    this.carried = length;
  }
}
