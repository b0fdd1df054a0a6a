import { proposePerPod, proposeProportional } from './per-pod-proposal.ts';
import type { HpaPod, MetricError } from './pod.ts';
import { proposalOf } from './proposal.ts';
import type { Proposal } from './proposal.ts';
import type { HpaMetric, HpaSettings, Reading } from './spec.ts';
import { totalsRatio } from './usage-ratio.ts';
import { proposeWhole } from './whole-proposal.ts';

/** The target of the HPA at one evaluation. */
export interface ScaleTarget {
  /** replicas of the spec */
  readonly current: number;
  /** replicas of the status */
  readonly status: number;
  readonly pods: readonly HpaPod[];
}

/** What one metric proposes. */
export function propose(
  metric: HpaMetric,
  reading: Reading,
  target: ScaleTarget,
  settings: HpaSettings,
  now: number,
): Proposal | MetricError {
  if ('error' in reading) return reading;
  const { current, status } = target;
  const { tolerance } = settings;
  switch (metric.type) {
    case 'Resource':
    case 'ContainerResource':
    case 'Pods': {
      if ('totals' in reading) {
        const usage = totalsRatio(reading.totals, Number(metric.target.value));
        return proposeProportional(usage, reading.totals.pods, current, tolerance);
      }
      if (!('samples' in reading)) return { error: `metric ${metric.label} has no value for each pod` };
      const resource = metric.type === 'Pods' ? null : metric;
      return proposePerPod({
        current,
        pods: target.pods,
        samples: reading.samples,
        target:
          resource?.target.type === 'Utilization'
            ? { type: 'Utilization', percent: Number(resource.target.value), container: resource.container }
            : { type: 'AverageValue', value: metric.target.value },
        cpu: resource?.resource === 'cpu',
        tolerance,
        readiness: settings,
        now,
      });
    }
    case 'Object':
    case 'External':
      if (!('values' in reading)) return { error: `metric ${metric.label} has no value` };
      return proposeWhole({
        target: metric.target,
        values: reading.values,
        tolerance,
        current,
        status,
        pods: target.pods,
      });
    case 'Unknown':
      return { error: 'invalid metric source type' };
  }
}

/**
 * A fallback of an External metric that has failed for long enough: it counts as valid and proposes a fixed count.
 *
 * @param failingSince s; NaN when the metric works
 */
export function withFallback(
  metric: HpaMetric,
  proposal: Proposal | MetricError,
  failingSince: number,
  now: number,
): Proposal | MetricError {
  if (!('error' in proposal) || metric.type !== 'External' || metric.fallback === undefined) return proposal;
  const { after, replicas } = metric.fallback;
  if (!(now - failingSince >= after)) return proposal;
  return proposalOf(replicas, replicas, { ratio: NaN, average: 0 }, NaN);
}
