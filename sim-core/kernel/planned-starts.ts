/** Places of the ring, a power of two. */
const places = 1024;

/**
 * Starts of requests that still wait though their slot is settled, s, in order: a ring that can be full. What these
 * requests do is on the books already; only the length of the line at an instant is not. Its owner reads and writes it
 * in the innermost loop, so it is all fields.
 */
export class PlannedStarts {
  readonly times = new Float64Array(places);
  readonly mask = places - 1;
  /** place of the earliest */
  head = 0;
  length = 0;
}
