import type { RangeFormat } from '../format.ts';

/**
 * Parquet: columns by name, as in any table. Its index stands at the end, so it is read by position. The decoders are half
 * as large as all other formats together, so they are loaded with the first such file.
 */
export const parquet: RangeFormat = {
  name: 'parquet',
  title: 'Parquet',
  access: 'ranges',
  recognise: ({ bytes }) =>
    String.fromCharCode(...bytes.subarray(0, 4)) === 'PAR1'
      ? { confidence: 1, reason: 'the mark PAR1 at its beginning' }
      : undefined,
  async readRanges(ranges, context, progress) {
    const { readParquetRows } = await import('./parquet-rows.ts');
    await readParquetRows(ranges, context, progress);
  },
};
