import { defaultScaleUpLimit, scaleDownLimit, scaleUpLimit } from './limits.ts';
import type { ScaleEvents } from './limits.ts';
import type { Recommendation } from './recommendations.ts';
import type { HpaSettings, HpaSpec } from './spec.ts';
import { stabiliseBehavior, stabiliseDefault, windowsOf } from './stabilise.ts';

/** What the stages after the metrics rest on. */
export interface CountInput {
  readonly spec: HpaSpec;
  readonly settings: HpaSettings;
  readonly current: number;
  readonly recommendations: readonly Recommendation[];
  readonly events: ScaleEvents;
  /** s */
  readonly now: number;
}

/**
 * The count that stabilisation, bounds and rate limit come to, without a stage of each: where nobody reads a decision, its
 * stages are most of what it costs. The stages themselves stand in `reconcile.ts`, and a test holds the two together.
 *
 * @param raw what the metrics ask for together
 */
export function countAlone(raw: number, input: CountInput): number {
  const { spec, settings, current, recommendations, events, now } = input;
  const { minReplicas: min, maxReplicas: max, behavior } = spec;
  if (behavior === null) {
    const { replicas } = stabiliseDefault(raw, recommendations, settings.downscaleStabilization, now);
    if (replicas < min) return min;
    return Math.min(replicas, max, defaultScaleUpLimit(current));
  }
  const { replicas } = stabiliseBehavior(current, raw, recommendations, windowsOf(behavior), now);
  if (replicas > current) {
    const most = Math.min(replicas, max);
    return most > current ? Math.min(most, scaleUpLimit(current, behavior.scaleUp, events, now).limit) : most;
  }
  if (replicas < current) {
    const least = Math.max(replicas, min);
    return least < current ? Math.max(least, scaleDownLimit(current, behavior.scaleDown, events, now).limit) : least;
  }
  return replicas;
}
