import type { Decision } from './contract.ts';

/** Whether an evaluation changed the count asked for. */
export const isScaling = (decision: Decision): boolean => decision.applied !== decision.current;

/** The last decision at or before a time, s; undefined when there is none. Decisions are in the order of time. */
export function decisionAt(decisions: readonly Decision[], time: number): Decision | undefined {
  let low = 0;
  let high = decisions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((decisions[middle]?.time ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  return decisions[low - 1];
}

/** Two policies that ask for different counts, and what each of them decided last. */
export interface DecisionDifference {
  /** s: from when on the counts differ */
  readonly time: number;
  /** the decision in force at that time; undefined for a policy that has made none */
  readonly left: Decision | undefined;
  readonly right: Decision | undefined;
}

/**
 * The first time at which two logs of the same customers stand at different counts; undefined when they never do.
 * Policies may evaluate at different times: between its evaluations a policy stands at what it applied last, and before
 * the first one at the count it found.
 */
export function firstDifference(left: readonly Decision[], right: readonly Decision[]): DecisionDifference | undefined {
  const times = [...new Set([...left, ...right].map(({ time }) => time))].sort((a, b) => a - b);
  for (const time of times) {
    const [one, other] = [decisionAt(left, time), decisionAt(right, time)];
    const counts = [one?.applied ?? left[0]?.current, other?.applied ?? right[0]?.current];
    if (counts[0] !== undefined && counts[1] !== undefined && counts[0] !== counts[1]) {
      return { time, left: one, right: other };
    }
  }
  return undefined;
}
