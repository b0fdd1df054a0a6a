import { describe, expect, test } from 'vitest';
import { checkController, controllerConfig } from '../../../sim-core/autoscaling/registry.ts';
import { halfinWhitt, halfinWhittBeta } from '../../../sim-core/autoscaling/staffing/halfin-whitt.ts';
import { queueModels } from '../../../sim-core/queueing/models.ts';
import { context, controllerFrom, seen } from './seen.ts';

/** A load of a erlang: arrivals of a/s, one second each. */
const loaded = (a: number, service: object = {}) =>
  seen(30, 4, 0.5, { arrivalRate: a, throughput: a, serviceTimeMean: 1, serviceScv: 1, ...service });

const servers = (config: object, a: number, service: object = {}): number => {
  const controller = controllerFrom({ staffing: { min: 0, max: 10_000, ...config } }, { concurrency: 1 });
  return controller.evaluate(loaded(a, service), controller.initialState).decision.applied;
};

describe('the Halfin–Whitt delay function', () => {
  // The limit of Erlang C itself, at a load where the two are within a percent.
  test.each([0.1, 0.5, 1, 1.5, 2])('is what Erlang C tends to, β = %d', (beta) => {
    const offered = 1_000_000;
    const { delayProbability } = queueModels.mmc.predict({
      arrivalRate: offered,
      serviceTimeMean: 1,
      serviceScv: 1,
      servers: offered + beta * 1000,
    });
    expect(halfinWhitt(beta) / delayProbability).toBeCloseTo(1, 2);
    expect(halfinWhittBeta(halfinWhitt(beta))).toBeCloseTo(beta, 9);
  });

  test('everybody waits at β = 0', () => expect(halfinWhitt(0)).toBe(1));
});

describe('staffing', () => {
  test.each([
    // a + β√a, rounded up
    [100, 1, 110],
    [100, 0.5, 105],
    [99, 1, 109],
    [1, 1, 2],
    [400, 2, 440],
  ])('square root: %d erlang with β = %d are %d servers', (a, beta, expected) => {
    expect(servers({ rule: 'square-root', beta }, a)).toBe(expected);
  });

  test('square root from a delay probability agrees with Erlang C within a server', () => {
    for (const probability of [0.05, 0.2, 0.5]) {
      const target = { delayProbability: probability };
      const byRoot = servers({ rule: 'square-root', target }, 900);
      expect(Math.abs(byRoot - servers({ rule: 'mmc', target }, 900))).toBeLessThanOrEqual(1);
    }
  });

  // The smallest c, shown by what the model says of c and of c − 1.
  test.each([5, 20, 150])(
    'M/M/c: the smallest number for a mean wait, and for a delay probability, at %d erlang',
    (a) => {
      const at = (count: number) =>
        queueModels.mmc.predict({ arrivalRate: a, serviceTimeMean: 1, serviceScv: 1, servers: count });
      const byWait = servers({ rule: 'mmc', target: { meanWait: '50ms' } }, a);
      expect(at(byWait).waitingTimeMean).toBeLessThanOrEqual(0.05);
      expect(at(byWait - 1).waitingTimeMean).toBeGreaterThan(0.05);
      const byDelay = servers({ rule: 'mmc', target: { delayProbability: '10%' } }, a);
      expect(at(byDelay).delayProbability).toBeLessThanOrEqual(0.1);
      expect(at(byDelay - 1).delayProbability).toBeGreaterThan(0.1);
    },
  );

  test('M/G/c asks for more where service varies more', () => {
    const rule = { rule: 'mgc', target: { meanWait: '20ms' } };
    const [even, exponential, bursty] = [0, 1, 8].map((serviceScv) => servers(rule, 50, { serviceScv }));
    expect(even!).toBeLessThan(exponential!);
    expect(exponential!).toBeLessThan(bursty!);
    expect(exponential).toBe(servers({ ...rule, rule: 'mmc' }, 50));
  });

  test('servers become replicas by their concurrency, and the words say how', () => {
    const controller = controllerFrom({ staffing: { rule: 'square-root', beta: 1, max: 100 } });
    const { decision } = controller.evaluate(loaded(100), controller.initialState);
    expect(decision.applied).toBe(28);
    expect(decision.reason).toBe(
      '4 → 28: 100/s × 1 s = 100 erlang = a, ceil(a + 1√a) = 110 servers, of whose requests about 22.3 % wait, ceil(110 ÷ 4) = 28',
    );
  });

  test('without anything observed it stays', () => {
    const controller = controllerFrom({ staffing: { rule: 'square-root', beta: 1, max: 100 } });
    expect(controller.evaluate(seen(0, 4, NaN), controller.initialState).decision).toMatchObject({ applied: 4 });
  });

  test('what it staffs for must be stated once', () => {
    const parses = (config: object) => controllerConfig.safeParse({ staffing: { max: 9, ...config } }).success;
    expect(parses({ rule: 'square-root' })).toBe(false);
    expect(parses({ rule: 'square-root', beta: 1, target: { delayProbability: 0.1 } })).toBe(false);
    expect(parses({ rule: 'mmc', beta: 1 })).toBe(false);
    expect(parses({ rule: 'mmc', target: { p95: '1s', p99: '2s' } })).toBe(false);
    const bare = controllerConfig.parse({ staffing: { rule: 'mmc', max: 9 } });
    expect(checkController(bare, { ...context, latencyObjective: null })).toMatchObject([
      { code: 'missing-key', path: ['staffing', 'target'] },
    ]);
    expect(checkController(bare, context)).toEqual([]);
  });
});
