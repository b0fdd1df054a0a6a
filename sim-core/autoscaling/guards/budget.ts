import type { StageRule } from '../pipeline.ts';
import { inWords } from '../words.ts';
import type { GuardsConfig } from './config.ts';

/** Replicas an hourly budget pays for. A hair is allowed for decimal prices that binary numbers only come near. */
export function affordableReplicas(perHour: number, perReplicaHour: number): number {
  return Math.floor((perHour / perReplicaHour) * (1 + 1e-12));
}

/** @param perReplicaHour > 0 */
export function budgetRule({ perHour }: NonNullable<GuardsConfig['budget']>, perReplicaHour: number): StageRule {
  const most = affordableReplicas(perHour, perReplicaHour);
  const sum = `${inWords(perHour)} an hour ÷ ${inWords(perReplicaHour, 4)} a replica pays for ${most}`;
  return {
    name: 'guard-budget',
    apply(input) {
      if (input <= most) return { output: input, reason: 'WithinBudget', detail: `Budget ${sum}: ${input}` };
      return { output: most, reason: 'BudgetLimit', detail: `Budget ${sum}: ${input} → ${most}` };
    },
  };
}
