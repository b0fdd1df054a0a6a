import { decompress } from 'fzstd';
import { BrokenPage, PageCursor } from './parquet-cursor.ts';

/** What a block may unpack to, bytes. */
const mostBlockBytes = 131_072;
/** What the decoder is given for matches to reach back into, bytes: as much as the largest page. */
const mostWindowBytes = 134_217_728;

/**
 * Unpacks one page in zst.
 *
 * The decoder takes the sizes in the headers of a frame and its blocks as they are, and sets aside what they ask for or
 * copies until they are reached; one damaged byte costs gigabytes or minutes. So they are looked at first.
 *
 * @param size what it must unpack to, bytes
 * @throws BrokenPage when the headers cannot be those of so many bytes, and what the decoder throws
 * @see RFC 8878, sections 3.1.1.1 (frame header), 3.1.1.2 (blocks), 3.1.1.3 (literals and sequences)
 */
export function unzstdPage(page: Uint8Array, size: number): Uint8Array {
  const cursor = new PageCursor(page);
  while (cursor.left > 0) checkFrame(cursor, size);
  return decompress(page);
}

function checkFrame(cursor: PageCursor, size: number): void {
  const sound = cursor.number(4) === 0xfd2fb528;
  const descriptor = cursor.byte();
  const single = (descriptor & 32) !== 0;
  const window = single ? 0 : cursor.byte();
  cursor.skip([0, 1, 2, 4][descriptor & 3] ?? 0);
  const contentBytes = [single ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const content = cursor.number(contentBytes) + (contentBytes === 2 ? 256 : 0);
  // An exponent of two, and eighths above it.
  const room = 1024 * (1 << Math.min(window >> 3, 20)) * (1 + (window & 7) / 8);
  if (!sound || content > size || (!single && room > mostWindowBytes)) throw broken();
  for (let last = false, copied = 0; !last;) {
    const header = cursor.number(3);
    last = header % 2 === 1;
    const kind = (header >> 1) & 3;
    const length = header >> 3;
    if (length > mostBlockBytes) throw broken();
    if (kind === 2) checkBlock(cursor.part(length), Math.min(size, mostBlockBytes));
    else copied += length;
    if (kind === 3 || copied > size) throw broken();
    if (kind < 2) cursor.skip(kind === 0 ? length : 1);
  }
  if ((descriptor & 4) !== 0) cursor.skip(4);
}

/** A match is three bytes long at least, so that there is room for so many and no more. @param room bytes */
function checkBlock(block: PageCursor, room: number): void {
  const first = block.byte();
  const form = (first >> 2) & 3;
  const packed = (first & 3) > 1;
  // Sizes follow in as few bits as they need: of the literals as they will be, and for packed ones as they are.
  const more = packed ? [2, 2, 3, 4][form]! : [0, 1, 0, 2][form]!;
  const digits = first + block.number(more) * 256;
  let literals: number;
  let stored: number;
  if (packed) {
    const bits = [1024, 1024, 16_384, 262_144][form]!;
    literals = Math.floor(digits / 16) % bits;
    stored = Math.floor(digits / 16 / bits) % bits;
  } else {
    literals = Math.floor(digits / (more === 0 ? 8 : 16));
    stored = (first & 3) === 1 ? 1 : literals;
  }
  const stream = block.part(stored);
  if ((first & 3) === 2) checkWeights(stream);
  const head = block.byte();
  const matches = head === 255 ? block.number(2) + 0x7f00 : head > 127 ? (head - 128) * 256 + block.byte() : head;
  if (literals + matches * 3 > room) throw broken();
}

/**
 * A description of Huffman codes may be packed by a table of its own. One in which a single symbol has every chance takes
 * no bits to decode, and the decoder would never come to their end.
 *
 * @see RFC 8878, section 4.1.1 (table description) and 4.2.1 (Huffman tree description)
 */
function checkWeights(stream: PageCursor): void {
  const length = stream.byte();
  if (length > 127) return;
  const { bytes } = stream.part(length);
  const bitsAt = (at: number, count: number): number => {
    const byte = at >> 3;
    const three = (bytes[byte] ?? 0) | ((bytes[byte + 1] ?? 0) << 8) | ((bytes[byte + 2] ?? 0) << 16);
    return (three >> (at & 7)) & ((1 << count) - 1);
  };
  const size = 1 << (bitsAt(0, 4) + 5);
  const bits = 32 - Math.clz32(size + 1);
  const below = (1 << bits) - 2 - size;
  // Symbols without any chance come before; the first with one tells.
  for (let at = 4; at < bytes.length * 8;) {
    const value = bitsAt(at, bits);
    const low = value % (1 << (bits - 1));
    const isShort = low < below;
    at += isShort ? bits - 1 : bits;
    const chance = (isShort ? low : value >= 1 << (bits - 1) ? value - below : value) - 1;
    if (chance === size) throw broken();
    if (chance !== 0) return;
    for (let more = 3; more === 3 && at < bytes.length * 8; at += 2) more = bitsAt(at, 2);
  }
}

const broken = (): BrokenPage => new BrokenPage('a page in zst makes no sense');
