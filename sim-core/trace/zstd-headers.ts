/** What a block may unpack to, bytes. */
export const mostBlockBytes = 131_072;
/** What matches may reach back, bytes: as much as the reference tool unpacks unless told to, and as the largest page of Parquet. */
export const mostWindowBytes = 134_217_728;

/** @see RFC 8878, section 3.1.1.1 */
export interface FrameHeader {
  /** of the header, bytes from the magic number on */
  readonly length: number;
  /** what the decoder must keep for matches to reach back, bytes */
  readonly window: number;
  /** what the frame unpacks to, bytes; undefined when it does not say */
  readonly content: number | undefined;
  readonly needsDictionary: boolean;
  /** Four bytes follow the last block. */
  readonly hasChecksum: boolean;
}

/** @see RFC 8878, section 3.1.1.2 */
export interface BlockHeader {
  readonly isLast: boolean;
  readonly kind: 'raw' | 'repeated' | 'packed' | 'reserved';
  /** bytes: for a repeated byte what it becomes, otherwise what is stored */
  readonly length: number;
}

/** In the byte that follows the magic number. */
export const checksumFlag = 4;

/** @param descriptor the byte that follows the magic number */
export function frameHeaderBytes(descriptor: number): number {
  return 5 + (isSingle(descriptor) ? 0 : 1) + dictionaryBytes(descriptor) + contentBytes(descriptor);
}

/** @returns undefined when the bytes cannot begin a frame, or end too early */
export function readFrameHeader(bytes: Uint8Array): FrameHeader | undefined {
  const descriptor = bytes[4] ?? 8;
  const length = frameHeaderBytes(descriptor);
  // The fourth bit is reserved.
  if (bytes.length < length || littleEndian(bytes, 0, 4) !== 0xfd2fb528 || (descriptor & 8) !== 0) return undefined;
  const size = contentBytes(descriptor);
  const content = size === 0 ? undefined : littleEndian(bytes, length - size, size) + (size === 2 ? 256 : 0);
  const dictionary = dictionaryBytes(descriptor);
  const window = bytes[5]!;
  return {
    length,
    // An exponent of two, and eighths above it.
    window: isSingle(descriptor) ? content! : 1024 * (1 << Math.min(window >> 3, 20)) * (1 + (window & 7) / 8),
    content,
    needsDictionary: littleEndian(bytes, length - size - dictionary, dictionary) !== 0,
    hasChecksum: (descriptor & checksumFlag) !== 0,
  };
}

/** @param at where its three bytes begin */
export function readBlockHeader(bytes: Uint8Array, at: number): BlockHeader {
  const header = littleEndian(bytes, at, 3);
  const kind = (['raw', 'repeated', 'packed', 'reserved'] as const)[(header >> 1) & 3]!;
  return { isLast: (header & 1) === 1, kind, length: header >> 3 };
}

/** A whole number of so many bytes, the lowest first; those beyond the end are zeros. */
export function littleEndian(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let k = 0, factor = 1; k < count; k++, factor *= 256) value += (bytes[at + k] ?? 0) * factor;
  return value;
}

/** The content is one segment: its size is that of the window too. */
const isSingle = (descriptor: number): boolean => (descriptor & 32) !== 0;
const dictionaryBytes = (descriptor: number): number => [0, 1, 2, 4][descriptor & 3]!;
const contentBytes = (descriptor: number): number => [isSingle(descriptor) ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
