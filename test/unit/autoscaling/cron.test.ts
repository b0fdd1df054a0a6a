import { describe, expect, test } from 'vitest';
import { cronDue } from '../../../sim-core/autoscaling/scheduled/clock.ts';
import { civilDate, lastDue, parseCron } from '../../../sim-core/autoscaling/scheduled/cron.ts';

const epoch = (text: string): number => Date.parse(text) / 1000;
const iso = (seconds: number | undefined): string | undefined =>
  seconds === undefined ? undefined : new Date(seconds * 1000).toISOString().slice(0, 16);

describe('cron', () => {
  test.each([
    ['0 8 * * 1-5', '2026-01-05T07:59:59Z', '2026-01-02T08:00'], // Monday before eight: Friday's
    ['0 8 * * 1-5', '2026-01-05T08:00:00Z', '2026-01-05T08:00'],
    ['*/15 * * * *', '2026-01-05T10:29:59Z', '2026-01-05T10:15'],
    ['5/20 * * * *', '2026-01-05T10:44:00Z', '2026-01-05T10:25'],
    ['30 6,18 * * *', '2026-01-05T17:00:00Z', '2026-01-05T06:30'],
    ['0 0 29 2 *', '2026-01-05T00:00:00Z', '2024-02-29T00:00'],
    ['0 0 29 2 *', '1904-02-28T00:00:00Z', '1896-02-29T00:00'],
    ['0 0 1 jan *', '2026-06-01T00:00:00Z', '2026-01-01T00:00'],
    ['0 12 * * sun', '2026-01-05T00:00:00Z', '2026-01-04T12:00'],
    ['0 12 * * 7', '2026-01-05T00:00:00Z', '2026-01-04T12:00'],
    // Both day fields restricted: either will do, as in crontab(5).
    ['0 0 13 * 5', '2026-01-12T00:00:00Z', '2026-01-09T00:00'],
    ['0 0 13 * 5', '2026-01-14T00:00:00Z', '2026-01-13T00:00'],
    // A star with a step leaves the field unrestricted in that rule: both must hold.
    ['0 0 */2 * 1', '2026-01-17T00:00:00Z', '2026-01-05T00:00'],
  ])('%s at %s was last due %s', (text, now, expected) => {
    const { cron } = parseCron(text);
    if (cron === undefined) throw new Error('not parsed');
    expect(iso(lastDue(cron, epoch(now)))).toBe(expected);
  });

  test.each([
    '',
    '0 8 * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '*/0 * * * *',
    '5-1 * * * *',
    'a * * * *',
    '@daily',
    '0 0 31 2 *',
    '1/2/3 * * * *',
  ])('refuses %j with a reason', (text) => {
    const { cron, problem } = parseCron(text);
    expect(cron).toBeUndefined();
    expect(problem).toBeTruthy();
  });

  test.each(['*/15 8-17 * * 1-5', '30 6,18 * * *', '0 0 29 2 *'])(
    '%s is found by a clock that goes on, jumps and goes back',
    (text) => {
      const { cron } = parseCron(text);
      if (cron === undefined) throw new Error('not parsed');
      const due = cronDue(text, '+02:00');
      let now = epoch('2024-02-26T20:00:00Z');
      for (let i = 0; i < 2000; i++) {
        // Seconds, minutes, hours, now and then a week or back by a day.
        now += i % 97 === 0 ? 604_800 : i % 101 === 0 ? -86_400 : [7, 60, 1234, 3600][i % 4]!;
        const expected = lastDue(cron, now + 7200);
        expect(due(now)).toBe(expected === undefined ? undefined : expected - 7200);
      }
    },
  );

  test('knows the calendar', () => {
    for (let day = -200_000; day < 200_000; day += 613) {
      const date = new Date(day * 86_400_000);
      expect(civilDate(day)).toEqual({
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        date: date.getUTCDate(),
      });
    }
  });
});
