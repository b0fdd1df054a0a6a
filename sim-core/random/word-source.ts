import type { RandomStream } from './contract.ts';

/** Random words a sampler keeps at hand. */
export const wordCount = 1024;

/**
 * Random bits in batches: the generator keeps its state in registers while it fills one. A sampler therefore reads its
 * stream ahead of need; give every sampler a stream of its own.
 */
export class WordSource {
  readonly words = new Int32Array(wordCount);
  /** index of the next unused word */
  cursor = wordCount;
  readonly #stream: RandomStream;
  readonly #unsigned = new Uint32Array(this.words.buffer);

  constructor(stream: RandomStream) {
    this.#stream = stream;
  }

  refill(): void {
    this.#stream.fillUint32(this.#unsigned);
    this.cursor = 0;
  }

  /** The next 32 random bits, as a signed integer. */
  next(): number {
    if (this.cursor === wordCount) this.refill();
    return this.words[this.cursor++]!;
  }

  /** A uniform number in (0, 1) of 53 random bits. */
  nextUniform(): number {
    for (;;) {
      const high = this.next() >>> 5;
      const value = (high * 2 ** 26 + (this.next() >>> 6)) * 2 ** -53;
      if (value > 0) return value;
    }
  }
}
