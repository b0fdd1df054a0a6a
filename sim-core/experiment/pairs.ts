/**
 * The groups whose means are independent: single replications, or with antithetic replications the pairs 2k and 2k + 1.
 * A pair that lacks a member is left out; before any is complete the first run stands for itself.
 *
 * @param runs in the order of replications
 */
export function independentGroups<Run extends { readonly replication: number }>(
  runs: readonly Run[],
  antithetic: boolean,
): (readonly Run[])[] {
  if (!antithetic) return runs.map((run) => [run]);
  const byReplication = new Map(runs.map((run) => [run.replication, run]));
  const pairs = runs.flatMap((run) => {
    const partner = byReplication.get(run.replication + 1);
    return run.replication % 2 === 0 && partner !== undefined ? [[run, partner]] : [];
  });
  return pairs.length === 0 ? runs.slice(0, 1).map((run) => [run]) : pairs;
}

/** The mean over each group; a group of one keeps its value bit for bit. */
export function groupMeans<Run>(groups: readonly (readonly Run[])[], value: (run: Run) => number): number[] {
  return groups.map(([first, second]) => (second === undefined ? value(first!) : (value(first!) + value(second)) / 2));
}
