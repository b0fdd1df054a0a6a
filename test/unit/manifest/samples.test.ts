import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nativeFormat, writeManifest } from '../../../sim-core/manifest/write-manifest.ts';
import { manifestFormatNames, manifestFormats } from '../../../sim-core/manifest/registry.ts';
import { readManifest, recogniseManifest } from '../../../sim-core/manifest/read-manifest.ts';
import { decisive } from './decisive.ts';

const folder = new URL('samples/', import.meta.url);
const files = readdirSync(folder);
const sample = (file: string) => readFileSync(new URL(file, folder), 'utf8');

/** What a person would say each sample holds: format, name, and a part of the configuration. */
const holds: Readonly<Record<string, readonly [string, string, object]>> = {
  'hpa-among-others.yaml': ['hpa', 'checkout', { hpa: { minReplicas: 4, maxReplicas: 40 } }],
  'hpa-v1.yaml': [
    'hpa',
    'web',
    {
      hpa: {
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 75 } } },
          {
            type: 'Pods',
            pods: { metric: { name: 'requests_per_second' }, target: { type: 'AverageValue', averageValue: '20' } },
          },
          {
            type: 'External',
            external: {
              metric: { name: 'queue_length', selector: { matchLabels: { queue: 'orders' } } },
              target: { type: 'Value', value: '30' },
            },
          },
        ],
        behavior: {
          scaleUp: {
            stabilizationWindowSeconds: 0,
            selectPolicy: 'Max',
            policies: [{ type: 'Pods', value: 4, periodSeconds: 15 }],
          },
          scaleDown: { stabilizationWindowSeconds: 120 },
        },
      },
    },
  ],
  'hpa-v2beta1.yaml': [
    'hpa',
    'api',
    {
      hpa: {
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } },
          {
            type: 'Object',
            object: {
              describedObject: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'main' },
              metric: { name: 'requests_per_second' },
              target: { type: 'Value', value: '2k' },
            },
          },
          {
            type: 'ContainerResource',
            containerResource: {
              name: 'cpu',
              container: 'app',
              target: { type: 'AverageValue', averageValue: '300m' },
            },
          },
        ],
      },
    },
  ],
  'keda.yaml': [
    'keda',
    'worker',
    { keda: { triggers: [{ metric: 'queue_length' }, { metric: 'http_requests_per_second' }, {}, {}] } },
  ],
  'knative.yaml': [
    'knative',
    'thumbnails',
    {
      kpa: {
        annotations: {
          'autoscaling.knative.dev/min-scale': '1',
          'autoscaling.knative.dev/panic-threshold-percentage': '150.0',
        },
        containerConcurrency: 20,
        configAutoscaler: { 'max-scale-up-rate': '100', 'enable-scale-to-zero': 'false' },
      },
    },
  ],
  'watermark.yaml': ['watermark', 'ingest', { watermark: { algorithm: 'average', tolerance: '50m' } }],
  'aws-ecs.json': [
    'aws-cli',
    'checkout',
    {
      aws: {
        MinCapacity: 3,
        MaxCapacity: 30,
        Policies: [{ PolicyName: 'cpu' }, { PolicyName: 'burst', Alarm: { Threshold: 75, EvaluationPeriods: 2 } }],
        ScheduledActions: [{ Recurrence: '30 7 * * 1-5', MinSize: 6 }],
      },
    },
  ],
  'aws-ec2.json': [
    'aws-cli',
    'web',
    {
      aws: {
        MinCapacity: 2,
        MaxCapacity: 12,
        Policies: [
          { PolicyType: 'PredictiveScaling' },
          { TargetTrackingScalingPolicyConfiguration: { TargetValue: 60, ScaleOutCooldown: 120 } },
          { ScalingAdjustment: -1, Cooldown: 180, Alarm: { EvaluationPeriods: 15, DatapointsToAlarm: 12 } },
        ],
        ScheduledActions: [{ StartTime: '2026-11-27T08:00:00Z', DesiredCapacity: 8 }],
      },
    },
  ],
  'aws.tf': [
    'terraform',
    'web',
    {
      aws: {
        MinCapacity: 2,
        MaxCapacity: 20,
        Policies: [
          { TargetTrackingScalingPolicyConfiguration: { TargetValue: 65, ScaleInCooldown: 300, ScaleOutCooldown: 30 } },
          {
            StepScalingPolicyConfiguration: {
              StepAdjustments: [
                { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 1 },
                { MetricIntervalLowerBound: 10, ScalingAdjustment: 4 },
              ],
            },
            Alarm: { Threshold: 80 },
          },
        ],
      },
    },
  ],
  'aws.tf.json': [
    'terraform',
    'track',
    { aws: { MaxCapacity: 8, ScheduledActions: [{ MinSize: 1, MaxSize: 3, Recurrence: '0 22 * * *' }] } },
  ],
  'google.tf': [
    'terraform',
    'web',
    {
      gcp: {
        minNumReplicas: 3,
        coolDownPeriodSec: 90,
        cpuUtilization: { utilizationTarget: 0.6 },
        scaleInControl: { timeWindowSec: 600, maxScaledInReplicas: { percent: 20 } },
      },
    },
  ],
  'google-describe.yaml': ['google', 'web-autoscaler', { gcp: { maxNumReplicas: 18, stabilizationPeriodSec: 300 } }],
  'azure.tf': ['terraform', 'web', { azure: { profiles: [{ capacity: { minimum: 2 }, rules: [{}, {}] }] } }],
  'azure-show.json': [
    'azure',
    'web',
    {
      azure: {
        profiles: [
          { rules: [{ metricTrigger: { timeWindow: 'PT5M' }, scaleAction: { cooldown: 'PT5M', value: '25' } }] },
        ],
      },
    },
  ],
  'azure-template.json': ['azure', 'web-scale', { azure: { profiles: [{ capacity: { maximum: '9' } }] } }],
  'nomad-job.hcl': [
    'nomad',
    'web',
    {
      nomad: {
        min: 2,
        max: 20,
        policy: {
          cooldown_on_scale_up: '30s',
          check: {
            busy: { group: 'cpu', strategy: { 'target-value': { target: 70, max_scale_up: 4 } } },
            backlog: { strategy: { threshold: { delta: -1 } } },
          },
        },
      },
    },
  ],
  'nomad-api.json': [
    'nomad',
    'api',
    { nomad: { min: 1, policy: { check: { load: { strategy: { 'target-value': { target: 9 } } } } } } },
  ],
};

