/** How a ScaledJob counts jobs that run already. */
export type JobStrategy =
  | { readonly kind: 'default' | 'accurate' | 'eager' }
  | { readonly kind: 'custom'; readonly queueLengthDeduction: number; readonly runningJobPercentage: number };

export interface JobCounts {
  /** jobs the triggers ask for */
  readonly maxScale: number;
  readonly running: number;
  readonly pending: number;
  readonly maxReplicaCount: number;
  /** jobs to start, unless the strategy knows better */
  readonly scaleTo: number;
}

export interface JobScale {
  /** may be negative: then nothing is started */
  readonly effectiveMaxScale: number;
  readonly scaleTo: number;
}

/** @see kedacore/keda pkg/scaling/executor/scale_jobs.go, GetEffectiveMaxScale of each strategy */
export function effectiveScale(strategy: JobStrategy, counts: JobCounts): JobScale {
  const { maxScale, running, pending, maxReplicaCount: max, scaleTo } = counts;
  switch (strategy.kind) {
    case 'default':
      return { effectiveMaxScale: maxScale - running, scaleTo };
    case 'custom': {
      const left = maxScale - strategy.queueLengthDeduction - Math.trunc(running * strategy.runningJobPercentage);
      return { effectiveMaxScale: Math.min(left, max), scaleTo };
    }
    case 'accurate':
      return { effectiveMaxScale: maxScale + running - pending > max ? max - running : maxScale - pending, scaleTo };
    case 'eager':
      return { effectiveMaxScale: Math.min(max - running - pending, maxScale), scaleTo: max };
  }
}

/**
 * A decision with a minimum of jobs: below it the difference is started, above it the strategy counts what runs, and may
 * run, beyond it.
 *
 * @see kedacore/keda pkg/scaling/executor/scale_jobs.go, getScalingDecision
 */
export function scaleJobs(strategy: JobStrategy, counts: JobCounts, minReplicaCount: number): JobScale {
  const least = Math.min(minReplicaCount, counts.maxReplicaCount);
  if (counts.running < least) {
    const missing = least - counts.running;
    return { effectiveMaxScale: missing, scaleTo: missing };
  }
  // A minimum above the maximum leaves the maximum as it is.
  const beyond = minReplicaCount > counts.maxReplicaCount ? counts.maxReplicaCount : counts.maxReplicaCount - least;
  return effectiveScale(strategy, { ...counts, running: counts.running - least, maxReplicaCount: beyond });
}

/** Jobs that are started. */
export const jobsCreated = ({ effectiveMaxScale, scaleTo }: JobScale): number =>
  Math.max(0, Math.min(scaleTo, effectiveMaxScale));

export interface JobTrigger {
  readonly queueLength: number;
  readonly targetAverageValue: number;
  readonly isActive: boolean;
}

export type JobCalculation = 'max' | 'min' | 'avg' | 'sum';

export interface CombinedTriggers {
  readonly isActive: boolean;
  readonly queueLength: number;
  /** jobs asked for */
  readonly maxValue: number;
}

/**
 * Several triggers as one, the active ones only.
 *
 * @see kedacore/keda pkg/scaling/scaledjob/metrics.go, IsScaledJobActive
 */
export function combineTriggers(
  calculation: JobCalculation,
  triggers: readonly JobTrigger[],
  minReplicaCount: number,
  maxReplicaCount: number,
): CombinedTriggers {
  const active = triggers
    .filter(({ isActive }) => isActive)
    .map(({ queueLength, targetAverageValue: target }) => ({
      queueLength,
      maxValue: target === 0 ? 0 : Math.min(queueLength / target, maxReplicaCount),
    }));
  const { isActive, queueLength, maxValue } = combined(calculation, active);
  return {
    isActive: isActive || minReplicaCount > 0,
    queueLength: Math.ceil(queueLength),
    maxValue: Math.ceil(Math.min(maxValue, maxReplicaCount)),
  };
}

interface Need {
  readonly queueLength: number;
  readonly maxValue: number;
}

function combined(calculation: JobCalculation, active: readonly Need[]): CombinedTriggers {
  const isActive = active.length > 0;
  if (calculation === 'sum' || calculation === 'avg') {
    const share = calculation === 'sum' ? 1 : Math.max(active.length, 1);
    return {
      isActive,
      queueLength: active.reduce((sum, each) => sum + each.queueLength, 0) / share,
      maxValue: active.reduce((sum, each) => sum + each.maxValue, 0) / share,
    };
  }
  // The queue decides which trigger counts; one of length zero yields to any other, and by itself activates nothing.
  let chosen: Need = { queueLength: 0, maxValue: 0 };
  let found = false;
  for (const need of active) {
    const better =
      calculation === 'min'
        ? chosen.queueLength === 0 || need.queueLength < chosen.queueLength
        : need.queueLength > chosen.queueLength;
    if (!better) continue;
    chosen = need;
    found = true;
  }
  return { isActive: found, ...chosen };
}

/** Mean target of the metrics of a trigger; one without an average value counts as zero. */
export function averageTarget(targets: readonly (number | null)[]): number {
  if (targets.length === 0) return 0;
  return targets.reduce<number>((sum, target) => sum + (target ?? 0), 0) / targets.length;
}
