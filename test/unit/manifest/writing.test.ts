import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { controllerKinds } from '../../../sim-core/autoscaling/registry.ts';
import type { manifestFormats } from '../../../sim-core/manifest/registry.ts';
import { nativeFormat, policyInText, writeManifest } from '../../../sim-core/manifest/write-manifest.ts';

const target = { target: 'checkout', namespace: 'shop' };
const write = (controller: object, guards = {}, format?: keyof typeof manifestFormats) =>
  writeManifest({ name: 'Live policy', controller: controller as Record<string, unknown>, guards }, target, format);
const predictive = (rest: object) => ({
  aws: {
    MaxCapacity: 9,
    Policies: [
      {
        PolicyType: 'PredictiveScaling',
        PredictiveScalingConfiguration: {
          MetricSpecifications: [
            { TargetValue: 50, PredefinedMetricPairSpecification: { PredefinedMetricType: 'ASGCPUUtilization' } },
          ],
          ...rest,
        },
      },
    ],
  },
});
const tracked = {
  aws: {
    MaxCapacity: 9,
    Policies: [
      {
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: 60,
          PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
        },
      },
    ],
  },
};

describe('a written manifest', () => {
  it('names the policy, the namespace and what is scaled, and advises on replicas', () => {
    const { text = '', issues } = write({ hpa: { maxReplicas: 3 } });
    expect(issues).toEqual([]);
    expect(text).toMatch(/^# Remove `spec\.replicas`/);
    expect(parse(text)).toEqual({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'live-policy', namespace: 'shop' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' },
        minReplicas: 1,
        maxReplicas: 3,
      },
    });
  });

  it('keeps a target of its own', () => {
    const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' };
    expect(parse(write({ hpa: { scaleTargetRef, maxReplicas: 3 } }).text ?? '')).toMatchObject({
      spec: { scaleTargetRef },
    });
  });

  it('forecasts only, unless the policy says otherwise', () => {
    for (const format of ['aws-cli', 'terraform'] as const) {
      expect(write(predictive({}), {}, format).text).toMatch(/"?[Mm]ode"?[:=\s]+"ForecastOnly"/);
      expect(write(predictive({ Mode: 'ForecastAndScale' }), {}, format).text).toMatch(
        /"?[Mm]ode"?[:=\s]+"ForecastAndScale"/,
      );
    }
  });

  it('tells users of Terraform what their resources must ignore', () => {
    expect(write(tracked, {}, 'terraform').text).toContain('ignore_changes = [desired_count]');
    expect(write(predictive({}), {}, 'terraform').text).toContain('ignore_changes = [desired_capacity]');
  });

  it('refers to the target by name in Terraform', () => {
    const { text } = write(tracked, {}, 'terraform');
    expect(text).toContain('resource "aws_appautoscaling_target" "checkout" {');
    expect(text).toContain('resource_id = aws_appautoscaling_target.checkout.resource_id');
  });

  it('warns of what it cannot carry', () => {
    const warned = (controller: object, guards = {}, format?: keyof typeof manifestFormats) =>
      write(controller, guards, format).issues.map(({ code, severity }) => `${severity} ${code}`);
    const once = ['warning export-incomplete'];
    expect(warned({ hpa: { maxReplicas: 2 } }, { maxStep: { up: 1 } })).toEqual(once);
    expect(warned({ hpa: { maxReplicas: 2 }, controllerManager: { tolerance: 0.2 } })).toEqual(once);
    expect(warned({ watermark: { maxReplicas: 3, syncPeriod: 30, metrics: [] } })).toEqual(once);
    expect(warned({ azure: { profiles: [], interval: '30s' } })).toEqual(once);
    expect(warned({ azure: { profiles: [], interval: '30s' } }, {}, 'terraform')).toEqual(once);
    expect(warned({ gcp: { maxNumReplicas: 3, stabilizationPeriodSec: 300 } }, {}, 'terraform')).toEqual(once);
    expect(warned({ gcp: { maxNumReplicas: 3, stabilizationPeriodSec: 300 } })).toEqual([]);
  });

  it('is refused where the format has no words for the controller', () => {
    const refused = write({ static: { replicas: 3 } });
    expect(refused.text).toBeUndefined();
    expect(refused.issues.map(({ code, severity }) => [code, severity])).toEqual([['export-not-possible', 'error']]);
    expect(write({ static: { replicas: 3 } }, {}, 'hpa').issues[0]?.message).toContain('only an `hpa` policy');
    expect(write({ gcp: { maxNumReplicas: 3 } }, {}, 'keda').issues[0]?.message).toContain('only a `keda` policy');
  });

  it('exists for every controller that a platform has', () => {
    const native = controllerKinds.map((kind) => [kind, nativeFormat({ name: '', controller: { [kind]: {} } })]);
    expect(Object.fromEntries(native.filter(([, format]) => format !== undefined))).toEqual({
      hpa: 'hpa',
      keda: 'keda',
      watermark: 'watermark',
      kpa: 'knative',
      aws: 'aws-cli',
      azure: 'azure',
      gcp: 'google',
      nomad: 'nomad',
    });
  });

  it('is made from the policy as the text of a scenario has it', () => {
    const given = {
      name: 'live',
      controller: { hpa: { maxReplicas: 3, metrics: [] } },
      guards: { maxStep: { up: 1 } },
    };
    const text = stringify({ policies: [{ name: 'other' }, given] });
    expect(policyInText(text, 'live')).toEqual(given);
    expect(policyInText(text, 'nobody')).toBeUndefined();
  });
});
