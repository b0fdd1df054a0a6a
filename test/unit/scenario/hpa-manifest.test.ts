import { describe, expect, it } from 'vitest';
import { readHpaManifest } from '../../../sim-core/scenario/hpa-manifest.ts';

const hpa = (name: string, spec: string, version = 'autoscaling/v2') =>
  `apiVersion: ${version}\nkind: HorizontalPodAutoscaler\nmetadata: {name: ${name}}\nspec:\n${spec.replace(/^/gm, '  ')}\n`;
const spec = `scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
minReplicas: 2
maxReplicas: 10
metrics:
  - type: Resource
    resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}
behavior:
  scaleDown: {stabilizationWindowSeconds: 120}`;

describe('readHpaManifest', () => {
  it('takes the spec verbatim', () => {
    const { policies, issues } = readHpaManifest(hpa('web', spec));
    expect(issues).toEqual([]);
    expect(policies).toEqual([
      {
        name: 'web',
        controller: {
          hpa: {
            scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
            minReplicas: 2,
            maxReplicas: 10,
            metrics: [
              { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } },
            ],
            behavior: { scaleDown: { stabilizationWindowSeconds: 120 } },
          },
        },
      },
    ]);
  });

  it('finds it among other manifests, in a List, and in JSON', () => {
    const stream = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n---\n${hpa('web', spec)}---\n${hpa('web', spec)}`;
    expect(readHpaManifest(stream).policies.map(({ name }) => name)).toEqual(['web', 'web 2']);
    const item = {
      apiVersion: 'autoscaling/v2beta2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'a' },
      spec: { maxReplicas: 3 },
      status: { currentReplicas: 1 },
    };
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [{ kind: 'Service' }, item] });
    expect(readHpaManifest(list)).toEqual({
      policies: [{ name: 'a', controller: { hpa: { maxReplicas: 3 } } }],
      issues: [],
    });
  });

  it('reads autoscaling/v1', () => {
    const { policies } = readHpaManifest(
      hpa('old', 'maxReplicas: 5\ntargetCPUUtilizationPercentage: 75', 'autoscaling/v1'),
    );
    expect(policies[0]?.controller.hpa).toEqual({
      maxReplicas: 5,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 75 } } },
      ],
    });
  });

  it.each([
    ['kind: Deployment\n', 'hpa-not-found 1:1'],
    ['just words\n', 'hpa-not-found 1:1'],
    [hpa('x', 'maxReplicas: 5', 'autoscaling/v2beta1'), 'hpa-version 1:13'],
    [hpa('x', 'maxReplica: 5'), 'unknown-key 5:3'],
    [hpa('x', 'maxReplicas: 1000000000'), 'out-of-range 5:16'],
    ['a: [1\nb: 2\n', 'yaml-syntax 2:1'],
  ])('%j: %s', (text, expected) => {
    const { policies, issues } = readHpaManifest(text);
    expect(policies).toEqual([]);
    expect(issues.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual([expected]);
  });
});
