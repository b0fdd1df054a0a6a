import { awsConfig } from '../../autoscaling/aws/config.ts';
import type { Mapping, Path } from '../contract.ts';
import { Origins } from '../origins.ts';
import type { Reading } from '../reading.ts';
import { mappingAt, textAt, without } from '../tree.ts';
import { readSchedule } from './cron.ts';
import type { AwsPart, AwsParts } from './parts.ts';
import { readPolicy, starts } from './policies.ts';

/** Bounds where a file says none: an assumption, and pointed out as one. */
const assumed = { MinCapacity: 1, MaxCapacity: 100 };

/** What is scaled: the resource, or the group. */
const scaledBy = (data: Mapping): string => textAt(data, 'ResourceId') ?? textAt(data, 'AutoScalingGroupName') ?? '';

/** One policy of a scenario for each thing that is scaled. */
export function buildPolicies(reading: Reading, parts: AwsParts): void {
  const named = [...parts.targets, ...parts.policies, ...parts.actions].map(({ data }) => scaledBy(data));
  const all = [...new Set(named.filter((name) => name !== ''))];
  // Files given to one command alone do not always say what they are for.
  const groups = all.length === 0 ? [''] : all;
  for (const group of groups) {
    const [only] = groups;
    const belongs = ({ data }: AwsPart): boolean =>
      scaledBy(data) === group || (groups.length === 1 && only === group && scaledBy(data) === '');
    buildOne(reading, group, {
      targets: parts.targets.filter(belongs),
      policies: parts.policies.filter(belongs),
      alarms: parts.alarms,
      actions: parts.actions.filter(belongs),
    });
  }
  const unused = parts.alarms.filter(({ data }) => !parts.policies.some((policy) => starts(data, policy)));
  for (const { item, data, place } of unused)
    reading.note(item, place([]), `Alarm \`${String(data['AlarmName'])}\`: it starts no policy of this file.`);
}

function buildOne(reading: Reading, group: string, { targets, policies, alarms, actions }: AwsParts): void {
  const active = policies.filter((part) => {
    if (part.data['Enabled'] !== false) return true;
    reading.note(part.item, part.place([]), `Policy \`${String(part.data['PolicyName'])}\`: it is switched off.`);
    return false;
  });
  const first = active[0] ?? actions[0];
  if (first === undefined) {
    for (const { item, place } of targets) {
      const message = `\`${group}\` has bounds but no scaling policy in this file. Add the answer of \`describe-scaling-policies\` (or \`describe-policies\`).`;
      reading.problem(item, place([]), 'manifest-incomplete', message);
    }
    return;
  }
  const origins = new Origins(first.place([]));
  const before = reading.issues.length;
  const [target] = targets;
  const [minKey, maxKey] =
    target?.data['MaxCapacity'] === undefined ? ['MinSize', 'MaxSize'] : ['MinCapacity', 'MaxCapacity'];
  if (target !== undefined) {
    origins.note(['MinCapacity'], [minKey], target.place);
    origins.note(['MaxCapacity'], [maxKey], target.place);
    const beside = Object.keys(
      without(target.data, [minKey, maxKey, 'ResourceId', 'AutoScalingGroupName', 'DefaultCooldown']),
    );
    for (const key of beside)
      reading.note(target.item, target.place([key]), `\`${key}\`: describes what is scaled, not how.`);
  } else {
    const message = `The file names no bounds for \`${group || 'the policy'}\`: ${assumed.MinCapacity} to ${assumed.MaxCapacity} replicas are written in their place. Correct them, or add the answer of \`describe-scalable-targets\` (or \`describe-auto-scaling-groups\`).`;
    reading.problem(first.item, first.place([]), 'manifest-assumed', message, 'warning');
  }
  const bounds =
    target === undefined ? assumed : { MinCapacity: target.data[minKey], MaxCapacity: target.data[maxKey] };
  const config = {
    ...bounds,
    ...(active.length > 0 && {
      Policies: active.map((part, index) =>
        readPolicy(reading, part, alarms, ['Policies', index], origins, target?.data['DefaultCooldown']),
      ),
    }),
    ...(actions.length > 0 && {
      ScheduledActions: actions.map((part, index) => readAction(reading, part, ['ScheduledActions', index], origins)),
    }),
  };
  if (reading.issues.slice(before).some(({ severity }) => severity === 'error')) return;
  const name = textAt(active[0]?.data ?? {}, 'PolicyName') ?? (group === '' ? 'aws' : shortName(group));
  reading.policy(first.item, 'aws', {
    name: active.length > 1 && group !== '' ? shortName(group) : name,
    config,
    schema: awsConfig,
    origins,
    root: 'scaling policies',
  });
}

/** `service/prod/checkout` and `aws_autoscaling_group.checkout` are both called `checkout`. */
function shortName(group: string): string {
  return group.replace(/^.*[/.](?=[^/.])/, '');
}

/** A scheduled action of a group, or of Application Auto Scaling in the form of one. */
function readAction(reading: Reading, part: AwsPart, to: Path, origins: Origins): Mapping {
  const { data } = part;
  origins.note(to, [], part.place);
  const about = [
    'ScheduledActionARN',
    'Time',
    'AutoScalingGroupName',
    'ResourceId',
    'ServiceNamespace',
    'ScalableDimension',
    'CreationTime',
  ];
  const schedule = textAt(data, 'Schedule');
  if (schedule === undefined) return without(data, about);
  const zone = textAt(data, 'Timezone') ?? 'UTC';
  const read = readSchedule(schedule, zone);
  if (read === undefined) {
    const message = `The schedule \`${schedule}\` has no form here: \`cron(…)\` of every year without L, W and #, and \`at(…)\` have.`;
    reading.problem(part.item, part.place(['Schedule']), 'not-supported', message);
  }
  const { MinCapacity, MaxCapacity } = mappingAt(data, 'ScalableTargetAction');
  for (const key of Object.keys(read ?? {})) origins.note([...to, key], ['Schedule'], part.place);
  return {
    ...without(data, [...about, 'Schedule', 'Timezone', 'ScalableTargetAction']),
    ...read,
    ...(zone !== 'UTC' && read !== undefined && 'Recurrence' in read && { TimeZone: zone }),
    ...(MinCapacity !== undefined && { MinSize: MinCapacity }),
    ...(MaxCapacity !== undefined && { MaxSize: MaxCapacity }),
  };
}
