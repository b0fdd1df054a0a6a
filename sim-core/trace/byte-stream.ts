import { BrokenArchive } from './broken-archive.ts';

/**
 * Bytes of a stream by number. What lies in one chunk is a view of it, good until the next bytes are asked for; only what
 * reaches over several is copied, once.
 */
export class ByteStream {
  private readonly iterator: AsyncIterator<Uint8Array>;
  private chunk: Uint8Array = new Uint8Array(0);
  private at = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.iterator = chunks[Symbol.asyncIterator]();
  }

  private get left(): number {
    return this.chunk.length - this.at;
  }

  async isAtEnd(): Promise<boolean> {
    while (this.left === 0) if (!(await this.next())) return true;
    return false;
  }

  /** @throws BrokenArchive when the stream ends before */
  async take(count: number): Promise<Uint8Array> {
    if (this.left >= count) return this.chunk.subarray(this.at, (this.at += count));
    const bytes = new Uint8Array(count);
    for (let filled = 0; filled < count;) {
      if (await this.isAtEnd()) throw cutOff();
      const part = this.chunk.subarray(this.at, this.at + count - filled);
      bytes.set(part, filled);
      filled += part.length;
      this.at += part.length;
    }
    return bytes;
  }

  /** The next few bytes, which stay next. @throws BrokenArchive when the stream ends before */
  async peek(count: number): Promise<Uint8Array> {
    while (this.left < count) {
      const rest = this.chunk.slice(this.at);
      if (!(await this.next())) throw cutOff();
      const both = new Uint8Array(rest.length + this.chunk.length);
      both.set(rest);
      both.set(this.chunk, rest.length);
      this.chunk = both;
    }
    return this.chunk.subarray(this.at, this.at + count);
  }

  /** @throws BrokenArchive when the stream ends before */
  async skip(count: number): Promise<void> {
    for (let left = count; left > 0;) {
      if (await this.isAtEnd()) throw cutOff();
      const part = Math.min(left, this.left);
      this.at += part;
      left -= part;
    }
  }

  /** Also lets the stream go before its end. */
  async close(): Promise<void> {
    await this.iterator.return?.();
  }

  private async next(): Promise<boolean> {
    const next = await this.iterator.next();
    if (next.done === true) return false;
    this.chunk = next.value;
    this.at = 0;
    return true;
  }
}

const cutOff = (): BrokenArchive => new BrokenArchive('it ends too early');
