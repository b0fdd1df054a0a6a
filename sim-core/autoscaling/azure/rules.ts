import type { StageRule } from '../pipeline.ts';
import { inWords } from '../words.ts';

export type Operator = '>' | '>=' | '<' | '<=' | '==' | '!=';

export interface AzureRule {
  readonly direction: 'out' | 'in';
  readonly metric: string;
  readonly op: Operator;
  readonly threshold: number;
  /** whether an instance's share grows as others leave, so that it can be foreseen */
  readonly perInstance: boolean;
  readonly change: AzureChange;
}

export type AzureChange = { readonly count: number } | { readonly percent: number } | { readonly exact: number };

/** A rule with what was measured for it. */
export interface MeasuredRule extends AzureRule {
  /** NaN: not available */
  readonly value: number;
  /** s left of the rule's own cool-down */
  readonly resting: number;
}

export function compares(op: Operator, value: number, threshold: number): boolean {
  switch (op) {
    case '>':
      return value > threshold;
    case '>=':
      return value >= threshold;
    case '<':
      return value < threshold;
    case '<=':
      return value <= threshold;
    case '==':
      return value === threshold;
    case '!=':
      return value !== threshold && !Number.isNaN(value);
  }
}

const holds = ({ op, value, threshold }: MeasuredRule): boolean => compares(op, value, threshold);

/** Instances after a rule; a percentage is at least one instance. */
export function changed(instances: number, direction: 'out' | 'in', change: AzureChange): number {
  if ('exact' in change)
    return direction === 'out' ? Math.max(instances, change.exact) : Math.min(instances, change.exact);
  const step = 'count' in change ? change.count : Math.max(1, Math.round((instances * change.percent) / 100));
  return direction === 'out' ? instances + step : Math.max(0, instances - step);
}

export interface AzureWish {
  readonly instances: number;
  readonly reason: 'ScaleOut' | 'ScaleIn' | 'MetricMissing' | 'CoolingDown' | 'NoRule';
  readonly detail: string;
}

/**
 * What the rules ask for: any that scales out decides, the largest count; else all that scale in must agree, the largest
 * remaining count. A rule in its cool-down does not hold.
 *
 * @param fallback the profile's default count, for when a metric is missing
 */
export function combineRules(instances: number, rules: readonly MeasuredRule[], fallback: number): AzureWish {
  const out = rules.filter((rule) => rule.direction === 'out' && holds(rule) && rule.resting <= 0);
  if (out.length > 0) return wishOf(instances, out, 'ScaleOut');
  if (rules.some(({ value }) => Number.isNaN(value))) {
    const count = withoutMetric(instances, fallback);
    return { instances: count, reason: 'MetricMissing', detail: `A metric is missing, default ${fallback}: ${count}` };
  }
  const inward = rules.filter(({ direction }) => direction === 'in');
  if (inward.length > 0 && inward.every((rule) => holds(rule) && rule.resting <= 0)) {
    return wishOf(instances, inward, 'ScaleIn');
  }
  const resting = rules.find((rule) => holds(rule) && rule.resting > 0);
  if (resting === undefined) return { instances, reason: 'NoRule', detail: 'No rule holds, or not all that scale in' };
  const detail = `${inRuleWords(resting)}: in cool-down for another ${inWords(resting.resting, 0)} s`;
  return { instances, reason: 'CoolingDown', detail };
}

/** Of several counts the largest, both out and in. */
export const largestCount = (counts: readonly number[]): number => Math.max(...counts);

/** Without a metric only a count below the default is changed. */
export const withoutMetric = (instances: number, fallback: number): number => Math.max(instances, fallback);

/** s left of a rule's cool-down since the last action of any rule */
export const restingTime = (cooldown: number, sinceLastAction: number): number => cooldown - sinceLastAction;

function wishOf(instances: number, rules: readonly MeasuredRule[], reason: 'ScaleOut' | 'ScaleIn'): AzureWish {
  const counts = rules.map(({ direction, change }) => changed(instances, direction, change));
  const count = largestCount(counts);
  const rule = rules[counts.indexOf(count)];
  return {
    instances: count,
    reason,
    detail: `${rule === undefined ? '' : inRuleWords(rule)}: ${instances} → ${count}`,
  };
}

const inRuleWords = ({ metric, op, value, threshold }: MeasuredRule): string =>
  `${metric} ${inWords(value)} ${op} ${inWords(threshold)}`;

/**
 * Before scaling in: would a rule scale out again? What each instance has to do is foreseen as value × now ÷ then; from the
 * count asked for upwards the first that no rule objects to is taken, and without one nothing is done.
 *
 * @see Azure Monitor, autoscale flapping
 */
export function flappingRule(current: number, rules: readonly MeasuredRule[]): StageRule {
  const objection = (count: number): string | undefined => {
    for (const rule of rules) {
      if (rule.direction !== 'out') continue;
      const value = rule.perInstance ? (rule.value * current) / count : rule.value;
      if (compares(rule.op, value, rule.threshold)) {
        return `${rule.metric} would be ${inWords(value)} ${rule.op} ${inWords(rule.threshold)} on ${count}`;
      }
    }
    return undefined;
  };
  return {
    name: 'flapping',
    apply(input) {
      if (input >= current) return { output: input, reason: 'NotScalingIn', detail: `Not scaling in: ${input}` };
      let cause = '';
      for (let count = input; count < current; count++) {
        const objected = objection(count);
        if (objected === undefined) {
          const reason = count === input ? 'NoFlapping' : 'PartialScaleIn';
          return {
            output: count,
            reason,
            detail: `${count === input ? 'No rule would scale out again' : cause}: ${count}`,
          };
        }
        cause = objected;
      }
      return { output: current, reason: 'Flapping', detail: `${cause}: stays at ${current}` };
    },
  };
}
