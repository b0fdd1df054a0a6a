import type { Findings } from './findings.ts';
import type { TraceReader } from './format.ts';
import { parseJson, type JsonValue } from './json-text.ts';

/** No element may be longer, so that a broken file cannot fill the memory. */
const maxElementLength = 4_194_304;

const quote = 34;
const backslash = 92;

/** The elements of one JSON array, one after the other, in as many chunks as come; never more than one is held. */
export class JsonElementsReader implements TraceReader {
  private carry: Uint8Array = new Uint8Array(65_536);
  private length = 0;
  private depth = 0;
  private inText = false;
  private escaped = false;
  private index = 0;
  private line = 1;
  private stopped = false;
  private closed = false;

  /** @param onElement @param index from 1 */
  constructor(
    private readonly findings: Findings,
    private readonly onElement: (value: JsonValue, index: number) => void,
    private readonly onEnd: () => void,
  ) {}

  push(chunk: Uint8Array): void {
    for (let i = 0; i < chunk.length && !this.stopped; i++) this.take(chunk[i]!);
  }

  end(): void {
    if (!this.stopped && !this.closed) this.stop('the text ends too early');
    this.onEnd();
  }

  private take(byte: number): void {
    if (byte === 10) this.line++;
    if (this.closed) {
      if (byte > 32) this.stop('something follows the end of the document');
      return;
    }
    if (this.depth === 0) {
      if (byte === 91) this.depth = 1;
      else if (byte > 32) this.stop('an opening bracket was expected');
      return;
    }
    if (this.inText) {
      if (this.escaped) this.escaped = false;
      else if (byte === backslash) this.escaped = true;
      else if (byte === quote) this.inText = false;
    } else if (byte === quote) this.inText = true;
    else if (byte === 91 || byte === 123) this.depth++;
    else if (byte === 93 || byte === 125) {
      this.depth--;
      if (this.depth === 0) {
        this.closed = true;
        this.emit();
        return;
      }
    } else if (byte === 44 && this.depth === 1) {
      this.emit();
      return;
    }
    this.keep(byte);
  }

  private keep(byte: number): void {
    if (this.length === this.carry.length) {
      if (this.length >= maxElementLength) {
        this.stop('an element is longer than 4 MB');
        return;
      }
      const larger = new Uint8Array(this.length * 2);
      larger.set(this.carry);
      this.carry = larger;
    }
    this.carry[this.length++] = byte;
  }

  private emit(): void {
    const bytes = this.carry.subarray(0, this.length);
    this.length = 0;
    const isEmpty = bytes.every((byte) => byte <= 32);
    if (isEmpty && this.closed && this.index === 0) return;
    const json = parseJson(bytes);
    if ('trouble' in json) this.stop(isEmpty ? 'a value was expected' : json.trouble.message);
    else this.onElement(json.value, ++this.index);
  }

  private stop(message: string): void {
    this.stopped = true;
    this.findings.addAt('trace-broken-json', this.line, 1, message);
  }
}
