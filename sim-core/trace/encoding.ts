/** What the first bytes of a file say about the rest. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gzip' | 'zstd' | 'zip' | 'bzip2' | 'xz' | 'binary';

function startsWith(bytes: Uint8Array, ...prefix: number[]): boolean {
  return prefix.every((byte, i) => bytes[i] === byte);
}

/** `PAR1` */
export function isParquet(bytes: Uint8Array): boolean {
  return startsWith(bytes, 0x50, 0x41, 0x52, 0x31);
}

/** @param bytes the first part of a file */
export function detectEncoding(bytes: Uint8Array): Encoding {
  if (startsWith(bytes, 0x1f, 0x8b)) return 'gzip';
  if (startsWith(bytes, 0x28, 0xb5, 0x2f, 0xfd)) return 'zstd';
  if (startsWith(bytes, 0x50, 0x4b, 3, 4)) return 'zip';
  if (startsWith(bytes, 0x42, 0x5a, 0x68)) return bytes[4] === 0x31 && bytes[5] === 0x41 ? 'bzip2' : 'utf-8';
  if (startsWith(bytes, 0xfd, 0x37, 0x7a, 0x58, 0x5a)) return 'xz';
  if (isParquet(bytes)) return 'binary';
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  const zeros = [0, 0];
  const { length } = bytes;
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i & 1]!++;
  const [even, odd] = zeros as [number, number];
  if (even + odd === 0) return 'utf-8';
  // Latin text in UTF-16 has a zero in nearly every second byte, and none beside it.
  if (even === 0 && odd > length * 0.4) return 'utf-16le';
  if (odd === 0 && even > length * 0.4) return 'utf-16be';
  return 'binary';
}

/** Without a leading byte order mark. */
export function withoutByteOrderMark(bytes: Uint8Array): Uint8Array {
  return startsWith(bytes, 0xef, 0xbb, 0xbf) ? bytes.subarray(3) : bytes;
}

/** UTF-16 to UTF-8 in as many chunks as come: a unit or a pair that is cut waits for its other half. */
export class Utf16Transcoder {
  private carry: Uint8Array = new Uint8Array(0);
  private begun = false;

  constructor(private readonly bigEndian: boolean) {}

  /** @param last no more chunks come */
  transcode(chunk: Uint8Array, last = false): Uint8Array {
    const bytes = new Uint8Array(this.carry.length + chunk.length);
    bytes.set(this.carry);
    bytes.set(chunk, this.carry.length);
    let end = bytes.length & ~1;
    const high = bytes[end - (this.bigEndian ? 2 : 1)];
    if (!last && high !== undefined && high >= 0xd8 && high < 0xdc) end -= 2;
    this.carry = bytes.slice(last ? bytes.length : end);
    const marked = !this.begun && end >= 2 && unitAt(bytes, 0, this.bigEndian) === 0xfeff;
    this.begun ||= end >= 2;
    return utf16ToUtf8(bytes.subarray(marked ? 2 : 0, end), this.bigEndian);
  }
}

function unitAt(bytes: Uint8Array, i: number, bigEndian: boolean): number {
  const high = bigEndian ? 0 : 1;
  return (bytes[2 * i + high]! << 8) | bytes[2 * i + 1 - high]!;
}

/** UTF-16 to UTF-8; lone surrogates become U+FFFD, a trailing odd byte is dropped. */
function utf16ToUtf8(bytes: Uint8Array, bigEndian: boolean): Uint8Array {
  const units = bytes.length >> 1;
  const target = new Uint8Array(units * 3);
  let n = 0;
  for (let i = 0; i < units; i++) {
    let code = unitAt(bytes, i, bigEndian);
    if (code >= 0xd800 && code < 0xe000) {
      const next = i + 1 < units ? unitAt(bytes, i + 1, bigEndian) : 0;
      if (code < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (next - 0xdc00);
        i++;
      } else code = 0xfffd;
    }
    if (code < 0x80) target[n++] = code;
    else if (code < 0x800) {
      target[n++] = 0xc0 | (code >> 6);
      target[n++] = 0x80 | (code & 63);
    } else if (code < 0x10000) {
      target[n++] = 0xe0 | (code >> 12);
      target[n++] = 0x80 | ((code >> 6) & 63);
      target[n++] = 0x80 | (code & 63);
    } else {
      target[n++] = 0xf0 | (code >> 18);
      target[n++] = 0x80 | ((code >> 12) & 63);
      target[n++] = 0x80 | ((code >> 6) & 63);
      target[n++] = 0x80 | (code & 63);
    }
  }
  return target.subarray(0, n);
}

/** UTF-8 to text; what is not UTF-8 comes out as U+FFFD, one for each byte. For names and strings, not for whole files. */
export function decodeUtf8(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = '';
  for (let i = start; i < end;) {
    const first = bytes[i]!;
    const length =
      first < 0x80
        ? 1
        : first >= 0xc2 && first < 0xe0
          ? 2
          : first >= 0xe0 && first < 0xf0
            ? 3
            : first >= 0xf0 && first < 0xf5
              ? 4
              : 0;
    let code = length === 1 ? first : length === 2 ? first & 31 : length === 3 ? first & 15 : first & 7;
    let valid = length > 0 && i + length <= end;
    for (let k = 1; valid && k < length; k++) {
      const byte = bytes[i + k]!;
      if ((byte & 0xc0) === 0x80) code = (code << 6) | (byte & 63);
      else valid = false;
    }
    if (length === 3 && (code < 0x800 || (code >= 0xd800 && code < 0xe000))) valid = false;
    if (length === 4 && (code < 0x10000 || code > 0x10ffff)) valid = false;
    text += valid ? String.fromCodePoint(code) : '\ufffd';
    i += valid ? length : 1;
  }
  return text;
}
