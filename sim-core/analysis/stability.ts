import type { ReplicaLife, StabilityVerdict } from '../experiment/result.ts';
import type { Scenario } from '../scenario/schema.ts';
import { formatDuration } from '../units/format.ts';
import { countedRows } from './counted-rows.ts';
import type { DesiredChange, SummaryInput } from './summary-input.ts';

type Limits = Scenario['stability'];

/** Two consecutive actions in opposite directions. */
export interface Reversal {
  /** s: when the second action was taken */
  readonly time: number;
  /** direction of the first action */
  readonly first: 'up' | 'down';
  /** s since the first action */
  readonly gap: number;
}

export interface Stability {
  /** changes of the replicas asked for */
  readonly scalingEvents: number;
  readonly reversals: readonly Reversal[];
  /** the reversals with a gap of at most the flap window */
  readonly flaps: readonly Reversal[];
  readonly reversalsPerHour: number;
  /** s, the shortest gap of a reversal; Infinity without one */
  readonly shortestOppositeGap: number;
  /** replica-seconds; see `wastedReplicaSeconds` */
  readonly wastedReplicaSeconds: number;
  readonly verdict: StabilityVerdict;
}

/**
 * How steadily a policy scaled after the warm-up.
 *
 * A reversal is a pair of consecutive changes of the replicas asked for in opposite directions; up, up, down is one,
 * up, down, up is two. A flap is a reversal whose second action comes within the flap window of the first.
 */
export function stabilityOf(
  input: Pick<SummaryInput, 'columns' | 'warmup' | 'end' | 'desiredChanges' | 'replicas' | 'stability'>,
): Stability {
  const { from, end } = countedRows(input.columns, input.warmup, input.end);
  const changes = input.desiredChanges.filter((change) => change.time >= from && change.time <= end);
  const reversals = reversalsOf(changes);
  const flaps = reversals.filter(({ gap }) => gap <= input.stability.flapWindow);
  const hours = (end - from) / 3600;
  const reversalsPerHour = hours > 0 ? reversals.length / hours : 0;
  const shortestOppositeGap = reversals.reduce((least, { gap }) => Math.min(least, gap), Infinity);
  return {
    scalingEvents: changes.length,
    reversals,
    flaps,
    reversalsPerHour,
    shortestOppositeGap,
    wastedReplicaSeconds: wastedReplicaSeconds(changes, input.replicas, input.stability.flapWindow, end),
    verdict: verdictOf(changes.length, flaps.length, reversalsPerHour, shortestOppositeGap, input.stability),
  };
}

function reversalsOf(changes: readonly DesiredChange[]): Reversal[] {
  const reversals: Reversal[] = [];
  for (let i = 1; i < changes.length; i += 1) {
    const before = changes[i - 1]!;
    const change = changes[i]!;
    const up = before.to > before.from;
    if (up === change.to > change.from) continue;
    reversals.push({ time: change.time, first: up ? 'up' : 'down', gap: change.time - before.time });
  }
  return reversals;
}

/**
 * Most flaps within any stretch of `period` s, by the time of their second action; what a flap budget is judged by.
 *
 * @param flaps in the order of time
 */
export function mostFlapsWithin(flaps: readonly Reversal[], period: number): number {
  let most = 0;
  let oldest = 0;
  for (const [index, { time }] of flaps.entries()) {
    while (flaps[oldest]!.time <= time - period) oldest += 1;
    most = Math.max(most, index - oldest + 1);
  }
  return most;
}

/** Replicas asked for, or given up, together and not yet undone. */
interface Batch {
  readonly time: number;
  count: number;
  /** s each: start-up that was paid for again; 0 unless these replaced replicas given up shortly before */
  readonly restart: number;
}

/**
 * Replica-seconds paid for by going back and forth within the flap window, in two parts. Actions undo the latest
 * opposite ones first.
 *
 * - Up, then down: replicas that were asked for and given up again within the window count from the one to the other.
 * - Down, then up: replicas that were given up and asked for again within the window count the start-up their
 *   replacements went through, as it was measured (from start to ready). Replacements that are themselves given up
 *   within the window are in the first part already, and not counted twice.
 */
