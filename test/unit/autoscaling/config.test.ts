import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkController, controllerConfig, controllerKindOf } from '../../../sim-core/autoscaling/registry.ts';
import { context } from './seen.ts';

/** Code and path of every issue. */
function issuesOf(config: unknown): string[] {
  const result = controllerConfig.safeParse(config);
  if (result.success) return [];
  return result.error.issues.map((issue) => {
    const code = issue.code === 'custom' ? String(issue.params?.['code']) : issue.code;
    return `${code} ${issue.path.join('.')}`;
  });
}

const cpu = (target: unknown) => ({ type: 'Resource', resource: { name: 'cpu', target } });
const hpa = (spec: object) => ({ hpa: { maxReplicas: 10, ...spec } });
const pods = (name: string) => ({
  type: 'Pods',
  pods: { metric: { name }, target: { type: 'AverageValue', averageValue: '10' } },
});

describe('the controller of a policy', () => {
  test.each([
    ['none', {}, ['missing-key ']],
    [
      'two',
      { static: { replicas: 3 }, threshold: { rules: [{ metric: 'cpu', above: '70%', change: 1 }], max: 5 } },
      ['contradictory-keys '],
    ],
    ['a misspelt one is reported once', { hpaa: {} }, ['unrecognized_keys ']],
    ['an unknown key inside', { static: { replicas: 3, replica: 4 } }, ['unrecognized_keys static']],
    [
      'settings of the platform without an HPA',
      { static: { replicas: 3 }, controllerManager: {} },
      ['contradictory-keys controllerManager'],
    ],
    ['absurd replicas', { static: { replicas: 1e9 } }, ['too_big static.replicas']],
    ['absurd replicas of an HPA', hpa({ maxReplicas: 1e9 }), ['too_big hpa.maxReplicas']],
  ])('%s', (_, config, expected) => expect(issuesOf(config)).toEqual(expected));

  test('has a JSON Schema of what people write', () => {
    const schema = z.toJSONSchema(controllerConfig, { io: 'input' });
    expect(Object.keys(schema.properties ?? {})).toEqual([
      'static',
      'scheduled',
      'threshold',
      'hpa',
      'keda',
      'watermark',
      'predictive',
      'kpa',
      'nomad',
      'azure',
      'gcp',
      'aws',
      'custom',
      'pi',
      'staffing',
      'controllerManager',
    ]);
    expect(schema.additionalProperties).toBe(false);
  });

  test('is known by its key', () => {
    expect(controllerKindOf(controllerConfig.parse({ static: { replicas: 3 } }))).toBe('static');
  });
});

describe('threshold', () => {
  const rule = (fields: object) => ({
    threshold: { max: 10, rules: [{ metric: 'cpu', above: '70%', change: '+1', ...fields }] },
  });
  test.each([
    ['as people write it', rule({ for: '10m' }), []],
    ['a share', rule({ change: '-25%' }), []],
    ['a whole number', rule({ change: 2 }), []],
    ['nothing changed', rule({ change: 0 }), ['bad-unit threshold.rules.0.change']],
    ['half a replica', rule({ change: '+0.5' }), ['bad-unit threshold.rules.0.change']],
    ['above and below', rule({ below: '20%' }), ['contradictory-keys threshold.rules.0']],
    ['neither', rule({ above: undefined }), ['contradictory-keys threshold.rules.0']],
    ['an unknown metric', rule({ metric: 'memory' }), ['invalid_union threshold.rules.0.metric']],
    ['the unit of another metric', rule({ metric: 'p95', above: '70%' }), ['bad-unit threshold.rules.0.above']],
    [
      'min above max',
      { threshold: { min: 11, max: 10, rules: [{ metric: 'cpu', above: 1, change: 1 }] } },
      ['contradictory-bounds threshold.min'],
    ],
  ])('%s', (_, config, expected) => expect(issuesOf(config)).toEqual(expected));
});

describe('scheduled', () => {
  const schedule = (...entries: object[]) => ({ scheduled: { replicas: 2, schedule: entries } });
  test.each([
    [
      'cron and a date',
      schedule({ cron: '0 8 * * 1-5', replicas: 4 }, { at: '2026-11-27T00:00:00Z', replicas: 9 }),
      [],
    ],
    ['a time after the start', schedule({ at: '2h', replicas: 4 }), []],
    ['both', schedule({ cron: '0 8 * * *', at: '2h', replicas: 4 }), ['contradictory-keys scheduled.schedule.0']],
    ['neither', schedule({ replicas: 4 }), ['contradictory-keys scheduled.schedule.0']],
    ['four fields', schedule({ cron: '0 8 * *', replicas: 4 }), ['bad-cron scheduled.schedule.0.cron']],
    ['neither time nor date', schedule({ at: 'tomorrow', replicas: 4 }), ['bad-unit scheduled.schedule.0.at']],
    [
      'a zone nobody has',
      { scheduled: { replicas: 2, timezone: 'Paris', schedule: [{ at: '2h', replicas: 3 }] } },
      ['unknown-name scheduled.timezone'],
    ],
  ])('%s', (_, config, expected) => expect(issuesOf(config)).toEqual(expected));
});

