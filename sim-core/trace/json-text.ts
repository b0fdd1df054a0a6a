import { decodeUtf8 } from './encoding.ts';
import { asciiText } from './number-text.ts';

/** A JSON value; objects are Maps, so that no key can reach a prototype. */
export type JsonValue = null | boolean | number | string | JsonValue[] | Map<string, JsonValue>;

/** Where the text stopped being JSON. */
export interface JsonTrouble {
  /** 1-based */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type JsonResult = { readonly value: JsonValue } | { readonly trouble: JsonTrouble };

const maxDepth = 64;
const numberForm = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
/** By byte: 1 for those a number is written with. */
const numberBytes = new Uint8Array(256);
for (const character of '-+.eE0123456789') numberBytes[character.charCodeAt(0)] = 1;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * Reads JSON (RFC 8259) from UTF-8 bytes. Its own reader rather than the language's, for three reasons: it names the
 * place of an error in the same words in every engine, it needs no text copy of a large file, and nesting is bounded.
 */
export function parseJson(bytes: Uint8Array): JsonResult {
  const reader = new JsonReader(bytes);
  try {
    return { value: reader.document() };
  } catch (error) {
    if (error instanceof JsonStop) return { trouble: reader.troubleAt(error.position, error.message) };
    throw error;
  }
}

class JsonStop extends Error {
  constructor(
    readonly position: number,
    message: string,
  ) {
    super(message);
  }
}

class JsonReader {
  private position = 0;

  constructor(private readonly bytes: Uint8Array) {}

  document(): JsonValue {
    const value = this.value(0);
    this.skipSpace();
    if (this.position < this.bytes.length) this.stop('something follows the end of the document');
    return value;
  }

  troubleAt(position: number, message: string): JsonTrouble {
    let line = 1;
    let lineStart = 0;
    for (let i = 0; i < position && i < this.bytes.length; i++) {
      if (this.bytes[i] !== 10) continue;
      line++;
      lineStart = i + 1;
    }
    return { line, column: position - lineStart + 1, message };
  }

  private stop(message: string): never {
    throw new JsonStop(this.position, this.position >= this.bytes.length ? 'the text ends too early' : message);
  }

  private skipSpace(): void {
    const { bytes } = this;
    while (this.position < bytes.length) {
      const byte = bytes[this.position]!;
      if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) return;
      this.position++;
    }
  }

  private value(depth: number): JsonValue {
    this.skipSpace();
    if (depth > maxDepth) this.stop(`values are nested deeper than ${maxDepth}`);
    switch (this.bytes[this.position]) {
      case 123:
        return this.object(depth);
      case 91:
        return this.array(depth);
      case 34:
        return this.string();
      case 116:
        return this.word('true', true);
      case 102:
        return this.word('false', false);
      case 110:
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  private object(depth: number): Map<string, JsonValue> {
    const object = new Map<string, JsonValue>();
    this.position++;
    this.skipSpace();
    if (this.take(125)) return object;
    do {
      this.skipSpace();
      if (this.bytes[this.position] !== 34) this.stop('a key in quotation marks was expected');
      const key = this.string();
      this.skipSpace();
      if (!this.take(58)) this.stop('a colon was expected');
      object.set(key, this.value(depth + 1));
      this.skipSpace();
    } while (this.take(44));
    if (!this.take(125)) this.stop('a comma or a closing brace was expected');
    return object;
  }

  private array(depth: number): JsonValue[] {
    const array: JsonValue[] = [];
    this.position++;
    this.skipSpace();
    if (this.take(93)) return array;
    do {
      array.push(this.value(depth + 1));
      this.skipSpace();
    } while (this.take(44));
    if (!this.take(93)) this.stop('a comma or a closing bracket was expected');
    return array;
  }

  private take(byte: number): boolean {
    if (this.bytes[this.position] !== byte) return false;
    this.position++;
    return true;
  }

  private word<T>(text: string, value: T): T {
    for (let i = 0; i < text.length; i++) {
      if (this.bytes[this.position] !== text.charCodeAt(i)) this.stop('a value was expected');
      this.position++;
    }
    return value;
  }

  private number(): number {
    const { bytes } = this;
    const start = this.position;
    let end = start;
    while (end < bytes.length && end - start < 400 && numberBytes[bytes[end]!] === 1) end++;
    const text = asciiText(bytes, start, end);
    if (!numberForm.test(text)) this.stop('a value was expected');
    this.position = end;
    return Number(text);
  }

  private string(): string {
    const { bytes } = this;
    let text = '';
    let start = ++this.position;
    for (;;) {
      const byte = bytes[this.position];
      if (byte === 34) {
        text += decodeUtf8(bytes, start, this.position);
        this.position++;
        return text;
      }
      if (byte === undefined || byte < 32) this.stop('a string is not closed');
      if (byte !== 92) {
        this.position++;
        continue;
      }
      text += decodeUtf8(bytes, start, this.position);
      text += this.escape();
      start = this.position;
    }
  }

  private escape(): string {
    const letter = String.fromCharCode(this.bytes[this.position + 1] ?? 0);
    const plain = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
    if (plain !== undefined) {
      this.position += 2;
      return plain;
    }
    const code =
      letter === 'u' ? decodeUtf8(this.bytes, this.position + 2, Math.min(this.bytes.length, this.position + 6)) : '';
    if (!/^[\da-fA-F]{4}$/.test(code)) this.stop('a backslash is followed by no known escape');
    this.position += 6;
    return String.fromCharCode(parseInt(code, 16));
  }
}
