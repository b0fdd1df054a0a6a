/** The replicas a stretch of the plan needs. */
export interface Need {
  /** s */
  readonly start: number;
  readonly end: number;
  readonly workers: number;
}

/** One change of the plan, at the start of the need it answers. */
export interface PlannedChange {
  /** index of the first need it answers */
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Turns needs into few changes, so that the plan itself does not flap. It grows as soon as more is needed. It shrinks
 * only to what the coming `hold` seconds need at most, and not within `hold` seconds of growing.
 *
 * @param current replicas before the plan
 * @param hold s
 */
export function planChanges(needs: readonly Need[], current: number, hold: number): PlannedChange[] {
  const changes: PlannedChange[] = [];
  let workers = current;
  let grownAt = -Infinity;
  needs.forEach((need, index) => {
    if (need.workers > workers) {
      changes.push({ index, from: workers, to: need.workers });
      workers = need.workers;
      grownAt = need.start;
      return;
    }
    if (need.start - grownAt < hold) return;
    const most = mostUntil(needs, index, need.start + hold);
    if (most < workers) {
      changes.push({ index, from: workers, to: most });
      workers = most;
    }
  });
  return changes;
}

/** Most replicas needed in a window and in those after it that start before `until`. */
function mostUntil(needs: readonly Need[], from: number, until: number): number {
  let most = needs[from]!.workers;
  for (let index = from + 1; index < needs.length && needs[index]!.start < until; index += 1)
    most = Math.max(most, needs[index]!.workers);
  return most;
}
