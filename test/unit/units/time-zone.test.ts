import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../../sim-core/units/instant.ts';
import { findTimeZone, timeZone, zoneNames } from '../../../sim-core/units/zone/time-zone.ts';
import { zoneFacts } from '../../support/zone-facts.ts';

const epoch = (text: string): number => parseInstant(text)!;

/** `-00:44:30` */
function seconds(offset: string): number {
  const [hours, minutes, rest = 0] = offset.slice(1).split(':').map(Number);
  return (hours! * 3600 + minutes! * 60 + rest) * (offset.startsWith('-') ? -1 : 1);
}

describe('the clocks of a zone', () => {
  it.each(zoneFacts.map(([zone, at, before, after]) => ({ zone, at, before, after })))(
    '$zone at $at go from $before to $after',
    ({ zone, at, before, after }) => {
      const clocks = timeZone(zone);
      const change = epoch(at);
      expect([clocks.offsetAt(change - 1), clocks.offsetAt(change)]).toEqual([seconds(before), seconds(after)]);
      if (before === after) return;
      expect(clocks.stretchAt(change).from).toBe(change);
      expect(clocks.stretchAt(change - 1).until).toBe(change);

      const shift = seconds(after) - seconds(before);
      const middle = change + seconds(before) + shift / 2;
      if (shift > 0) {
        // Set forward: what lies between was never shown.
        expect(clocks.read(middle)).toEqual({ shown: 'never', first: change + shift / 2, second: change + shift / 2 });
      } else {
        const [first, second] = [change + shift / 2, change - shift / 2];
        expect(clocks.read(middle)).toEqual({ shown: 'twice', first, second });
      }
      expect(clocks.plainOffsetOf(middle)).toBeNaN();
      const [lower, upper] = [
        change + Math.min(seconds(before), seconds(after)),
        change + Math.max(seconds(before), seconds(after)),
      ];
      for (const [local, offset] of [
        [lower - 1, seconds(before)],
        [upper, seconds(after)],
      ] as const) {
        expect(clocks.read(local)).toEqual({ shown: 'once', first: local - offset, second: local - offset });
        expect(clocks.plainOffsetOf(local)).toBe(offset);
      }
    },
  );

  it('stand still against UTC where a name is an offset', () => {
    for (const [name, offset] of [
      ['UTC', 0],
      ['Z', 0],
      ['+05:30', 19_800],
      ['-03:00', -10_800],
      ['Etc/GMT+3', -10_800],
    ] as const) {
      expect(timeZone(name).stretchAt(1.8e9)).toEqual({ from: -Infinity, until: Infinity, offset });
    }
  });

  it('are unknown for anything else', () => {
    for (const name of ['', 'Berlin', 'europe/berlin', '+15:00', '+2:00', 'Factory', 'CEST'])
      expect(findTimeZone(name)).toBeUndefined();
  });

  it('are known for every name of the database, and each can be asked for any year', () => {
    expect(zoneNames.length).toBeGreaterThan(590);
    for (const name of zoneNames) {
      const zone = timeZone(name);
      for (const year of [1960, 1999, 2026, 2100])
        expect(Math.abs(zone.offsetAt(epoch(`${year}-07-01`)))).toBeLessThanOrEqual(14 * 3600);
    }
  });
});
