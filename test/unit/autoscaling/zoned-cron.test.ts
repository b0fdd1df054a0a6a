import { describe, expect, it } from 'vitest';
import { cronDue } from '../../../sim-core/autoscaling/scheduled/clock.ts';
import { parseCron } from '../../../sim-core/autoscaling/scheduled/cron.ts';
import { lastDueIn } from '../../../sim-core/autoscaling/scheduled/zoned-cron.ts';
import { parseInstant, printInstant } from '../../../sim-core/units/instant.ts';
import { timeZone } from '../../../sim-core/units/zone/time-zone.ts';

const epoch = (text: string): number => parseInstant(text)!;

/** Every minute of a stretch at which the expression is due, as instants. */
function dueBetween(cron: string, zone: string, from: string, to: string): string[] {
  const due = cronDue(cron, zone);
  const found = new Set<string>();
  for (let at = epoch(from); at < epoch(to); at += 60) {
    const last = due(at);
    if (last !== undefined && last >= epoch(from)) found.add(printInstant(last));
  }
  return [...found];
}

describe('cron by the clocks of a zone', () => {
  it('keeps its hour of the day when summer time begins', () => {
    expect(dueBetween('0 8 * * *', 'Europe/Berlin', '2026-03-28T00:00:00Z', '2026-03-30T12:00:00Z')).toEqual([
      '2026-03-28T07:00:00Z',
      '2026-03-29T06:00:00Z',
      '2026-03-30T06:00:00Z',
    ]);
  });

  it('is not due at a time that clocks skip', () => {
    expect(dueBetween('30 2 * * *', 'Europe/Berlin', '2026-03-28T00:00:00Z', '2026-03-30T12:00:00Z')).toEqual([
      '2026-03-28T01:30:00Z',
      '2026-03-30T00:30:00Z',
    ]);
  });

  it('is due twice at a time that clocks show twice', () => {
    expect(dueBetween('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z')).toEqual([
      '2026-10-25T00:30:00Z',
      '2026-10-25T01:30:00Z',
      '2026-10-26T01:30:00Z',
    ]);
  });

  it('follows half an hour of summer time in the south', () => {
    expect(dueBetween('45 1 * * *', 'Australia/Lord_Howe', '2026-04-03T12:00:00Z', '2026-04-06T00:00:00Z')).toEqual([
      '2026-04-03T14:45:00Z',
      '2026-04-04T14:45:00Z',
      '2026-04-04T15:15:00Z',
      '2026-04-05T15:15:00Z',
    ]);
  });

  it('looks back over changes of the clocks, and says the same minute by minute', () => {
    const { cron } = parseCron('15 3 1 1,7 *');
    const zone = timeZone('America/New_York');
    expect(printInstant(lastDueIn(cron!, zone, epoch('2026-06-30T00:00:00Z'))!)).toBe('2026-01-01T08:15:00Z');
    expect(printInstant(lastDueIn(cron!, zone, epoch('2026-12-30T00:00:00Z'))!)).toBe('2026-07-01T07:15:00Z');
    const leap = parseCron('0 0 29 2 *').cron!;
    expect(printInstant(lastDueIn(leap, zone, epoch('2026-06-30T00:00:00Z'))!)).toBe('2024-02-29T05:00:00Z');

    const hourly = parseCron('*/20 1-3 * * *').cron!;
    const due = cronDue('*/20 1-3 * * *', 'Europe/London');
    for (let at = epoch('2026-10-24T23:00:00Z'); at < epoch('2026-10-25T05:00:00Z'); at += 60)
      expect(due(at)).toBe(lastDueIn(hourly, timeZone('Europe/London'), at));
  });
});
