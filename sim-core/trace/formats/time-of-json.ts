import type { JsonValue } from '../json-text.ts';
import type { TimeReader } from '../time-reader.ts';

/** Reads a time that stands in JSON as text or as a number. @returns false when it is none; the reader was then told */
export function readTimeOf(value: JsonValue | undefined, times: TimeReader, line: number): boolean {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 400) : '';
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = Math.min(127, text.charCodeAt(i));
  return times.read(bytes, 0, bytes.length, line);
}
