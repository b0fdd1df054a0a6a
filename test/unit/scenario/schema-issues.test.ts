import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formatPath } from '../../../sim-core/issue.ts';
import { validate } from '../../../sim-core/scenario/schema-issues.ts';
import { duration } from '../../../sim-core/units/schema.ts';

const profile = z.union([
  z.strictObject({ constant: z.strictObject({ rate: z.number().min(0) }) }),
  z.strictObject({ step: z.strictObject({ at: duration(), to: z.number() }) }),
]);
const schema = z.strictObject({
  name: z.string().min(1),
  horizon: duration({ positive: true }),
  count: z.int().min(0).max(10).default(1),
  mode: z
    .union([z.enum(['poisson', 'exact']), z.strictObject({ renewal: z.strictObject({ scv: z.number() }) })])
    .optional(),
  sum: z.array(profile).min(1).optional(),
  rule: z
    .discriminatedUnion('metric', [
      z.strictObject({ metric: z.literal('cpu'), above: z.number() }),
      z.strictObject({ metric: z.enum(['p95']), above: duration() }),
    ])
    .optional(),
  limits: z
    .strictObject({ min: z.number(), max: z.number() })
    .superRefine((value, context) => {
      if (value.min > value.max)
        context.addIssue({
          code: 'custom',
          path: ['min'],
          message: '`min` is above `max`.',
          params: { code: 'contradictory-bounds' },
        });
    })
    .optional(),
});
const good = { name: 'x', horizon: '1h' };
const told = (data: unknown) =>
  validate(schema, data).issues.map((issue) => `${issue.code} ${formatPath(issue.path)}: ${issue.message}`);

describe('validate', () => {
  it('gives the value when all is well', () => {
    expect(validate(schema, good)).toEqual({ value: { name: 'x', horizon: 3600, count: 1 }, issues: [] });
  });

  it.each([
    [
      { ...good, horizn: '2h' },
      'unknown-key horizn: There is no key `horizn` at the top of the scenario. Did you mean `horizon`?',
    ],
    [
      { ...good, zzz: 1 },
      'unknown-key zzz: There is no key `zzz` at the top of the scenario. Known there: `name`, `horizon`, `count`, `mode`, `sum`, `rule`, `limits`.',
    ],
    [
      { ...good, max: 3 },
      'unknown-key max: There is no key `max` at the top of the scenario. It stands within `limits: {max: …}`.',
    ],
    [{ name: 'x' }, 'missing-key horizon: `horizon` is missing. Write 15s, 5m, 1h30m.'],
    [
      { ...good, horizon: null },
      'missing-value horizon: Nothing stands after `horizon`. Write 15s, 5m, 1h30m, or remove the key.',
    ],
    [
      { ...good, horizon: '15 seconds' },
      'bad-unit horizon: `horizon`: "15 seconds" is not a duration; did you mean 15s? Otherwise write 15s, 5m, 1h30m.',
    ],
    [{ ...good, horizon: '0s' }, 'out-of-range horizon: `horizon`: "0s" must be more than zero; write 15s, 5m, 1h30m.'],
    [{ ...good, horizon: [1] }, 'bad-unit horizon: `horizon`: a list is not a duration; write 15s, 5m, 1h30m.'],
    [{ ...good, count: 'three' }, 'wrong-type count: `count` is the text "three". Write a whole number.'],
    [{ ...good, count: 1.5 }, 'wrong-type count: `count` is 1.5. Write a whole number.'],
    [{ ...good, count: 11 }, 'out-of-range count: `count` is 11, but must be at most 10.'],
    [{ ...good, name: '' }, 'out-of-range name: `name` is empty text, but needs at least 1 character.'],
    [{ ...good, sum: [] }, 'out-of-range sum: `sum` is an empty list, but needs at least 1 entry.'],
    [
      { ...good, mode: 'poison' },
      'bad-value mode: `mode` is the text "poison". Did you mean `poisson`? Write one of poisson, exact, or a mapping with `renewal`.',
    ],
    [
      { ...good, mode: { renewal: {} } },
      'missing-key mode.renewal.scv: `scv` is missing in `mode.renewal`. Write a number.',
    ],
    [
      { ...good, sum: [{ constnat: { rate: 1 } }] },
      'unknown-key sum[0].constnat: There is no key `constnat` in `sum[0]`. Did you mean `constant`?',
    ],
    [
      { ...good, sum: [{ step: { at: '5 apples', to: 1 } }] },
      'bad-unit sum[0].step.at: `at`: "5 apples" is not a duration; write 15s, 5m, 1h30m.',
    ],
    [
      { ...good, sum: ['constant'] },
      'wrong-type sum[0]: `[0]` is the text "constant". Write a mapping with `constant`, `step`.',
    ],
    [
      { ...good, rule: { metric: 'p96', above: '1s' } },
      'bad-value rule.metric: `metric` is the text "p96". Did you mean `p95`? Write one of cpu, p95.',
    ],
    [
      { ...good, rule: { metric: 'p95', abve: '1s' } },
      'unknown-key rule.abve: There is no key `abve` in `rule`. Did you mean `above`?',
    ],
    [{ ...good, limits: { min: 2, max: 1 } }, 'contradictory-bounds limits.min: `min` is above `max`.'],
  ])('%j', (data, message) => expect(told(data)).toEqual([message]));

  it('reports everything at once', () => {
    const data = { horizon: 'soon', count: 99, sum: [{ constant: { rate: -1 } }, { stop: {} }], extra: 1 };
    expect(told(data).map((line) => line.split(': ')[0])).toEqual([
      'missing-key name',
      'bad-unit horizon',
      'out-of-range count',
      'out-of-range sum[0].constant.rate',
      'unknown-key sum[1].stop',
      'unknown-key extra',
    ]);
  });
});
