import type { StageRule } from '../pipeline.ts';
import { percentInWords } from '../words.ts';
import type { GuardsConfig } from './config.ts';

/**
 * Between two CPU utilisations nothing happens: growth at or above `up` only, shrinking at or below `down` only.
 * Without a CPU measurement (no ready replica, say) the band does not judge, or nothing could ever start.
 *
 * @param cpuUtilisation as the autoscaler sees it; NaN when unknown
 */
export function hysteresisRule(
  { up, down }: NonNullable<GuardsConfig['hysteresis']>,
  current: number,
  cpuUtilisation: number,
): StageRule {
  return {
    name: 'guard-hysteresis',
    apply(input) {
      if (input === current) return { output: input, reason: 'NoChange', detail: `No change asked for: ${input}` };
      if (Number.isNaN(cpuUtilisation))
        return { output: input, reason: 'Unknown', detail: `CPU unknown, band not applied: ${input}` };
      const grows = input > current;
      const cpu = percentInWords(cpuUtilisation);
      const limit = percentInWords(grows ? up : down);
      if (grows ? cpuUtilisation >= up : cpuUtilisation <= down) {
        return {
          output: input,
          reason: 'OutsideBand',
          detail: `CPU ${cpu} is ${grows ? 'at least' : 'at most'} ${limit}: ${input}`,
        };
      }
      return {
        output: current,
        reason: 'WithinBand',
        detail: `CPU ${cpu} is ${grows ? 'below' : 'above'} ${limit}: ${input} → ${current}`,
      };
    },
  };
}