describe('predictive', () => {
  const predictive = (fields: object) => ({ predictive: { forecast: 'ewma', maxReplicas: 10, ...fields } });
  test.each([
    ['by name', predictive({}), []],
    ['with settings', predictive({ forecast: { 'holt-winters': { season: '1h' } }, model: 'mmc', horizon: '15m' }), []],
    ['two targets', predictive({ target: { p50: '100ms', p95: '1s' } }), ['contradictory-keys predictive.target']],
    ['bounds the wrong way round', predictive({ minReplicas: 20 }), ['contradictory-bounds predictive.minReplicas']],
  ])('%s', (_, config, expected) => expect(issuesOf(config)).toEqual(expected));

  test('needs a latency to plan for', () => {
    const config = controllerConfig.parse(predictive({}));
    expect(checkController(config, context)).toEqual([]);
    expect(checkController(config, { ...context, latencyObjective: null })).toMatchObject([
      { code: 'missing-key', path: ['predictive', 'target'] },
    ]);
  });

  test('needs a season longer than two evaluations', () => {
    const config = controllerConfig.parse(predictive({ forecast: { 'holt-winters': { season: '30s' } } }));
    expect(checkController(config, context)).toMatchObject([
      { code: 'contradictory-bounds', path: ['predictive', 'forecast'] },
    ]);
  });
});

describe('hpa', () => {
  const utilization = (percent: unknown) =>
    hpa({ metrics: [cpu({ type: 'Utilization', averageUtilization: percent })] });
  const behavior = (rules: object) => hpa({ behavior: { scaleUp: rules } });
  const policy = (fields: object) => behavior({ policies: [{ type: 'Pods', value: 4, periodSeconds: 60, ...fields }] });
  const whole = (target: object) =>
    hpa({ metrics: [{ type: 'External', external: { metric: { name: 'queue_length' }, target } }] });
  test.each([
    ['the shortest', hpa({}), []],
    [
      'a target reference',
      hpa({ scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' } }),
      [],
    ],
    ['utilization', utilization(60), []],
    ['utilization of nothing', utilization(0), ['too_small hpa.metrics.0.resource.target.averageUtilization']],
    [
      'a target without its field',
      hpa({ metrics: [cpu({ type: 'AverageValue' })] }),
      ['missing-key hpa.metrics.0.resource.target.averageValue'],
    ],
    [
      'the field of another type',
      hpa({ metrics: [cpu({ type: 'AverageValue', averageValue: '500m', averageUtilization: 60 })] }),
      ['contradictory-keys hpa.metrics.0.resource.target.averageUtilization'],
    ],
    ['a quantity of zero', whole({ type: 'Value', value: '0' }), ['out-of-range hpa.metrics.0.external.target.value']],
    ['no quantity', whole({ type: 'Value', value: 'many' }), ['bad-unit hpa.metrics.0.external.target.value']],
    ['a quantity with a suffix', whole({ type: 'AverageValue', averageValue: '1k' }), []],
    [
      'memory',
      hpa({
        metrics: [
          { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 60 } } },
        ],
      }),
      ['not-supported hpa.metrics.0.resource.name'],
    ],
    ['a metric the service offers', hpa({ metrics: [pods('http_requests_per_second')] }), []],
    ['a metric it does not', hpa({ metrics: [pods('coffee')] }), ['unknown-name hpa.metrics.0.pods.metric.name']],
    [
      'a metric named like a method',
      hpa({ metrics: [pods('constructor')] }),
      ['unknown-name hpa.metrics.0.pods.metric.name'],
    ],
    ['min above max', hpa({ minReplicas: 11 }), ['contradictory-bounds hpa.maxReplicas']],
    ['no replicas', hpa({ maxReplicas: 0 }), ['too_small hpa.maxReplicas']],
    ['zero with CPU only', hpa({ minReplicas: 0 }), ['contradictory-bounds hpa.minReplicas']],
    ['window at its end', behavior({ stabilizationWindowSeconds: 3600 }), []],
    [
      'window beyond',
      behavior({ stabilizationWindowSeconds: 3601 }),
      ['too_big hpa.behavior.scaleUp.stabilizationWindowSeconds'],
    ],
    ['no policy', behavior({ policies: [] }), ['too_small hpa.behavior.scaleUp.policies']],
    ['period at its end', policy({ periodSeconds: 1800 }), []],
    ['period beyond', policy({ periodSeconds: 1801 }), ['too_big hpa.behavior.scaleUp.policies.0.periodSeconds']],
    ['period of nothing', policy({ periodSeconds: 0 }), ['too_small hpa.behavior.scaleUp.policies.0.periodSeconds']],
    ['value of nothing', policy({ value: 0 }), ['too_small hpa.behavior.scaleUp.policies.0.value']],
    ['tolerance of zero', behavior({ tolerance: 0 }), []],
    ['tolerance below', behavior({ tolerance: '-0.1' }), ['out-of-range hpa.behavior.scaleUp.tolerance']],
  ])('%s', (_, config, expected) => expect(issuesOf(config)).toEqual(expected));

  test('minReplicas 0 needs the feature gate', () => {
    const zero = { minReplicas: 0, ...whole({ type: 'Value', value: 10 }).hpa };
    const off = controllerConfig.parse({ hpa: { ...zero, minReplicas: 0 } });
    expect(checkController(off, context)).toMatchObject([{ path: ['hpa', 'minReplicas'] }]);
    const on = controllerConfig.parse({
      hpa: { ...zero, minReplicas: 0 },
      controllerManager: { featureGates: { HPAScaleToZero: true } },
    });
    expect(checkController(on, context)).toEqual([]);
  });
});
