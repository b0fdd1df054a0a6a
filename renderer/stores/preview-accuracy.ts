import type { Comparison } from '../../sim-core/index.ts';

/** What a preview is measured by: what most people look at first. */
const measured = [
  { metric: 'latencyP95', name: 'p95 latency' },
  { metric: 'replicasMean', name: 'mean replicas' },
  { metric: 'cost', name: 'cost' },
] as const;

export interface PreviewDifference {
  readonly policy: string;
  /** in words */
  readonly metric: string;
  /** preview ÷ exact − 1 */
  readonly relative: number;
}

/** How far previews of a document are from its exact runs, as last measured. */
export interface PreviewAccuracy {
  readonly documentId: string;
  /** the widest of them, without sign */
  readonly within: number;
  /** the widest of each measure, widest first */
  readonly widest: readonly PreviewDifference[];
}

/** The preview of a scenario beside its exact result; null when they have nothing in common that could be measured. */
export function previewAccuracy(documentId: string, preview: Comparison, exact: Comparison): PreviewAccuracy | null {
  const widest = measured.flatMap(({ metric, name }): PreviewDifference[] => {
    const differences = exact.policies.flatMap(({ policy, summary }): PreviewDifference[] => {
      const looked = preview.policies.find((candidate) => candidate.policy === policy)?.summary[metric].mean;
      const relative = looked === undefined ? NaN : looked / summary[metric].mean - 1;
      return Number.isFinite(relative) ? [{ policy, metric: name, relative }] : [];
    });
    return differences.sort((a, b) => Math.abs(b.relative) - Math.abs(a.relative)).slice(0, 1);
  });
  widest.sort((a, b) => Math.abs(b.relative) - Math.abs(a.relative));
  const first = widest[0];
  return first === undefined ? null : { documentId, within: Math.abs(first.relative), widest };
}
