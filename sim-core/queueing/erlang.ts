/**
 * Probability that an arrival finds all servers busy in an M/M/c/c loss system (Erlang B).
 *
 * B(0, a) = 1, B(k, a) = a·B(k − 1, a) ÷ (k + a·B(k − 1, a)).
 *
 * Below k = a the recursion is a contraction, so it may start 12·√a servers before min(c, a) from the bound
 * B ≈ 1 − k/a: what that start is wrong by has shrunk by more than e⁻⁷⁰ when it matters. The cost is O(√a + |c − a|)
 * instead of O(c), with no factorial and no overflow; c = 10⁵ and beyond are fine.
 *
 * @param servers c, integer ≥ 0
 * @param offeredLoad a, erlang, ≥ 0
 * @returns 0 … 1
 * @throws RangeError outside the ranges above
 * @see Cooper, Introduction to Queueing Theory, 2nd ed., sec. 3.3
 * @example erlangB(5, 4) // 0.1991
 */
export function erlangB(servers: number, offeredLoad: number): number {
  checkServers(servers);
  checkOfferedLoad(offeredLoad);
  if (servers === 0) return 1;
  if (offeredLoad === 0) return 0;
  const start = Math.max(0, Math.floor(Math.min(servers, offeredLoad) - 12 * Math.sqrt(offeredLoad)));
  return continueErlangB(start === 0 ? 1 : 1 - start / offeredLoad, start, servers, offeredLoad);
}

/**
 * Goes on with the recursion of Erlang B from a known value: B(to, a) from B(from, a).
 * For searches that try one number of servers after the other.
 * @param blocking B(from, a)
 */
export function continueErlangB(blocking: number, from: number, to: number, offeredLoad: number): number {
  let result = blocking;
  for (let servers = from + 1; servers <= to; servers += 1) {
    const weighted = offeredLoad * result;
    result = weighted / (servers + weighted);
  }
  return result;
}

/**
 * Probability that an arrival has to wait in an M/M/c system (Erlang C).
 *
 * C(c, a) = B(c, a) ÷ (1 − (a/c)·(1 − B(c, a))).
 *
 * @param servers c, integer ≥ 1
 * @param offeredLoad a, erlang, ≥ 0
 * @returns 0 … 1; 1 when a ≥ c (in the long run everyone waits)
 * @throws RangeError outside the ranges above
 * @see Gross et al., Fundamentals of Queueing Theory, 4th ed., sec. 2.3
 * @example erlangC(5, 4) // 0.5541
 */
export function erlangC(servers: number, offeredLoad: number): number {
  if (servers === 0) throw new RangeError('servers must be an integer ≥ 1, not 0');
  const blocking = erlangB(servers, offeredLoad);
  return delayFromBlocking(blocking, servers, offeredLoad);
}

/** C(c, a) from B(c, a); 1 when a ≥ c. */
export function delayFromBlocking(blocking: number, servers: number, offeredLoad: number): number {
  if (offeredLoad >= servers) return 1;
  return blocking / (1 - (offeredLoad / servers) * (1 - blocking));
}

function checkServers(servers: number): void {
  if (!Number.isSafeInteger(servers) || servers < 0)
    throw new RangeError(`servers must be an integer ≥ 0, not ${servers}`);
}

function checkOfferedLoad(offeredLoad: number): void {
  if (!(offeredLoad >= 0 && offeredLoad < Infinity))
    throw new RangeError(`offeredLoad must be finite and ≥ 0, not ${offeredLoad}`);
}
