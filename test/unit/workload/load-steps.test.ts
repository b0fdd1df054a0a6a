import { expect, test } from 'vitest';
import { loadStepsOf } from '../../../sim-core/workload/load-steps.ts';
import { rateFromCorners } from '../../../sim-core/workload/rate-function.ts';

const horizon = 7200;
const stepsOf = (...corners: [time: number, rate: number][]) => loadStepsOf(rateFromCorners(corners, horizon));

test.each<[string, [number, number][], unknown[]]>([
  [
    'one step up',
    [
      [0, 100],
      [1800, 100],
      [1800, 200],
    ],
    [{ time: 1800, until: 7200, grows: true }],
  ],
  [
    'up and down again',
    [
      [0, 100],
      [1800, 100],
      [1800, 200],
      [3600, 200],
      [3600, 100],
    ],
    [
      { time: 1800, until: 3600, grows: true },
      { time: 3600, until: 7200, grows: false },
    ],
  ],
  [
    'from nothing and to nothing',
    [
      [0, 0],
      [1800, 0],
      [1800, 5],
      [3600, 5],
      [3600, 0],
    ],
    [
      { time: 1800, until: 3600, grows: true },
      { time: 3600, until: 7200, grows: false },
    ],
  ],
  [
    'a fifth is enough, less is not',
    [
      [0, 80],
      [1800, 80],
      [1800, 100],
      [3600, 100],
      [3600, 119],
    ],
    [{ time: 1800, until: 3600, grows: true }],
  ],
  // 200 → 300 in an hour: 210 after six minutes.
  [
    'not onto a ramp',
    [
      [0, 100],
      [1800, 100],
      [1800, 200],
      [5400, 300],
    ],
    [],
  ],
  // 200 → 220 in an hour: 210 after half an hour.
  [
    'onto a slow ramp, as long as it stays near',
    [
      [0, 100],
      [1800, 100],
      [1800, 200],
      [5400, 220],
    ],
    [{ time: 1800, until: 3600, grows: true }],
  ],
  [
    'a spike of five minutes',
    [
      [0, 100],
      [1800, 100],
      [1800, 200],
      [2100, 200],
      [2100, 100],
    ],
    [],
  ],
  [
    'sooner than ten minutes after the start',
    [
      [0, 100],
      [590, 100],
      [590, 200],
    ],
    [],
  ],
  [
    'ten minutes after the start',
    [
      [0, 100],
      [600, 100],
      [600, 200],
    ],
    [{ time: 600, until: 7200, grows: true }],
  ],
  [
    'a ramp before it',
    [
      [0, 50],
      [1800, 100],
      [1800, 200],
    ],
    [],
  ],
])('%s', (_, corners, steps) => expect(stepsOf(...corners)).toEqual(steps));
