interface ReplicaCounts {
  readonly minReplicaCount?: number | null | undefined;
  readonly maxReplicaCount?: number | null | undefined;
  readonly idleReplicaCount?: number | null | undefined;
}

/** The bounds of the HPA that a ScaledObject makes: never below one, at most a hundred unless told otherwise. */
export function hpaBounds({ minReplicaCount, maxReplicaCount }: ReplicaCounts): { min: number; max: number } {
  const min = (minReplicaCount ?? 0) > 0 ? (minReplicaCount ?? 1) : 1;
  return { min, max: maxReplicaCount ?? 100 };
}

/**
 * @returns what is wrong with the counts, in words; undefined for nothing
 * @see kedacore/keda apis/keda/v1alpha1/scaledobject_types.go, CheckReplicaCountBoundsAreValid
 */
export function boundsProblem(counts: ReplicaCounts): { key: string; problem: string } | undefined {
  const { min: hpaMin, max } = hpaBounds(counts);
  // A minimum of zero counts as the one of the HPA when it is written, and as nothing when it is not.
  const min = counts.minReplicaCount === undefined || counts.minReplicaCount === null ? 0 : hpaMin;
  if (min > max) {
    return { key: 'minReplicaCount', problem: `\`minReplicaCount\` (${min}) exceeds \`maxReplicaCount\` (${max}).` };
  }
  const { idleReplicaCount: idle } = counts;
  if (idle !== undefined && idle !== null && idle >= min) {
    const problem = `\`idleReplicaCount\` (${idle}) must be less than \`minReplicaCount\` (${min}).`;
    return { key: 'idleReplicaCount', problem };
  }
  return undefined;
}
