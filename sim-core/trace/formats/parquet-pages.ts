import type { CompressionCodec, Compressors, PageHeader, ParquetType } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { BrokenPage, PageCursor } from './parquet-cursor.ts';
import { walkRuns } from './parquet-runs.ts';
import { checkValues } from './parquet-values.ts';

/** What one page may unpack to, bytes. */
const mostPageBytes = 134_217_728;

/** One column of one row group: a plain one, without lists. */
export interface PagedColumn {
  readonly type: ParquetType;
  readonly typeLength: number | undefined;
  readonly codec: CompressionCodec;
  /** whether values may be missing */
  readonly optional: boolean;
  readonly rows: number;
}

/**
 * Walks over the pages of one column before they are decoded: damaged ones would otherwise be decoded for ever, or to
 * values that were never there. Each page must lie within the column, unpack to the size it says, and hold as many
 * values as it says; together they must have one value a row.
 *
 * @param bytes the column's pages, one after the other
 * @throws BrokenPage, and what the decoder throws at a header it cannot read
 * @see apache/parquet-format src/main/thrift/parquet.thrift, PageHeader
 */
export function checkPages(bytes: Uint8Array, column: PagedColumn, compressors: Compressors): void {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset: 0 };
  let dictionary = 0;
  let values = 0;
  while (reader.offset < bytes.length - 1 && values < column.rows) {
    const header = parquetHeader(reader);
    const { compressed_page_size: packed, uncompressed_page_size: unpacked } = header;
    if (!(packed >= 0 && unpacked >= 0 && unpacked <= mostPageBytes && packed <= bytes.length - reader.offset))
      throw new BrokenPage('a page header makes no sense');
    const page = bytes.subarray(reader.offset, reader.offset + packed);
    reader.offset += packed;
    const count = countOf(header);
    if (!(count >= 0 && count <= mostPageBytes)) throw new BrokenPage('a page header makes no sense');
    if (header.type === 'DICTIONARY_PAGE') {
      const cursor = new PageCursor(unpack(page, unpacked, column.codec, compressors));
      checkValues(cursor, { ...column, encoding: 'PLAIN', count, dictionary: 0 }, mostPageBytes);
      dictionary = count;
    } else {
      if (count > column.rows - values) throw new BrokenPage('a column has more values than rows');
      checkData(header, page, count, dictionary, column, compressors);
      values += count;
    }
  }
  if (values !== column.rows) throw new BrokenPage('a column has fewer values than rows');
}

function countOf(header: PageHeader): number {
  switch (header.type) {
    case 'DATA_PAGE':
      return header.data_page_header?.num_values ?? NaN;
    case 'DATA_PAGE_V2':
      return header.data_page_header_v2?.num_values ?? NaN;
    case 'DICTIONARY_PAGE':
      return header.dictionary_page_header?.num_values ?? NaN;
    default:
      return NaN;
  }
}

function checkData(
  header: PageHeader,
  page: Uint8Array,
  count: number,
  dictionary: number,
  column: PagedColumn,
  compressors: Compressors,
): void {
  const { codec, optional } = column;
  const second = header.type === 'DATA_PAGE_V2' ? header.data_page_header_v2 : undefined;
  if (second === undefined) {
    const cursor = new PageCursor(unpack(page, header.uncompressed_page_size, codec, compressors));
    const present = optional ? walkRuns(cursor.part(cursor.number(4)), 1, count, 1) : count;
    checkValues(
      cursor,
      { ...column, encoding: header.data_page_header?.encoding, count: present, dictionary },
      mostPageBytes,
    );
    return;
  }
  // In the second version the levels stand before what is packed.
  const { definition_levels_byte_length: levels, repetition_levels_byte_length: repeats } = second;
  const mostLevels = optional ? header.uncompressed_page_size : 0;
  if (repeats !== 0 || !(levels >= 0 && levels <= mostLevels) || second.num_rows !== count)
    throw new BrokenPage('a page header makes no sense');
  const cursor = new PageCursor(page);
  const present = optional ? walkRuns(cursor.part(levels), 1, count, 1) : count;
  if (second.num_nulls !== count - present) throw new BrokenPage('a page misses more or fewer values than it says');
  const rest = page.subarray(levels);
  const packed = second.is_compressed === false ? 'UNCOMPRESSED' : codec;
  const values = new PageCursor(unpack(rest, header.uncompressed_page_size - levels, packed, compressors));
  checkValues(values, { ...column, encoding: second.encoding, count: present, dictionary }, mostPageBytes);
}

function unpack(page: Uint8Array, size: number, codec: CompressionCodec, compressors: Compressors): Uint8Array {
  try {
    return decompressPage(page, size, codec, compressors);
  } catch {
    throw new BrokenPage('a page cannot be unpacked');
  }
}
