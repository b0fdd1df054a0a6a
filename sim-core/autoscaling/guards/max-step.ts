import type { StageRule } from '../pipeline.ts';
import type { GuardsConfig } from './config.ts';

/** Replicas one decision may add or remove. */
export function maxStepRule(
  { up = Infinity, down = Infinity }: NonNullable<GuardsConfig['maxStep']>,
  current: number,
): StageRule {
  return {
    name: 'guard-max-step',
    apply(input) {
      const output = Math.max(current - down, Math.min(current + up, input));
      if (output === input) return { output, reason: 'WithinStep', detail: `Within the largest step: ${input}` };
      const step = output > current ? `+${up}` : `−${down}`;
      return { output, reason: 'StepLimit', detail: `Largest step ${step}: ${input} → ${output}` };
    },
  };
}
