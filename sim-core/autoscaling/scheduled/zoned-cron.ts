import type { TimeZone } from '../../units/zone/time-zone.ts';
import { daysInCycle, isDue, lastDue, type Cron } from './cron.ts';

/**
 * Cron expressions by the clocks of a zone: due whenever its clocks show the time. What clocks skip when they are set
 * forward is not due that day; what they show twice when they are set back is due twice.
 *
 * @see github.com/robfig/cron, doc.go, "Time zones", which KEDA and the cron jobs of Kubernetes use
 */

/** Whether it is due in this minute of UTC, counted from the epoch. */
export function isDueIn(cron: Cron, zone: TimeZone, minute: number): boolean {
  return isDue(cron, minute + Math.floor(zone.offsetAt(minute * 60) / 60));
}

/**
 * The last minute at or before `epoch` at which the expression was due.
 *
 * @param epoch Unix time, s
 * @returns Unix time, s; undefined when nothing was due
 */
export function lastDueIn(cron: Cron, zone: TimeZone, epoch: number): number | undefined {
  const earliest = epoch - daysInCycle * 86_400;
  for (let until = epoch; ;) {
    const { from, offset } = zone.stretchAt(until);
    const days = from > earliest ? Math.ceil((until - from) / 86_400) + 1 : daysInCycle;
    const due = lastDue(cron, until + offset, days);
    if (due !== undefined && due - offset >= from) return due - offset;
    if (from <= earliest) return undefined;
    until = from - 1;
  }
}
