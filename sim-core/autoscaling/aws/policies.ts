import type { Observation } from '../contract.ts';
import { platformMetric } from '../platform-metrics.ts';
import { inWords } from '../words.ts';
import { adjustCapacity, stepFor } from './adjustment.ts';
import { cpuMetrics } from './config.ts';
import type { AwsAlarm, AwsPolicy } from './config.ts';
import { highAlarm, inAlarm, lowAlarm, proportionalCapacity } from './target-tracking.ts';
import type { Alarm, Vote } from './target-tracking.ts';

/** What a policy asks for at one evaluation. */
export interface PolicyVote extends Vote {
  readonly tracking: boolean;
  readonly simple: boolean;
  /** s */
  readonly cooldown: number;
  readonly words: string;
}

/** What a policy measures. */
export function metricOf(policy: AwsPolicy): { name: string; read(seen: Observation): number } {
  if (policy.PolicyType !== 'TargetTrackingScaling') return named(policy.Alarm.MetricName);
  const { PredefinedMetricSpecification: predefined, CustomizedMetricSpecification: customized } =
    policy.TargetTrackingScalingPolicyConfiguration;
  if (predefined === undefined) return named(customized?.MetricName ?? '');
  if (predefined.PredefinedMetricType !== 'ALBRequestCountPerTarget') return named('CPUUtilization');
  // Requests of a minute.
  const perTarget = named('arrival_rate_per_replica');
  return { name: 'ALBRequestCountPerTarget', read: (seen) => perTarget.read(seen) * 60 };
}

const named = (name: string) => ({
  name,
  read: (seen: Observation) => platformMetric(name, cpuMetrics)?.read(seen) ?? NaN,
});

/** Data points a policy looks back on. */
export function lookBack(policy: AwsPolicy): number {
  return policy.PolicyType === 'TargetTrackingScaling' ? 15 : policy.Alarm.EvaluationPeriods;
}

/**
 * @param capacity asked for now
 * @param warm the same without what was added within the cool-down of a scale-out
 */
export function voteOf(policy: AwsPolicy, series: readonly number[], capacity: number, warm: number): PolicyVote {
  const value = series.at(-1) ?? NaN;
  const metric = metricOf(policy).name;
  if (policy.PolicyType === 'TargetTrackingScaling') {
    const {
      TargetValue: target,
      DisableScaleIn,
      ScaleOutCooldown,
      ScaleInCooldown,
    } = policy.TargetTrackingScalingPolicyConfiguration;
    const high = inAlarm(highAlarm(target), series);
    const low = inAlarm(lowAlarm(target), series);
    const wanted = proportionalCapacity(high ? warm : capacity, value, target);
    const wants = high ? 'out' : low ? 'in' : 'none';
    return {
      tracking: true,
      simple: false,
      wants: DisableScaleIn && wants !== 'out' ? 'disabled' : wants,
      capacity: wants === 'none' ? capacity : high ? Math.max(capacity, wanted) : wanted,
      cooldown: high ? ScaleOutCooldown : ScaleInCooldown,
      words:
        wants === 'none'
          ? `${metric} ${inWords(value)}, target ${inWords(target)}: no alarm`
          : `${metric} ${inWords(value)} ÷ ${inWords(target)} × ${high ? warm : capacity} → ${wanted}`,
    };
  }
  const alarm = alarmOf(policy.Alarm);
  const difference = value - policy.Alarm.Threshold;
  const simple = policy.PolicyType === 'SimpleScaling';
  const {
    AdjustmentType: type,
    MinAdjustmentMagnitude: least,
    Cooldown: cooldown,
  } = simple ? policy : policy.StepScalingPolicyConfiguration;
  const change = simple
    ? policy.ScalingAdjustment
    : stepFor(difference, policy.StepScalingPolicyConfiguration.StepAdjustments)?.adjustment;
  const said = `${metric} ${inWords(value)}, threshold ${inWords(policy.Alarm.Threshold)}`;
  if (!inAlarm(alarm, series) || change === undefined) {
    return { tracking: false, simple, wants: 'none', capacity, cooldown, words: `${said}: no alarm` };
  }
  const outward = Math.max(capacity, adjustCapacity(warm, type, change, least));
  const inward = adjustCapacity(capacity, type, change, least);
  const wanted = inward < capacity ? inward : outward;
  const wants = wanted > capacity ? 'out' : wanted < capacity ? 'in' : 'none';
  return {
    tracking: false,
    simple,
    wants,
    capacity: wanted,
    cooldown,
    words: `${said}: ${type} ${inWords(change)} → ${wanted}`,
  };
}

function alarmOf({ ComparisonOperator, Threshold, EvaluationPeriods, DatapointsToAlarm }: AwsAlarm): Alarm {
  const breaches = {
    GreaterThanThreshold: (value: number) => value > Threshold,
    GreaterThanOrEqualToThreshold: (value: number) => value >= Threshold,
    LessThanThreshold: (value: number) => value < Threshold,
    LessThanOrEqualToThreshold: (value: number) => value <= Threshold,
  }[ComparisonOperator];
  return { datapoints: DatapointsToAlarm ?? EvaluationPeriods, evaluationPeriods: EvaluationPeriods, breaches };
}
