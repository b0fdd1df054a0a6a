import type { AwsPart, AwsParts } from '../aws/parts.ts';
import { buildPolicies } from '../aws/build.ts';
import { awsDocument } from '../aws/document.ts';
import type { ManifestOptions, ManifestWriting, Mapping, WritablePolicy } from '../contract.ts';
import { notCarried } from '../export-issue.ts';
import type { HclBlock } from '../hcl/print.ts';
import { printHcl } from '../hcl/print.ts';
import { identifier } from '../names.ts';
import { Origins } from '../origins.ts';
import type { Reading } from '../reading.ts';
import { isMapping, textAt, without } from '../tree.ts';
import { awsShapes } from './aws-shapes.ts';
import type { AwsResourceType } from './aws-shapes.ts';
import { referredTo } from './resources.ts';
import type { TerraformResource } from './resources.ts';
import { fromBlock, toBody } from './shape.ts';

const roles: Readonly<Record<AwsResourceType, keyof AwsParts>> = {
  aws_appautoscaling_target: 'targets',
  aws_appautoscaling_policy: 'policies',
  aws_appautoscaling_scheduled_action: 'actions',
  aws_autoscaling_group: 'targets',
  aws_autoscaling_policy: 'policies',
  aws_autoscaling_schedule: 'actions',
  aws_cloudwatch_metric_alarm: 'alarms',
};
/** What resources that are scaled are named by in others. */
const scaledTypes = ['aws_appautoscaling_target', 'aws_autoscaling_group'] as const;

export const isAwsType = (type: string): type is AwsResourceType => Object.hasOwn(awsShapes, type);

/** Puts the resources together as the API would see them. */
export function readAwsResources(reading: Reading, resources: readonly TerraformResource[]): void {
  const parts: AwsParts = { targets: [], policies: [], alarms: [], actions: [] };
  const literal = new Map<string, string>();
  for (const { type, name, data } of resources) {
    const own =
      type === 'aws_appautoscaling_target'
        ? data['resource_id']
        : type === 'aws_autoscaling_group'
          ? data['name']
          : undefined;
    if (typeof own === 'string') literal.set(own, `${type}.${name}`);
  }
  for (const resource of resources) {
    if (isAwsType(resource.type)) parts[roles[resource.type]].push(partOf(resource, resource.type, literal));
  }
  buildPolicies(reading, parts);
}

function partOf(
  { item, type, name, data, path }: TerraformResource,
  known: AwsResourceType,
  literal: ReadonlyMap<string, string>,
): AwsPart {
  const origins = new Origins(path);
  const read = { ...fromBlock(awsShapes[known], data, [], path, origins) } as Record<string, unknown>;
  for (const key of ['ResourceId', 'AutoScalingGroupName']) {
    const scaled = scaledTypes.flatMap((each) => {
      const found = type === each ? name : referredTo(read[key], each);
      return found === undefined ? [] : [`${each}.${found}`];
    })[0];
    const [isService, isGroup] = [key === 'ResourceId', type === 'aws_autoscaling_group'];
    if (scaled !== undefined && !(isService && isGroup) && !(!isService && type === 'aws_appautoscaling_target'))
      read[key] = scaled;
    else if (typeof read[key] === 'string') read[key] = literal.get(read[key]) ?? read[key];
  }
  // −1 there means: leave as it is.
  const unset =
    known === 'aws_autoscaling_schedule'
      ? ['MinSize', 'MaxSize', 'DesiredCapacity'].filter((key) => read[key] === -1)
      : [];
  return {
    item,
    data: without(read, unset),
    place: (below) => origins.of(below),
    reference: `\${${type}.${name}.arn}`,
  };
}

/** Resources for a policy, with the target they refer to. */
export function writeAwsResources(config: Mapping, policy: WritablePolicy, options: ManifestOptions): ManifestWriting {
  const { api, target, policies, alarms, actions, issues } = awsDocument(config, policy, options);
  const group = api === 'ec2';
  const named = identifier(options.target);
  const unnamed: string[] = [];
  const resource = (type: AwsResourceType, name: string, data: Mapping, extra: HclBlock['body'] = []): HclBlock => {
    const { body, left } = toBody(awsShapes[type], data);
    unnamed.push(...left);
    const replaced = extra.map((each) => each.name);
    return {
      name: 'resource',
      labels: [type, name],
      body: [...extra, ...body.filter((each) => !replaced.includes(each.name))],
    };
  };
  const refers = group
    ? [{ name: 'autoscaling_group_name', value: { expression: `aws_autoscaling_group.${named}.name` } }]
    : ['service_namespace', 'resource_id', 'scalable_dimension'].map((name) => ({
        name,
        value: { expression: `aws_appautoscaling_target.${named}.${name}` },
      }));
  const policyType = group ? 'aws_autoscaling_policy' : 'aws_appautoscaling_policy';
  const names = distinct(policies.map((each) => identifier(textAt(each, 'PolicyName') ?? 'policy')));
  const blocks: HclBlock[] = [
    resource(group ? 'aws_autoscaling_group' : 'aws_appautoscaling_target', named, target),
    ...policies.map((each, index) => resource(policyType, names[index] ?? '', each, refers)),
    ...alarms.map(({ data, policy: own }) => {
      const name = names[policies.indexOf(own)] ?? '';
      const actionsOf = { name: 'alarm_actions', value: [{ expression: `${policyType}.${name}.arn` }] };
      return resource('aws_cloudwatch_metric_alarm', name, tableOfDimensions(data), [actionsOf]);
    }),
    ...actions.map((each, index) =>
      resource(
        group ? 'aws_autoscaling_schedule' : 'aws_appautoscaling_scheduled_action',
        `${named}_${index + 1}`,
        each,
        refers,
      ),
    ),
  ];
  const complaints = [...new Set(unnamed)].map((name) =>
    notCarried(`The resources of Terraform have no \`${name}\`: it is left out.`),
  );
  return { text: `${advice(group)}${printHcl(blocks)}`, issues: [...issues, ...complaints] };
}

function advice(group: boolean): string {
  return group
    ? '# The group as a whole stands elsewhere: merge the bounds into it, and let its `lifecycle` block say\n# `ignore_changes = [desired_capacity]`, or every apply resets what the policies decided.\n'
    : '# Let the `lifecycle` block of the service say `ignore_changes = [desired_count]`, or every apply resets what the\n# policies decided.\n';
}

function tableOfDimensions(alarm: Mapping): Mapping {
  const { Dimensions: given, ...rest } = alarm;
  if (!Array.isArray(given)) return rest;
  const pairs = given.filter(isMapping).map((each) => [String(each['Name']), String(each['Value'])]);
  return { ...rest, Dimensions: Object.fromEntries(pairs) as Mapping };
}

function distinct(names: readonly string[]): string[] {
  return names.map((name, index) => (names.indexOf(name) === index ? name : `${name}_${index + 1}`));
}
