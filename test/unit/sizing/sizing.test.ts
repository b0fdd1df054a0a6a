import { describe, expect, it } from 'vitest';
import { formatAmount, parseAmount } from '../../../sim-core/sizing/amount.ts';
import { evaluateSizing } from '../../../sim-core/sizing/evaluate.ts';
import type { GivenAmounts } from '../../../sim-core/sizing/given.ts';
import { sizingSchema } from '../../../sim-core/sizing/schema.ts';
import { workOutSizing } from '../../../sim-core/index.ts';
import { loadedScenario } from '../../support/scenario-file.ts';

const given: GivenAmounts = {
  peakArrivalRate: { value: 700, unit: 'rate' },
  meanArrivalRate: { value: 400, unit: 'rate' },
  meanServiceTime: { value: 0.08, unit: 'duration' },
  concurrency: { value: 4, unit: 'count' },
  perReplicaHour: { value: 0.12, unit: 'money' },
};
const rowsOf = (model: unknown) => evaluateSizing(sizingSchema.parse(model), given, 'USD');
const issuesOf = (model: unknown) =>
  (sizingSchema.safeParse(model).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('an amount', () => {
  it.each([
    ['12', 12, 'number'],
    ['-3.5', -3.5, 'number'],
    ['2500/s', 2500, 'rate'],
    ['9000/min', 150, 'rate'],
    ['20%', 0.2, 'share'],
    ['256Mi', 256 * 1024 ** 2, 'memory'],
    ['30d', 30 * 86_400, 'duration'],
    ['5m', 300, 'duration'],
  ] as const)('%s is %d, a %s', (text, value, unit) => {
    expect(parseAmount(text)).toEqual({ value, unit });
  });

  it.each(['', 'many', '12 apples', '20%%'])('%o is none', (text) => expect(parseAmount(text)).toBeUndefined());

  it.each([
    [{ value: 24, unit: 'count' }, '24'],
    [{ value: 1_234_567.8, unit: 'count' }, '1,234,568'],
    [{ value: 0.12345, unit: 'number' }, '0.123'],
    [{ value: -1500, unit: 'number' }, '−1,500'],
    [{ value: 2102.4, unit: 'money' }, '2,102 USD'],
    [{ value: 12.345, unit: 'money' }, '12.35 USD'],
    [{ value: 1.5 * 1024 ** 3, unit: 'memory' }, '1.5 GiB'],
    [{ value: NaN, unit: 'count' }, '–'],
  ] as const)('%o reads %s', (amount, text) => expect(formatAmount(amount, 'USD')).toBe(text));
});

describe('a sizing model', () => {
  it('works results out in the order they rest on each other, and prints them in the order of the file', () => {
    const rows = rowsOf({
      inputs: { rate: '1000/s', perInstance: '50/s', buffer: '20%' },
      results: {
        cost: { formula: 'instances * perReplicaHour', unit: 'money' },
        instances: { formula: 'ceil(rate / perInstance * (1 + buffer))', note: 'with room' },
      },
    });
    expect(rows.map(({ name, value }) => [name, value])).toEqual([
      ['cost', 24 * 0.12],
      ['instances', 24],
    ]);
    expect(rows.map(({ arithmetic }) => arithmetic)).toEqual(['24 * 0.12 USD', 'ceil(1000/s / 50/s * (1 + 20%))']);
  });

  it('says where there is no number, and names what rests on it', () => {
    const rows = rowsOf({
      inputs: { none: 0 },
      results: { a: { formula: '1 / none' }, b: { formula: 'a + 1' }, c: { formula: '2 + 2' } },
    });
    expect(rows.map(({ value }) => value)).toEqual([NaN, NaN, 4]);
    expect(rows[0]?.problem).toMatch(/divided by zero/);
    expect(rows[1]?.problem).toMatch(/There is no `a`/);
  });

  it.each([
    [{ inputs: { a: 'lots' }, results: {} }, /inputs\.a: `lots` is no amount/],
    [{ results: { a: { formula: '1 +' } } }, /results\.a\.formula: The formula ends too early/],
    [{ inputs: { buffer: 1 }, results: { a: { formula: 'bufer + 1' } } }, /Did you mean `buffer`\?/],
    [
      { results: { a: { formula: 'b' }, b: { formula: 'c + 1' }, c: { formula: 'b' } } },
      /results\.b\.formula: A result rests on itself: b → c → b\./,
    ],
    [{ inputs: { a: 1 }, results: { a: { formula: '1' } } }, /`a` is an input already/],
    [{ results: { concurrency: { formula: '1' } } }, /`concurrency` is an input already/],
    [{ inputs: { 'a b': 1 }, results: {} }, /`a b` is no name: letters and digits/],
  ])('%j is refused with the place and the way out', (model, message) => {
    expect(issuesOf(model).join('\n')).toMatch(message);
  });
});

/**
 * The guide's rules by plain arithmetic, without formulas: target rate ÷ 50/s with a fifth on top; storage, memory and
 * connections by agents; cache by active users and session size.
 */
it('the shipped guide gives the figures its rules give by hand', () => {
  const loaded = loadedScenario(new URL('../../../scenarios/sizing-guide.yaml', import.meta.url));
  const values = Object.fromEntries(workOutSizing(loaded).map(({ name, value }) => [name, value]));
  const gibibyte = 1024 ** 3;
  expect(values).toMatchObject({
    instances: 24,
    databaseStorage: 10 * gibibyte + 5000 * 20 * 1024 ** 2,
    databaseMemory: 2 * gibibyte + 5000 * 256 * 1024,
    databaseConnections: 520,
    cacheMemory: expect.closeTo(30_000 * 8192 * 1.3, 3) as number,
    instanceCostPerMonth: expect.closeTo(24 * 0.12 * 730, 9) as number,
  });
  // The lognormal with p50 60 ms and p95 200 ms: mean = median × exp(σ²/2), σ = ln(p95/p50) ÷ 1.6449.
  const sigma = Math.log(200 / 60) / 1.6448536269514722;
  expect(values['offeredLoad']).toBeCloseTo(1000 * 0.06 * Math.exp(sigma ** 2 / 2), 6);
});
