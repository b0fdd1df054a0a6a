import { describe, expect, test } from 'vitest';
import { controllerFrom, drive, seen } from './seen.ts';

describe('static', () => {
  test('costs nothing when the deployment starts with its count', () => {
    expect(controllerFrom({ static: { replicas: 4 } }).interval).toBe(Infinity);
  });

  test('asks for its count when the deployment starts elsewhere', () => {
    const controller = controllerFrom({ static: { replicas: 9 } });
    expect(controller.interval).toBeLessThan(Infinity);
    expect(drive(controller, [(n) => seen(0, n, 0.5), (n) => seen(15, n, 0.9)])).toEqual([9, 9]);
  });
});

describe('scheduled', () => {
  const hour = 3600;
  const at = (controller: ReturnType<typeof controllerFrom>, time: number): number =>
    controller.evaluate(seen(time, 4, 0.5), controller.initialState).decision.applied;
  const workdays = {
    scheduled: {
      replicas: 1,
      schedule: [
        { cron: '0 8 * * 1-5', replicas: 10 },
        { cron: '0 20 * * *', replicas: 3 },
      ],
    },
  };

  test.each([
    // The run begins on Monday at midnight: Sunday's evening holds.
    [0, 3],
    [8 * hour - 1, 3],
    [8 * hour, 10],
    [20 * hour - 1, 10],
    [20 * hour, 3],
    [5 * 24 * hour + 12 * hour, 3], // Saturday noon
  ])('%i s after Monday midnight: %i', (time, expected) => expect(at(controllerFrom(workdays), time)).toBe(expected));

  test('an offset moves the clock of cron', () => {
    const controller = controllerFrom({ scheduled: { ...workdays.scheduled, timezone: '+02:00' } });
    expect(at(controller, 6 * hour - 1)).toBe(3);
    expect(at(controller, 6 * hour)).toBe(10);
  });

  test('once, by a time after the start or by a date; before that the default', () => {
    const controller = controllerFrom({
      scheduled: {
        replicas: 2,
        schedule: [
          { at: '2h', replicas: 7 },
          { at: '2026-01-05T03:00:00Z', replicas: 8 },
        ],
      },
    });
    expect([0, 2 * hour - 1, 2 * hour, 3 * hour - 1, 3 * hour, 30 * hour].map((time) => at(controller, time))).toEqual([
      2, 2, 7, 7, 8, 8,
    ]);
  });

  test('of two due at once the later in the list holds', () => {
    const entries = [
      { cron: '0 8 * * *', replicas: 5 },
      { at: '8h', replicas: 6 },
    ];
    expect(at(controllerFrom({ scheduled: { replicas: 1, schedule: entries } }), 8 * hour)).toBe(6);
    expect(at(controllerFrom({ scheduled: { replicas: 1, schedule: entries.toReversed() } }), 8 * hour)).toBe(5);
  });

  test('says what it follows', () => {
    const reasonAt = (config: unknown, time: number) =>
      controllerFrom(config).evaluate(seen(time, 4, 0.5), null).decision.reason;
    expect(reasonAt(workdays, 9 * hour)).toBe('4 → 10: Schedule 0 8 * * 1-5: 10');
    const once = (moment: string) => ({ scheduled: { replicas: 2, schedule: [{ at: moment, replicas: 7 }] } });
    expect(reasonAt(once('90m'), 9 * hour)).toBe('4 → 7: Schedule from 90 min on: 7');
    expect(reasonAt(once('2026-01-05T03:00:00Z'), 9 * hour)).toBe('4 → 7: Schedule from 2026-01-05T03:00:00Z on: 7');
    expect(reasonAt(once('90m'), 0)).toBe('4 → 2: Nothing has been due yet: 2');
  });
});
