import { describe, expect, it } from 'vitest';
import { parseMoment } from '../../../sim-core/units/moment.ts';

const start = Date.UTC(2026, 10, 27) / 1000;

describe('a moment of a run', () => {
  it.each([
    ['01:02:03', 3723],
    ['00:05', 300],
    ['26:00', 93_600],
    ['2d 01:02:03', 176_523],
    ['2d01:02:03.5', 176_523.5],
    ['+01:00:00', 3600],
    ['t+1h02m3s', 3723],
    ['1h2m3s', 3723],
    ['90', 90],
    ['2026-11-27T01:02:03Z', 3723],
    ['2026-11-27T02:02:03+01:00', 3723],
  ])('%s is %d s after the start', (text, seconds) => {
    expect(parseMoment(text, start)).toBe(seconds);
  });

  it.each(['', 'soon', '01:60', '01:02:60', '1:2:3', '-01:00:00', '2026-11-27T01:02:03'])('%o is none', (text) => {
    expect(parseMoment(text, start)).toBeUndefined();
  });

  it('cannot be an instant where nobody knows the start', () => {
    expect(parseMoment('2026-11-27T01:02:03Z', NaN)).toBeUndefined();
    expect(parseMoment('01:02:03', NaN)).toBe(3723);
  });
});
