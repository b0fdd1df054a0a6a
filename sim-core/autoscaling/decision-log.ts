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
 * The times at which two logs of the same customers come to stand at different counts, or at others than before, in the
 * order of time. Policies may evaluate at different times: between its evaluations a policy stands at what it applied last,
 * and before the first one at the count it found.
 */
export function* differencesOf(left: readonly Decision[], right: readonly Decision[]): Generator<DecisionDifference> {
  let [one, other] = [0, 0];
  let before: readonly number[] = [];
  while (one < left.length || other < right.length) {
    const time = Math.min(left[one]?.time ?? Infinity, right[other]?.time ?? Infinity);
    while (one < left.length && left[one]!.time <= time) one += 1;
    while (other < right.length && right[other]!.time <= time) other += 1;
    const [own, others] = [left[one - 1], right[other - 1]];
    const counts = [own?.applied ?? left[0]?.current, others?.applied ?? right[0]?.current];
    if (counts[0] === undefined || counts[1] === undefined) return;
    const changed = counts[0] !== before[0] || counts[1] !== before[1];
    before = counts as number[];
    if (changed && counts[0] !== counts[1]) yield { time, left: own, right: others };
  }
}

/** The first of them; undefined when the two never stand apart. */
export function firstDifference(left: readonly Decision[], right: readonly Decision[]): DecisionDifference | undefined {
  for (const difference of differencesOf(left, right)) return difference;
  return undefined;
}
