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
      'name a distribution: deterministic, exponential, lognormal, gamma, erlang, hyperexponential, weibull, pareto, boundedPareto, uniform, empirical, histogram, mixture',
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
    [
      { lognormal: { p50: '80ms' } },
      '.lognormal',
      'give two quantiles such as p50 and p95, or mean and p95, or mean and scv, or p50 and sigma, not p50',
    ],
    [
      { lognormal: {} },
      '.lognormal',
      'give two quantiles such as p50 and p95, or mean and p95, or mean and scv, or p50 and sigma, not nothing',
    ],
    [{ lognormal: { p50: '80ms', p95: '50ms' } }, '.lognormal.p95', 'p95 must be above p50'],
    [{ lognormal: { p50: '1ms', p95: '30s' } }, '.lognormal.p95', 'p95 must be at most 19324.4 times p50'],
    [{ lognormal: { mean: '80ms', p95: '80ms' } }, '.lognormal.p95', 'p95 must be above the mean'],
    [
      { lognormal: { mean: '80ms', p95: '320ms' } },
      '.lognormal.p95',
      'no lognormal distribution has a p95 above 3.868 times its mean; give p50 and p95',
    ],
    [{ weibull: { p50: 1, p95: 1 } }, '.weibull.p95', 'p95 must be above p50'],
    [
      { weibull: { p50: 1, p95: 1.01 } },
      '.weibull.p95',
      'p95 must be at least 1.01474 times p50: the shape would be above 100',
    ],
    [
      { weibull: { p50: 1, p95: 1e7 } },
      '.weibull.p95',
      'p95 must be at most 2273920 times p50: the shape would be below 0.1',
    ],
    [
      { pareto: { p50: 1, p95: 9 } },
      '.pareto.p95',
      'p95 must be at most 8.96151 times p50, or the mean would be infinite',
    ],
    [{ pareto: { p50: 1, p95: 1.001 } }, '.pareto.p95', 'p95 must be at least 1.00231 times p50'],
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
    [
      { erlang: { mean: 1, scv: 0.4 } },
      '.erlang.scv',
      'an Erlang distribution has an scv of 1, 1/2, 1/3 …; the nearest to 0.4 is 0.333333; take that, or gamma',
    ],
    [
      { uniform: { p10: 1, p90: 20 } },
      '.uniform.p90',
      'so far apart, some values would be below zero; take another distribution',
    ],
    [
      { gamma: { p50: 1, p95: 1.001 } },
      '.gamma.p95',
      'p95 must be at least 1.01654 times p50: the scv would be below 0.0001',
    ],
    [
      { boundedPareto: { min: 1, max: 10, mean: 9 } },
      '.boundedPareto.mean',
      'between this min and max the mean can be from 1.0101 s to 3.89275 s',
    ],
    [{ boundedPareto: { min: 1, max: 1, shape: 2 } }, '.boundedPareto.max', 'max must be above min'],
    [
      { hyperexponential: { weights: [1, 2], means: [1] } },
      '.hyperexponential.weights',
      'there are 1 means but 2 weights',
    ],
    [{ histogram: { bounds: [0, 1, 1], counts: [1, 1] } }, '.histogram.bounds.2', 'bounds must rise'],
    [
      { histogram: { bounds: [0, 1], counts: [1, 1] } },
      '.histogram.counts',
      '2 bounds make 1 bin, but there are 2 counts',
    ],
    [{ histogram: { bounds: [0, 1], counts: [0] } }, '.histogram.counts', 'at least one count must be above zero'],
    [{ mixture: [] }, '.mixture', 'Too small: expected array to have >=1 items'],
    [
      { mixture: [{ weight: 1, of: { lognormal: { p50: 2, p95: 1 } } }] },
      '.mixture.0.of.lognormal.p95',
      'p95 must be above p50',
    ],
    [{ exponential: {} }, '.exponential', 'give mean, or one quantile such as p95, not nothing'],
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
    [{ gamma: { p5: '80ms', p999: 1 } }, true],
    [{ gamma: { p5: '80ms', mean: 1 } }, false],
    [{ erlang: { stages: 3, p95: 1 } }, true],
    [{ erlang: { stages: 3, scv: 1 } }, false],
    [
      {
        mixture: [
          { weight: 1, of: '80ms' },
          { weight: 2, of: { exponential: { mean: 1 } } },
        ],
      },
      true,
    ],
    [{ mixture: [{ weight: 1, of: { mixture: [{ weight: 1, of: 1 }] } }] }, false],
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
