/** How long one slice should take, ms: short enough to cancel at once, long enough that pausing costs nothing. */
const targetMilliseconds = 10;

/**
 * Chooses how many arrivals to advance before the next pause. The size never changes a result, only how often the
 * host listens and tells how far it is.
 */
export function createSliceSizer(first = 5_000): { size(): number; measured(milliseconds: number): void } {
  let size = first;
  return {
    size: () => size,
    measured(milliseconds) {
      const wanted = milliseconds > 0 ? (size * targetMilliseconds) / milliseconds : size * 4;
      // At most fourfold growth a slice, so that one lucky measurement cannot make the next slice long.
      size = Math.round(Math.min(Math.max(wanted, size / 4, 500), size * 4, 2_000_000));
    },
  };
}
