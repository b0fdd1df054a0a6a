import type { ManifestItem, ManifestOptions, Mapping, WritablePolicy } from '../contract.ts';
import { dnsLabel } from '../names.ts';
import type { Reading } from '../reading.ts';
import { isMapping, mappingAt, textAt, without } from '../tree.ts';

/** What every Kubernetes object has, and what of it says nothing about scaling. */
export const objectName = (data: Mapping): string | undefined => textAt(mappingAt(data, 'metadata'), 'name');

export const annotationsOf = (data: Mapping): Mapping => mappingAt(data, 'metadata', 'annotations');

/**
 * Notes the parts of an object that describe it rather than how it scales.
 *
 * @param read annotations that were read, as a beginning they share
 */
export function passOverObject(reading: Reading, item: ManifestItem, read: string): void {
  const metadata = mappingAt(item.data, 'metadata');
  const others = Object.keys(metadata).filter((key) => !['name', 'annotations'].includes(key));
  reading.passOver(item, metadata, others, 'names the object; it does not say how it scales.', ['metadata']);
  const annotations = annotationsOf(item.data);
  const foreign = Object.keys(annotations).filter((key) => read === '' || !key.startsWith(read));
  const path = ['metadata', 'annotations'];
  reading.passOver(item, annotations, foreign, 'an annotation that does not say how it scales.', path);
  reading.passOver(item, item.data, ['status'], 'what it was doing when it was exported.');
  const known = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];
  const strange = Object.keys(without(item.data, known));
  reading.passOver(item, item.data, strange, 'no part of this kind of object.');
}

/** metadata of an object that is written */
export function writtenMetadata(policy: WritablePolicy, options: ManifestOptions): Mapping {
  return {
    name: options.name ?? dnsLabel(policy.name),
    ...(options.namespace !== undefined && { namespace: options.namespace }),
  };
}

/** What a workload beside the autoscaler says that a scenario could use. */
export function workloadFacts(data: Mapping): string {
  const facts: string[] = [];
  const spec = mappingAt(data, 'spec');
  if (typeof spec['replicas'] === 'number')
    facts.push(`\`replicas: ${spec['replicas']}\` (a scenario's \`replicas.initial\`)`);
  const containers = mappingAt(spec, 'template', 'spec')['containers'];
  for (const container of Array.isArray(containers) ? containers : []) {
    if (!isMapping(container)) continue;
    const requests = mappingAt(container, 'resources', 'requests');
    const said = Object.entries(requests).map(([name, amount]) => `${name} ${String(amount)}`);
    if (said.length > 0) facts.push(`requests of ${textAt(container, 'name') ?? 'a container'}: ${said.join(', ')}`);
  }
  return facts.length === 0 ? '' : ` Seen and not used: ${facts.join('; ')}.`;
}
