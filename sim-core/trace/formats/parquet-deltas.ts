import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';
import { BrokenPage, type PageCursor } from './parquet-cursor.ts';

/**
 * Walks over `count` numbers stored as differences: a header, then blocks of equally many miniblocks with a width each.
 *
 * @param bits of the numbers: 32 or 64
 * @throws BrokenPage when the header does not divide as it must, or the blocks do not fit
 * @see apache/parquet-format Encodings.md, "Delta Encoding (DELTA_BINARY_PACKED)"
 */
export function walkDeltas(cursor: PageCursor, count: number, bits: 32 | 64): void {
  const [block, miniblocks, stated] = [cursor.varint(32), cursor.varint(32), cursor.varint(32)];
  cursor.varint(70);
  const perMiniblock = block / miniblocks;
  if (stated !== count || !(miniblocks > 0 && perMiniblock > 0 && perMiniblock % 32 === 0))
    throw new BrokenPage('the header of differences makes no sense');
  for (let left = count - 1; left > 0;) {
    cursor.varint(70);
    const widths = cursor.part(miniblocks).bytes;
    for (const width of widths) {
      if (left <= 0) break;
      if (width > bits) throw new BrokenPage(`differences of ${width} bits are impossible`);
      cursor.skip((perMiniblock * width) / 8);
      left -= perMiniblock;
    }
  }
}

/** Lengths stored as differences, known to be none below 0. */
function lengthsAt(cursor: PageCursor, count: number): Int32Array {
  const view = new DataView(cursor.bytes.buffer, cursor.bytes.byteOffset, cursor.bytes.length);
  const reader = { view, offset: cursor.at };
  walkDeltas(cursor, count, 32);
  const lengths = new Int32Array(count);
  if (count > 0) deltaBinaryUnpack(reader, count, lengths);
  if (lengths.some((length) => length < 0)) throw new BrokenPage('a length is below 0');
  return lengths;
}

/** Texts of which each begins with a part of the one before (`shared`), or not. @param most bytes they may have in all */
export function walkDeltaTexts(cursor: PageCursor, count: number, shared: boolean, most: number): void {
  const prefixes = shared ? lengthsAt(cursor, count) : undefined;
  const suffixes = lengthsAt(cursor, count);
  let before = 0;
  let all = 0;
  for (const [index, suffix] of suffixes.entries()) {
    const prefix = prefixes?.[index] ?? 0;
    if (prefix > before) throw new BrokenPage('a text shares more than there is');
    cursor.skip(suffix);
    before = prefix + suffix;
    all += before;
    if (all > most) throw new BrokenPage('the texts of a page are too long');
  }
}
