import { parseInstant, printInstant } from '../../units/instant.ts';
import type { Issue } from '../../issue.ts';
import type { ManifestOptions, Mapping, WritablePolicy } from '../contract.ts';
import { notCarried } from '../export-issue.ts';
import { isOffset, zoneName } from '../zone-name.ts';
import { dnsLabel } from '../names.ts';
import { isMapping, mappingAt, mappingsAt, textAt, without } from '../tree.ts';
import { writeSchedule } from './cron.ts';

/** What has to be put to AWS for a policy, with the field names of the API it is for. */
export interface AwsDocument {
  /** Application Auto Scaling (services of ECS and others), or EC2 Auto Scaling (groups of instances) */
  readonly api: 'application' | 'ec2';
  /** fields that name what is scaled, in every call */
  readonly scaled: Mapping;
  readonly target: Mapping;
  readonly policies: readonly Mapping[];
  /** in the order of the policies they start */
  readonly alarms: readonly { readonly data: Mapping; readonly policy: Mapping }[];
  readonly actions: readonly Mapping[];
  readonly issues: readonly Issue[];
}

/** Metrics that only groups of instances have. */
const onlyGroups = ['ASGAverageCPUUtilization', 'ASGCPUUtilization'];
const trackingKey = 'TargetTrackingScalingPolicyConfiguration';
const stepKey = 'StepScalingPolicyConfiguration';
const warmupDefault = 300;

export function awsDocument(config: Mapping, policy: WritablePolicy, options: ManifestOptions): AwsDocument {
  const policies = mappingsAt(config, 'Policies').map(({ data }) => data);
  const actions = mappingsAt(config, 'ScheduledActions').map(({ data }) => data);
  const text = JSON.stringify(policies);
  const group =
    policies.some(({ PolicyType: type }) => type === 'SimpleScaling' || type === 'PredictiveScaling') ||
    actions.some(({ DesiredCapacity: desired }) => desired !== undefined) ||
    onlyGroups.some((name) => text.includes(`"${name}"`));
  const issues: Issue[] = [];
  const name = options.name ?? dnsLabel(policy.name);
  const target = dnsLabel(options.target);
  const scaled: Mapping = group
    ? { AutoScalingGroupName: target }
    : {
        ServiceNamespace: 'ecs',
        ResourceId: `service/default/${target}`,
        ScalableDimension: 'ecs:service:DesiredCount',
      };
  const [min, max] = group ? ['MinSize', 'MaxSize'] : ['MinCapacity', 'MaxCapacity'];
  const names = distinctNames(policies, name);
  const written = policies.map((each, index) => {
    const inner = group ? ofGroup(each, issues) : each;
    return { ...scaled, PolicyName: names[index], ...without(inner, ['PolicyName', 'Alarm']) };
  });
  const alarms = policies.flatMap((each, index) => {
    const own = written[index];
    return isMapping(each['Alarm']) && own !== undefined
      ? [{ data: alarmOf(each['Alarm'], own, group), policy: own }]
      : [];
  });
  return {
    api: group ? 'ec2' : 'application',
    scaled,
    target: { ...scaled, [min ?? '']: config['MinCapacity'] ?? 1, [max ?? '']: config['MaxCapacity'] },
    policies: written,
    alarms,
    actions: actions.flatMap((action, index) => actionOf(action, `${name}-${index + 1}`, scaled, group, issues)),
    issues,
  };
}

function distinctNames(policies: readonly Mapping[], name: string): string[] {
  return policies.map(
    (each, index) => textAt(each, 'PolicyName') ?? (policies.length === 1 ? name : `${name}-${index + 1}`),
  );
}

