import { Decompress } from 'fzstd';
import { BrokenArchive } from './broken-archive.ts';
import { ByteStream } from './byte-stream.ts';
import { isSoundBlock } from './zstd-block.ts';
import {
  checksumFlag,
  frameHeaderBytes,
  littleEndian,
  mostBlockBytes,
  mostWindowBytes,
  readBlockHeader,
  readFrameHeader,
  type FrameHeader,
} from './zstd-headers.ts';

/** The decoder waits for so many bytes, and keeps what it is given until there are. */
const decoderWaitsFor = 18;

/**
 * Unpacks a file in zst as it comes: frames one after another, skippable ones between them. The decoder is given whole
 * blocks, looked at before. No more is held than a window, a chunk and a block as it is and as it was. Checksums are
 * passed over.
 *
 * @throws BrokenArchive when the data is damaged, cut off, or packed in a way that cannot be unpacked; and what the
 *   chunks reject with
 * @see RFC 8878, section 3.1
 */
export async function* unzstd(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const stored = new ByteStream(chunks);
  try {
    while (!(await stored.isAtEnd())) {
      const magic = littleEndian(await stored.take(4), 0, 4);
      if (magic === 0xfd2fb528) yield* frame(stored);
      else if (magic >= 0x184d2a50 && magic <= 0x184d2a5f) await stored.skip(littleEndian(await stored.take(4), 0, 4));
      else throw new BrokenArchive('something else follows what is packed');
    }
  } finally {
    await stored.close();
  }
}

async function* frame(stored: ByteStream): AsyncIterable<Uint8Array> {
  const header = new Uint8Array(decoderWaitsFor);
  header.set([0x28, 0xb5, 0x2f, 0xfd, (await stored.take(1))[0]!]);
  const length = frameHeaderBytes(header[4]!);
  header.set(await stored.take(length - 5), 5);
  const { window, content, hasChecksum } = unpackable(readFrameHeader(header));
  // The decoder would wait for a checksum it does not look at.
  header[4]! &= ~checksumFlag;
  const unpack = decoder();
  unpack(header.subarray(0, length), false);
  const room = Math.min(window, mostBlockBytes);
  let unpacked = 0;
  for (let isLast = false; !isLast;) {
    const block = readBlockHeader(await stored.peek(3), 0);
    ({ isLast } = block);
    if (block.kind === 'reserved' || block.length > room) throw broken();
    const bytes = await stored.take(3 + (block.kind === 'repeated' ? 1 : block.length));
    if (block.kind === 'packed' && !isSoundBlock(bytes.subarray(3), room)) throw broken();
    for (const part of unpack(bytes.length < decoderWaitsFor ? bytes.slice() : bytes, isLast)) {
      unpacked += part.length;
      if (unpacked > (content ?? Infinity)) throw broken();
      yield part;
    }
  }
  if (unpacked !== (content ?? unpacked)) throw broken();
  if (hasChecksum) await stored.skip(4);
}

function unpackable(header: FrameHeader | undefined): FrameHeader {
  if (header === undefined) throw broken();
  if (header.needsDictionary) throw new BrokenArchive('it was packed with a dictionary, which is not in it');
  if (header.window > mostWindowBytes) {
    const megabytes = [header.window, mostWindowBytes].map((bytes) => Math.ceil(bytes / 1_048_576));
    throw new BrokenArchive(`it asks for a window of ${megabytes[0]} MB, and at most ${megabytes[1]} MB are unpacked`);
  }
  return header;
}

/** @returns what a push of bytes unpacks to; it keeps those it cannot unpack yet */
function decoder(): (bytes: Uint8Array, isLast: boolean) => Uint8Array[] {
  let out: Uint8Array[] = [];
  const decompress = new Decompress((chunk) => out.push(chunk));
  return (bytes, isLast) => {
    out = [];
    try {
      decompress.push(bytes, isLast);
    } catch {
      throw broken();
    }
    return out;
  };
}

const broken = (): BrokenArchive => new BrokenArchive('a part of it cannot be unpacked');
