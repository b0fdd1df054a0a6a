/** What the first bytes of a file say about the rest. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gzip' | 'zip' | 'parquet' | 'binary';

/** How much of a file is looked at to recognise it. */
export const headLength = 65_536;

function startsWith(bytes: Uint8Array, ...prefix: number[]): boolean {
  return prefix.every((byte, i) => bytes[i] === byte);
}

export function detectEncoding(bytes: Uint8Array): Encoding {
  if (startsWith(bytes, 0x1f, 0x8b)) return 'gzip';
  if (startsWith(bytes, 0x50, 0x4b, 3, 4)) return 'zip';
  if (startsWith(bytes, 0x50, 0x41, 0x52, 0x31)) return 'parquet';
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  const zeros = [0, 0];
  const length = Math.min(bytes.length, headLength);
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

/** UTF-16 to UTF-8, the byte order mark dropped; lone surrogates become U+FFFD, a trailing odd byte is dropped. */
export function utf16ToUtf8(bytes: Uint8Array, bigEndian: boolean): Uint8Array {
  const units = bytes.length >> 1;
  const high = bigEndian ? 0 : 1;
  const unitAt = (i: number): number => (bytes[2 * i + high]! << 8) | bytes[2 * i + 1 - high]!;
  const target = new Uint8Array(units * 3);
  let n = 0;
  for (let i = units > 0 && unitAt(0) === 0xfeff ? 1 : 0; i < units; i++) {
    let code = unitAt(i);
    if (code >= 0xd800 && code < 0xe000) {
      const next = i + 1 < units ? unitAt(i + 1) : 0;
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
