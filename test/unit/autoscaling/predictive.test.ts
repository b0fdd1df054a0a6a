import { describe, expect, test } from 'vitest';
import { queueModels } from '../../../sim-core/queueing/models.ts';
import { controllerFrom, drive, seen } from './seen.ts';

const predictive = (fields: object = {}, context: object = {}) =>
  controllerFrom({ predictive: { forecast: 'ewma', maxReplicas: 100, ...fields } }, context);

/** A steady service, observed every 30 s. */
const steady = (rate: number, count: number, service: object = {}) =>
  Array.from(
    { length: count },
    (_, index) => (replicas: number) =>
      seen(30 * (index + 1), replicas, 0.5, {
        arrivalRate: rate,
        throughput: rate,
        serviceTimeMean: 0.1,
        serviceScv: 1,
        ...service,
      }),
  );

describe('staffing', () => {
  test.each(['mmc', 'mgc'] as const)(
    '%s: the replicas asked for meet the objective, one slot fewer would not',
    (model) => {
      const service = { arrivalRate: 200, serviceTimeMean: 0.1, serviceScv: model === 'mmc' ? 1 : 2 };
      const objective = { quantile: 0.95, seconds: 0.4 };
      const controller = predictive({ model }, { latencyObjective: objective, concurrency: 1 });
      const [replicas] = drive(controller, steady(200, 1, service));
      const quantile = (servers: number) => queueModels[model].sojournTimeQuantile({ ...service, servers }, 0.95);
      expect(quantile(replicas!)).toBeLessThanOrEqual(0.4);
      expect(quantile(replicas! - 1)).toBeGreaterThan(0.4);
    },
  );

  test('servers become replicas by concurrency, rounded up', () => {
    const one = drive(predictive({}, { concurrency: 1 }), steady(200, 1))[0]!;
    expect(drive(predictive({}, { concurrency: 4 }), steady(200, 1))).toEqual([Math.ceil(one / 4)]);
  });

  test('headroom plans for more than the forecast', () => {
    const plain = predictive().evaluate(steady(200, 1)[0]!(4), predictive().initialState).decision;
    const controller = predictive({ headroom: '50%' });
    const roomy = controller.evaluate(steady(200, 1)[0]!(4), controller.initialState).decision;
    expect(roomy.observed['offeredLoad']! / plain.observed['offeredLoad']!).toBeCloseTo(1.5, 9);
    expect(roomy.applied).toBeGreaterThan(plain.applied);
  });

  test('requests that wait are served within the time set for it, on top of the forecast', () => {
    const evaluate = (fields: object, queueLength: number) => {
      const controller = predictive(fields);
      return controller.evaluate(steady(200, 1, { queueLength })[0]!(4), controller.initialState).decision;
    };
    // 200/s × 0.1 s, and 6000 waiting: 50/s over the two minutes of the default, 100/s over one.
    expect(evaluate({}, 0).observed['offeredLoad']).toBeCloseTo(20, 9);
    expect(evaluate({}, 6000).observed['offeredLoad']).toBeCloseTo(25, 9);
    expect(evaluate({ drainBacklog: '1m' }, 6000).observed['offeredLoad']).toBeCloseTo(30, 9);
    expect(evaluate({}, 6000).applied).toBeGreaterThan(evaluate({}, 0).applied);
    expect(evaluate({}, 6000).stages[0]!.detail).toContain('6000 waiting');
  });

  test('a target of its own goes before the objective of the scenario', () => {
    const strict = drive(predictive({ target: { p95: '320ms' } }, { concurrency: 1 }), steady(200, 1))[0]!;
    const lax = drive(predictive({ target: { p95: '2s' } }, { concurrency: 1 }), steady(200, 1))[0]!;
    expect(strict).toBeGreaterThan(lax);
  });

  test('an objective the service alone breaks is said to be out of reach', () => {
    const controller = predictive({ target: { p95: '10ms' } });
    const { decision } = controller.evaluate(steady(200, 1)[0]!(4), controller.initialState);
    expect(decision.stages[0]).toMatchObject({ reason: 'ObjectiveOutOfReach' });
    expect(decision.reason).toContain('out of reach');
  });
});

describe('limits', () => {
  test('its bounds hold', () => {
    expect(drive(predictive({ maxReplicas: 3 }), steady(2000, 2))).toEqual([3, 3]);
    expect(drive(predictive({ minReplicas: 5 }), steady(0.001, 2))).toEqual([5, 5]);
  });

  test('no traffic needs no more than the minimum', () => {
    const learnt = steady(100, 1);
    const idle = steady(0, 400, { throughput: 0, serviceTimeMean: NaN, serviceScv: NaN });
    const counts = drive(predictive({ minReplicas: 2 }), [...learnt, ...idle]);
    expect(counts.at(-1)).toBe(2);
  });

  test('before anything was observed it holds', () => {
    const controller = predictive();
    const { decision } = controller.evaluate(seen(30, 4, 0.5), controller.initialState);
    expect(decision).toMatchObject({
      applied: 4,
      recommended: NaN,
      reason: 'Stays at 4: No arrival rate and service time known yet',
    });
  });
});

test.each([
  ['by its horizon', { horizon: '5m' }, 60],
  ['by the time a replica takes to start, however short the horizon', { horizon: '30s' }, 300],
])('sees a repeated peak coming %s', (_, fields, startupDelay) => {
  const season = 3600;
  const rateAt = (time: number) => (time % season >= 1800 ? 300 : 100);
  const controller = predictive({ forecast: { 'holt-winters': { season: '1h' } }, ...fields }, { startupDelay });
  const steps = Array.from({ length: 600 }, (__, index) => {
    const time = 30 * (index + 1);
    const rate = rateAt(time);
    return (replicas: number) =>
      seen(time, replicas, 0.5, { arrivalRate: rate, throughput: rate, serviceTimeMean: 0.1, serviceScv: 1 });
  });
  const counts = drive(controller, steps);
  const at = (time: number) => counts[time / 30 - 1]!;
  // In the fifth hour: enough already two minutes before the peak, and not yet a quarter of an hour before it.
  const peak = 4 * season + 1800;
  expect(at(peak - 120)).toBeGreaterThanOrEqual(at(peak + 600) - 1);
  expect(at(peak - 900)).toBeLessThan(at(peak - 120));
});

test('service times are remembered beyond one noisy window', () => {
  const controller = predictive({}, { concurrency: 1 });
  const noisy = Array.from(
    { length: 200 },
    (_, index) => (replicas: number) =>
      seen(30 * (index + 1), replicas, 0.5, {
        arrivalRate: 100,
        throughput: 100,
        serviceTimeMean: index % 2 === 0 ? 0.09 : 0.11,
        serviceScv: 1,
      }),
  );
  const counts = drive(controller, noisy).slice(100);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
});
