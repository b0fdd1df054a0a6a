import { printInstant } from '../../units/instant.ts';
import type { Controller, ControllerContext } from '../contract.ts';
import type { ControllerKind } from '../controller-kind.ts';
import { decide } from '../pipeline.ts';
import { secondsInWords } from '../words.ts';
import { scheduledConfig } from './config.ts';
import type { ScheduledConfig } from './config.ts';
import { lastDue, parseCron } from './cron.ts';

/** When one entry was last due, Unix time in s at or before `epoch`; undefined when it never was. */
type LastDue = (epoch: number) => number | undefined;

interface Entry {
  readonly label: string;
  readonly replicas: number;
  readonly lastDue: LastDue;
}

/** `+02:00` → 7200 */
function offsetSeconds(timezone: string): number {
  const match = /^([+-])(\d\d):(\d\d)$/.exec(timezone);
  if (match === null) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === '-' ? -seconds : seconds;
}

function entriesOf({ schedule, timezone }: ScheduledConfig, startEpoch: number): Entry[] {
  const offset = offsetSeconds(timezone);
  return schedule.map(({ cron: text, at, replicas }) => {
    if (text !== undefined) {
      const { cron, problem } = parseCron(text);
      if (cron === undefined) throw new Error(problem);
      const local: LastDue = (epoch) => {
        const due = lastDue(cron, epoch + offset);
        return due === undefined ? undefined : due - offset;
      };
      return { label: text, replicas, lastDue: oncePerMinute(local) };
    }
    if (at === undefined) throw new Error('An entry of a schedule without `cron` and `at` was not parsed.');
    const moment = 'after' in at ? startEpoch + at.after : at.epoch;
    const label = `from ${'after' in at ? secondsInWords(at.after) : printInstant(at.epoch)} on`;
    return { label, replicas, lastDue: (epoch) => (epoch >= moment ? moment : undefined) };
  });
}

/** Cron times are whole minutes, and looking years back for a rare one is slow: the last answer is kept. */
function oncePerMinute(find: LastDue): LastDue {
  let minute = NaN;
  let found: number | undefined;
  return (epoch) => {
    const asked = Math.floor(epoch / 60);
    if (asked !== minute) {
      minute = asked;
      found = find(epoch);
    }
    return found;
  };
}

/**
 * Replica counts by the clock. The entry that was due last holds, also when that was before the start of the scenario:
 * a run that begins at ten finds what was set at eight. Of two due at the same instant the later in the list wins.
 */
export const scheduledKind = {
  config: scheduledConfig,
  create(config: ScheduledConfig, { startEpoch }: ControllerContext): Controller<null> {
    const entries = entriesOf(config, startEpoch);
    return {
      kind: 'scheduled',
      interval: config.interval,
      initialState: null,
      evaluate({ time, desiredReplicas }, state) {
        let latest = -Infinity;
        let holding: Entry | undefined;
        for (const entry of entries) {
          const due = entry.lastDue(startEpoch + time);
          if (due !== undefined && due >= latest) {
            latest = due;
            holding = entry;
          }
        }
        const replicas = holding?.replicas ?? config.replicas;
        const reason = holding === undefined ? 'NotYetDue' : 'Due';
        const detail =
          holding === undefined ? `Nothing has been due yet: ${replicas}` : `Schedule ${holding.label}: ${replicas}`;
        const origin = [{ name: 'schedule', input: desiredReplicas, output: replicas, reason, detail }];
        return {
          decision: decide({ time, current: desiredReplicas, observed: {}, recommended: replicas, origin }, []),
          state,
        };
      },
    };
  },
} satisfies ControllerKind<typeof scheduledConfig>;
