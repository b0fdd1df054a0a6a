import { combineRules, flappingRule, largestCount, restingTime, withoutMetric } from '../autoscaling/azure/rules.ts';
import type { MeasuredRule, Operator } from '../autoscaling/azure/rules.ts';
import { boundsRule, runStages } from '../autoscaling/pipeline.ts';
import type { VectorFamily } from './contract.ts';
import { unknownKind } from './unknown-kind.ts';

interface RuleVector {
  readonly direction: 'out' | 'in';
  readonly metric: string;
  readonly op: Operator;
  readonly threshold: number;
  readonly value: number;
  readonly change: number;
}

interface AzureInput {
  readonly kind: string;
  readonly instances: number;
  readonly minCount?: number | null;
  readonly maxCount?: number | null;
  readonly rules?: readonly RuleVector[];
  readonly results: readonly number[];
  readonly defaultCount: number;
  readonly lastScaleActionMinute: number;
  readonly nowMinute: number;
  readonly ruleCooldownMinutes: number;
}

function evaluate({ instances, minCount, maxCount, rules }: AzureInput, checksFlapping: boolean) {
  const measured = (rules ?? []).map((rule): MeasuredRule => ({
    ...rule,
    change: { count: rule.change },
    perInstance: true,
    resting: 0,
  }));
  const wish = combineRules(instances, measured, instances);
  const stages = runStages(wish.instances, [
    boundsRule('bounds', minCount ?? 0, maxCount ?? Infinity),
    ...(checksFlapping ? [flappingRule(instances, measured)] : []),
  ]);
  const last = stages.at(-1);
  const count = last?.output ?? wish.instances;
  const action =
    count > instances ? 'scaleOut' : count < instances ? 'scaleIn' : last?.reason === 'Flapping' ? 'flapping' : 'none';
  return { actual: { instances: count, action } };
}

const autoscale: VectorFamily = {
  answer({ input }) {
    const given = input as unknown as AzureInput;
    switch (given.kind) {
      case 'evaluate':
      case 'partial':
        return evaluate(given, true);
      case 'evaluateNoFlapCheck':
        return evaluate(given, false);
      case 'combineOut':
      case 'combineIn':
        return { actual: { instances: largestCount(given.results) } };
      case 'bounds': {
        const rule = boundsRule('bounds', given.minCount ?? 0, given.maxCount ?? Infinity);
        return { actual: { instances: rule.apply(given.instances, []).output } };
      }
      case 'metricMissing':
        return { actual: { instances: withoutMetric(given.instances, given.defaultCount) } };
      case 'cooldown': {
        const since = (given.nowMinute - given.lastScaleActionMinute) * 60;
        return { actual: { allowed: restingTime(given.ruleCooldownMinutes * 60, since) <= 0 } };
      }
      case 'documentOnly':
        return { notApplicable: 'The example contradicts its own thresholds; the file says not to assert it.' };
      default:
        return unknownKind(given.kind);
    }
  },
};

/** Azure Monitor autoscale. */
export const azureFamilies: Readonly<Record<string, VectorFamily>> = { 'azure-autoscale': autoscale };
