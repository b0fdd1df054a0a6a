import { describe, expect, test } from 'vitest';
import { checkGuards } from '../../../sim-core/autoscaling/guards/check-guards.ts';
import { guardsConfig } from '../../../sim-core/autoscaling/guards/config.ts';
import { guardController } from '../../../sim-core/autoscaling/guards/guard.ts';
import { asking, every } from './asking.ts';
import { context, drive, seen } from './seen.ts';

/** Guards as people write them, around a controller that asks for these counts. */
const guarded = (guards: unknown, ...counts: number[]) =>
  guardController(asking(...counts), guardsConfig.parse(guards), context);
const always = (wish: number, times: number) => Array.from({ length: times }, () => wish);

describe('dead zone', () => {
  test.each([
    [{ replicas: 3 }, 20, 22, 20],
    [{ replicas: 3 }, 20, 23, 23],
    [{ replicas: 3 }, 20, 18, 20],
    [{ replicas: 3 }, 20, 17, 17],
    [{ share: '10%' }, 20, 21, 20],
    [{ share: '10%' }, 20, 22, 22],
    [{ share: '10%' }, 20, 18, 18],
    [{ share: '10%' }, 0, 1, 1],
    // The larger of the two has to be reached.
    [{ replicas: 2, share: '20%' }, 20, 23, 20],
    [{ replicas: 2, share: '20%' }, 4, 5, 4],
    [{ replicas: 2, share: '20%' }, 4, 6, 6],
  ])('%j: from %i, wish %i → %i', (deadZone, current, wish, expected) => {
    expect(drive(guarded({ deadZone }, wish), every(60, 1), current)).toEqual([expected]);
  });
});

describe('gradual scale-down', () => {
  test.each<[unknown, number[]]>([
    [{ replicas: 2, period: '2m' }, [18, 18, 16, 16, 14, 14]],
    [{ share: '25%', period: '1m' }, [15, 12, 9, 7, 6, 5]],
    // A quarter of three is less than one replica, and still one goes.
    [{ share: '25%', replicas: 4, period: '3m' }, [16, 16, 16, 12, 12, 12]],
    [{ replicas: 100, period: '10s' }, [1, 1, 1, 1, 1, 1]],
  ])('%j, from 20 to 1', (gradualScaleDown, expected) => {
    expect(drive(guarded({ gradualScaleDown }, ...always(1, 6)), every(60, 6), 20)).toEqual(expected);
  });

  test('down to the last replica, one at a time', () => {
    const guards = { gradualScaleDown: { share: '25%', period: '1m' } };
    expect(drive(guarded(guards, ...always(0, 4)), every(60, 4), 3)).toEqual([2, 1, 0, 0]);
  });

  test('growing is free, and takes no step away', () => {
    const guards = { gradualScaleDown: { replicas: 1, period: '5m' } };
    expect(drive(guarded(guards, 5, 30, 5, 5, 5, 5), every(60, 6), 20)).toEqual([19, 30, 30, 30, 30, 29]);
  });
});

describe('approval', () => {
  test.each<[string, unknown, number[], number[]]>([
    ['small changes are free', { above: 3, after: '5m' }, [7, 4, 5], [7, 4, 5]],
    ['a large one waits its time', { above: 3, after: '2m' }, [10, 10, 10], [4, 4, 10]],
    ['and is made as wished then', { above: 3, after: '2m' }, [10, 9, 12], [4, 4, 12]],
    ['a small wish withdraws it', { above: 3, after: '2m' }, [10, 4, 10, 10, 10], [4, 4, 4, 4, 10]],
    ['so does the opposite wish', { above: 1, after: '1m' }, [9, 1, 9, 9], [4, 4, 4, 9]],
    ['the next one is asked for anew', { above: 3, after: '1m' }, [10, 10, 20, 20], [4, 10, 10, 20]],
    ['never', { above: 3, after: 'never' }, [10, 10, 7], [4, 4, 7]],
    ['at once', { above: 3, after: 0 }, [10], [10]],
  ])('%s', (_, approval, wishes, expected) => {
    expect(drive(guarded({ approval }, ...wishes), every(60, wishes.length))).toEqual(expected);
  });

  test('what was approved waits for the cool-down without being asked for again', () => {
    const guards = { approval: { above: 3, after: '1m' }, cooldown: { up: '4m' } };
    expect(drive(guarded(guards, 5, 20, 20, 20, 20), every(60, 5))).toEqual([5, 5, 5, 5, 20]);
  });

  test('steps that are small enough need none', () => {
    const guards = { maxStep: { up: 3 }, approval: { above: 3, after: 'never' } };
    expect(drive(guarded(guards, 20, 20), every(60, 2))).toEqual([7, 10]);
  });
});

