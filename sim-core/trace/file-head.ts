import { decodeUtf8 } from './encoding.ts';

/** How much of a file is looked at to recognise it. */
export const headLength = 65_536;

/** The beginning of a file, as every format sees it to say whether it is its own. */
export class FileHead {
  private decoded: string | undefined;
  private split: readonly string[] | undefined;

  /**
   * @param fileName as given, without `.gz` and `.zst`
   * @param bytes the first 64 kB: unpacked, UTF-8 without byte order mark; as they are when the file is binary
   * @param whole whether this is all of the file
   */
  constructor(
    readonly fileName: string,
    readonly bytes: Uint8Array,
    readonly whole: boolean,
    readonly binary = false,
  ) {}

  /** The bytes as text. */
  get text(): string {
    return (this.decoded ??= decodeUtf8(this.bytes));
  }

  /** Lines that are complete, the first 100, without their ends; the last one too when the file is whole. */
  get lines(): readonly string[] {
    if (this.split !== undefined) return this.split;
    const lines = this.text.split(/\r\n|\n|\r/, 101);
    if (!this.whole && lines.length <= 100 && lines.length > 1) lines.pop();
    return (this.split = lines.slice(0, 100));
  }

  /** Names in the first line of a table, for whichever delimiter; lower case, without quotation marks. */
  get header(): readonly string[] {
    const first = this.lines[0] ?? '';
    const delimiter = [',', ';', '\t', '|'].reduce((best, one) =>
      first.split(one).length > first.split(best).length ? one : best,
    );
    return first.split(delimiter).map((name) =>
      name
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .toLowerCase(),
    );
  }

  /** Does the table's first line have all of these? @param names lower case */
  hasColumns(...names: readonly string[]): boolean {
    const { header } = this;
    return names.every((name) => header.includes(name));
  }

  /** The first byte that is no blank: `{` and `[` begin JSON. */
  get firstCharacter(): string {
    const byte = this.bytes.find((value) => value > 32);
    return byte === undefined ? '' : String.fromCharCode(byte);
  }
}
