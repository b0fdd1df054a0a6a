/** A page that is not what its column says. */
export class BrokenPage extends Error {}

/** Reads the bytes of one page from front to back, and never beyond its end. */
export class PageCursor {
  at = 0;

  constructor(readonly bytes: Uint8Array) {}

  get left(): number {
    return this.bytes.length - this.at;
  }

  /** @throws BrokenPage when the page ends before */
  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw cutOff();
    return byte;
  }

  /** A whole number of so many bytes, the lowest first. */
  number(bytes: number): number {
    let value = 0;
    for (let k = 0, factor = 1; k < bytes; k++, factor *= 256) value += this.byte() * factor;
    return value;
  }

  skip(count: number): void {
    if (!(count >= 0 && count <= this.left)) throw cutOff();
    this.at += count;
  }

  /** The next bytes as a page of their own; the cursor goes past them. */
  part(count: number): PageCursor {
    const start = this.at;
    this.skip(count);
    return new PageCursor(this.bytes.subarray(start, this.at));
  }

  /** A whole number of at most `bits` bits in groups of seven, the lowest first (LEB128). */
  varint(bits: number): number {
    let value = 0;
    for (let factor = 1, shift = 0; shift < bits; factor *= 128, shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    throw new BrokenPage('a number in a page is too long');
  }
}

const cutOff = (): BrokenPage => new BrokenPage('a page ends too early');
