import { timeZone } from '../../units/zone/time-zone.ts';
import { parseCron } from '../scheduled/cron.ts';
import { lastDueIn } from '../scheduled/zoned-cron.ts';
import type { ScheduledAction } from './config.ts';

/** Bounds of a group; a scheduled action replaces those it names, until another does. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

export interface ScheduledRange extends Range {
  /** capacity set by an action that has become due since the last look; null for none */
  readonly desired: number | null;
  /** name of the action that is in force, or null */
  readonly action: string | null;
}

/** Bounds at a time, from those of the group and every action that was due by then, the later over the earlier. */
export type Schedule = (epoch: number, lookedAt: number) => ScheduledRange;

/** @param base bounds without any action */
export function scheduleOf(actions: readonly ScheduledAction[], base: Range): Schedule {
  const entries = actions.map((action) => ({ action, due: dueOf(action) }));
  return (epoch, lookedAt) => {
    const due = entries
      .map(({ action, due: find }) => ({ action, at: find(epoch) ?? -Infinity }))
      .filter(({ at }) => at > -Infinity)
      .toSorted((a, b) => a.at - b.at);
    let range: ScheduledRange = { ...base, desired: null, action: null };
    for (const { action, at } of due) {
      range = {
        min: action.MinSize ?? range.min,
        max: action.MaxSize ?? range.max,
        desired: at > lookedAt ? (action.DesiredCapacity ?? range.desired) : range.desired,
        action: action.ScheduledActionName ?? action.Recurrence ?? 'scheduled action',
      };
    }
    return range;
  };
}

function dueOf({ Recurrence, StartTime, EndTime, TimeZone }: ScheduledAction): (epoch: number) => number | undefined {
  if (Recurrence === undefined)
    return (epoch) => (StartTime !== undefined && epoch >= StartTime ? StartTime : undefined);
  const { cron, problem } = parseCron(Recurrence);
  if (cron === undefined) throw new Error(problem);
  const zone = timeZone(TimeZone);
  return (epoch) => {
    const due = lastDueIn(cron, zone, Math.min(epoch, EndTime ?? Infinity));
    return due === undefined || due < (StartTime ?? -Infinity) ? undefined : due;
  };
}
