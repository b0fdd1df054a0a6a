import type { ParquetType } from 'hyparquet';
import { BrokenPage, type PageCursor } from './parquet-cursor.ts';
import { walkDeltas, walkDeltaTexts } from './parquet-deltas.ts';
import { walkRuns } from './parquet-runs.ts';

/** Values of one page, all of them there. */
export interface PageValues {
  readonly type: ParquetType;
  /** bytes, of FIXED_LEN_BYTE_ARRAY */
  readonly typeLength: number | undefined;
  readonly encoding: string | undefined;
  readonly count: number;
  /** values of the dictionary; 0 for none */
  readonly dictionary: number;
}

/**
 * Sees that the values of a page can be decoded: that there are as many as it says, and no reference leads outside.
 *
 * @param most bytes that texts may have in all
 * @throws BrokenPage
 */
export function checkValues(cursor: PageCursor, values: PageValues, most: number): void {
  const { type, encoding, count, dictionary } = values;
  switch (encoding) {
    case 'PLAIN':
      return checkPlain(cursor, values);
    case 'BYTE_STREAM_SPLIT':
      return cursor.skip(count * fixedSize(values));
    case 'RLE': {
      if (type !== 'BOOLEAN') break;
      const runs = cursor.part(cursor.number(4));
      walkRuns(runs, 1, count, 1);
      return;
    }
    case 'PLAIN_DICTIONARY':
    case 'RLE_DICTIONARY': {
      if (type === 'BOOLEAN') break;
      if (count === 0) return;
      const width = cursor.byte();
      if (dictionary === 0) throw new BrokenPage('a page refers to a dictionary that is not there');
      if (width > 0) walkRuns(cursor, width, count, dictionary - 1);
      return;
    }
    case 'DELTA_BINARY_PACKED':
      if (type !== 'INT32' && type !== 'INT64') break;
      return walkDeltas(cursor, count, type === 'INT32' ? 32 : 64);
    case 'DELTA_LENGTH_BYTE_ARRAY':
    case 'DELTA_BYTE_ARRAY':
      if (type !== 'BYTE_ARRAY' && type !== 'FIXED_LEN_BYTE_ARRAY') break;
      return walkDeltaTexts(cursor, count, encoding === 'DELTA_BYTE_ARRAY', most);
    default:
  }
  throw new BrokenPage(`values of type ${type} are not written as ${encoding ?? 'this one says'}`);
}

function checkPlain(cursor: PageCursor, values: PageValues): void {
  const { type, count } = values;
  if (type === 'BOOLEAN') cursor.skip(Math.ceil(count / 8));
  else if (type === 'BYTE_ARRAY') for (let index = 0; index < count; index++) cursor.skip(cursor.number(4));
  else cursor.skip(count * fixedSize(values));
}

function fixedSize({ type, typeLength = 0 }: PageValues): number {
  switch (type) {
    case 'INT32':
    case 'FLOAT':
      return 4;
    case 'INT64':
    case 'DOUBLE':
      return 8;
    case 'INT96':
      return 12;
    case 'FIXED_LEN_BYTE_ARRAY':
      if (typeLength > 0) return typeLength;
      break;
    default:
  }
  throw new BrokenPage(`values of type ${type} have no size`);
}
