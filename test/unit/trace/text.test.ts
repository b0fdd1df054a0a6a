import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, Utf16Transcoder } from '../../../sim-core/trace/encoding.ts';
import { parseJson, type JsonValue } from '../../../sim-core/trace/json-text.ts';
import { nearestName } from '../../../sim-core/trace/nearest-name.ts';
import { parseNumber } from '../../../sim-core/trace/number-text.ts';
import { createTimeRead, parseTimeText, printFromStart } from '../../../sim-core/trace/time-text.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const number = (text: string): number => parseNumber(bytes(text), 0, bytes(text).length);

function instant(text: string): number | null {
  const read = createTimeRead();
  return parseTimeText(bytes(text), 0, bytes(text).length, read) ? read.seconds + read.fraction : null;
}

describe('numbers, against the language’s own conversion', () => {
  it('agrees to the last bit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(number(String(value))).toBe(Number(String(value)));
        const short = value.toPrecision(12);
        expect(number(short)).toBe(Number(short));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it.each(['', '.', '-', '1.2.3', '1e', '0x10', '1_000', '1 2', 'NaN', '--1', '12a'])('refuses %j', (text) => {
    expect(number(text)).toBeNaN();
  });

  it.each([
    ['+5', 5],
    ['.5', 0.5],
    ['5.', 5],
    [' 7 ', 7],
    ['1e3', 1000],
    ['-Inf', -Infinity],
    ['9007199254740993', 9007199254740992],
    ['0.1234567890123456789', 0.1234567890123456789],
  ])('reads %j', (text, value) => expect(number(text)).toBe(value));
});

describe('times, against the language’s own calendar', () => {
  it('agrees for any instant of the years 1 to 9999 and any offset', () => {
    const day = 86_400_000;
    fc.assert(
      fc.property(
        fc.integer({ min: -719_000 * day, max: 2_932_000 * day }),
        fc.integer({ min: -840, max: 840 }),
        (ms, offset) => {
          const local = new Date(ms + offset * 60_000).toISOString().slice(0, -1);
          const size = Math.abs(offset);
          const zone = `${offset < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
          expect(instant(local + zone)).toBeCloseTo(ms / 1000, 3);
          expect(instant(local.replace('T', ' ').replaceAll('-', '/'))).toBeCloseTo(ms / 1000 + offset * 60, 3);
        },
      ),
      { seed: 1, numRuns: 1000 },
    );
  });

  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-32',
    '2026-1-1',
    '2026-01-01T25:00',
    '2026-01-01T00:60',
    '2026-01-01T00',
    '2026-01-01T00:00:00.',
    '2026-01-01T00:00:00 CEST',
    '2026-01/01',
    '26-01-01',
    '2026-01-01x',
    '2026-01-01T00:00:00+25:00',
  ])('refuses %s', (text) => expect(instant(text)).toBeNull());
});

describe('JSON, against the language’s own reader', () => {
  const plain = (value: JsonValue): unknown =>
    value instanceof Map
      ? Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner)]))
      : Array.isArray(value)
        ? value.map(plain)
        : value;

  it('reads what it reads', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const result = parseJson(bytes(text));
        expect('value' in result ? plain(result.value) : result).toEqual(JSON.parse(text));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('refuses what it refuses, wherever the text is damaged', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom(...'{}[]",:x0-.eE\\ \n'), (text, at, letter) => {
        const position = at % (text.length + 1);
        const damaged = text.slice(0, position) + letter + text.slice(position + 1);
        let valid = true;
        try {
          JSON.parse(damaged);
        } catch {
          valid = false;
        }
        expect('value' in parseJson(bytes(damaged))).toBe(valid);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

describe('encodings, against the platform’s own decoders', () => {
  it('decodes UTF-8 and UTF-16, in chunks of any size', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 9 }), (text, size) => {
        expect(decodeUtf8(bytes(text))).toBe(text);
        const units = Uint8Array.from(
          [...Array(text.length).keys()].flatMap((i) => [text.charCodeAt(i) & 255, text.charCodeAt(i) >> 8]),
        );
        const transcoder = new Utf16Transcoder(false);
        let read = '';
        for (let at = 0; at < units.length; at += size)
          read += decodeUtf8(transcoder.transcode(units.subarray(at, at + size)));
        read += decodeUtf8(transcoder.transcode(new Uint8Array(0), true));
        expect(read).toBe(text.replace(/^\ufeff/, ''));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('replaces what is not UTF-8', () => {
    expect(decodeUtf8(Uint8Array.of(65, 0xe9, 66, 0xed, 0xa0, 0x80, 0xf8, 0xc3))).toBe(
      'A\ufffdB\ufffd\ufffd\ufffd\ufffd\ufffd',
    );
  });
});

describe('the nearest name', () => {
  it.each([
    ['reqests', ['time', 'requests', 'errors'], 'requests'],
    ['RPS', ['rpm', 'rps'], 'rps'],
    ['demand', ['time', 'x'], undefined],
  ])('%s', (wanted, names, nearest) => expect(nearestName(wanted, names)).toBe(nearest));
});

describe('offsets from the start', () => {
  it.each([
    [0, '0 s'],
    [0.001_490_900_039_672, '0.001491 s'],
    [1.000_000_099_999_999_8, '1 s'],
    [86_339.123_456, '86339.123 s'],
    [-0.25, '-0.25 s'],
  ])('prints %d as people read it', (seconds, text) => {
    expect(printFromStart(seconds)).toBe(text);
  });
});