/** EC2 Auto Scaling knows warm-up instead of the cool-downs of target tracking and steps, and lays steps out flat. */
function ofGroup(policy: Mapping, issues: Issue[]): Mapping {
  const type = policy['PolicyType'];
  if (type === 'TargetTrackingScaling') {
    const { ScaleOutCooldown: out, ScaleInCooldown: into, ...inner } = mappingAt(policy, trackingKey);
    if (into !== undefined && into !== warmupDefault)
      issues.push(
        notCarried(
          `Groups of instances know no cool-down after scaling in: \`ScaleInCooldown: ${String(into)}\` is left out.`,
        ),
      );
    const predefined = mappingAt(inner, 'PredefinedMetricSpecification');
    const ofEcs = predefined['PredefinedMetricType'] === 'ECSServiceAverageCPUUtilization';
    if (ofEcs)
      issues.push(
        notCarried(
          'Groups of instances have no `ECSServiceAverageCPUUtilization`: `ASGAverageCPUUtilization` is written in its place.',
        ),
      );
    return {
      ...without(policy, [trackingKey]),
      TargetTrackingConfiguration: {
        ...inner,
        ...(ofEcs && {
          PredefinedMetricSpecification: { ...predefined, PredefinedMetricType: 'ASGAverageCPUUtilization' },
        }),
      },
      ...(out !== undefined && { EstimatedInstanceWarmup: out }),
    };
  }
  if (type === 'StepScaling') {
    const { Cooldown: cooldown, ...inner } = mappingAt(policy, stepKey);
    return {
      ...without(policy, [stepKey]),
      ...inner,
      ...(cooldown !== undefined && { EstimatedInstanceWarmup: cooldown }),
    };
  }
  if (type === 'PredictiveScaling') {
    const { forecast, history, ...rest } = policy;
    if (forecast !== undefined)
      issues.push(notCarried('AWS forecasts with a model of its own: `forecast` is left out.'));
    if (Array.isArray(history) && history.length > 0)
      issues.push(notCarried('AWS takes the load of the past from CloudWatch: `history` is left out.'));
    const inner = mappingAt(rest, 'PredictiveScalingConfiguration');
    // Whoever does not ask for scaling gets a forecast to look at first.
    return { ...rest, PredictiveScalingConfiguration: { Mode: 'ForecastOnly', ...inner } };
  }
  return policy;
}

function alarmOf(alarm: Mapping, policy: Mapping, group: boolean): Mapping {
  const name = String(policy['PolicyName']);
  const within = group
    ? `autoScalingGroupName/${String(policy['AutoScalingGroupName'])}`
    : `resource/ecs/${String(policy['ResourceId'])}`;
  return {
    AlarmName: `${name}-alarm`,
    Namespace: group ? 'AWS/EC2' : 'AWS/ECS',
    Statistic: 'Average',
    Period: 60,
    ...alarm,
    AlarmActions: [`arn:aws:autoscaling:REGION:ACCOUNT:scalingPolicy:ID:${within}:policyName/${name}`],
  };
}

/** A scheduled action; none, and a warning, where the API cannot say when. */
function actionOf(action: Mapping, name: string, scaled: Mapping, group: boolean, issues: Issue[]): Mapping[] {
  const zone = textAt(action, 'TimeZone');
  const zoned = zone === undefined ? undefined : zoneName(zone);
  if (zoned !== undefined && isOffset(zoned))
    issues.push(notCarried(`AWS knows no time zone \`${zoned}\`: name one with that offset instead.`));
  const instants = Object.fromEntries(
    ['StartTime', 'EndTime'].flatMap((key) => {
      const epoch = parseInstant(textAt(action, key) ?? '');
      return epoch === undefined ? [] : [[key, printInstant(epoch)]];
    }),
  ) as Mapping;
  const named = { ...scaled, ScheduledActionName: textAt(action, 'ScheduledActionName') ?? name };
  if (group) return [{ ...named, ...action, ...named, ...instants, ...(zoned !== undefined && { TimeZone: zoned }) }];
  const { Recurrence: recurrence, MinSize: min, MaxSize: max } = action;
  const start = textAt(instants, 'StartTime') ?? '';
  const schedule = typeof recurrence === 'string' ? writeSchedule(recurrence) : `at(${start.replace(/Z$/, '')})`;
  if (schedule === undefined) {
    const message = `Application Auto Scaling has no schedule by day of the month and day of the week at once: the action of \`${String(recurrence)}\` is left out.`;
    issues.push(notCarried(message));
    return [];
  }
  return [
    {
      ...named,
      Schedule: schedule,
      ...(zoned !== undefined && recurrence !== undefined && { Timezone: zoned }),
      ...(recurrence !== undefined && instants),
      ScalableTargetAction: {
        ...(min !== undefined && { MinCapacity: min }),
        ...(max !== undefined && { MaxCapacity: max }),
      },
    },
  ];
}
