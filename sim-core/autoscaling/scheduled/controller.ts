import { printInstant } from '../../units/instant.ts';
import type { Controller, ControllerContext } from '../contract.ts';
import type { ControllerKind } from '../controller-kind.ts';
import { decide } from '../pipeline.ts';
import { secondsInWords } from '../words.ts';
import { cronDue, epochOf } from './clock.ts';
import type { LastDue } from './clock.ts';
import { scheduledConfig } from './config.ts';
import type { ScheduledConfig } from './config.ts';

interface Entry {
  readonly label: string;
  readonly replicas: number;
  readonly lastDue: LastDue;
}

function entriesOf({ schedule, timezone }: ScheduledConfig, startEpoch: number): Entry[] {
  return schedule.map(({ cron, at, replicas }) => {
    if (cron !== undefined) return { label: cron, replicas, lastDue: cronDue(cron, timezone) };
    if (at === undefined) throw new Error('An entry of a schedule without `cron` and `at` was not parsed.');
    const moment = epochOf(at, startEpoch);
    const label = `from ${'after' in at ? secondsInWords(at.after) : printInstant(at.epoch)} on`;
    return { label, replicas, lastDue: (epoch) => (epoch >= moment ? moment : undefined) };
  });
}

const inWords = (holding: Entry | undefined, replicas: number): string =>
  holding === undefined ? `Nothing has been due yet: ${replicas}` : `Schedule ${holding.label}: ${replicas}`;

/**
 * Replica counts by the clock. The entry that was due last holds, also when that was before the start of the scenario:
 * a run that begins at ten finds what was set at eight. Of two due at the same instant the later in the list wins.
 */
export const scheduledKind = {
  config: scheduledConfig,
  create(config: ScheduledConfig, { startEpoch, explained = true }: ControllerContext): Controller<null> {
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
        const detail = explained ? inWords(holding, replicas) : '';
        const origin = [{ name: 'schedule', input: desiredReplicas, output: replicas, reason, detail }];
        const wish = { time, current: desiredReplicas, observed: {}, recommended: replicas, origin };
        return { decision: decide(wish, [], explained), state };
      },
    };
  },
} satisfies ControllerKind<typeof scheduledConfig>;
