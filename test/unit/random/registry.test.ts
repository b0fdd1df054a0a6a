import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createDistribution, distributionConfig } from '../../../sim-core/random/registry.ts';

const schema = z.strictObject({ serviceTime: distributionConfig, startup: distributionConfig.optional() });

function issues(serviceTime: unknown): [string, string][] {
  const result = schema.safeParse({ serviceTime });
  return result.error?.issues.map((issue) => [issue.path.join('.'), issue.message]) ?? [];
}

describe('a distribution in a scenario file', () => {
  it('is a duration or one family', () => {
    expect(schema.parse({ serviceTime: '60s', startup: 0.5 })).toEqual({
      serviceTime: { deterministic: { value: 60 } },
      startup: { deterministic: { value: 0.5 } },
    });
    expect(schema.parse({ serviceTime: { lognormal: { p50: '80ms', p95: '250ms' } } })).toEqual({
      serviceTime: { lognormal: { p50: 0.08, p95: 0.25 } },
    });
  });

  it.each([
    ['15 sconds', '', '"15 sconds" is not a duration; write 15s, 5m, 1h30m'],
    [undefined, '', 'a distribution is missing; write 60s, or {lognormal: {p50: 80ms, p95: 250ms}}'],
    [null, '', 'null is not a distribution; write 60s, or {lognormal: {p50: 80ms, p95: 250ms}}'],
    [['60s'], '', 'a list is not a distribution; write 60s, or {lognormal: {p50: 80ms, p95: 250ms}}'],
    [
      {},
      '',
      'name a distribution: deterministic, exponential, lognormal, gamma, erlang, hyperexponential, weibull, pareto, uniform, empirical',
    ],
    [
      { exponential: { mean: '1s' }, gamma: { mean: 1, scv: 2 } },
      '',
      'give one distribution, not exponential and gamma',
    ],
    [
      { lognormal: { p50: '80ms', p95: '5/s' } },
      '.lognormal.p95',
      '"5/s" is a rate, not a duration; write 15s, 5m, 1h30m',
    ],
    [{ lognormal: { p50: '80ms' } }, '.lognormal', 'give p50 and p95, or mean and p95, or mean and scv, not p50'],
    [{ lognormal: {} }, '.lognormal', 'give p50 and p95, or mean and p95, or mean and scv, not nothing'],
    [{ lognormal: { p50: '80ms', p95: '50ms' } }, '.lognormal.p95', 'p95 must be above p50'],
    [{ lognormal: { p50: '1ms', p95: '11s' } }, '.lognormal.p95', 'p95 must be at most 10,000 times p50'],
    [{ lognormal: { mean: '80ms', p95: '80ms' } }, '.lognormal.p95', 'p95 must be above the mean'],
    [
      { lognormal: { mean: '80ms', p95: '320ms' } },
      '.lognormal.p95',
      'no lognormal distribution has a p95 above 3.868 times its mean; give p50 and p95',
    ],
    [{ weibull: { p50: 1, p95: 1 } }, '.weibull.p95', 'p95 must be above p50'],
    [{ weibull: { p50: 1, p95: 1.01 } }, '.weibull.p95', 'p95 is too close to p50: the shape would be above 100'],
    [{ weibull: { p50: 1, p95: 1e7 } }, '.weibull.p95', 'p95 is too far above p50: the shape would be below 0.1'],
    [{ pareto: { p50: 1, p95: 9 } }, '.pareto.p95', 'p95 must be below 8.96 times p50, or the mean would be infinite'],
    [{ pareto: { p50: 1, p95: 1.001 } }, '.pareto.p95', 'p95 is too close to p50: the shape would be above 1000'],
    [{ pareto: { p50: 2, p95: 1 } }, '.pareto.p95', 'p95 must be above p50'],
    [{ uniform: { min: 2, max: 2 } }, '.uniform.max', 'max must be above min'],
    [{ empirical: { values: [1, 2], weights: [1] } }, '.empirical.weights', 'there are 2 values but 1 weights'],
    [
      { empirical: { values: [1, 2], weights: [0, 0] } },
      '.empirical.weights',
      'at least one weight must be above zero',
    ],
    [{ empirical: { values: [1, '2 x'] } }, '.empirical.values.1', '"2 x" is not a duration; write 15s, 5m, 1h30m'],
    [{ exponential: { mean: 0 } }, '.exponential.mean', '0 must be more than zero; write 15s, 5m, 1h30m'],
    [{ exponential: {} }, '.exponential.mean', 'a duration is missing; write 15s, 5m, 1h30m'],
  ])('%j is refused at serviceTime%s', (config, path, message) =>
    expect(issues(config)).toEqual([[`serviceTime${path}`, message]]),
  );

  it('names unknown keys and nothing else', () => {
    const unknown = (config: unknown): unknown =>
      schema
        .safeParse({ serviceTime: config })
        .error?.issues.map((issue) => [
          issue.path.join('.'),
          issue.code === 'unrecognized_keys' ? issue.keys : issue.message,
        ]);
    expect(unknown({ lognorml: { p50: 1 } })).toEqual([['serviceTime', ['lognorml']]]);
    expect(unknown({ lognormal: { p50: 1, p96: 2 } })).toEqual([['serviceTime.lognormal', ['p96']]]);
    expect(unknown(JSON.parse('{"__proto__": {"mean": 1}}'))).toBeDefined();
  });

  it('reports every issue at once', () => {
    expect(issues({ lognormal: { p50: 'x', p95: 'y' }, pareto: { p50: 2, p95: 1 } }).map(([path]) => path)).toEqual([
      'serviceTime.lognormal.p50',
      'serviceTime.lognormal.p95',
      'serviceTime.pareto.p95',
    ]);
  });
});

describe('its JSON Schema', () => {
  const validate = new Ajv2020({ strict: false }).compile(z.toJSONSchema(schema, { io: 'input' }));
  it.each([
    ['60s', true],
    [60, true],
    [{ lognormal: { p50: '80ms', p95: 0.25 } }, true],
    [{ empirical: { values: ['1s', 2] } }, true],
    [{ lognormal: { p50: '80ms' } }, false],
    [{ lognorml: { p50: '80ms' } }, false],
    [{ exponential: { mean: '1s' }, gamma: { mean: 1, scv: 2 } }, false],
    [{}, false],
    ['sixty', false],
    [true, false],
  ])('%j: %s', (serviceTime, valid) => {
    expect(validate({ serviceTime })).toBe(valid);
    expect(schema.safeParse({ serviceTime }).success).toBe(valid);
  });
  it('requires what is not optional', () => expect(validate({ startup: '60s' })).toBe(false));
});

describe('createDistribution', () => {
  it('takes a plain number as a constant', () =>
    expect(createDistribution(0).sampler.length + createDistribution(2.5).mean).toBe(2.5));
  it('builds a distribution once for one description', () => {
    const config = distributionConfig.parse({ gamma: { mean: 1, scv: 2 } });
    expect(createDistribution(config)).toBe(createDistribution(config));
  });
  it('refuses an empty description', () => expect(() => createDistribution({})).toThrow(RangeError));
});
