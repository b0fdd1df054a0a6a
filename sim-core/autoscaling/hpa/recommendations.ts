/** A raw recommendation, neither stabilised nor limited, as it is remembered. */
export interface Recommendation {
  readonly replicas: number;
  /** s */
  readonly time: number;
}

/** A controller that sees an HPA for the first time takes the present count for a recommendation. */
export function initialRecommendations(
  stored: readonly Recommendation[] | null,
  current: number,
  now: number,
): readonly Recommendation[] {
  return stored ?? [{ replicas: current, time: now }];
}

/** Stores a recommendation in the place of the last one that is too old, or at the end. */
export function remember(
  stored: readonly Recommendation[],
  replicas: number,
  now: number,
  isOutdated: (age: number) => boolean,
): Recommendation[] {
  const entry = { replicas, time: now };
  let place = stored.length - 1;
  while (place >= 0 && !isOutdated(now - stored[place]!.time)) place--;
  if (place < 0) return [...stored, entry];
  // `with` would do both, several times as slowly, and this is done at every evaluation.
  const kept = stored.slice();
  kept[place] = entry;
  return kept;
}
