import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCpu, printCpu } from '../../../sim-core/units/cpu.ts';
import { parseDuration, printDuration } from '../../../sim-core/units/duration.ts';
import { parseFraction, printFraction } from '../../../sim-core/units/fraction.ts';
import { lacksZone, parseInstant, printInstant } from '../../../sim-core/units/instant.ts';
import { parseMemory, printMemory } from '../../../sim-core/units/memory.ts';
import { parseRate, printRate } from '../../../sim-core/units/rate.ts';

describe('durations', () => {
  it.each([
    ['15s', 15],
    ['500ms', 0.5],
    ['80.1ms', 0.0801],
    ['250us', 0.00025],
    ['250µs', 0.00025],
    ['3ns', 3e-9],
    ['5m', 300],
    ['1h30m', 5400],
    ['1h 30m', 5400],
    ['1.5h', 5400],
    ['2d', 172_800],
    ['1w', 604_800],
    ['1w2d3h4m5s6ms', 604_800 + 172_800 + 3 * 3600 + 4 * 60 + 5 + 0.006],
    ['15 s', 15],
    [' 15s ', 15],
    ['15', 15],
    ['.5s', 0.5],
    ['1e-7s', 1e-7],
    ['PT1H30M', 5400],
    ['pt0.5s', 0.5],
    ['P1DT12H', 129_600],
    ['P2W', 1_209_600],
    ['0s', 0],
  ])('%s is %d s', (text, seconds) => expect(parseDuration(text)).toBe(seconds));

  it.each([
    '',
    ' ',
    's',
    '15 sconds',
    '-5s',
    '5/s',
    '30m1h',
    '1m1m',
    '1h-5m',
    '1,5h',
    'P',
    'PT',
    'P1M',
    'P1DT',
    '5M',
    '1e999s',
    '0x10',
    'NaN',
    'Infinity',
  ])('%j is no duration', (text) => expect(parseDuration(text)).toBeUndefined());

  it.each([
    [5400, '1h30m'],
    [86_400, '1d'],
    [129_600, '36h'],
    [604_800, '1w'],
    [90, '1m30s'],
    [0.08, '80ms'],
    [1.25, '1.25s'],
    [0.00025, '250us'],
    [0, '0s'],
  ])('%d s prints as %s', (seconds, text) => expect(printDuration(seconds)).toBe(text));

  it('refuses to print what is no duration', () => {
    for (const value of [-1, NaN, Infinity]) expect(() => printDuration(value)).toThrow(RangeError);
  });

  it('takes time proportional to the length of hostile text', () => {
    for (const text of ['1'.repeat(200_000), `${'1'.repeat(200_000)}x`, '1h'.repeat(100_000)]) {
      expect(parseDuration(text)).toBeUndefined();
    }
  });
});

describe('rates', () => {
  it.each([
    ['150/s', 150],
    ['9000/min', 150],
    ['90/m', 1.5],
    ['10k/s', 10_000],
    ['1.2M/s', 1_200_000],
    ['36/h', 0.01],
    ['86400/d', 1],
    ['150', 150],
    ['150 / s', 150],
    ['0.1k/s', 100],
  ])('%s is %d/s', (text, rate) => expect(parseRate(text)).toBe(rate));

  it.each(['150 rps', '10k', '5s', '/s', '-1/s', '150/w', '150/ms', '150//s', ''])('%j is no rate', (text) =>
    expect(parseRate(text)).toBeUndefined(),
  );

  it.each([
    [150, '150/s'],
    [10_000, '10k/s'],
    [1 / 60, '1/min'],
    [100 / 3600, '100/h'],
    [0.25, '15/min'],
    [0, '0/s'],
  ])('%d/s prints as %s', (rate, text) => expect(parseRate(printRate(rate))).toBe(parseRate(text)));
  it('prints the shortest form', () =>
    expect([150, 10_000, 1 / 60].map(printRate)).toEqual(['150/s', '10k/s', '1/min']));
});

describe('fractions', () => {
  it.each([
    ['70%', 0.7],
    ['0.7', 0.7],
    ['99.9%', 0.999],
    ['0.1 %', 0.001],
    ['250%', 2.5],
  ])('%s is %d', (text, value) => expect(parseFraction(text)).toBe(value));
  it.each(['70', '%', 'a%', '-1%', '70%%'])('%j', (text) =>
    expect(parseFraction(text)).toBe(text === '70' ? 70 : undefined),
  );
  it('prints per cent', () =>
    expect([0.7, 0.999, 1, 2.5].map(printFraction)).toEqual(['70%', '99.9%', '100%', '250%']));
});

