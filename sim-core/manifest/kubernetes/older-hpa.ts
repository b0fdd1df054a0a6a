import type { Path } from '../contract.ts';
import type { Origins } from '../origins.ts';
import { isMapping, without } from '../tree.ts';

/** Where older versions keep the target of a metric: its key, the type and the key it has in autoscaling/v2. */
const targets = {
  targetAverageUtilization: ['Utilization', 'averageUtilization'],
  targetAverageValue: ['AverageValue', 'averageValue'],
  targetValue: ['Value', 'value'],
  averageValue: ['AverageValue', 'averageValue'],
} as const;
type OldTarget = keyof typeof targets;

/** How a source of autoscaling/v2beta1 differs: what it calls the metric, its selector, and the object it describes. */
const sources: Readonly<Record<string, { readonly key: string; readonly old: readonly OldTarget[] }>> = {
  Resource: { key: 'resource', old: ['targetAverageUtilization', 'targetAverageValue'] },
  ContainerResource: { key: 'containerResource', old: ['targetAverageUtilization', 'targetAverageValue'] },
  Pods: { key: 'pods', old: ['targetAverageValue'] },
  // An Object of v2beta1 always has a targetValue; averageValue beside it takes its place.
  Object: { key: 'object', old: ['averageValue', 'targetValue'] },
  External: { key: 'external', old: ['targetAverageValue', 'targetValue'] },
};

/**
 * A metric of autoscaling/v2beta1 (the annotation of v1 has the same form) as autoscaling/v2 writes it. What is not of
 * that form stays as it is, for the check of v2 to speak of.
 *
 * @param to of the metric in the configuration
 * @param from of the metric in the file
 */
export function metricOfBeta1(metric: unknown, to: Path, from: Path, origins: Origins): unknown {
  if (!isMapping(metric)) return metric;
  const source = sources[String(metric['type'])];
  const given = source === undefined ? undefined : metric[source.key];
  if (source === undefined || !isMapping(given)) return metric;
  const below: Path = [...to, source.key];
  const stood = (key: string): Path => [...from, source.key, key];
  const read = ['metricName', 'metricSelector', 'selector', 'target', ...source.old];
  const result: Record<string, unknown> = { ...without(given, read) };
  const old = source.old.find((key) => given[key] !== undefined);
  if (old !== undefined) {
    const [type, key] = targets[old];
    result['target'] = { type, [key]: given[old] };
    origins.note([...below, 'target'], stood(old));
    origins.note([...below, 'target', key], stood(old));
  }
  if (given['metricName'] !== undefined) {
    const selectorKey = given['metricSelector'] === undefined ? 'selector' : 'metricSelector';
    const selector = given[selectorKey];
    result['metric'] = { name: given['metricName'], ...(selector !== undefined && { selector }) };
    origins.note([...below, 'metric'], stood('metricName'));
    origins.note([...below, 'metric', 'name'], stood('metricName'));
    origins.note([...below, 'metric', 'selector'], stood(selectorKey));
  }
  if (given['target'] !== undefined) {
    result['describedObject'] = given['target'];
    origins.note([...below, 'describedObject'], stood('target'));
  }
  return { ...metric, [source.key]: result };
}

/** Keys with a small first letter: the annotation of v1 writes `behavior` with the names of the program's fields. */
export function lowerFirstKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerFirstKeys);
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key.charAt(0).toLowerCase() + key.slice(1), lowerFirstKeys(each)]),
  );
}
