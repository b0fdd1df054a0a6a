import { littleEndian } from './zstd-headers.ts';

/**
 * Whether the decoder can be given a packed block.
 *
 * It takes the sizes in the headers of a block as they are and copies until they are reached, takes lengths it does not
 * know for endless ones, and never comes to the end of Huffman codes that take no bits; one damaged byte costs minutes,
 * or for ever. So they are looked at first.
 *
 * @param block without its header of three bytes
 * @param room what the block may unpack to, bytes
 * @see RFC 8878, sections 3.1.1.3 (literals and sequences; a match is what they call a sequence)
 */
export function isSoundBlock(block: Uint8Array, room: number): boolean {
  const first = block[0] ?? 0;
  const form = (first >> 2) & 3;
  const kind = first & 3;
  const isPacked = kind > 1;
  // Sizes follow in as few bits as they need: of the literals as they will be, and for packed ones as they are.
  const more = isPacked ? [2, 2, 3, 4][form]! : [0, 1, 0, 2][form]!;
  const digits = littleEndian(block, 0, 1 + more);
  let literals: number;
  let stored: number;
  if (isPacked) {
    const bits = [1024, 1024, 16_384, 262_144][form]!;
    literals = Math.floor(digits / 16) % bits;
    stored = Math.floor(digits / 16 / bits) % bits;
  } else {
    literals = Math.floor(digits / (more === 0 ? 8 : 16));
    stored = kind === 1 ? 1 : literals;
  }
  const end = 1 + more + stored;
  const head = block[end];
  if (head === undefined) return false;
  if (kind === 2 && !areSoundCodes(block.subarray(1 + more, end))) return false;
  const headBytes = head === 255 ? 2 : head > 127 ? 1 : 0;
  const matches =
    headBytes === 2
      ? littleEndian(block, end + 1, 2) + 0x7f00
      : headBytes === 1
        ? (head - 128) * 256 + (block[end + 1] ?? 0)
        : head;
  return matches === 0 ? literals <= room : areSoundMatches(block, end + 1 + headBytes, matches, literals, room);
}

/** Extra bits of the codes of a length. */
const literalBits = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
];
const matchBits = [
  ...Array.from({ length: 32 }, () => 0),
  1,
  1,
  1,
  1,
  2,
  2,
  3,
  3,
  4,
  4,
  5,
  7,
  8,
  9,
  10,
  11,
  12,
  13,
  14,
  15,
  16,
];
const mostOffsetCode = 31;

/**
 * Codes of lengths must be known ones, and the shortest that can come so often must have room: the decoder copies to
 * nowhere otherwise, up to 2³¹ bytes a match.
 *
 * @param start of the byte that says how codes are described
 */
function areSoundMatches(block: Uint8Array, start: number, matches: number, literals: number, room: number): boolean {
  const modes = block[start] ?? 3;
  if ((modes & 3) !== 0) return false;
  let at = start + 1;
  const lowest: number[] = [];
  for (const [shift, most] of [
    [6, literalBits.length - 1],
    [4, mostOffsetCode],
    [2, matchBits.length - 1],
  ] as const) {
    const mode = (modes >> shift) & 3;
    let table: CodeTable | undefined = { lowest: 0, highest: 0, end: at };
    if (mode === 1) table = { lowest: block[at] ?? 255, highest: block[at] ?? 255, end: at + 1 };
    else if (mode === 2) table = readTable(block, at);
    if (table === undefined || table.highest > most) return false;
    lowest.push(table.lowest);
    at = table.end;
  }
  const ofLiterals = matches * lengthOf(literalBits, lowest[0]!);
  const ofMatches = matches * (3 + lengthOf(matchBits, lowest[2]!));
  return at < block.length && ofLiterals <= literals && literals + ofMatches <= room;
}

/** The least length a code stands for, above that of the first. */
function lengthOf(bits: readonly number[], code: number): number {
  return bits.slice(0, code).reduce((sum, extra) => sum + (1 << extra), 0);
}

/**
 * A description of Huffman codes may be packed by a table of its own. One in which a single symbol has every chance takes
 * no bits to decode, and the decoder would never come to their end.
 *
 * @see RFC 8878, section 4.2.1 (Huffman tree description)
 */
function areSoundCodes(stream: Uint8Array): boolean {
  const length = stream[0];
  if (length === undefined || (length < 128 && length >= stream.length)) return false;
  if (length > 127) return true;
  const table = readTable(stream.subarray(0, 1 + length), 1);
  return table !== undefined && table.lowest !== table.highest;
}

/** Symbols that have a chance. */
interface CodeTable {
  readonly lowest: number;
  readonly highest: number;
  /** of the description, exclusive */
  readonly end: number;
}

/** @returns undefined when there is no table. @see RFC 8878, section 4.1.1 (table description) */
function readTable(bytes: Uint8Array, start: number): CodeTable | undefined {
  const bitsAt = (at: number, count: number): number =>
    (littleEndian(bytes, at >> 3, 3) >> (at & 7)) & ((1 << count) - 1);
  let at = start * 8 + 4;
  let left = 1 << (bitsAt(start * 8, 4) + 5);
  let lowest: number | undefined;
  let symbol = 0;
  for (; left > 0 && symbol < 256; symbol++) {
    const bits = 32 - Math.clz32(left + 1);
    const half = 1 << (bits - 1);
    const below = 2 * half - 2 - left;
    const value = bitsAt(at, bits);
    const isShort = value % half < below;
    at += isShort ? bits - 1 : bits;
    const chance = (isShort ? value % half : value >= half ? value - below : value) - 1;
    left -= Math.abs(chance);
    if (chance !== 0) lowest ??= symbol;
    else {
      // How many more have none, in twos of bits.
      for (let repeat = 3; repeat === 3 && symbol < 256; at += 2) symbol += repeat = bitsAt(at, 2);
    }
  }
  const end = (at + 7) >> 3;
  return left !== 0 || lowest === undefined || end > bytes.length ? undefined : { lowest, highest: symbol - 1, end };
}
