import { BrokenPage, type PageCursor } from './parquet-cursor.ts';

/**
 * Walks over runs of repeated and of bit-packed values until there are `count` of them, without keeping any.
 *
 * Decoders trust the length of a run: one damaged byte makes it 2³¹ values. Here a run must end within the page's values
 * (bit-packed ones come in eights, so that the last may go up to seven beyond), and every value must be possible.
 *
 * @param width bits of a value
 * @param largest the greatest value there can be
 * @param ofInterest the value to be counted
 * @returns how many of the values are `ofInterest`
 * @throws BrokenPage
 * @see apache/parquet-format Encodings.md, "Run Length Encoding / Bit-Packing Hybrid"
 */
export function walkRuns(
  cursor: PageCursor,
  width: number,
  count: number,
  largest: number,
  ofInterest: number = largest,
): number {
  if (width > 32) throw new BrokenPage(`values of ${width} bits are impossible`);
  const bytes = Math.ceil(width / 8);
  let found = 0;
  const take = (value: number, times: number): void => {
    if (value > largest) throw new BrokenPage(`a value is ${value}, the largest possible is ${largest}`);
    if (value === ofInterest) found += times;
  };
  for (let seen = 0; seen < count;) {
    const header = cursor.varint(32);
    const length = Math.floor(header / 2);
    if (header % 2 === 0) {
      if (length === 0 || length > count - seen) throw new BrokenPage('a run is longer than its page');
      take(cursor.number(bytes), length);
      seen += length;
    } else {
      if (length === 0 || length * 8 >= count - seen + 8) throw new BrokenPage('a run is longer than its page');
      const packed = Math.min(length * 8, count - seen);
      eachPacked(cursor, width, length, (value, index) => {
        if (index < packed) take(value, 1);
      });
      seen += packed;
    }
  }
  return found;
}

/** Calls `visit` with each value of so many groups of eight. */
function eachPacked(
  cursor: PageCursor,
  width: number,
  groups: number,
  visit: (value: number, index: number) => void,
): void {
  const start = cursor.at;
  cursor.skip(groups * width);
  const { bytes } = cursor;
  let all = 1;
  for (let bit = 0; bit < width; bit++) all *= 2;
  let buffer = 0;
  let above = 1;
  let at = start;
  for (let index = 0; index < groups * 8; index++) {
    for (; above < all; above *= 256) buffer += bytes[at++]! * above;
    const rest = Math.floor(buffer / all);
    visit(buffer - rest * all, index);
    buffer = rest;
    above /= all;
  }
}
