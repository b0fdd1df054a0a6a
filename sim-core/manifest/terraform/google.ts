import { gcpConfig } from '../../autoscaling/gcp/config.ts';
import type { ManifestOptions, ManifestWriting, Mapping, WritablePolicy } from '../contract.ts';
import { notCarried } from '../export-issue.ts';
import { printHcl } from '../hcl/print.ts';
import { dnsLabel, identifier } from '../names.ts';
import { Origins } from '../origins.ts';
import type { Reading } from '../reading.ts';
import { mappingsAt, textAt, without } from '../tree.ts';
import type { TerraformResource } from './resources.ts';
import { fromBlock, toBody } from './shape.ts';
import type { Shape } from './shape.ts';

export const isGoogleType = (type: string): boolean => /^google_compute_(?:region_)?autoscaler$/.test(type);

const shape: Shape = {
  mode: 'mode',
  min_replicas: '#minNumReplicas',
  max_replicas: '#maxNumReplicas',
  cooldown_period: '#coolDownPeriodSec',
  cpu_utilization: {
    to: 'cpuUtilization',
    shape: { target: '#utilizationTarget', predictive_method: 'predictiveMethod' },
  },
  metric: {
    to: 'customMetricUtilizations',
    many: true,
    shape: {
      name: 'metric',
      target: '#utilizationTarget',
      type: 'utilizationTargetType',
      single_instance_assignment: '#singleInstanceAssignment',
    },
  },
  scale_in_control: {
    to: 'scaleInControl',
    shape: {
      time_window_sec: '#timeWindowSec',
      max_scaled_in_replicas: { to: 'maxScaledInReplicas', shape: { fixed: '#fixed', percent: '#percent' } },
    },
  },
};

export function readGoogleResource(reading: Reading, { item, name, data, path }: TerraformResource): void {
  const [policy] = mappingsAt(data, 'autoscaling_policy');
  if (policy === undefined) {
    reading.problem(item, path, 'manifest-incomplete', 'This autoscaler has no `autoscaling_policy`.');
    return;
  }
  const origins = new Origins(path);
  const at = [...path, ...policy.path];
  reading.passOver(
    item,
    data,
    Object.keys(without(data, ['name', 'autoscaling_policy'])),
    'says what is scaled, not how.',
    path,
  );
  const config = fromBlock(shape, policy.data, [], at, origins);
  const literal = textAt(data, 'name');
  const shown = literal === undefined || literal.includes('${') ? name : literal;
  reading.policy(item, 'gcp', { name: shown, config, schema: gcpConfig, origins, root: 'autoscaling policy' });
}

export function writeGoogleResource(
  config: Mapping,
  policy: WritablePolicy,
  options: ManifestOptions,
): ManifestWriting {
  const { body, left } = toBody(shape, config);
  const name = options.name ?? dnsLabel(policy.name);
  const target = identifier(options.target);
  const block = {
    name: 'resource',
    labels: ['google_compute_autoscaler', identifier(name)],
    body: [
      { name: 'name', value: name },
      { name: 'target', value: { expression: `google_compute_instance_group_manager.${target}.id` } },
      { name: 'autoscaling_policy', body },
    ],
  };
  const advice =
    '# Leave `target_size` out of the group, or let its `lifecycle` block say `ignore_changes = [target_size]`: otherwise\n# every apply resets what the autoscaler decided.\n';
  const issues = left.map((key) => notCarried(`The resource of Terraform has no \`${key}\`: it is left out.`));
  return { text: advice + printHcl([block]), issues };
}
