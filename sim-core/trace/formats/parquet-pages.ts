/** What one page may unpack to, bytes. */
const mostPageBytes = 134_217_728;
const deepest = 16;

/** A page that is not what its column says. */
export class BrokenPage extends Error {}

/**
 * Walks over the pages of one column before they are decoded, and sees that each lies within the column, has no more
 * values than there are rows, and is followed by the next: damaged ones would otherwise be decoded for ever.
 *
 * @param bytes the column's pages, one after the other
 * @param mostValues rows of its row group
 * @throws BrokenPage
 * @see apache/parquet-format src/main/thrift/parquet.thrift, PageHeader
 */
export function checkPages(bytes: Uint8Array, mostValues: number): void {
  let at = 0;
  while (at < bytes.length - 1) {
    const header = new CompactReader(bytes, at);
    const fields = header.struct(0);
    const [unpacked, packed] = [numberAt(fields, 2), numberAt(fields, 3)];
    const values = [5, 7, 8].flatMap((field) => {
      const page = fields.get(field);
      return page instanceof Map ? [numberAt(page, 1)] : [];
    });
    const sound =
      packed >= 0 &&
      unpacked >= 0 &&
      unpacked <= mostPageBytes &&
      values.every((count) => count >= 0 && count <= mostValues);
    if (!sound || header.at + packed > bytes.length) throw new BrokenPage('a page header makes no sense');
    at = header.at + packed;
  }
}

type Fields = Map<number, number | Fields>;

function numberAt(fields: Fields, field: number): number {
  const value = fields.get(field);
  return typeof value === 'number' ? value : NaN;
}

/** Thrift's compact protocol, as far as headers need it: numbers and structures; texts and lists are passed over. */
class CompactReader {
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {}

  struct(depth: number): Fields {
    if (depth > deepest) throw new BrokenPage('a page header is nested too deeply');
    const fields: Fields = new Map();
    let field = 0;
    for (;;) {
      const byte = this.byte();
      const type = byte & 15;
      if (type === 0) return fields;
      field = byte >> 4 === 0 ? this.signed() : field + (byte >> 4);
      const value = this.value(type, depth);
      if (value !== undefined) fields.set(field, value);
    }
  }

  private value(type: number, depth: number): number | Fields | undefined {
    switch (type) {
      case 1:
      case 2:
        return 2 - type;
      case 3:
        return this.byte();
      case 4:
      case 5:
      case 6:
        return this.signed();
      case 7:
        this.skip(8);
        return undefined;
      case 8:
        this.skip(this.unsigned());
        return undefined;
      case 9: {
        const byte = this.byte();
        const size = byte >> 4 === 15 ? this.unsigned() : byte >> 4;
        for (let index = 0; index < size; index++) this.value(byte & 15, depth + 1);
        return undefined;
      }
      case 12:
        return this.struct(depth + 1);
      default:
        throw new BrokenPage('a page header holds something unknown');
    }
  }

  private byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new BrokenPage('a page header is cut off');
    return byte;
  }

  private skip(count: number): void {
    this.at += count;
    if (this.at > this.bytes.length) throw new BrokenPage('a page header is cut off');
  }

  private unsigned(): number {
    let value = 0;
    for (let factor = 1; factor < 2 ** 56; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    throw new BrokenPage('a number in a page header is too long');
  }

  private signed(): number {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
