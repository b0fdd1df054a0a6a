/** From when until when something held, s. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * When an alert would have fired. At each evaluation the condition holds or not; a missing value is a condition that does
 * not hold. The alert is pending from the first evaluation at which it holds, fires at the first one at which it has held
 * for `holdFor`, and resolves at the first one at which it has not held for `keepFor` since.
 *
 * @param holds one entry an evaluation
 * @param times s, of the evaluations, increasing
 * @param end s: an alert that still fires then ends there
 * @see prometheus/prometheus rules/alerting.go
 */
export function firings(
  holds: readonly boolean[],
  times: Float64Array,
  { holdFor, keepFor, end }: { readonly holdFor: number; readonly keepFor: number; readonly end: number },
): Stretch[] {
  const found: Stretch[] = [];
  let pendingSince = NaN;
  let firingSince = NaN;
  let brokenSince = NaN;
  for (const [index, held] of holds.entries()) {
    const now = times[index]!;
    if (held) {
      if (Number.isNaN(pendingSince)) pendingSince = now;
      brokenSince = NaN;
      if (Number.isNaN(firingSince) && now - pendingSince >= holdFor) firingSince = now;
      continue;
    }
    if (!Number.isNaN(firingSince)) {
      if (Number.isNaN(brokenSince)) brokenSince = now;
      if (now - brokenSince < keepFor) continue;
      found.push({ from: firingSince, to: now });
    }
    pendingSince = firingSince = brokenSince = NaN;
  }
  if (!Number.isNaN(firingSince)) found.push({ from: firingSince, to: end });
  return found;
}
