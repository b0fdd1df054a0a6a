import { estimateMean } from '../../../sim-core/index.ts';
import type { PolicyResult } from '../../../sim-core/index.ts';
import { judgement, type Metric } from './metrics.ts';

/**
 * The policy that is best in a metric beyond doubt: its paired difference to every other policy excludes zero.
 * Null when two cannot be told apart.
 */
export function bestOf(policies: readonly PolicyResult[], metric: Pick<Metric, 'key' | 'better'>): string | null {
  if (metric.better === null) return null;
  const valueOf = ({ summary }: PolicyResult): number => {
    const { mean } = summary[metric.key];
    return metric.better === 'higher' ? -mean : mean;
  };
  const [best, ...others] = [...policies]
    .filter((policy) => Number.isFinite(valueOf(policy)))
    .sort((one, other) => valueOf(one) - valueOf(other));
  // While replications are missing here and there, pairs cannot be told.
  if (
    !best ||
    others.length === 0 ||
    others.some(({ replications }) => replications.length !== best.replications.length)
  )
    return null;
  const surely = others.every((other) => {
    const differences = best.replications.map(
      (summary, index) => summary[metric.key] - (other.replications[index]?.[metric.key] ?? NaN),
    );
    return judgement(metric, estimateMean(differences)) === 'better';
  });
  return surely ? best.policy : null;
}
