import { stringify } from 'yaml';
import { hpaConfig } from '../../autoscaling/hpa/config.ts';
import type { HpaConfig } from '../../autoscaling/hpa/config.ts';
import { printQuantity } from '../../autoscaling/hpa/quantity.ts';
import type { ManifestFormat, ManifestItem, Mapping } from '../contract.ts';
import { dnsLabel } from '../names.ts';
import { Origins } from '../origins.ts';
import { Reading } from '../reading.ts';
import { mappingAt, textAt, without } from '../tree.ts';
import { annotationsOf, objectName, passOverObject, writtenMetadata } from './objects.ts';
import { lowerFirstKeys, metricOfBeta1 } from './older-hpa.ts';

const oldAnnotation = 'autoscaling.alpha.kubernetes.io/';

/** HorizontalPodAutoscaler, autoscaling/v2 verbatim; v2beta2, v2beta1 and v1 with its annotations are brought to that form. */
export const hpaFormat: ManifestFormat = {
  title: 'HorizontalPodAutoscaler',
  kinds: ['hpa'],
  extension: 'yaml',
  mark: /["']?kind["']?\s*:\s*["']?HorizontalPodAutoscaler\b/,
  claims: ({ kind }) => kind === 'HorizontalPodAutoscaler',
  read(items) {
    const reading = new Reading();
    for (const item of items) readOne(reading, item);
    return reading;
  },
  write(config, policy, options) {
    const { scaleTargetRef, ...spec } = written(hpaConfig.parse(config));
    const manifest = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: writtenMetadata(policy, options),
      spec: {
        scaleTargetRef: scaleTargetRef ?? { apiVersion: 'apps/v1', kind: 'Deployment', name: dnsLabel(options.target) },
        ...spec,
      },
    };
    const advice =
      '# Remove `spec.replicas` from the target, or every deployment resets what the autoscaler decided.\n';
    return { text: advice + stringify(manifest), issues: [] };
  },
};

function readOne(reading: Reading, item: ManifestItem): void {
  const version = textAt(item.data, 'apiVersion') ?? 'a manifest without apiVersion';
  const origins = new Origins(['spec']);
  const spec = specOf(reading, item, version, origins);
  if (spec === undefined) return;
  passOverObject(reading, item, version === 'autoscaling/v1' ? oldAnnotation : '');
  reading.policy(item, 'hpa', {
    name: objectName(item.data) ?? 'hpa',
    config: spec,
    schema: hpaConfig,
    origins,
    root: 'spec',
  });
}

/** The spec as autoscaling/v2 writes it. */
function specOf(reading: Reading, item: ManifestItem, version: string, origins: Origins): Mapping | undefined {
  const given = mappingAt(item.data, 'spec');
  switch (version) {
    case 'autoscaling/v2':
    case 'autoscaling/v2beta2':
      return given;
    case 'autoscaling/v2beta1': {
      const { metrics } = given;
      if (!Array.isArray(metrics)) return given;
      const read = metrics.map((metric: unknown, index) =>
        metricOfBeta1(metric, ['metrics', index], ['spec', 'metrics', index], origins),
      );
      return { ...given, metrics: read };
    }
    case 'autoscaling/v1':
      return specOfV1(reading, item, given, origins);
    default: {
      const message = `This is ${version}, which cannot be read here. Export it as \`autoscaling/v2\`: \`kubectl get hpa.v2.autoscaling <name> -o yaml\`.`;
      reading.problem(item, ['apiVersion'], 'manifest-version', message);
      return undefined;
    }
  }
}

/** v1 knows a CPU target alone; other metrics and the behavior travel in annotations, as JSON. */
function specOfV1(reading: Reading, item: ManifestItem, given: Mapping, origins: Origins): Mapping {
  const percent = given['targetCPUUtilizationPercentage'];
  const rest = without(given, ['targetCPUUtilizationPercentage']);
  const metrics: unknown[] = [];
  if (percent !== undefined) {
    const from = ['spec', 'targetCPUUtilizationPercentage'];
    origins.note(['metrics', 0], from);
    origins.note(['metrics', 0, 'resource', 'target', 'averageUtilization'], from);
    metrics.push({
      type: 'Resource',
      resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: percent } },
    });
  }
  const inAnnotation = (name: string): { value: unknown; path: string[] } | undefined => {
    const key = `${oldAnnotation}${name}`;
    const path = ['metadata', 'annotations', key];
    const text = textAt(annotationsOf(item.data), key);
    if (text === undefined) return undefined;
    try {
      return { value: JSON.parse(text) as unknown, path };
    } catch {
      reading.problem(
        item,
        path,
        'manifest-annotation',
        `The annotation \`${key}\` is no JSON, so what it says is lost.`,
      );
      return undefined;
    }
  };
  const others = inAnnotation('metrics');
  if (others !== undefined) {
    for (const each of Array.isArray(others.value) ? others.value : [others.value]) {
      const to = ['metrics', metrics.length];
      origins.note(to, others.path);
      metrics.push(metricOfBeta1(each, to, others.path, origins));
    }
  }
  const behavior = inAnnotation('behavior');
  if (behavior !== undefined) origins.note(['behavior'], behavior.path);
  for (const name of ['conditions', 'current-metrics']) {
    const path = ['metadata', 'annotations'];
    reading.passOver(
      item,
      annotationsOf(item.data),
      [oldAnnotation + name],
      'what it was doing when it was exported.',
      path,
    );
  }
  return {
    ...rest,
    ...(metrics.length > 0 && { metrics }),
    ...(behavior !== undefined && { behavior: lowerFirstKeys(behavior.value) }),
  };
}

/** The spec as a cluster takes it: quantities as text again. */
function written({ metrics, behavior, ...rest }: HpaConfig) {
  return {
    ...rest,
    ...(metrics !== undefined && { metrics: metrics.map(writtenMetric) }),
    ...(behavior !== undefined && { behavior: writtenBehavior(behavior) }),
  };
}

/** `behavior` with its tolerances as quantities. */
export function writtenBehavior({ scaleUp, scaleDown }: NonNullable<HpaConfig['behavior']>): Mapping {
  const rules = ({ tolerance, ...others }: NonNullable<typeof scaleUp>): Mapping => ({
    ...others,
    ...(tolerance !== undefined && { tolerance: printQuantity(tolerance) }),
  });
  return {
    ...(scaleUp !== undefined && { scaleUp: rules(scaleUp) }),
    ...(scaleDown !== undefined && { scaleDown: rules(scaleDown) }),
  };
}

type MetricSpec = NonNullable<HpaConfig['metrics']>[number];
interface Target {
  readonly type: string;
  readonly averageUtilization?: number | undefined;
  /** thousandths */
  readonly averageValue?: number | undefined;
  readonly value?: number | undefined;
}

function writtenMetric(metric: MetricSpec): Mapping {
  switch (metric.type) {
    case 'Resource':
      return { type: metric.type, resource: withTarget(metric.resource) };
    case 'ContainerResource':
      return { type: metric.type, containerResource: withTarget(metric.containerResource) };
    case 'Pods':
      return { type: metric.type, pods: withTarget(metric.pods) };
    case 'Object':
      return { type: metric.type, object: withTarget(metric.object) };
    case 'External':
      return { type: metric.type, external: withTarget(metric.external) };
  }
}

function withTarget<Source extends { readonly target: Target }>(source: Source): Mapping {
  const { averageValue, value, ...rest } = source.target;
  const target = {
    ...rest,
    ...(averageValue !== undefined && { averageValue: printQuantity(averageValue) }),
    ...(value !== undefined && { value: printQuantity(value) }),
  };
  return { ...source, target };
}
