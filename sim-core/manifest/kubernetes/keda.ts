import { stringify } from 'yaml';
import { kedaConfig } from '../../autoscaling/keda/config.ts';
import { namedMetric } from '../../autoscaling/hpa/metric-names.ts';
import { behaviorConfig } from '../../autoscaling/hpa/config.ts';
import type { Issue } from '../../issue.ts';
import type { ManifestFormat, ManifestItem, Mapping } from '../contract.ts';
import { dnsLabel } from '../names.ts';
import { notCarried } from '../export-issue.ts';
import { Origins } from '../origins.ts';
import { Reading } from '../reading.ts';
import { isMapping, mappingAt, without } from '../tree.ts';
import { guessMetric } from './guess-metric.ts';
import { writtenBehavior } from './hpa.ts';
import { annotationsOf, objectName, passOverObject, writtenMetadata } from './objects.ts';
import { isOffset, zoneName } from '../zone-name.ts';

const switches = 'autoscaling.keda.sh/';
/** Which measurement the query of a trigger asks for, by its position: a ScaledObject has no place for it. */
const metricAnnotation = 'headroom/metric-of-trigger-';

/** ScaledObject of keda.sh/v1alpha1, its spec verbatim, with the annotations that pause it. */
export const kedaFormat: ManifestFormat = {
  title: 'KEDA ScaledObject',
  kinds: ['keda'],
  extension: 'yaml',
  mark: /["']?kind["']?\s*:\s*["']?ScaledObject\b/,
  claims: ({ kind }) => kind === 'ScaledObject',
  read(items) {
    const reading = new Reading();
    for (const item of items) readOne(reading, item);
    return reading;
  },
  write(config, policy, options) {
    const {
      annotations = {},
      triggers,
      advanced,
      scaleTargetRef,
      ...rest
    } = config as Mapping & { annotations?: Mapping };
    const list = Array.isArray(triggers) ? triggers.filter(isMapping) : [];
    const remembered = list.flatMap((trigger, index) =>
      typeof trigger['metric'] === 'string' ? [[`${metricAnnotation}${index}`, trigger['metric']]] : [],
    );
    const own = Object.entries(annotations).map(([key, value]) => [key, String(value)]);
    const all = Object.fromEntries([...own, ...remembered]) as Mapping;
    const manifest = {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: {
        ...writtenMetadata(policy, options),
        ...(Object.keys(all).length > 0 && { annotations: all }),
      },
      spec: {
        scaleTargetRef: scaleTargetRef ?? { name: dnsLabel(options.target) },
        ...wholeNumbers(rest),
        ...(isMapping(advanced) && { advanced: writtenAdvanced(advanced) }),
        triggers: list.map(writtenTrigger),
      },
    };
    return { text: stringify(manifest), issues: list.flatMap(zoneIssue) };
  },
};

function readOne(reading: Reading, item: ManifestItem): void {
  const origins = new Origins(['spec']);
  origins.note(['annotations'], ['metadata', 'annotations']);
  const given = annotationsOf(item.data);
  const annotations = Object.fromEntries(Object.entries(given).filter(([key]) => key.startsWith(switches)));
  passOverObject(
    reading,
    {
      ...item,
      data: withoutAnnotations(item.data, [
        ...Object.keys(annotations),
        ...Object.keys(given).filter((key) => key.startsWith(metricAnnotation)),
      ]),
    },
    '',
  );
  const spec = mappingAt(item.data, 'spec');
  const { triggers } = spec;
  const named = Array.isArray(triggers)
    ? triggers.map((trigger: unknown, index) =>
        withMetric(reading, item, trigger, index, given[`${metricAnnotation}${index}`]),
      )
    : triggers;
  const config = {
    ...(Object.keys(annotations).length > 0 && { annotations }),
    ...spec,
    ...(named !== undefined && { triggers: named }),
  };
  reading.policy(item, 'keda', {
    name: objectName(item.data) ?? 'keda',
    config,
    schema: kedaConfig,
    origins,
    root: 'spec',
  });
}

/** The trigger with the measurement its query asks for: as remembered, or guessed from its words, which is said. */
function withMetric(
  reading: Reading,
  item: ManifestItem,
  trigger: unknown,
  index: number,
  remembered: unknown,
): unknown {
  if (!isMapping(trigger) || trigger['type'] !== 'prometheus' || trigger['metric'] !== undefined) return trigger;
  if (typeof remembered === 'string') return { ...trigger, metric: remembered };
  const { query } = mappingAt(trigger, 'metadata');
  if (typeof query !== 'string' || namedMetric(query.trim()) !== undefined) return trigger;
  const metric = guessMetric(query);
  if (metric === undefined) return trigger;
  const message = `The query is not evaluated here; by its words it is taken for \`${metric}\`. Correct \`metric\` of the trigger if it asks for something else.`;
  reading.problem(item, ['spec', 'triggers', index, 'metadata', 'query'], 'manifest-assumed', message, 'warning');
  return { ...trigger, metric };
}

function withoutAnnotations(data: Mapping, keys: readonly string[]): Mapping {
  const metadata = mappingAt(data, 'metadata');
  return { ...data, metadata: { ...metadata, annotations: without(annotationsOf(data), keys) } };
}

/** Counts and seconds of the spec are integers there, whatever a scenario had them in. */
function wholeNumbers(spec: Mapping): Mapping {
  const number = (value: unknown): unknown =>
    typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)) ? Number(value) : value;
  return Object.fromEntries(
    Object.entries(spec).map(([key, value]) => [
      key,
      isMapping(value)
        ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, number(each)]))
        : number(value),
    ]),
  );
}

/** KEDA knows zones by name alone. */
function zoneIssue(trigger: Mapping): Issue[] {
  const zone = zoneName(String(mappingAt(trigger, 'metadata')['timezone'] ?? 'UTC'));
  return isOffset(zone) ? [notCarried(`KEDA knows no time zone \`${zone}\`: name one with that offset instead.`)] : [];
}

/** Metadata of a trigger are text, each and every one. */
function writtenTrigger(trigger: Mapping): Mapping {
  const metadata = Object.entries(mappingAt(trigger, 'metadata')).map(([key, value]) => [
    key,
    key === 'timezone' ? zoneName(String(value)) : String(value),
  ]);
  return { ...without(trigger, ['metric', 'metadata']), metadata: Object.fromEntries(metadata) as Mapping };
}

function writtenAdvanced(advanced: Mapping): Mapping {
  const { horizontalPodAutoscalerConfig: hpa, scalingModifiers: modifiers } = advanced;
  const behavior = isMapping(hpa) ? hpa['behavior'] : undefined;
  return {
    ...advanced,
    ...(isMapping(hpa) && {
      horizontalPodAutoscalerConfig: {
        ...hpa,
        ...(behavior !== undefined && { behavior: writtenBehavior(behaviorConfig.parse(behavior)) }),
      },
    }),
    ...(isMapping(modifiers) && {
      scalingModifiers: Object.fromEntries(Object.entries(modifiers).map(([key, value]) => [key, String(value)])),
    }),
  };
}
