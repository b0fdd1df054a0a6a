import type { StageRule } from '../pipeline.ts';
import { secondsInWords } from '../words.ts';
import type { GuardsConfig } from './config.ts';

/**
 * No action in a direction within that direction's time of the last action, whichever way that one went.
 * At exactly the time it is allowed again.
 *
 * @param lastAction s; −Infinity when there was none
 */
export function cooldownRule(
  cooldown: NonNullable<GuardsConfig['cooldown']>,
  current: number,
  lastAction: number,
  now: number,
): StageRule {
  return {
    name: 'guard-cooldown',
    apply(input) {
      if (input === current) return { output: input, reason: 'NoChange', detail: `No change asked for: ${input}` };
      const wait = (input > current ? cooldown.up : cooldown.down) ?? 0;
      const since = now - lastAction;
      if (since >= wait)
        return {
          output: input,
          reason: 'CooledDown',
          detail: `Cool-down of ${secondsInWords(wait)} is over: ${input}`,
        };
      const detail = `Cool-down ${secondsInWords(wait)}, ${secondsInWords(since)} since the last action: ${input} → ${current}`;
      return { output: current, reason: 'CoolingDown', detail };
    },
  };
}
