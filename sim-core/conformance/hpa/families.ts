import type { VectorFamily } from '../contract.ts';
import { calculator, groupsOfPods } from './calculator.ts';
import {
  defaultRules,
  initialRecommendation,
  policyLimits,
  scalingPolicies,
  sequences,
  stabilisesByBehavior,
  stabilisesByDefault,
  storedEvents,
} from './limits.ts';
import { reconciles } from './reconcile.ts';
import { requests, usageRatio } from './usage.ts';

/** Kubernetes HorizontalPodAutoscaler. */
export const hpaFamilies: Readonly<Record<string, VectorFamily>> = {
  'hpa-default-rules': defaultRules,
  'hpa-group-pods': groupsOfPods,
  'hpa-initial-recommendation': initialRecommendation,
  'hpa-karmada-replica-calculator': calculator,
  'hpa-legacy-1.15-reconcile': reconciles,
  'hpa-legacy-1.15-replica-calculator': calculator,
  'hpa-pod-requests': requests,
  'hpa-policy-limits': policyLimits,
  'hpa-reconcile': reconciles,
  'hpa-replica-calculator-object-external': calculator,
  'hpa-replica-calculator-pods-metric': calculator,
  'hpa-replica-calculator-resource': calculator,
  'hpa-scaling-policies': scalingPolicies,
  'hpa-scenarios': sequences,
  'hpa-stabilize-behavior': stabilisesByBehavior,
  'hpa-stabilize-default': stabilisesByDefault,
  'hpa-store-scale-events': storedEvents,
  'hpa-usage-ratio': usageRatio,
};
