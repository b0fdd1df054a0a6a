import { describe, expect, it } from 'vitest';
import { importTrace, type ImportMapping } from '../../../sim-core/trace/import-session.ts';
import { Findings } from '../../../sim-core/trace/findings.ts';
import { LocalTimes } from '../../../sim-core/trace/local-times.ts';
import { parseInstant, printInstant } from '../../../sim-core/units/instant.ts';
import { timeZone } from '../../../sim-core/units/zone/time-zone.ts';
import { zoneFacts } from '../../support/zone-facts.ts';

const epoch = (text: string): number => parseInstant(text)!;

/** Clock readings of one day as instants, printed without the day. */
function read(zone: string, day: string, ...clock: string[]): { instants: string[]; twice: number; skipped: number } {
  const findings = new Findings('x.csv');
  const times = new LocalTimes(timeZone(zone), findings);
  const instants = clock.map((at, index) => times.instantOf(epoch(`${day}T${at}Z`), index + 1));
  return {
    instants: instants.map((instant) => printInstant(instant).slice(11, 19)),
    twice: findings.count('trace-hour-twice'),
    skipped: findings.count('trace-hour-skipped'),
  };
}

describe('an hour that clocks show twice', () => {
  const autumn = (...clock: string[]) => read('Europe/Berlin', '2026-10-25', ...clock);

  it('is the first, then the second, where the rows show both', () => {
    expect(autumn('01:40:00', '02:00:00', '02:40:00', '02:00:00', '02:40:00', '03:00:00')).toEqual({
      instants: ['23:40:00', '00:00:00', '00:40:00', '01:00:00', '01:40:00', '02:00:00'],
      twice: 4,
      skipped: 0,
    });
    expect(autumn('01:30:00', '02:00:00', '02:30:00', '02:00:00', '02:30:00', '03:00:00').instants).toEqual([
      '23:30:00',
      '00:00:00',
      '00:30:00',
      '01:00:00',
      '01:30:00',
      '02:00:00',
    ]);
  });

  it('is the first where nothing tells', () => {
    expect(autumn('02:30:00').instants).toEqual(['00:30:00']);
    expect(autumn('01:00:00', '02:00:00', '03:00:00').instants).toEqual(['23:00:00', '00:00:00', '02:00:00']);
  });

  it('is both in rows an hour apart, but once where rows share their time', () => {
    expect(autumn('00:00:00', '01:00:00', '02:00:00', '02:00:00', '03:00:00').instants).toEqual([
      '22:00:00',
      '23:00:00',
      '00:00:00',
      '01:00:00',
      '02:00:00',
    ]);
    expect(autumn('01:00:00', '01:00:00', '02:00:00', '02:00:00', '03:00:00', '03:00:00').instants).toEqual([
      '23:00:00',
      '23:00:00',
      '00:00:00',
      '00:00:00',
      '02:00:00',
      '02:00:00',
    ]);
  });

  it('is told from rows that are a little out of order, and from a file that begins anew', () => {
    expect(autumn('02:59:58', '02:59:57', '02:59:59').instants).toEqual(['00:59:58', '00:59:57', '00:59:59']);
    expect(autumn('02:30:00', '09:00:00', '02:30:00').instants).toEqual(['00:30:00', '08:00:00', '00:30:00']);
  });

  it('is the second, then the first, in a file that runs backwards', () => {
    expect(autumn('03:30:00', '03:00:00', '02:30:00', '02:00:00', '02:30:00', '02:00:00', '01:30:00').instants).toEqual(
      ['02:30:00', '02:00:00', '01:30:00', '01:00:00', '00:30:00', '00:00:00', '23:30:00'],
    );
  });

  it('may be half an hour', () => {
    expect(
      read('Australia/Lord_Howe', '2026-04-05', '01:15:00', '01:45:00', '01:30:00', '01:45:00', '02:00:00'),
    ).toEqual({
      instants: ['14:15:00', '14:45:00', '15:00:00', '15:15:00', '15:30:00'],
      twice: 3,
      skipped: 0,
    });
  });
});

it('a time that clocks never showed is read as if they had not been changed, and counted', () => {
  expect(read('Europe/Berlin', '2026-03-29', '01:30:00', '02:30:00', '03:30:00')).toEqual({
    instants: ['00:30:00', '01:30:00', '01:30:00'],
    twice: 0,
    skipped: 1,
  });
});

it('rows of every ten minutes across any change of clocks come out ten minutes apart', () => {
  for (const [zone, at] of zoneFacts.filter(([, , before, after]) => before !== after && !/:\d\d:/.test(before))) {
    const clocks = timeZone(zone);
    const times = new LocalTimes(clocks, new Findings('x'));
    for (let instant = epoch(at) - 40_200; instant < epoch(at) + 40_000; instant += 600)
      expect(times.instantOf(instant + clocks.offsetAt(instant), 1)).toBe(instant);
  }
});

describe('a table in local time', () => {
  const clock = (minute: number): string =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const table = (minutes: number[], mapping: ImportMapping) =>
    importTrace(
      'rps.csv',
      new TextEncoder().encode(
        ['time,requests/s', ...minutes.map((minute, row) => `2026-10-25 ${clock(minute)},${row}`)].join('\n'),
      ),
      mapping,
    );
  const minutes = Array.from({ length: 13 }, (_, k) => k * 15).concat([120, 135, 150, 165, 180, 195]);
  minutes.splice(12, 1);

  it('is read by the clocks of its zone, with what that took', () => {
    const { series, report, issues } = table(minutes, { timeZone: 'Europe/Berlin' });
    expect(printInstant(series!.startEpoch)).toBe('2026-10-24T22:00:00Z');
    expect([...series!.time]).toEqual(minutes.map((_, row) => row * 900));
    expect(report!.quality).toMatchObject({ timeZone: 'Europe/Berlin, as told', shownTwice: 8, neverShown: 0 });
    expect(issues.map(({ code, line }) => [code, line])).toEqual([['trace-hour-twice', 10]]);
  });

  it('is refused without its zone, as its time goes back', () => {
    const { issues } = table(minutes, {});
    expect(issues.map(({ code }) => code)).toEqual(['trace-no-zone', 'trace-unsorted']);
    expect(issues[0]!.message).toContain('timeZone: Europe/Berlin');
  });
});
