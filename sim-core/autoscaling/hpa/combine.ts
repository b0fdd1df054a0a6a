import type { MetricError } from './pod.ts';
import type { Proposal } from './proposal.ts';

/** What several metrics together ask for. */
export interface Combined {
  /** the highest of the valid proposals; NaN when there is none */
  readonly replicas: number;
  /** index of the metric that asks for it; −1 when there is none */
  readonly winner: number;
  readonly errors: readonly { readonly index: number; readonly error: string }[];
  /** nothing may be done: every metric failed, or some did and the others would shrink the target */
  readonly blocked: boolean;
}

/** The highest proposal wins; a metric that failed blocks shrinking but not growing. */
export function combine(
  proposals: readonly (Proposal | MetricError)[],
  current: number,
  countOf: (proposal: Proposal) => number = (proposal) => proposal.replicas,
): Combined {
  let winner = -1;
  let replicas = NaN;
  const errors: { index: number; error: string }[] = [];
  for (let index = 0; index < proposals.length; index++) {
    const proposal = proposals[index]!;
    if ('error' in proposal) errors.push({ index, error: proposal.error });
    else if (winner < 0 || countOf(proposal) > replicas) {
      winner = index;
      replicas = countOf(proposal);
    }
  }
  const blocked = winner < 0 || (errors.length > 0 && replicas < current);
  return { replicas, winner, errors, blocked };
}
