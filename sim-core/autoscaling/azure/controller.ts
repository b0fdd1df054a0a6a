import type { Controller, Observation } from '../contract.ts';
import type { ControllerKind } from '../controller-kind.ts';
import { boundsRule, decide } from '../pipeline.ts';
import { platformMetric } from '../platform-metrics.ts';
import { azureConfig, cpuMetrics } from './config.ts';
import type { AzureConfig, AzureRuleConfig } from './config.ts';
import { combineRules, flappingRule, restingTime } from './rules.ts';
import type { AzureRule, MeasuredRule } from './rules.ts';

interface Sample {
  readonly time: number;
  readonly value: number;
}

interface AzureState {
  /** of each rule, oldest first */
  readonly samples: readonly (readonly Sample[])[];
  /** s: last action of any rule; −Infinity before the first */
  readonly scaledAt: number;
}

/** Azure Monitor autoscale with its default profile. */
export const azureKind = {
  config: azureConfig,
  create({ profiles, interval }: AzureConfig): Controller<AzureState> {
    const [profile] = profiles;
    if (profile === undefined) throw new Error('An autoscale setting without a profile was not parsed.');
    const { minimum, maximum, default: fallback } = profile.capacity;
    const rules = profile.rules.map((config) => ({ config, rule: ruleOf(config) }));
    return {
      kind: 'azure',
      interval,
      initialState: { samples: rules.map(() => []), scaledAt: -Infinity },
      evaluate(seen, state) {
        const { time, desiredReplicas: current } = seen;
        const samples = rules.map(({ config }, index) => collect(config, state.samples[index] ?? [], seen));
        const measured = rules.map(({ config, rule }, index): MeasuredRule => ({
          ...rule,
          value: aggregate(config, samples[index] ?? []),
          resting: restingTime(config.scaleAction.cooldown, time - state.scaledAt),
        }));
        const wish = combineRules(current, measured, fallback);
        const origin = [
          { name: 'rules', input: current, output: wish.instances, reason: wish.reason, detail: wish.detail },
        ];
        const observed = Object.fromEntries(measured.map(({ metric, value }) => [metric, value]));
        const decision = decide({ time, current, observed, recommended: wish.instances, origin }, [
          boundsRule('bounds', minimum, maximum),
          flappingRule(Math.min(current, maximum), measured),
        ]);
        return { decision, state: { ...state, samples } };
      },
      afterApply: (state, seen, applied) =>
        applied === seen.desiredReplicas ? state : { ...state, scaledAt: seen.time },
    };
  },
} satisfies ControllerKind<typeof azureConfig>;

function ruleOf({ metricTrigger, scaleAction }: AzureRuleConfig): AzureRule {
  const { metricName, operator, threshold, dividePerInstance } = metricTrigger;
  const { type, value } = scaleAction;
  return {
    direction: scaleAction.direction === 'Increase' ? 'out' : 'in',
    metric: metricName,
    op: operator,
    threshold,
    perInstance: dividePerInstance || cpuMetrics.includes(metricName) || metricName.endsWith('_per_replica'),
    change: type === 'ChangeCount' ? { count: value } : type === 'ExactCount' ? { exact: value } : { percent: value },
  };
}

function collect({ metricTrigger }: AzureRuleConfig, samples: readonly Sample[], seen: Observation): Sample[] {
  const { metricName, timeWindow, dividePerInstance } = metricTrigger;
  const kept = samples.filter(({ time }) => time > seen.time - timeWindow);
  const read = platformMetric(metricName, cpuMetrics)?.read(seen) ?? NaN;
  const value = dividePerInstance ? read / seen.readyReplicas : read;
  return Number.isFinite(value) ? [...kept, { time: seen.time, value }] : kept;
}

/** NaN without a sample in the window */
function aggregate({ metricTrigger }: AzureRuleConfig, samples: readonly Sample[]): number {
  const values = samples.map(({ value }) => value);
  const total = values.reduce((sum, value) => sum + value, 0);
  if (values.length === 0) return NaN;
  switch (metricTrigger.timeAggregation) {
    case 'Average':
      return total / values.length;
    case 'Minimum':
      return Math.min(...values);
    case 'Maximum':
      return Math.max(...values);
    case 'Last':
      return values.at(-1) ?? NaN;
    case 'Total':
      return total;
    case 'Count':
      return values.length;
  }
}
