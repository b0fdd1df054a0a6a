import { parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet';
import type { AsyncBuffer, Compressors, FileMetaData, SchemaElement } from 'hyparquet';
import { compressors as compressorsOfAll } from 'hyparquet-compressors';
import type { ByteRanges, ReaderContext } from '../format.ts';
import type { JsonValue } from '../json-text.ts';
import { RecordRows } from '../record-rows.ts';
import { BrokenPage } from './parquet-cursor.ts';
import { checkPages } from './parquet-pages.ts';
import { unzstdPage } from './parquet-zstd.ts';

/** Columns read; more would be a file nobody means to replay whole. */
const mostColumns = 64;
/** A row group is decoded at once; larger ones would not fit in memory. */
const mostRowGroupBytes = 536_870_912;
const mostRows = 16_777_216;

const compressors: Compressors = { ...compressorsOfAll, ZSTD: unzstdPage };

/**
 * Reads the rows of a Parquet file, a row group at a time.
 *
 * @param progress told the bytes done; throws when the import is cancelled
 */
export async function readParquetRows(
  ranges: ByteRanges,
  context: ReaderContext,
  progress: (bytes: number) => void,
): Promise<void> {
  const file = bufferOf(ranges);
  let metadata: FileMetaData;
  let columns: Column[] | undefined;
  try {
    metadata = await parquetMetadataAsync(file);
    columns = columnsOf(metadata, context);
  } catch (error) {
    context.findings.add(
      'trace-format',
      0,
      `The index at the end of the Parquet file cannot be read (${reasonOf(error)}). It may be cut off; copy it again.`,
    );
    return;
  }
  if (columns === undefined) return;
  const names = columns.map(({ name }) => name);
  const rows = new RecordRows(context);
  let row = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = row + Number(group.num_rows);
    try {
      await checkGroup(ranges, group, columns);
      await readGroup(file, metadata, names, row, rowEnd, rows);
    } catch (error) {
      context.findings.add(
        'trace-format',
        0,
        `Rows ${row + 1} to ${rowEnd} of the Parquet file cannot be read (${reasonOf(error)}). Copy it again, or write it anew.`,
      );
      return;
    }
    row = rowEnd;
    progress(
      Math.min(
        ranges.size,
        group.columns.reduce((end, { meta_data }) => Math.max(end, endOf(meta_data)), 0),
      ),
    );
  }
  rows.end();
}

type Column = Pick<SchemaElement, 'name' | 'repetition_type' | 'type_length'>;

/** Columns with one value a row at most; lists and structures are left out. */
function columnsOf(metadata: FileMetaData, { findings }: ReaderContext): Column[] | undefined {
  const root = parquetSchema(metadata);
  if (root.element.repetition_type === 'REPEATED') throw new BrokenPage('its rows are lists');
  const columns = root.children
    .filter(({ children, element }) => children.length === 0 && element.repetition_type !== 'REPEATED')
    .map(({ element }) => element);
  const refuse = (text: string): undefined => {
    findings.add('trace-format', 0, text);
    return undefined;
  };
  if (columns.length === 0) return refuse('The Parquet file has no plain columns.');
  if (columns.length > mostColumns) {
    return refuse(
      `The Parquet file has ${columns.length} columns; at most ${mostColumns} are read. Write the ones you need to a file of their own.`,
    );
  }
  const largest = Math.max(0, ...metadata.row_groups.map((group) => Number(group.total_byte_size)));
  if (largest > mostRowGroupBytes) {
    return refuse(
      `A row group of the Parquet file unpacks to ${Math.round(largest / 1e6)} MB; at most ${Math.round(mostRowGroupBytes / 1e6)} MB are read at once. Write it with smaller row groups.`,
    );
  }
  if (new Set(columns.map(({ name }) => name)).size < columns.length)
    return refuse('Two columns of the Parquet file have one name. Write it anew, each with a name of its own.');
  return columns;
}

type RowGroup = FileMetaData['row_groups'][number];

/** Sees that the pages of a row group can be decoded at all. @throws BrokenPage */
async function checkGroup(
  ranges: ByteRanges,
  { columns: chunks, num_rows }: RowGroup,
  columns: readonly Column[],
): Promise<void> {
  const rows = Number(num_rows);
  if (!(rows >= 0 && rows <= mostRows)) throw new BrokenPage(`a row group claims ${rows} rows`);
  const named = new Map(columns.map((column) => [column.name, column]));
  const seen = new Set<string>();
  for (const { meta_data: meta } of chunks) {
    if (meta === undefined) throw new BrokenPage('a column has no place in the file');
    const name = meta.path_in_schema[0] ?? '';
    const column = named.get(name);
    if (column === undefined) continue;
    if (seen.has(name) || meta.path_in_schema.length > 1) throw new BrokenPage('a column is there twice');
    seen.add(name);
    // A dictionary at 0 is how some writers say that there is none.
    const start = Number(meta.dictionary_page_offset) || Number(meta.data_page_offset);
    const end = start + Number(meta.total_compressed_size);
    if (!(start >= 4 && end >= start && end <= ranges.size)) throw new BrokenPage('a column lies outside the file');
    if (Number(meta.num_values) !== rows) throw new BrokenPage('a column has not one value a row');
    const { type, codec } = meta;
    const { repetition_type: repetition, type_length: typeLength } = column;
    const paged = { type, typeLength, codec, optional: repetition !== 'REQUIRED', rows };
    checkPages(await ranges.read(start, end), paged, compressors);
  }
}

async function readGroup(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: string[],
  rowStart: number,
  rowEnd: number,
  rows: RecordRows,
): Promise<void> {
  await parquetRead({
    file,
    metadata,
    columns,
    rowStart,
    rowEnd,
    compressors,
    parsers,
    rowFormat: 'array',
    onComplete(values: unknown[][]) {
      values.forEach((row, index) => {
        rows.row(new Map(columns.map((name, column) => [name, plain(row[column])])), rowStart + index + 1);
      });
    },
  });
}

/** Times stay whole numbers of the file's unit: the import tells seconds from nanoseconds by their size. */
const parsers = {
  timestampFromMilliseconds: String,
  timestampFromMicroseconds: String,
  timestampFromNanoseconds: String,
  dateFromDays: (days: number) => String(days * 86_400),
};

function plain(value: unknown): JsonValue {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
  return null;
}

const bufferOf = (ranges: ByteRanges): AsyncBuffer => ({
  byteLength: ranges.size,
  async slice(start, end = ranges.size) {
    const from = start < 0 ? Math.max(0, ranges.size + start) : start;
    const bytes = await ranges.read(from, Math.min(ranges.size, end));
    return bytes.slice().buffer;
  },
});

function endOf(meta: RowGroup['columns'][number]['meta_data']): number {
  return meta === undefined ? 0 : Number(meta.data_page_offset) + Number(meta.total_compressed_size);
}

/** What the decoder says in words is passed on; what merely went wrong inside it would tell nobody anything. */
const reasonOf = (error: unknown): string =>
  error instanceof Error && !(error instanceof TypeError) && !(error instanceof RangeError)
    ? error.message.slice(0, 120)
    : 'what it says makes no sense';