describe('freeze', () => {
  // The scenario starts on Monday, 5 January 2026, 00:00 UTC.
  const at = (hours: number) => (replicas: number) => seen(hours * 3600, replicas, 0.5);
  const hoursOf = (freeze: unknown, hours: readonly number[], wish = 9) =>
    drive(guarded({ freeze }, ...always(wish, hours.length)), hours.map(at)).map((count) => count === wish);

  test.each<[string, unknown, number[], boolean[]]>([
    [
      'a window that comes back, its end excluded',
      { windows: [{ cron: '0 8 * * *', for: '10h' }] },
      [8, 17.99, 18],
      [false, false, true],
    ],
    ['before it', { windows: [{ cron: '0 8 * * *', for: '10h' }] }, [7.99], [true]],
    ['that began before the start', { windows: [{ cron: '0 18 * * 5', for: '62h' }] }, [7, 8], [false, true]],
    [
      'by the clock of a time zone',
      { timezone: '+02:00', windows: [{ cron: '0 8 * * 1', for: '1h' }] },
      [6, 7],
      [false, true],
    ],
    ['once, by date', { windows: [{ from: '2026-01-05T02:00:00Z', for: '30m' }] }, [2, 2.5], [false, true]],
    ['once, after the start', { windows: [{ from: '3h', for: '1h' }] }, [3, 4], [false, true]],
    [
      'several',
      {
        windows: [
          { from: '1h', for: '1h' },
          { from: '2h', for: '1h' },
        ],
      },
      [1, 2, 3],
      [false, false, true],
    ],
  ])('%s', (_, freeze, hours, changed) => expect(hoursOf(freeze, hours)).toEqual(changed));

  test('growth may pass', () => {
    const freeze = { growth: true, windows: [{ from: 0, for: '1d' }] };
    expect(drive(guarded({ freeze }, 9, 2), every(60, 2))).toEqual([9, 9]);
  });

  test('bounds are absolute even then', () => {
    const guards = { freeze: { windows: [{ from: 0, for: '1d' }] }, bounds: { max: 3 } };
    expect(drive(guarded(guards, 9), every(60, 1))).toEqual([3]);
  });

  test('needs either cron or from', () => {
    expect(guardsConfig.safeParse({ freeze: { windows: [{ for: '1h' }] } }).success).toBe(false);
    expect(guardsConfig.safeParse({ freeze: { windows: [{ cron: '0 8 * * *', from: 0, for: '1h' }] } }).success).toBe(
      false,
    );
  });
});

