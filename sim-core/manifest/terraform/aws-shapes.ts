import type { Shape } from './shape.ts';

const predefined = {
  to: 'PredefinedMetricSpecification',
  shape: { predefined_metric_type: 'PredefinedMetricType', resource_label: 'ResourceLabel' },
} as const;
const dimension = { name: 'Name', value: 'Value' } as const;
const customised = (dimensions: string) =>
  ({
    to: 'CustomizedMetricSpecification',
    shape: {
      metric_name: 'MetricName',
      namespace: 'Namespace',
      statistic: 'Statistic',
      unit: 'Unit',
      [dimensions]: { to: 'Dimensions', shape: dimension, many: true },
    },
  }) as const;
const steps = {
  to: 'StepAdjustments',
  many: true,
  shape: {
    metric_interval_lower_bound: '#MetricIntervalLowerBound',
    metric_interval_upper_bound: '#MetricIntervalUpperBound',
    scaling_adjustment: '#ScalingAdjustment',
  },
} as const;

const service = {
  service_namespace: 'ServiceNamespace',
  resource_id: 'ResourceId',
  scalable_dimension: 'ScalableDimension',
} as const;

/** Resources of Application Auto Scaling, EC2 Auto Scaling and CloudWatch that say how something scales. */
export const awsShapes = {
  aws_appautoscaling_target: { ...service, min_capacity: '#MinCapacity', max_capacity: '#MaxCapacity' },
  aws_appautoscaling_policy: {
    name: 'PolicyName',
    policy_type: 'PolicyType',
    ...service,
    target_tracking_scaling_policy_configuration: {
      to: 'TargetTrackingScalingPolicyConfiguration',
      shape: {
        target_value: '#TargetValue',
        disable_scale_in: 'DisableScaleIn',
        scale_in_cooldown: '#ScaleInCooldown',
        scale_out_cooldown: '#ScaleOutCooldown',
        predefined_metric_specification: predefined,
        customized_metric_specification: customised('dimensions'),
      },
    },
    step_scaling_policy_configuration: {
      to: 'StepScalingPolicyConfiguration',
      shape: {
        adjustment_type: 'AdjustmentType',
        cooldown: '#Cooldown',
        metric_aggregation_type: 'MetricAggregationType',
        min_adjustment_magnitude: '#MinAdjustmentMagnitude',
        step_adjustment: steps,
      },
    },
  },
  aws_appautoscaling_scheduled_action: {
    name: 'ScheduledActionName',
    ...service,
    schedule: 'Schedule',
    timezone: 'Timezone',
    start_time: 'StartTime',
    end_time: 'EndTime',
    scalable_target_action: {
      to: 'ScalableTargetAction',
      shape: { min_capacity: '#MinCapacity', max_capacity: '#MaxCapacity' },
    },
  },
  aws_autoscaling_group: {
    name: 'AutoScalingGroupName',
    min_size: '#MinSize',
    max_size: '#MaxSize',
    default_cooldown: '#DefaultCooldown',
  },
  aws_autoscaling_policy: {
    name: 'PolicyName',
    autoscaling_group_name: 'AutoScalingGroupName',
    policy_type: 'PolicyType',
    enabled: 'Enabled',
    adjustment_type: 'AdjustmentType',
    scaling_adjustment: '#ScalingAdjustment',
    min_adjustment_magnitude: '#MinAdjustmentMagnitude',
    cooldown: '#Cooldown',
    metric_aggregation_type: 'MetricAggregationType',
    estimated_instance_warmup: '#EstimatedInstanceWarmup',
    step_adjustment: steps,
    target_tracking_configuration: {
      to: 'TargetTrackingConfiguration',
      shape: {
        target_value: '#TargetValue',
        disable_scale_in: 'DisableScaleIn',
        predefined_metric_specification: predefined,
        customized_metric_specification: customised('metric_dimension'),
      },
    },
    predictive_scaling_configuration: {
      to: 'PredictiveScalingConfiguration',
      shape: {
        mode: 'Mode',
        scheduling_buffer_time: '#SchedulingBufferTime',
        max_capacity_breach_behavior: 'MaxCapacityBreachBehavior',
        max_capacity_buffer: '#MaxCapacityBuffer',
        metric_specification: {
          to: 'MetricSpecifications',
          many: true,
          shape: {
            target_value: '#TargetValue',
            predefined_metric_pair_specification: { ...predefined, to: 'PredefinedMetricPairSpecification' },
          },
        },
      },
    },
  },
  aws_autoscaling_schedule: {
    scheduled_action_name: 'ScheduledActionName',
    autoscaling_group_name: 'AutoScalingGroupName',
    min_size: '#MinSize',
    max_size: '#MaxSize',
    desired_capacity: '#DesiredCapacity',
    recurrence: 'Recurrence',
    start_time: 'StartTime',
    end_time: 'EndTime',
    time_zone: 'TimeZone',
  },
  aws_cloudwatch_metric_alarm: {
    alarm_name: 'AlarmName',
    namespace: 'Namespace',
    metric_name: 'MetricName',
    statistic: 'Statistic',
    period: '#Period',
    evaluation_periods: '#EvaluationPeriods',
    datapoints_to_alarm: '#DatapointsToAlarm',
    comparison_operator: 'ComparisonOperator',
    threshold: '#Threshold',
    treat_missing_data: 'TreatMissingData',
    unit: 'Unit',
    alarm_description: 'AlarmDescription',
    actions_enabled: 'ActionsEnabled',
    alarm_actions: 'AlarmActions',
    ok_actions: 'OKActions',
    insufficient_data_actions: 'InsufficientDataActions',
    dimensions: { to: 'Dimensions', shape: {}, map: true },
    tags: { to: 'Tags', shape: {}, map: true },
  },
} as const satisfies Readonly<Record<string, Shape>>;

export type AwsResourceType = keyof typeof awsShapes;
