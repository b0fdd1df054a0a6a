import type { Mapping, Path } from '../contract.ts';
import type { Origins } from '../origins.ts';
import type { Reading } from '../reading.ts';
import { isMapping, textAt, without } from '../tree.ts';
import type { AwsPart } from './parts.ts';

/** Fields that say which policy it is, of what, and since when. */
const identity = [
  'PolicyARN',
  'PolicyName',
  'PolicyType',
  'ServiceNamespace',
  'ResourceId',
  'ScalableDimension',
  'AutoScalingGroupName',
  'CreationTime',
  'Alarms',
  'Enabled',
];
const aboutAlarm = [
  'AlarmArn',
  'AlarmDescription',
  'AlarmConfigurationUpdatedTimestamp',
  'ActionsEnabled',
  'OKActions',
  'AlarmActions',
  'InsufficientDataActions',
  'StateValue',
  'StateReason',
  'StateReasonData',
  'StateUpdatedTimestamp',
  'StateTransitionedTimestamp',
  'Dimensions',
  'Tags',
  'Unit',
];

interface Built {
  /** as the scenario has it */
  readonly policy: Mapping;
  /** fields of the policy, and where they lie in the part */
  readonly moved: readonly (readonly [string, Path])[];
}

/** A policy of either API as a scenario has it. */
export function readPolicy(
  reading: Reading,
  part: AwsPart,
  alarms: readonly AwsPart[],
  to: Path,
  origins: Origins,
  defaultCooldown: unknown,
): Mapping {
  const { data } = part;
  const own = Object.fromEntries(
    Object.entries(without(data, identity)).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
  );
  const name = textAt(data, 'PolicyName');
  const type = textAt(data, 'PolicyType') ?? typeByFields(data);
  const { policy, moved } = build(reading, part, own, type, defaultCooldown);
  origins.note(to, [], part.place);
  for (const [key, from] of moved) origins.note([...to, key], from, part.place);
  const alarm = type === 'StepScaling' || type === 'SimpleScaling' ? readAlarm(reading, part, alarms, to, origins) : {};
  return { PolicyType: type, ...(name !== undefined && { PolicyName: name }), ...policy, ...alarm };
}

/** Both APIs have a type that is meant when none is said; what the policy holds tells it, too. */
function typeByFields(data: Mapping): string | undefined {
  if (data['StepScalingPolicyConfiguration'] !== undefined) return 'StepScaling';
  if (data['TargetTrackingScalingPolicyConfiguration'] !== undefined) return 'TargetTrackingScaling';
  return data['ScalingAdjustment'] === undefined ? undefined : 'SimpleScaling';
}

function build(
  reading: Reading,
  part: AwsPart,
  own: Mapping,
  type: string | undefined,
  defaultCooldown: unknown,
): Built {
  const warmup = own['EstimatedInstanceWarmup'];
  const noteWarmup = (): void =>
    reading.note(
      part.item,
      part.place(['EstimatedInstanceWarmup']),
      '`EstimatedInstanceWarmup`: taken for the cool-down after scaling out, which stands for it here.',
    );
  if (type === 'TargetTrackingScaling') {
    const key = 'TargetTrackingScalingPolicyConfiguration';
    const from = own[key] === undefined ? 'TargetTrackingConfiguration' : key;
    const inner = own[from];
    const cooled = warmup === undefined ? {} : { ScaleOutCooldown: warmup };
    if (warmup !== undefined) noteWarmup();
    const rest = without(own, [from, 'EstimatedInstanceWarmup']);
    return { policy: { ...rest, [key]: { ...(isMapping(inner) ? inner : {}), ...cooled } }, moved: [[key, [from]]] };
  }
  if (type === 'StepScaling' && own['StepScalingPolicyConfiguration'] === undefined) {
    if (warmup !== undefined) noteWarmup();
    const inner = { ...without(own, ['EstimatedInstanceWarmup']), ...(warmup !== undefined && { Cooldown: warmup }) };
    return { policy: { StepScalingPolicyConfiguration: inner }, moved: [['StepScalingPolicyConfiguration', []]] };
  }
  if (type === 'SimpleScaling') {
    const magnitude = own['MinAdjustmentMagnitude'] ?? own['MinAdjustmentStep'];
    const cooldown = own['Cooldown'] ?? defaultCooldown;
    return {
      policy: {
        ...without(own, ['MinAdjustmentStep']),
        ...(magnitude !== undefined && { MinAdjustmentMagnitude: magnitude }),
        ...(cooldown !== undefined && { Cooldown: cooldown }),
      },
      moved: [],
    };
  }
  if (type === 'PredictiveScaling' && own['PredictiveScalingPolicyConfiguration'] !== undefined) {
    const { PredictiveScalingPolicyConfiguration: inner, ...rest } = own;
    return {
      policy: { ...rest, PredictiveScalingConfiguration: inner },
      moved: [['PredictiveScalingConfiguration', ['PredictiveScalingPolicyConfiguration']]],
    };
  }
  return { policy: own, moved: [] };
}

/** The alarm that starts a step or simple policy, found by its name or by the policy it calls. */
function readAlarm(reading: Reading, policy: AwsPart, alarms: readonly AwsPart[], to: Path, origins: Origins): Mapping {
  const part = alarms.find((alarm) => starts(alarm.data, policy));
  if (part === undefined) {
    const message =
      'The alarm that starts this policy is not in the file. Add it: the answer of `aws cloudwatch describe-alarms`, in one file as a second document after a line of `---`.';
    reading.problem(policy.item, policy.place([]), 'manifest-incomplete', message);
    return {};
  }
  origins.note([...to, 'Alarm'], [], part.place);
  const missing = part.data['TreatMissingData'];
  const neutral = missing === undefined || missing === 'missing' || missing === 'notBreaching' || missing === 'ignore';
  const dropped = [...aboutAlarm, ...(neutral ? ['TreatMissingData'] : [])];
  if (Object.hasOwn(part.data, 'Dimensions'))
    reading.note(part.item, part.place(['Dimensions']), '`Dimensions`: the simulated service is the only one.');
  return { Alarm: without(part.data, dropped) };
}

/** Whether an alarm starts a policy. */
export function starts(alarm: Mapping, policy: AwsPart): boolean {
  const { Alarms: named, PolicyARN: arn, PolicyName: name } = policy.data;
  const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  const byName = list(named).some((each) => isMapping(each) && textAt(each, 'AlarmName') === alarm['AlarmName']);
  return (
    byName ||
    list(alarm['AlarmActions']).some((action) => {
      const text = String(action);
      return (
        text === arn ||
        (typeof name === 'string' && text.endsWith(`policyName/${name}`)) ||
        (policy.reference !== undefined && text === policy.reference)
      );
    })
  );
}
