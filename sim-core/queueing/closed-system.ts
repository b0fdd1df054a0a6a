/** Users who think, ask, wait for the answer, and think again. */
export interface ClosedSystem {
  /** N, integer ≥ 1 */
  readonly users: number;
  /** Z, s, ≥ 0: mean time between an answer and the next request */
  readonly thinkTimeMean: number;
  /** 1/μ, s, > 0 */
  readonly serviceTimeMean: number;
  /** c, integer ≥ 1 */
  readonly servers: number;
}

export interface ClosedQueue {
  /** X, 1/s */
  readonly throughput: number;
  /** R, s: wait and service */
  readonly sojournTimeMean: number;
  readonly waitingTimeMean: number;
  /** requests at the station */
  readonly numberInSystemMean: number;
  readonly queueLengthMean: number;
  /** busy ÷ all server-seconds */
  readonly utilisation: number;
  /** share of the requests that find all servers busy: the state N − 1 users would leave */
  readonly delayProbability: number;
  /** N* = c(Z + S)/S, users: from here on the servers, not the users, set the pace */
  readonly saturationUsers: number;
}

/**
 * The closed interactive system with c equal servers: what exact mean value analysis with a load-dependent station gives,
 * computed from the states (as in the machine-repair model), whose probabilities follow one from the other by positive
 * ratios, pₙ/pₙ₋₁ = (N − n + 1)·S ÷ (Z·min(n, c)). The recursion of mean values loses all its digits near saturation
 * for c > 1; this does not. Think times may have any distribution; service is exponential.
 *
 * R = N/X − Z (Little's law of the whole loop).
 *
 * @see Reiser & Lavenberg, Mean-value analysis of closed multichain queuing networks, Journal of the ACM 27 (1980)
 * @example closedQueue({ users: 10, thinkTimeMean: 5, serviceTimeMean: 1, servers: 1 }).throughput // 0.98162
 */
export function closedQueue({ users, thinkTimeMean, serviceTimeMean, servers }: ClosedSystem): ClosedQueue {
  const states = statesOf(users, thinkTimeMean / serviceTimeMean, servers);
  const found = users > 1 ? statesOf(users - 1, thinkTimeMean / serviceTimeMean, servers) : [1];
  let busy = 0;
  let queue = 0;
  states.forEach((probability, n) => {
    busy += Math.min(n, servers) * probability;
    queue += Math.max(n - servers, 0) * probability;
  });
  let delayed = 0;
  for (let n = servers; n < found.length; n += 1) delayed += found[n]!;
  const throughput = busy / serviceTimeMean;
  return {
    throughput,
    sojournTimeMean: (busy + queue) / throughput,
    waitingTimeMean: queue / throughput,
    numberInSystemMean: busy + queue,
    queueLengthMean: queue,
    utilisation: busy / servers,
    delayProbability: delayed,
    saturationUsers: (servers * (thinkTimeMean + serviceTimeMean)) / serviceTimeMean,
  };
}

/** P(n at the station), n = 0 … N. @param think Z/S */
function statesOf(users: number, think: number, servers: number): number[] {
  const states = new Array<number>(users + 1).fill(0);
  if (think === 0) {
    states[users] = 1;
    return states;
  }
  // Outwards from the likeliest state, so that nothing overflows and what underflows does not matter.
  const ratio = (n: number): number => (users - n + 1) / (think * Math.min(n, servers));
  let top = 0;
  while (top < users && ratio(top + 1) >= 1) top += 1;
  states[top] = 1;
  let total = 1;
  for (let n = top + 1; n <= users; n += 1) total += states[n] = states[n - 1]! * ratio(n);
  for (let n = top - 1; n >= 0; n -= 1) total += states[n] = states[n + 1]! / ratio(n + 1);
  return states.map((weight) => weight / total);
}