describe('hold before a rise', () => {
  /** A rate that doubles in the second half of every ten minutes, seen once a minute, while fewer are wished for. */
  const course = (guards: unknown, minutes: number) => {
    const controller = guarded(guards, ...always(2, minutes));
    let state = controller.initialState;
    return Array.from({ length: minutes }, (_, minute) => {
      const arrivalRate = minute % 10 < 5 ? 10 : 20;
      const evaluation = controller.evaluate(seen(minute * 60, 4, 0.5, { arrivalRate }), state);
      state = evaluation.state;
      return evaluation.decision;
    });
  };
  const forecast = { 'holt-winters': { season: '10m', level: 0.2, trend: 0, seasonal: 0.1 } };

  test('holds exactly while the season learnt so far rises within the horizon', () => {
    const decisions = course({ holdBeforeRise: { forecast, horizon: '3m' } }, 60).slice(40);
    // The next value is one minute ahead: the rise at minute 5 is seen from the values of minutes 2 and 3 (next is
    // minute 3 or 4, highest 5 or 6), and at minute 4 the next value is high already.
    const held = decisions.map(({ applied }) => applied === 4);
    expect(held.slice(0, 10)).toEqual([false, false, true, true, false, false, false, false, false, false]);
    expect(held.slice(10)).toEqual(held.slice(0, 10));
    expect(decisions[2]!.stages.at(-1)).toMatchObject({
      name: 'guard-hold-before-rise',
      reason: 'RiseAhead',
      detail: 'Forecast 10/s, 20/s in 3 min, more than 5 % higher: 2 → 4',
    });
  });

  test('a rise too small to matter, growth, and nothing observed pass', () => {
    const passed = course({ holdBeforeRise: { forecast, horizon: '3m', rise: '120%' } }, 60).slice(40);
    expect(passed.every(({ applied }) => applied === 2)).toBe(true);
    expect(drive(guarded({ holdBeforeRise: { forecast } }, 2, 9), every(60, 2))).toEqual([2, 9]);
  });

  test('one value per interval, however often it is evaluated', () => {
    const decisions = course({ holdBeforeRise: { forecast, horizon: '4m', interval: '2m' } }, 60).slice(40);
    // Values at even minutes: 10 10 10 20 20 in five steps of two minutes. That of minute 2 has 10 next and 20 after it.
    expect(decisions.slice(0, 10).map(({ applied }) => applied === 4)).toEqual(
      [0, 0, 1, 1, 0, 0, 0, 0, 0, 0].map((held) => held === 1),
    );
  });

  test('a flat forecast and a season too short are refused', () => {
    const issues = (holdBeforeRise: unknown, interval: number) =>
      checkGuards(guardsConfig.parse({ holdBeforeRise }), context, () => interval);
    expect(issues({ forecast }, 60)).toEqual([]);
    expect(issues({ forecast }, Infinity)).toEqual([]);
    expect(issues({ forecast }, 600)).toMatchObject([
      { code: 'contradictory-bounds', path: ['holdBeforeRise', 'forecast'] },
    ]);
    expect(issues({ forecast: 'ewma' }, 60)).toMatchObject([{ code: 'bad-value' }]);
    expect(issues({ forecast: { ewma: {} } }, 60)).toMatchObject([{ code: 'bad-value' }]);
  });
});

test('all guards explain themselves, in the order in which they run', () => {
  const guards = {
    budget: { perHour: 10 },
    bounds: { max: 50 },
    freeze: { windows: [{ from: '1d', for: '1h' }] },
    cooldown: { down: '1m' },
    approval: { above: 5, after: '1m' },
    gradualScaleDown: { replicas: 1, period: '1m' },
    maxStep: { down: 3 },
    holdBeforeRise: {},
    hysteresis: { up: '80%', down: '60%' },
    deadZone: { replicas: 2 },
  };
  const controller = guarded(guards, 4);
  const { stages } = controller.evaluate(seen(0, 20, 0.5), controller.initialState).decision;
  expect(stages.map(({ name, output }) => `${name} ${output}`)).toEqual([
    'ask 4',
    'guard-dead-zone 4',
    'guard-hysteresis 4',
    'guard-hold-before-rise 4',
    'guard-max-step 17',
    'guard-gradual-scale-down 19',
    'guard-approval 19',
    'guard-cooldown 19',
    'guard-freeze 19',
    'guard-bounds 19',
    'guard-budget 19',
  ]);
  expect(stages.every(({ detail, reason }) => detail !== '' && reason !== '')).toBe(true);
});
