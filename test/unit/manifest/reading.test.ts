import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../../../sim-core/manifest/read-manifest.ts';

const sample = (file: string) => readFileSync(new URL(`samples/${file}`, import.meta.url), 'utf8');
const told = (text: string) => readManifest(text).issues.map(({ code, line, column }) => `${code} ${line}:${column}`);
const hpa = (name: string, spec: string, version = 'autoscaling/v2') =>
  `apiVersion: ${version}\nkind: HorizontalPodAutoscaler\nmetadata: {name: ${name}}\nspec:\n${spec.replace(/^/gm, '  ')}\n`;

describe('what is wrong with a manifest', () => {
  it.each([
    ['kind: Deployment\n', 'manifest-not-found 1:1'],
    ['just words\n', 'manifest-not-found 1:1'],
    [hpa('x', 'maxReplicas: 5', 'autoscaling/v3'), 'manifest-version 1:13'],
    [hpa('x', 'maxReplica: 5'), 'unknown-key 5:3'],
    [hpa('x', 'maxReplicas: 1000000000'), 'out-of-range 5:16'],
    [hpa('x', 'maxReplicas: 5\ntargetCPUUtilizationPercentage: -1', 'autoscaling/v1'), 'out-of-range 6:35'],
    ['a: [1\nb: 2\n', 'yaml-syntax 2:1'],
    ['kind: ScaledObject\nspec:\n  triggers:\n    - {type: kafka, metadata: {topic: a}}\n', 'bad-value 4:14'],
    [sample('keda.yaml').replace('rabbitmq_queue_messages_ready{queue="orders"}', 'up'), 'unknown-name 24:7'],
    [sample('knative.yaml').replace("'150.0'", "'50'"), 'out-of-range 12:59'],
    [sample('knative.yaml').replace('max-scale-up-rate', 'max-scale-up-speed'), 'unknown-key 25:3'],
    [sample('watermark.yaml').replace('algorithm: average', 'algorithm: median'), 'bad-value 8:14'],
    [sample('aws.tf').replace('65', 'var.target'), 'manifest-reference 37:26'],
    [sample('aws.tf').replace('= 80', '= "eighty"'), 'wrong-type 73:25'],
    [sample('aws.tf').replace('surge.arn', 'other.arn'), 'manifest-incomplete 43:46'],
    [sample('google.tf').replace('scale_in_control', 'scaling_schedules'), 'unknown-key 20:5'],
    [sample('azure.tf').replace('"PT5M"', '"PT1M"'), 'out-of-range 20:30'],
    [sample('nomad-job.hcl').replace('target       = 70', 'goal = 70'), 'missing-key 23:20'],
    [sample('google.tf').replace(/\}\n$/, ''), 'hcl-syntax 27:1'],
  ])('is told with its place (%#)', (text, expected) => {
    expect(readManifest(text).policies).toEqual([]);
    expect(told(text)).toContain(expected);
  });

  it('points at assumptions without refusing the policy', () => {
    const alone =
      '{"TargetValue": 60, "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}}';
    const { policies, issues } = readManifest(alone);
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual([['manifest-assumed', 'warning']]);
    expect(policies[0]?.controller['aws']).toMatchObject({ MinCapacity: 1, MaxCapacity: 100 });
    expect(told(sample('keda.yaml'))).toEqual(['manifest-assumed 28:16', 'manifest-assumed 36:16']);
  });

  it('warns of annotations that Knative does not read where they stand', () => {
    const misplaced = sample('knative.yaml').replace(
      'namespace: media',
      "annotations: {autoscaling.knative.dev/target: '5'}",
    );
    expect(readManifest(misplaced).issues).toMatchObject([
      { code: 'manifest-annotation', severity: 'warning', line: 3 },
    ]);
  });

  it('keeps two of one name apart, and reads every document', () => {
    const twice = `${hpa('web', 'maxReplicas: 2')}---\n${hpa('web', 'maxReplicas: 3')}---\n${sample('watermark.yaml')}`;
    expect(readManifest(twice).policies.map(({ name }) => name)).toEqual(['web', 'web 2', 'ingest']);
  });

  it('cannot be led astray by names of the language', () => {
    for (const text of ['resource "__proto__" "x" {\n}', 'a {\n constructor = 1 }'])
      expect(told(text)[0]).toMatch(/^hcl-syntax/);
    const odd = sample('aws-ecs.json').replace(
      /"Alarms": \[\{ "AlarmName": "burst-high".*?\}\]/,
      '"Alarms": [null, 7]',
    );
    expect(readManifest(odd).policies).toHaveLength(1);
    expect(told('{"ScalingPolicies": [{"__proto__": {"a": 1}}]}')[0]).toMatch(/^reserved-key/);
    expect(told('a {\n'.repeat(5000))[0]).toMatch(/^hcl-syntax/);
  });
});