describe('CPU', () => {
  it.each([
    ['500m', 500],
    ['0.5', 500],
    ['2', 2000],
    ['.1', 100],
    ['250000u', 250],
    ['1500000n', 1.5],
  ])('%s is %d millicores', (text, value) => expect(parseCpu(text)).toBe(value));
  it.each(['500 m', '1k', '1Ki', '2 cores', ''])('%j is no CPU', (text) => expect(parseCpu(text)).toBeUndefined());
  it('prints millicores below a core', () =>
    expect([500, 2000, 1500, 0, 0.5].map(printCpu)).toEqual(['500m', '2', '1.5', '0', '0.5m']));
});

describe('memory', () => {
  it.each([
    ['256Mi', 268_435_456],
    ['1Gi', 1_073_741_824],
    ['500M', 500_000_000],
    ['2k', 2000],
    ['1.5Ki', 1536],
    ['1e3', 1000],
    ['1E', 1e18],
    ['128974848', 128_974_848],
  ])('%s is %d bytes', (text, bytes) => expect(parseMemory(text)).toBe(bytes));
  it.each(['256MB', '1ki', '1K', '500m', 'Mi', ''])('%j is no memory', (text) =>
    expect(parseMemory(text)).toBeUndefined(),
  );
  it('prints the shortest form', () =>
    expect([268_435_456, 500_000_000, 1000, 1024, 100, 0].map(printMemory)).toEqual([
      '256Mi',
      '500M',
      '1k',
      '1Ki',
      '100',
      '0',
    ]));
});

describe('instants', () => {
  // Reference values from `date -u -d @n`.
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2026-01-01T00:00:00Z', 1_767_225_600],
    ['2026-01-01', 1_767_225_600],
    ['2026-01-01 00:00Z', 1_767_225_600],
    ['2026-01-01T01:30:00+01:30', 1_767_225_600],
    ['2025-12-31T19:00:00-0500', 1_767_225_600],
    ['2025-12-31T19:00:00 -05', 1_767_225_600],
    ['2001-09-09T01:46:40Z', 1_000_000_000],
    ['2000-02-29T12:00:00.250Z', 951_825_600.25],
    ['1969-12-31T23:59:59Z', -1],
    ['0000-01-01T00:00:00Z', -62_167_219_200],
    ['9999-12-31T23:59:59Z', 253_402_300_799],
  ])('%s is %d', (text, epoch) => expect(parseInstant(text)).toBe(epoch));

  it.each([
    '2026-01-01T00:00:00',
    '2026-02-30',
    '2025-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-01T24:00Z',
    '2026-01-01T00:60Z',
    '01/02/2026',
    '2026-1-1',
    '1767225600',
    'now',
    '2026-01-01T00:00:00Europe/Paris',
    '2026-01-01Z',
  ])('%j is refused', (text) => expect(parseInstant(text)).toBeUndefined());

  it('knows when only the zone is missing', () => {
    expect(['2026-01-01T00:00', '2026-01-01 10:00:00.5'].map(lacksZone)).toEqual([true, true]);
    expect(['2026-01-01T00:00Z', '2026-01-01', '2026-01-01T25:00', 'soon'].map(lacksZone)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('agrees with the calendar of the language, day by day over 800 years', () => {
    for (let day = -719_000; day < 500_000; day += 97) {
      const text = new Date(day * 86_400_000).toISOString().replace('.000', '');
      expect(parseInstant(text)).toBe(day * 86_400);
      expect(printInstant(day * 86_400)).toBe(text);
    }
  });
});

describe('what is printed reads back as exactly the same number', () => {
  const positive = fc.double({ min: 0, max: 1e15, noNaN: true }).map((value) => value + 0);
  const round = fc.integer({ min: 0, max: 10_000_000 });
  const decimal = fc
    .tuple(round, fc.integer({ min: 0, max: 6 }))
    .map(([digits, places]) => Number(`${digits}e-${places}`));
  const value = fc.oneof(positive, round, decimal);
  it.each([
    ['duration', printDuration, parseDuration],
    ['rate', printRate, parseRate],
    ['fraction', printFraction, parseFraction],
    ['cpu', printCpu, parseCpu],
    ['memory', printMemory, parseMemory],
  ])('%s', (_, print, parse) => {
    fc.assert(
      fc.property(value, (number) => parse(print(number)) === number),
      { seed: 1, numRuns: 2000 },
    );
  });
  it('instant', () => {
    const microseconds = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    const instants = fc.oneof(
      round.map((seconds) => -seconds),
      microseconds.map((count) => count / 1e6),
      fc.constant(1_767_225_599.9999998),
    );
    fc.assert(
      fc.property(instants, (epoch) => parseInstant(printInstant(epoch)) === epoch),
      { seed: 1, numRuns: 2000 },
    );
    expect(printInstant(-1e-12)).toBe('1970-01-01T00:00:00.000000000Z');
    expect(() => printInstant(NaN)).toThrow(RangeError);
  });
});
