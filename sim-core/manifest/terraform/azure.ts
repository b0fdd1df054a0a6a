import { azureConfig } from '../../autoscaling/azure/config.ts';
import { azureProperties, withoutInterval } from '../azure.ts';
import type { ManifestOptions, ManifestWriting, Mapping, WritablePolicy } from '../contract.ts';
import { notCarried } from '../export-issue.ts';
import { printHcl } from '../hcl/print.ts';
import type { HclBlock } from '../hcl/print.ts';
import { dnsLabel, identifier } from '../names.ts';
import { Origins } from '../origins.ts';
import type { Reading } from '../reading.ts';
import { mappingsAt, textAt, without } from '../tree.ts';
import type { TerraformResource } from './resources.ts';
import { fromBlock, toBody } from './shape.ts';
import type { Shape } from './shape.ts';

export const isAzureType = (type: string): boolean => type === 'azurerm_monitor_autoscale_setting';

const profileShape: Shape = {
  name: 'name',
  capacity: { to: 'capacity', shape: { default: '#default', minimum: '#minimum', maximum: '#maximum' } },
  rule: {
    to: 'rules',
    many: true,
    shape: {
      metric_trigger: {
        to: 'metricTrigger',
        shape: {
          metric_name: 'metricName',
          metric_resource_id: 'metricResourceUri',
          metric_namespace: 'metricNamespace',
          time_grain: 'timeGrain',
          statistic: 'statistic',
          time_window: 'timeWindow',
          time_aggregation: 'timeAggregation',
          operator: 'operator',
          threshold: '#threshold',
          divide_by_instance_count: 'dividePerInstance',
        },
      },
      scale_action: {
        to: 'scaleAction',
        shape: { direction: 'direction', type: 'type', value: '#value', cooldown: 'cooldown' },
      },
    },
  },
};
const wide = ['enabled', 'name', 'target_resource_id', 'profile'];

export function readAzureResource(reading: Reading, { item, name, data, path }: TerraformResource): void {
  const origins = new Origins(path);
  const predictive = mappingsAt(data, 'predictive').some(({ data: each }) => each['scale_mode'] !== 'Disabled');
  const harmless = Object.keys(without(data, wide)).filter((key) => key !== 'predictive' || !predictive);
  reading.passOver(item, data, harmless, 'does not say how it scales.', path);
  const profiles = mappingsAt(data, 'profile').map(({ data: profile, path: below }, index) =>
    fromBlock(profileShape, profile, ['profiles', index], [...path, ...below], origins),
  );
  origins.note(['profiles'], [...path, 'profile']);
  profiles.forEach((_, index) =>
    origins.note(['profiles', index], [...path, 'profile', ...(profiles.length > 1 ? [index] : [])]),
  );
  const config = {
    ...(data['enabled'] !== undefined && { enabled: data['enabled'] }),
    ...(data['target_resource_id'] !== undefined && { targetResourceUri: data['target_resource_id'] }),
    ...(predictive && { predictive: data['predictive'] }),
    profiles,
  };
  const literal = textAt(data, 'name');
  const shown = literal === undefined || literal.includes('${') ? name : literal;
  reading.policy(item, 'azure', { name: shown, config, schema: azureConfig, origins, root: 'autoscale setting' });
}

export function writeAzureResource(whole: Mapping, policy: WritablePolicy, options: ManifestOptions): ManifestWriting {
  const { config, issues: unsaid } = withoutInterval(whole);
  const name = textAt(config, 'name') ?? options.name ?? dnsLabel(policy.name);
  const reference = `azurerm_linux_virtual_machine_scale_set.${identifier(options.target)}`;
  const own = textAt(config, 'targetResourceUri');
  const placeholder = `\${${reference}.id}`;
  const given = azureProperties({ ...config, targetResourceUri: own ?? placeholder }, name, options);
  const left: string[] = [];
  const profiles = mappingsAt(given, 'profiles').map(({ data }): HclBlock => {
    const written = toBody(profileShape, data);
    left.push(...written.left);
    return { name: 'profile', body: written.body };
  });
  const block: HclBlock = {
    name: 'resource',
    labels: ['azurerm_monitor_autoscale_setting', identifier(name)],
    body: [
      { name: 'name', value: name },
      { name: 'resource_group_name', value: { expression: `${reference}.resource_group_name` } },
      { name: 'location', value: { expression: `${reference}.location` } },
      { name: 'target_resource_id', value: own ?? placeholder },
      ...profiles,
    ],
  };
  const advice =
    '# Let the `lifecycle` block of the scale set say `ignore_changes = [instances]`, or every apply resets what the\n# setting decided.\n';
  const issues = [...new Set(left)]
    .filter((key) => !key.endsWith('metricResourceLocation'))
    .map((key) => notCarried(`The resource of Terraform has no \`${key}\`: it is left out.`));
  return { text: advice + printHcl([block]), issues: [...unsaid, ...issues] };
}
