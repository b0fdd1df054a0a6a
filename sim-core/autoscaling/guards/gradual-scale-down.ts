import type { StageRule } from '../pipeline.ts';
import { percentInWords, secondsInWords } from '../words.ts';
import type { GuardsConfig } from './config.ts';

/**
 * Shrinking one step at a time: a step removes at most `replicas` and at most `share` of the count (the smaller of the
 * two, but always one), and the next comes no sooner than `period` after the count last fell, whatever made it fall.
 *
 * @param lastShrink s; −Infinity when there was none
 */
export function gradualScaleDownRule(
  { replicas = Infinity, share = 1, period }: NonNullable<GuardsConfig['gradualScaleDown']>,
  current: number,
  lastShrink: number,
  now: number,
): StageRule {
  return {
    name: 'guard-gradual-scale-down',
    apply(input) {
      if (input >= current) return { output: input, reason: 'NotShrinking', detail: `Not shrinking: ${input}` };
      const since = now - lastShrink;
      if (since < period) {
        const detail = `One step every ${secondsInWords(period)}, ${secondsInWords(since)} since the last: ${input} → ${current}`;
        return { output: current, reason: 'StepTaken', detail };
      }
      const most = Math.min(replicas, Math.max(1, Math.floor(share * current)));
      const output = Math.max(input, current - most);
      if (output === input) return { output, reason: 'WithinStep', detail: `A step of at most ${most}: ${input}` };
      const of = most === replicas ? '' : ` (${percentInWords(share)} of ${current})`;
      return { output, reason: 'GradualStep', detail: `A step of at most ${most}${of}: ${input} → ${output}` };
    },
  };
}
