import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { controllerConfig } from '../../../sim-core/autoscaling/registry.ts';
import { hpaManifest } from '../../../sim-core/export/hpa-yaml.ts';
import { readHpaManifest } from '../../../sim-core/scenario/hpa-manifest.ts';

const upstream = new URL(
  '../../../../shared/schemas/horizontalpodautoscaler-autoscaling-v2.strict.json',
  import.meta.url,
);
const validate = new Ajv({ strict: false, validateFormats: false }).compile(
  JSON.parse(readFileSync(upstream, 'utf8')) as object,
);

const full = {
  minReplicas: 2,
  maxReplicas: 40,
  metrics: [
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } },
    {
      type: 'ContainerResource',
      containerResource: { name: 'cpu', container: 'app', target: { type: 'AverageValue', averageValue: '250m' } },
    },
    {
      type: 'Pods',
      pods: { metric: { name: 'requests_per_second' }, target: { type: 'AverageValue', averageValue: '1k' } },
    },
    {
      type: 'External',
      external: {
        metric: { name: 'queue_length', selector: { matchLabels: { queue: 'orders' } } },
        target: { type: 'Value', value: '30' },
      },
    },
    {
      type: 'Object',
      object: {
        describedObject: { apiVersion: 'v1', kind: 'Service', name: 'web' },
        metric: { name: 'requests_per_second' },
        target: { type: 'Value', value: '2500m' },
      },
    },
  ],
  behavior: {
    scaleUp: {
      stabilizationWindowSeconds: 0,
      selectPolicy: 'Max',
      policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
    },
    scaleDown: {
      stabilizationWindowSeconds: 300,
      selectPolicy: 'Min',
      policies: [{ type: 'Pods', value: 4, periodSeconds: 60 }],
    },
  },
};

const policy = (controller: object, guards = {}) => ({
  name: 'Live policy',
  controller: controllerConfig.parse(controller),
  guards,
});

describe('hpaManifest', () => {
  it('passes the strict schema of Kubernetes and says what the policy said', () => {
    const { text = '', issues } = hpaManifest(policy({ hpa: full }), { target: 'checkout', namespace: 'shop' });
    expect(issues).toEqual([]);
    const manifest = parse(text) as { metadata: object; spec: { scaleTargetRef: object } };
    expect(validate(manifest), JSON.stringify(validate.errors)).toBe(true);
    expect(manifest.metadata).toEqual({ name: 'live-policy', namespace: 'shop' });
    expect(manifest.spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' });
    // 1k is written as 1000: the same quantity. Everything else comes back as it was.
    expect(JSON.stringify(manifest.spec).replace('"1000"', '"1k"')).toBe(
      JSON.stringify({ scaleTargetRef: manifest.spec.scaleTargetRef, ...full }),
    );
  });

  it('can be read back', () => {
    const { text = '' } = hpaManifest(policy({ hpa: full }), { target: 'checkout' });
    const [read] = readHpaManifest(text).policies;
    const { scaleTargetRef, ...spec } = controllerConfig.parse(read?.controller).hpa ?? {};
    expect(scaleTargetRef).toBeDefined();
    expect(spec).toEqual(controllerConfig.parse({ hpa: full }).hpa);
  });

  it('keeps a target of its own, and a tolerance', () => {
    const own = {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' },
      maxReplicas: 3,
      behavior: { scaleUp: { tolerance: '0.05' } },
    };
    const { text = '' } = hpaManifest(policy({ hpa: own }), { target: 'checkout' });
    expect(parse(text)).toMatchObject({
      spec: { scaleTargetRef: own.scaleTargetRef, behavior: { scaleUp: { tolerance: '50m' } } },
    });
  });

  it('refuses other kinds of policy, and warns of guards it cannot carry', () => {
    const refused = hpaManifest(policy({ static: { replicas: 3 } }), { target: 'x' });
    expect(refused.text).toBeUndefined();
    expect(refused.issues.map(({ code, severity }) => [code, severity])).toEqual([['export-not-possible', 'error']]);
    const warned = hpaManifest(policy({ hpa: { maxReplicas: 2 } }, { maxStep: { up: 1 } }), { target: 'x' });
    expect(warned.text).toBeDefined();
    expect(warned.issues.map(({ code, severity }) => [code, severity])).toEqual([['export-incomplete', 'warning']]);
  });
});
