import { stringify } from 'yaml';
import type { HpaConfig } from '../autoscaling/hpa/config.ts';
import { printQuantity } from '../autoscaling/hpa/quantity.ts';
import type { Issue } from '../issue.ts';
import type { PolicyConfig } from '../scenario/schema.ts';

export interface HpaManifestOptions {
  /** metadata.name; default: made from the policy's name */
  readonly name?: string;
  readonly namespace?: string;
  /** name of the Deployment to scale, unless the policy's own scaleTargetRef says more */
  readonly target: string;
}

/**
 * The `autoscaling/v2` manifest of an HPA policy, ready to apply.
 *
 * @returns no text, and an issue, for other kinds of policy; warnings for what a manifest cannot carry
 */
export function hpaManifest(policy: PolicyConfig, options: HpaManifestOptions): { text?: string; issues: Issue[] } {
  const spec = policy.controller.hpa;
  if (spec === undefined) {
    const kind = Object.keys(policy.controller)[0] ?? 'none';
    const message = `The policy \`${policy.name}\` is of kind \`${kind}\`; only an \`hpa\` policy can be written as a HorizontalPodAutoscaler.`;
    return { issues: [{ code: 'export-not-possible', severity: 'error', path: [], message }] };
  }
  const issues: Issue[] = [];
  const guards = Object.entries(policy.guards).filter(([, value]) => value !== undefined);
  if (guards.length > 0) {
    const names = guards.map(([name]) => `\`${name}\``).join(', ');
    issues.push({
      code: 'export-incomplete',
      severity: 'warning',
      path: [],
      message: `A HorizontalPodAutoscaler has no guards: ${names} of \`${policy.name}\` are not in the manifest, so the cluster will behave differently from the simulation.`,
    });
  }
  const manifest = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: {
      name: options.name ?? dnsLabel(policy.name),
      ...(options.namespace !== undefined && { namespace: options.namespace }),
    },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: dnsLabel(options.target) },
      ...written(spec),
    },
  };
  const advice = '# Remove `spec.replicas` from the target, or every deployment resets what the autoscaler decided.\n';
  return { text: advice + stringify(manifest), issues };
}

/** The spec as a cluster takes it: quantities as text again. */
function written({ metrics, behavior, ...rest }: HpaConfig): object {
  const rules = (given: NonNullable<NonNullable<HpaConfig['behavior']>['scaleUp']>): object => {
    const { tolerance, ...others } = given;
    return { ...others, ...(tolerance !== undefined && { tolerance: printQuantity(tolerance) }) };
  };
  return {
    ...rest,
    ...(metrics !== undefined && { metrics: metrics.map(writtenMetric) }),
    ...(behavior !== undefined && {
      behavior: {
        ...(behavior.scaleUp !== undefined && { scaleUp: rules(behavior.scaleUp) }),
        ...(behavior.scaleDown !== undefined && { scaleDown: rules(behavior.scaleDown) }),
      },
    }),
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

function writtenMetric(metric: MetricSpec): object {
  switch (metric.type) {
    case 'Resource':
      return { type: metric.type, resource: { ...metric.resource, target: writtenTarget(metric.resource.target) } };
    case 'ContainerResource':
      return {
        type: metric.type,
        containerResource: { ...metric.containerResource, target: writtenTarget(metric.containerResource.target) },
      };
    case 'Pods':
      return { type: metric.type, pods: { ...metric.pods, target: writtenTarget(metric.pods.target) } };
    case 'Object':
      return { type: metric.type, object: { ...metric.object, target: writtenTarget(metric.object.target) } };
    case 'External':
      return { type: metric.type, external: { ...metric.external, target: writtenTarget(metric.external.target) } };
  }
}

function writtenTarget({ averageValue, value, ...rest }: Target): object {
  return {
    ...rest,
    ...(averageValue !== undefined && { averageValue: printQuantity(averageValue) }),
    ...(value !== undefined && { value: printQuantity(value) }),
  };
}

/** A name as Kubernetes takes it: lower case letters, digits and hyphens, 63 at most. */
function dnsLabel(text: string): string {
  const label = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
  return label === '' ? 'autoscaler' : label;
}
