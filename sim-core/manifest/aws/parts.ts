import type { ManifestItem, Mapping, Path } from '../contract.ts';
import { mappingsAt } from '../tree.ts';

/** One thing put to an API of AWS, with the field names of that API. */
export interface AwsPart {
  readonly item: ManifestItem;
  readonly data: Mapping;
  /** From a path of `data` to one below the item. */
  place(path: Path): Path;
  /** other names by which an alarm may call it */
  readonly reference?: string;
}

/** Everything a file says of scaling on AWS, not yet sorted by what is scaled. */
export interface AwsParts {
  /** scalable targets and groups: the bounds */
  readonly targets: AwsPart[];
  readonly policies: AwsPart[];
  readonly alarms: AwsPart[];
  readonly actions: AwsPart[];
}

/** Keys of answers and of commands, and what lies under them. */
const wrappers: Readonly<Record<string, keyof AwsParts>> = {
  ScalableTargets: 'targets',
  AutoScalingGroups: 'targets',
  ScalingPolicies: 'policies',
  MetricAlarms: 'alarms',
  ScheduledActions: 'actions',
  ScheduledUpdateGroupActions: 'actions',
  'register-scalable-target': 'targets',
  'update-auto-scaling-group': 'targets',
  'create-auto-scaling-group': 'targets',
  'put-scaling-policy': 'policies',
  'put-metric-alarm': 'alarms',
  'put-scheduled-action': 'actions',
  'put-scheduled-update-group-action': 'actions',
};

/** What a mapping is by itself, when it is the input of one command. */
function kindOf(data: Mapping): keyof AwsParts | undefined {
  const has = (...keys: readonly string[]): boolean => keys.some((key) => Object.hasOwn(data, key));
  if (has('ScheduledActionName')) return 'actions';
  if (has('AlarmName') && has('ComparisonOperator')) return 'alarms';
  if (has('PolicyType', 'PolicyName')) return 'policies';
  if (has('TargetValue') && has('PredefinedMetricSpecification', 'CustomizedMetricSpecification')) return 'policies';
  if (has('MetricSpecifications')) return 'policies';
  if (has('MinCapacity', 'MaxCapacity') && has('ResourceId', 'ServiceNamespace')) return 'targets';
  if (has('AutoScalingGroupName') && has('MinSize', 'MaxSize')) return 'targets';
  return undefined;
}

export const speaksOfAws = (data: Mapping): boolean =>
  kindOf(data) !== undefined || Object.keys(wrappers).some((key) => Object.hasOwn(data, key));

/** The parts of items as the AWS command line prints them, or takes them with `--cli-input-json`. */
export function collectParts(items: readonly ManifestItem[]): AwsParts {
  const parts: AwsParts = { targets: [], policies: [], alarms: [], actions: [] };
  for (const item of items) {
    const whole = kindOf(item.data);
    if (whole !== undefined) {
      const [data, below] = whole === 'policies' ? completed(item.data) : [item.data, 0];
      parts[whole].push({ item, data, place: (path) => path.slice(below) });
      continue;
    }
    for (const [key, kind] of Object.entries(wrappers)) {
      for (const { data, path } of mappingsAt(item.data, key)) {
        parts[kind].push({ item, data, place: (below) => [...path, ...below] });
      }
    }
  }
  return parts;
}

/** The file given as `--target-tracking-configuration` or `--predictive-scaling-configuration` is a policy without its name. */
function completed(data: Mapping): [Mapping, number] {
  if (Object.hasOwn(data, 'MetricSpecifications'))
    return [{ PolicyType: 'PredictiveScaling', PredictiveScalingConfiguration: data }, 1];
  if (Object.hasOwn(data, 'TargetValue'))
    return [{ PolicyType: 'TargetTrackingScaling', TargetTrackingScalingPolicyConfiguration: data }, 1];
  return [data, 0];
}