export function wastedReplicaSeconds(
  changes: readonly DesiredChange[],
  replicas: readonly ReplicaLife[],
  flapWindow: number,
  end: number,
): number {
  const startup = startupByCreation(replicas, end);
  const added: Batch[] = [];
  const removed: Batch[] = [];
  let wasted = 0;
  for (const { time, from, to } of changes) {
    const size = Math.abs(to - from);
    if (to > from) {
      let replaced = 0;
      take(removed, size, (batch, count) => {
        if (time - batch.time <= flapWindow) replaced += count;
      });
      added.push(
        { time, count: size - replaced, restart: 0 },
        { time, count: replaced, restart: startup.get(time) ?? 0 },
      );
    } else {
      take(added, size, (batch, count) => {
        wasted += count * (time - batch.time <= flapWindow ? time - batch.time : batch.restart);
      });
      removed.push({ time, count: size, restart: 0 });
    }
  }
  return added.reduce((sum, batch) => sum + batch.count * batch.restart, wasted);
}

/** Takes up to `size` replicas off the latest batches, telling each share. */
function take(batches: Batch[], size: number, tell: (batch: Batch, count: number) => void): void {
  let left = size;
  while (left > 0 && batches.length > 0) {
    const batch = batches.at(-1)!;
    const count = Math.min(left, batch.count);
    tell(batch, count);
    batch.count -= count;
    left -= count;
    if (batch.count === 0) batches.pop();
  }
}

/** Mean start-up of the replicas by the time they were created, s; as far as it had come when they left. */
function startupByCreation(replicas: readonly ReplicaLife[], end: number): Map<number, number> {
  const sums = new Map<number, { seconds: number; count: number }>();
  for (const { createdAt, startedAt, readyAt, goneAt } of replicas) {
    const sum = sums.get(createdAt) ?? { seconds: 0, count: 0 };
    sum.count += 1;
    if (!Number.isNaN(startedAt)) sum.seconds += firstKnown(readyAt, goneAt, end) - startedAt;
    sums.set(createdAt, sum);
  }
  return new Map([...sums].map(([time, { seconds, count }]) => [time, seconds / count]));
}

function firstKnown(...times: readonly number[]): number {
  return times.find((time) => !Number.isNaN(time))!;
}

function verdictOf(
  events: number,
  flaps: number,
  reversalsPerHour: number,
  shortestGap: number,
  limits: Limits,
): StabilityVerdict {
  const window = formatDuration(limits.flapWindow);
  const rate = Math.round(reversalsPerHour * 100) / 100;
  const broken: string[] = [];
  if (flaps > limits.maxFlaps) {
    broken.push(
      `${count(flaps, 'flap')} within ${window}, ${limits.maxFlaps} tolerated; the closest opposite actions were ${formatDuration(shortestGap)} apart.`,
    );
  }
  if (reversalsPerHour > limits.maxReversalsPerHour) {
    broken.push(`${rate} changes of direction an hour, ${limits.maxReversalsPerHour} tolerated.`);
  }
  if (broken.length > 0) return { stable: false, reasons: broken };
  if (events === 0) return { stable: true, reasons: ['It never scaled.'] };
  if (shortestGap === Infinity)
    return { stable: true, reasons: [`${count(events, 'scaling event')}, all in one direction.`] };
  const flapping =
    flaps === 0 ? `No flap within ${window}` : `${count(flaps, 'flap')} within ${window}, ${limits.maxFlaps} tolerated`;
  return {
    stable: true,
    reasons: [
      `${flapping}: opposite actions were at least ${formatDuration(shortestGap)} apart.`,
      `${rate} changes of direction an hour, ${limits.maxReversalsPerHour} tolerated.`,
    ],
  };
}

function count(value: number, noun: string): string {
  return `${value} ${noun}${value === 1 ? '' : 's'}`;
}
