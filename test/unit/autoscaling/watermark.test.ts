import { describe, expect, it } from 'vitest';
import { controllerConfig } from '../../../sim-core/autoscaling/registry.ts';
import { controllerFrom, drive, seen } from './seen.ts';

const spec = (change: object = {}) => ({
  watermark: {
    minReplicas: 2,
    maxReplicas: 20,
    algorithm: 'average',
    tolerance: '0',
    metrics: [
      { type: 'External', external: { metricName: 'outstanding_requests', lowWatermark: '2', highWatermark: '4' } },
    ],
    ...change,
  },
});
/** Counts at 15, 30, 45 s … for the requests that are there at each. */
const counts = (change: object, loads: readonly number[], start = 4) =>
  drive(
    controllerFrom(spec(change)),
    loads.map(
      (load, index) => (replicas: number) => seen((index + 1) * 15, replicas, 0.5, { queueLength: load, inService: 0 }),
    ),
    start,
  );

describe('watermarks', () => {
  it('hold from the low to the high one, both included', () => expect(counts({}, [8, 12, 16])).toEqual([4, 4, 4]));

  it('grow to where the high one is met, rounded up', () => expect(counts({}, [17])).toEqual([5]));

  it('shrink to where the low one is met, rounded down', () =>
    expect(counts({ scaleDownLimitFactor: '100' }, [5])).toEqual([2]));

  it('have zones of tolerance around them', () => expect(counts({ tolerance: '0.1' }, [17, 18])).toEqual([4, 5]));

  it('limit the speed, and wait out the forbidden window of the direction after any change', () => {
    // Half of four a step; a minute later the next one.
    expect(counts({}, [80, 80, 80, 80, 80, 80])).toEqual([6, 6, 6, 6, 6, 9]);
    expect(counts({ downscaleForbiddenWindowSeconds: 30 }, [17, 8, 8, 8])).toEqual([5, 5, 5, 4]);
  });

  it('converge by one towards the high one where that leaves them unbroken', () => {
    expect(counts({ convergeTowardsWatermark: 'highwatermark', downscaleForbiddenWindowSeconds: 0 }, [9, 9])).toEqual([
      3, 3,
    ]);
  });

  it('do not believe zero unless told to', () => {
    expect(counts({ scaleDownLimitFactor: '100' }, [0])).toEqual([4]);
    expect(counts({ scaleDownLimitFactor: '100', tolerateZero: true }, [0])).toEqual([2]);
  });

  it('come back to the bounds at once', () => expect(counts({}, [30], 30)).toEqual([20]));
});

it.each([
  [{ metrics: [{ type: 'Resource', resource: { name: 'cpu' } }] }, 'Give `lowWatermark`'],
  [{ minReplicas: 30 }, 'must be at least `minReplicas`'],
  [
    { metrics: [{ type: 'External', external: { metricName: 'queue_length', lowWatermark: 3, highWatermark: 1 } }] },
    'must not exceed `highWatermark`',
  ],
])('refuses %j', (change, words) => {
  const issues = controllerConfig.safeParse(spec(change)).error?.issues ?? [];
  expect(issues.map(({ message }) => message).join(' ')).toContain(words);
});
