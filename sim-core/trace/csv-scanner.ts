/** Byte positions of the cells of one record; cell i is bytes[starts[i] … ends[i] − 1], quotation marks stripped. */
export interface CsvRecord {
  bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** cells in the record; those from `starts.length` on have no positions */
  count: number;
  /** 1-based line on which the record begins */
  line: number;
}

export type CsvTrouble = 'unclosed-quote' | 'long-record';

/** No record may be longer, so that a file without line ends cannot fill the memory. */
const maxRecordLength = 4_194_304;

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;

/**
 * Splits bytes into records and cells (RFC 4180, with any one-byte delimiter; line ends LF, CRLF or CR), in as many
 * chunks as come. Memory is bounded by the longest record. Empty lines are skipped.
 */
export class CsvScanner {
  private carry: Uint8Array = new Uint8Array(0);
  private line: number;
  private finished = false;
  private readonly record: CsvRecord;
  /** by byte: 1 for those that end a cell */
  private readonly stops = new Uint8Array(256);

  /**
   * @param onRecord sees the same object each time; returns false to stop the scan
   * @param cells how many leading cells need positions
   */
  constructor(
    private readonly delimiter: number,
    cells: number,
    private readonly onRecord: (record: CsvRecord) => boolean,
    private readonly onTrouble: (trouble: CsvTrouble, line: number) => void,
    firstLine = 1,
  ) {
    this.line = firstLine;
    for (const byte of [delimiter, lineFeed, carriageReturn]) this.stops[byte] = 1;
    this.record = { bytes: this.carry, starts: new Int32Array(cells), ends: new Int32Array(cells), count: 0, line: 0 };
  }

  push(chunk: Uint8Array): void {
    if (this.finished || chunk.length === 0) return;
    let bytes = chunk;
    if (this.carry.length > 0) {
      bytes = new Uint8Array(this.carry.length + chunk.length);
      bytes.set(this.carry);
      bytes.set(chunk, this.carry.length);
    }
    const used = this.scan(bytes, false);
    this.carry = bytes.slice(used);
    if (!this.finished && this.carry.length > maxRecordLength) {
      this.finished = true;
      this.onTrouble(this.carry.includes(quote) ? 'unclosed-quote' : 'long-record', this.line);
    }
  }

  end(): void {
    if (!this.finished) this.scan(this.carry, true);
    this.finished = true;
    this.carry = new Uint8Array(0);
  }

  /** @returns how many bytes belong to records that are complete */
  private scan(bytes: Uint8Array, last: boolean): number {
    const { record, delimiter, stops } = this;
    const { starts, ends } = record;
    const cells = starts.length;
    const length = bytes.length;
    record.bytes = bytes;
    let recordStart = 0;
    let position = 0;
    let line = this.line;
    while (position < length) {
      recordStart = position;
      record.line = line;
      let count = 0;
      let complete = false;
      while (!complete) {
        let start = position;
        let end: number;
        if (position < length && bytes[position] === quote) {
          start++;
          let closing = start;
          for (;;) {
            while (closing < length && bytes[closing] !== quote) {
              if (bytes[closing] === lineFeed) line++;
              closing++;
            }
            if (closing >= length) {
              if (!last) {
                this.line = record.line;
                return recordStart;
              }
              this.onTrouble('unclosed-quote', record.line);
              this.finished = true;
              return length;
            }
            if (bytes[closing + 1] !== quote) break;
            closing += 2;
          }
          end = closing;
          position = closing + 1;
          // Whatever stands between the closing mark and the delimiter is dropped.
          while (position < length && stops[bytes[position]!] === 0) position++;
        } else {
          while (position < length && stops[bytes[position]!] === 0) position++;
          end = position;
        }
        if (count < cells) {
          starts[count] = start;
          ends[count] = end;
        }
        count++;
        if (position >= length) {
          if (!last) {
            this.line = record.line;
            return recordStart;
          }
          complete = true;
        } else if (bytes[position] === delimiter) {
          position++;
        } else if (bytes[position] === carriageReturn) {
          // Whether a line feed follows is only known once the next byte is there.
          if (position + 1 >= length && !last) {
            this.line = record.line;
            return recordStart;
          }
          position += bytes[position + 1] === lineFeed ? 2 : 1;
          line++;
          complete = true;
        } else {
          position++;
          line++;
          complete = true;
        }
      }
      const empty = count === 1 && (cells === 0 || starts[0] === ends[0]);
      record.count = count;
      if (!empty && !this.onRecord(record)) {
        this.finished = true;
        return length;
      }
    }
    this.line = line;
    return length;
  }
}
