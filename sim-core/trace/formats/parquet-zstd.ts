import { decompress } from 'fzstd';
import { isSoundBlock } from '../zstd-block.ts';
import { mostBlockBytes, mostWindowBytes, readBlockHeader, readFrameHeader } from '../zstd-headers.ts';
import { BrokenPage } from './parquet-cursor.ts';

/**
 * Unpacks one page in zst.
 *
 * The decoder sets aside what the headers of frames and blocks ask for, whatever it is. So they are looked at first.
 *
 * @param size what it must unpack to, bytes
 * @throws BrokenPage when the headers cannot be those of so many bytes, and what the decoder throws
 */
export function unzstdPage(page: Uint8Array, size: number): Uint8Array {
  for (let at = 0; at < page.length;) at = frameEnd(page, at, size);
  return decompress(page);
}

/** @throws BrokenPage when there is no sound frame */
function frameEnd(page: Uint8Array, start: number, size: number): number {
  const frame = readFrameHeader(page.subarray(start));
  if (frame === undefined || (frame.content ?? 0) > size || frame.window > mostWindowBytes) throw broken();
  let at = start + frame.length;
  for (let isLast = false, copied = 0; !isLast;) {
    const block = readBlockHeader(page, at);
    const { kind, length } = block;
    ({ isLast } = block);
    const end = at + 3 + (kind === 'repeated' ? 1 : length);
    if (kind === 'reserved' || length > mostBlockBytes || end > page.length) throw broken();
    if (kind !== 'packed') copied += length;
    else if (!isSoundBlock(page.subarray(at + 3, end), Math.min(size, mostBlockBytes))) throw broken();
    if (copied > size) throw broken();
    at = end;
  }
  return at + (frame.hasChecksum ? 4 : 0);
}

const broken = (): BrokenPage => new BrokenPage('a page in zst makes no sense');
