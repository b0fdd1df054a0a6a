import { stringify } from 'yaml';
import { kpaConfig } from '../../autoscaling/kpa/config.ts';
import type { ManifestFormat, ManifestItem, Mapping, Path } from '../contract.ts';
import { goDuration } from '../go-duration.ts';
import { Origins } from '../origins.ts';
import { Reading } from '../reading.ts';
import { isMapping, mappingAt, textAt, without } from '../tree.ts';
import { annotationsOf, objectName, passOverObject, writtenMetadata } from './objects.ts';

const prefix = 'autoscaling.knative.dev/';
/** Names of before Knative 1.0, and what they are called now. */
const legacy: Readonly<Record<string, string>> = {
  minScale: 'min-scale',
  maxScale: 'max-scale',
  initialScale: 'initial-scale',
  activationScale: 'activation-scale',
  scaleDownDelay: 'scale-down-delay',
  targetUtilizationPercentage: 'target-utilization-percentage',
  targetBurstCapacity: 'target-burst-capacity',
  panicWindowPercentage: 'panic-window-percentage',
  panicThresholdPercentage: 'panic-threshold-percentage',
  scaleToZeroPodRetentionPeriod: 'scale-to-zero-pod-retention-period',
};
const durations = [
  'window',
  'scale-down-delay',
  'scale-to-zero-pod-retention-period',
  'stable-window',
  'scale-to-zero-grace-period',
];
/** Keys of the ConfigMap that say nothing about how a started revision scales. */
const beside = [
  '_example',
  'activator-capacity',
  'initial-scale',
  'allow-zero-initial-scale',
  'pod-autoscaler-class',
  'max-scale-limit',
];

const isConfigMap = (data: Mapping): boolean =>
  data['kind'] === 'ConfigMap' && objectName(data) === 'config-autoscaler';
const isServing = (data: Mapping): boolean => textAt(data, 'apiVersion')?.startsWith('serving.knative.dev/') === true;

/** Knative Service, Configuration or Revision: the annotations of the revision; and the ConfigMap config-autoscaler. */
export const knativeFormat: ManifestFormat = {
  title: 'Knative annotations',
  kinds: ['kpa'],
  extension: 'yaml',
  mark: /serving\.knative\.dev\/v\d|name["']?\s*:\s*["']?config-autoscaler\b/,
  claims: (data) => isConfigMap(data) || (isServing(data) && textAt(data, 'kind') !== 'Route'),
  read(items) {
    const reading = new Reading();
    const [cluster, ...more] = items.filter(({ data }) => isConfigMap(data));
    for (const item of more) reading.problem(item, [], 'contradictory-keys', 'A second `config-autoscaler`. Keep one.');
    const configAutoscaler = cluster === undefined ? undefined : clusterSettings(reading, cluster);
    const revisions = items.filter(({ data }) => !isConfigMap(data));
    if (cluster !== undefined) {
      // On its own first, so that its troubles are placed in it, and once.
      const origins = new Origins([]);
      origins.note(['configAutoscaler'], ['data']);
      const alone = new Reading();
      alone.policy(cluster, 'kpa', { name: 'knative', config: { configAutoscaler }, schema: kpaConfig, origins });
      reading.issues.push(...alone.issues);
      if (revisions.length === 0) reading.policies.push(...alone.policies);
      if (alone.issues.length > 0) return reading;
    }
    for (const item of revisions) readRevision(reading, item, configAutoscaler);
    return reading;
  },
  write(config, policy, options) {
    const metadata = writtenMetadata(policy, { ...options, name: options.name ?? options.target });
    const annotations = texts(mappingAt(config, 'annotations'), prefix);
    const { containerConcurrency } = config;
    const service = {
      apiVersion: 'serving.knative.dev/v1',
      kind: 'Service',
      metadata,
      spec: {
        template: {
          metadata: { annotations },
          ...(containerConcurrency !== undefined && { spec: { containerConcurrency } }),
        },
      },
    };
    const advice =
      '# A part to be merged into the service: `kubectl patch ksvc <name> --type merge --patch-file <this file>`.\n';
    const data = texts(mappingAt(config, 'configAutoscaler'), '');
    const map = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'config-autoscaler', namespace: 'knative-serving' },
      data,
    };
    const cluster =
      Object.keys(data).length === 0
        ? ''
        : `---\n# For the whole cluster, not for this service alone.\n${stringify(map)}`;
    return { text: `${advice}${stringify(service)}${cluster}`, issues: [] };
  },
};

function clusterSettings(reading: Reading, item: ManifestItem): Mapping {
  const data = mappingAt(item.data, 'data');
  reading.passOver(item, data, beside, 'says nothing about how a started revision scales.', ['data']);
  return without(data, beside);
}

function readRevision(reading: Reading, item: ManifestItem, configAutoscaler: Mapping | undefined): void {
  const { data } = item;
  const template: Path = data['kind'] === 'Revision' ? [] : ['spec', 'template'];
  const revision = data['kind'] === 'Revision' ? data : mappingAt(data, 'spec', 'template');
  const given = annotationsOf(revision);
  const at: Path = [...template, 'metadata', 'annotations'];
  passOverObject(
    reading,
    data['kind'] === 'Revision' ? { ...item, data: { ...data, metadata: { name: objectName(data) } } } : item,
    '',
  );
  if (template.length > 0) {
    const misplaced = Object.keys(annotationsOf(data)).filter((key) => key.startsWith(prefix));
    const message =
      'Knative reads annotations of the revision template; this one stands on the service and has no effect there.';
    for (const key of misplaced)
      reading.problem(item, ['metadata', 'annotations', key], 'manifest-annotation', message, 'warning');
  }
  const origins = new Origins(template);
  const annotations: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const name = key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
    if (name === undefined)
      reading.note(item, [...at, key], `\`${key}\`: an annotation that does not say how it scales.`);
    else if (name === 'metric-aggregation-algorithm' && value === 'linear')
      reading.note(item, [...at, key], `\`${key}\`: linear is what the simulation does.`);
    else {
      const today = `${prefix}${(Object.hasOwn(legacy, name) ? legacy[name] : undefined) ?? name}`;
      origins.note(['annotations', today], [...at, key]);
      annotations[today] = value;
    }
  }
  const spec = mappingAt(revision, 'spec');
  origins.note(['containerConcurrency'], [...template, 'spec', 'containerConcurrency']);
  const rest = Object.keys(without(spec, ['containerConcurrency', ...(template.length === 0 ? ['template'] : [])]));
  reading.passOver(item, spec, rest, 'describes the pods, not how they scale.', [...template, 'spec']);
  const { containerConcurrency } = spec;
  const config = {
    ...(Object.keys(annotations).length > 0 && { annotations }),
    ...(containerConcurrency !== undefined && { containerConcurrency }),
    ...(configAutoscaler !== undefined && { configAutoscaler }),
  };
  reading.policy(item, 'kpa', {
    name: objectName(data) ?? 'knative',
    config,
    schema: kpaConfig,
    origins,
    root: 'revision',
  });
}

/** Values as annotations and ConfigMaps carry them: text, durations as Go writes them. */
function texts(data: Mapping, before: string): Mapping {
  return Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) => {
      if (isMapping(value) || value === undefined) return [];
      const duration = durations.includes(key.slice(before.length));
      return [[key, duration ? goDuration(value) : String(value)]];
    }),
  );
}