describe('files as people have them', () => {
  it('has words for every sample', () => expect(Object.keys(holds).sort()).toEqual(files.sort()));

  it.each(files)('%s is recognised and read', (file) => {
    const [format, name, part] = holds[file] ?? ['', '', {}];
    const { policies, issues } = readManifest(sample(file));
    expect(recogniseManifest(sample(file))).toBe(format);
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(policies.map((policy) => policy.name)).toEqual([name]);
    expect(policies[0]?.controller).toMatchObject(part);
  });

  it.each(files)('%s decides the same when it is written and read again', (file) => {
    const [policy] = readManifest(sample(file)).policies;
    if (policy === undefined) throw new Error(`${file} holds no policy`);
    const kind = Object.keys(policy.controller)[0] ?? '';
    const able = manifestFormatNames.filter((format) =>
      (manifestFormats[format].kinds as readonly string[]).includes(kind),
    );
    expect(able).toContain(nativeFormat(policy));
    for (const format of able) {
      const { text = '', issues } = writeManifest(policy, { target: 'web' }, format);
      const again = readManifest(text);
      expect(again.issues).toEqual([]);
      if (issues.length === 0) expect(decisive(again.policies[0]?.controller)).toEqual(decisive(policy.controller));
      // Once written, nothing moves any more.
      const settled = again.policies[0] ?? policy;
      expect(
        readManifest(writeManifest(settled, { target: 'web' }, format).text ?? '').policies[0]?.controller,
      ).toEqual(settled.controller);
    }
  });

  it('says what of a file was passed over, with its line', () => {
    const { notes } = readManifest(sample('hpa-among-others.yaml'));
    expect(notes.map(({ line, message }) => `${line} ${message}`)).toEqual([
      "5 Deployment `checkout`: no autoscaler. Seen and not used: `replicas: 4` (a scenario's `replicas.initial`); requests of app: cpu 250m, memory 256Mi.",
      '20 `namespace`: names the object; it does not say how it scales.',
      '21 `uid`: names the object; it does not say how it scales.',
      '22 `kubectl.kubernetes.io/last-applied-configuration`: an annotation that does not say how it scales.',
      '42 `status`: what it was doing when it was exported.',
    ]);
    expect(readManifest(sample('aws-ec2.json')).notes.map(({ message }) => message)).toContain(
      'Policy `old`: it is switched off.',
    );
    expect(readManifest(sample('aws.tf')).notes.map(({ line }) => line)).toContain(9);
  });
});
