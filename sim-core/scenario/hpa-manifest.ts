import { hpaConfig } from '../autoscaling/hpa/config.ts';
import type { Issue } from '../issue.ts';
import { placedIssue } from './placed-issue.ts';
import { validate } from './schema-issues.ts';
import { readDocuments } from './yaml-source.ts';
import type { YamlSource } from './yaml-source.ts';

/** A policy as it may be written into a scenario. */
export interface HpaPolicyInput {
  readonly name: string;
  readonly controller: { readonly hpa: unknown };
}

type Path = readonly (string | number)[];
type Mapping = Readonly<Record<string, unknown>>;

/**
 * Reads the HorizontalPodAutoscalers out of Kubernetes manifests: YAML or JSON, several documents, a `List`, whatever
 * `kubectl get hpa -o yaml` or a chart's template prints. Everything else in the file is passed over.
 *
 * `autoscaling/v2` and `v2beta2` are taken as they are; of `v1` the CPU target becomes the metric it stands for.
 */
export function readHpaManifest(text: string): { policies: HpaPolicyInput[]; issues: Issue[] } {
  const policies: HpaPolicyInput[] = [];
  const issues: Issue[] = [];
  const kinds: string[] = [];
  for (const source of readDocuments(text, 'A manifest begins with `apiVersion: autoscaling/v2`.')) {
    issues.push(...source.issues);
    for (const { manifest, path } of manifestsIn(source.data, [])) {
      if (manifest['kind'] !== 'HorizontalPodAutoscaler') {
        if (typeof manifest['kind'] === 'string') kinds.push(manifest['kind']);
        continue;
      }
      const read = readOne(manifest, path, source);
      issues.push(...read.issues);
      if (read.policy !== undefined) policies.push(read.policy);
      else kinds.push('HorizontalPodAutoscaler');
    }
  }
  if (policies.length === 0 && issues.length === 0) {
    const found = kinds.length === 0 ? '' : ` It has: ${[...new Set(kinds)].join(', ')}.`;
    const message = `There is no HorizontalPodAutoscaler in this file.${found} Export one with \`kubectl get hpa <name> -o yaml\`.`;
    issues.push({ code: 'hpa-not-found', severity: 'error', path: [], line: 1, column: 1, message });
  }
  return { policies: distinct(policies), issues };
}

function manifestsIn(data: unknown, path: Path): { manifest: Mapping; path: Path }[] {
  if (!isMapping(data)) return [];
  if (!Array.isArray(data['items'])) return [{ manifest: data, path }];
  return data['items'].flatMap((item, index) => manifestsIn(item, [...path, 'items', index]));
}

function readOne(manifest: Mapping, path: Path, { locate }: YamlSource): { policy?: HpaPolicyInput; issues: Issue[] } {
  const placed = (issue: Issue): Issue => placedIssue(issue, locate);
  const version = typeof manifest['apiVersion'] === 'string' ? manifest['apiVersion'] : 'a manifest without apiVersion';
  const given = isMapping(manifest['spec']) ? manifest['spec'] : {};
  const spec = specOf(version, given);
  if (spec === undefined) {
    const message = `This is ${version}, which cannot be read here. Export it as \`autoscaling/v2\`: \`kubectl get hpa.v2.autoscaling <name> -o yaml\`.`;
    return { issues: [placed({ code: 'hpa-version', severity: 'error', path: [...path, 'apiVersion'], message })] };
  }
  const { issues } = validate(hpaConfig, spec, 'spec');
  const below = issues.map((issue) => placed({ ...issue, path: [...path, 'spec', ...issue.path] }));
  if (below.length > 0) return { issues: below };
  const metadata = isMapping(manifest['metadata']) ? manifest['metadata'] : {};
  const name = typeof metadata['name'] === 'string' && metadata['name'] !== '' ? metadata['name'].slice(0, 80) : 'hpa';
  return { policy: { name, controller: { hpa: spec } }, issues: [] };
}

function specOf(version: string, spec: Mapping): Mapping | undefined {
  if (version === 'autoscaling/v2' || version === 'autoscaling/v2beta2') return spec;
  if (version !== 'autoscaling/v1') return undefined;
  const { targetCPUUtilizationPercentage: target, ...rest } = spec;
  if (target === undefined) return rest;
  const resource = { name: 'cpu', target: { type: 'Utilization', averageUtilization: target } };
  return { ...rest, metrics: [{ type: 'Resource', resource }] };
}

/** Two autoscalers of one name (from two namespaces) become two policies. */
function distinct(policies: readonly HpaPolicyInput[]): HpaPolicyInput[] {
  const taken = new Map<string, number>();
  return policies.map((policy) => {
    const count = (taken.get(policy.name) ?? 0) + 1;
    taken.set(policy.name, count);
    return count === 1 ? policy : { ...policy, name: `${policy.name} ${count}` };
  });
}

function isMapping(value: unknown): value is Mapping {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
