import type { PolicyResult } from '../../../sim-core/index.ts';
import type { Metric } from './metrics.ts';

/** One axis of the parallel coordinates. */
export interface ParallelAxis {
  readonly metric: Metric;
  /** at the upper end, and at the lower */
  readonly best: number;
  readonly worst: number;
  /** 0 … 1 from below; null for what has no place on it */
  placeOf(value: number): number | null;
}

/** An axis for each metric that any policy has a number of. Better is higher; where neither is, more is. */
export function parallelAxes(
  policies: readonly Pick<PolicyResult, 'summary'>[],
  metrics: readonly Metric[],
): ParallelAxis[] {
  return metrics.flatMap((metric): ParallelAxis[] => {
    const values = policies.map(({ summary }) => summary[metric.key].mean).filter(Number.isFinite);
    if (values.length === 0) return [];
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const [best, worst] = metric.better === 'lower' ? [least, most] : [most, least];
    const placeOf = (value: number): number | null =>
      !Number.isFinite(value) ? null : best === worst ? 1 : (value - worst) / (best - worst);
    return [{ metric, best, worst, placeOf }];
  });
}
