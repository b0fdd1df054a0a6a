import { printInstant } from '../../units/instant.ts';
import type { StageRule } from '../pipeline.ts';
import { cronDue, epochOf } from '../scheduled/clock.ts';
import { secondsInWords } from '../words.ts';
import type { GuardsConfig } from './config.ts';

type Freeze = NonNullable<GuardsConfig['freeze']>;

/** A window that holds at an instant; null outside of all. */
export type FreezeAt = (time: number) => { readonly label: string } | null;

/**
 * The windows of a freeze by the clock of the scenario. One that comes back holds from when it was last due for its
 * length, the end excluded, also when it began before t = 0.
 */
export function freezeCalendar({ windows, timezone }: Freeze, startEpoch: number): FreezeAt {
  const compiled = windows.map(({ cron, from, for: length }) => {
    if (cron !== undefined) {
      return { label: `${cron} for ${secondsInWords(length)}`, length, lastDue: cronDue(cron, timezone) };
    }
    if (from === undefined) throw new Error('A freeze window without `cron` and `from` was not parsed.');
    const start = epochOf(from, startEpoch);
    const label = `${'after' in from ? secondsInWords(from.after) : printInstant(from.epoch)} for ${secondsInWords(length)}`;
    return { label, length, lastDue: (epoch: number) => (epoch >= start ? start : undefined) };
  });
  return (time) => {
    const epoch = startEpoch + time;
    return compiled.find(({ lastDue, length }) => epoch - (lastDue(epoch) ?? -Infinity) < length) ?? null;
  };
}

/** Within a freeze window nothing changes, or only growth does. */
export function freezeRule({ growth }: Freeze, calendar: FreezeAt, current: number, now: number): StageRule {
  return {
    name: 'guard-freeze',
    apply(input) {
      if (input === current) return { output: input, reason: 'NoChange', detail: `No change asked for: ${input}` };
      const window = calendar(now);
      if (window === null) return { output: input, reason: 'NotFrozen', detail: `No freeze now: ${input}` };
      if (growth && input > current) {
        return { output: input, reason: 'GrowthAllowed', detail: `Freeze ${window.label} lets growth pass: ${input}` };
      }
      return { output: current, reason: 'Frozen', detail: `Freeze ${window.label}: ${input} → ${current}` };
    },
  };
}
