import type { StageRule } from '../pipeline.ts';
import { inWords, percentInWords } from '../words.ts';
import type { GuardsConfig } from './config.ts';

/** A change of fewer than `replicas`, or of less than `share` of the count, is not made. At exactly that much it is. */
export function deadZoneRule(
  { replicas = 0, share = 0 }: NonNullable<GuardsConfig['deadZone']>,
  current: number,
): StageRule {
  return {
    name: 'guard-dead-zone',
    apply(input) {
      if (input === current) return { output: input, reason: 'NoChange', detail: `No change asked for: ${input}` };
      const size = Math.abs(input - current);
      if (size < replicas) {
        const detail = `A change of ${size} is fewer than ${replicas}: ${input} → ${current}`;
        return { output: current, reason: 'WithinDeadZone', detail };
      }
      if (size < share * current) {
        const detail = `A change of ${size} is less than ${percentInWords(share)} of ${current} (${inWords(share * current)}): ${input} → ${current}`;
        return { output: current, reason: 'WithinDeadZone', detail };
      }
      return { output: input, reason: 'OutsideDeadZone', detail: `A change of ${size} is worth making: ${input}` };
    },
  };
}
