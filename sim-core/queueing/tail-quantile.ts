/**
 * Where a falling tail probability first is ≤ 1 − p, by bisection to the last bit: the p-quantile.
 * @param tail P(X > seconds)
 * @param p in [0, 1)
 * @param scale > 0, s: where to begin to look
 */
export function quantileOfTail(tail: (seconds: number) => number, p: number, scale: number): number {
  const allowed = 1 - p;
  if (tail(0) <= allowed) return 0;
  let low = 0;
  let high = scale;
  while (tail(high) > allowed) {
    low = high;
    high *= 2;
  }
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    if (tail(middle) > allowed) low = middle;
    else high = middle;
  }
}

/** @throws RangeError unless 0 ≤ p < 1 */
export function checkProbability(p: number): void {
  if (!(p >= 0 && p < 1)) throw new RangeError(`a quantile needs 0 ≤ p < 1, not ${p}`);
}
