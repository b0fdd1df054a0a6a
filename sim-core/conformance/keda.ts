import { triggerInFormula, withFallback } from '../autoscaling/keda/fallback.ts';
import type { Fallback, Health } from '../autoscaling/keda/fallback.ts';
import { compositeMetric } from '../autoscaling/keda/composite-metric.ts';
import { boundsProblem, hpaBounds } from '../autoscaling/keda/replica-bounds.ts';
import { requestScale } from '../autoscaling/keda/scale-executor.ts';
import {
  averageTarget,
  combineTriggers,
  effectiveScale,
  jobsCreated,
  scaleJobs,
} from '../autoscaling/keda/scaled-jobs.ts';
import type { JobCalculation, JobStrategy, JobTrigger } from '../autoscaling/keda/scaled-jobs.ts';
import { isTriggerActive } from '../autoscaling/keda/triggers.ts';
import type { CaseAnswer, VectorFamily, VectorObject } from './contract.ts';
import { unknownKind } from './unknown-kind.ts';
import { parseFormula } from '../expression/formula.ts';

interface ExecutorVector {
  readonly currentReplicas: number;
  readonly isActive?: boolean;
  readonly isError?: boolean;
  readonly minReplicaCount?: number | null;
  readonly idleReplicaCount?: number | null;
  readonly cooldownPeriod?: number | null;
  readonly initialCooldownPeriod?: number | null;
  readonly lastActiveAgeSeconds?: number | null;
  readonly createdAgeSeconds?: number | null;
  readonly fallbackReplicas?: number | null;
  readonly paused?: boolean;
  readonly pausedReplicas?: number | null;
  readonly pausedScaleIn?: boolean;
  readonly pausedScaleOut?: boolean;
  readonly forceActivation?: boolean;
}

const executor: VectorFamily = {
  answer({ input }) {
    const given = input as unknown as ExecutorVector;
    const verdict = requestScale(
      {
        minReplicaCount: given.minReplicaCount ?? 0,
        idleReplicaCount: given.idleReplicaCount ?? null,
        cooldownPeriod: given.cooldownPeriod ?? 300,
        initialCooldownPeriod: given.initialCooldownPeriod ?? 0,
        fallbackReplicas: given.fallbackReplicas ?? null,
        paused: given.paused ?? false,
        pausedReplicas: given.pausedReplicas ?? null,
        pausedScaleIn: given.pausedScaleIn ?? false,
        pausedScaleOut: given.pausedScaleOut ?? false,
        forceActivation: given.forceActivation ?? false,
      },
      {
        current: given.currentReplicas,
        isActive: given.isActive ?? false,
        isError: given.isError ?? false,
        lastActiveAge: given.lastActiveAgeSeconds ?? null,
        createdAge: given.createdAgeSeconds ?? Infinity,
      },
    );
    return {
      actual: {
        replicas: verdict.replicas,
        activeCondition: verdict.active,
        readyCondition: verdict.ready,
        lastActiveTimeUpdated: verdict.refreshed,
      },
    };
  },
};

interface FallbackVector {
  readonly scalerError?: string | null;
  readonly metricValue?: number | null;
  readonly failures?: number | null;
  readonly health?: Health['status'] | null;
  readonly fallback?: Fallback | null;
  readonly targetType?: 'AverageValue' | 'Value';
  readonly target: number;
  readonly currentReplicas?: number;
  readonly readyReplicas?: number | null;
}

const fallback: VectorFamily = {
  answer({ input, expected }) {
    const given = input as unknown as FallbackVector;
    const { failures = null, health = null } = given;
    const before: Health | null =
      failures === null && health === null ? null : { failures: failures ?? 0, status: health ?? 'Happy' };
    const outcome = withFallback(
      { error: given.scalerError ?? null, value: given.metricValue ?? null, health: before },
      given.fallback ?? null,
      {
        type: given.targetType ?? 'AverageValue',
        value: given.target,
        current: given.currentReplicas ?? NaN,
        ready: given.readyReplicas ?? null,
      },
    );
    return {
      actual: {
        metric: outcome.metric,
        error: errorAs(expected['error'], outcome.error),
        failures: outcome.health?.failures ?? null,
        health: outcome.health?.status ?? null,
      },
    };
  },
};

/** Where a case says only that there is an error, any error is it. */
function errorAs(expected: unknown, error: string | null): unknown {
  if (error === null) return null;
  if (expected === true) return true;
  return typeof expected === 'string' && error.includes(expected) ? expected : error;
}

interface CompositionVector {
  readonly kind?: string;
  readonly minReplicaCount?: number | null;
  readonly maxReplicaCount?: number | null;
  readonly idleReplicaCount?: number | null;
  readonly formula?: string;
  readonly triggers?: Readonly<Record<string, number | null>>;
  readonly target?: number | null;
  readonly fallbackReplicas?: number | null;
  readonly metricValue?: number | null;
  readonly failures?: number | null;
  readonly failureThreshold?: number;
  readonly behavior?: Fallback['behavior'];
  readonly value?: number;
  readonly activationThreshold?: number | null;
}

const composition: VectorFamily = {
  answer({ input, expected }) {
    const given = input as unknown as CompositionVector;
    switch (given.kind) {
      case 'hpaBounds': {
        const { min, max } = hpaBounds(given);
        return { actual: { minReplicas: min, maxReplicas: max } };
      }
      case 'validate': {
        const problem = boundsProblem(given)?.problem;
        return { actual: { valid: problem === undefined, error: errorAs(expected['error'], problem ?? null) } };
      }
      case 'formula':
        return { actual: composed(given, expected) };
      case 'triggerValue': {
        const { metricValue = null, failures = null, failureThreshold = Infinity, behavior } = given;
        const health: Health | null = failures === null ? null : { failures, status: 'Failing' };
        return { actual: { value: triggerInFormula(metricValue, health, { failureThreshold, behavior }) } };
      }
      case 'activation':
        return { actual: { active: isTriggerActive(given.value ?? NaN, given.activationThreshold ?? 0) } };
      default:
        return unknownKind(given.kind);
    }
  },
};

function composed(given: CompositionVector, expected: VectorObject): VectorObject {
  const parsed = parseFormula(given.formula ?? '');
  if ('problem' in parsed) return { error: errorAs(expected['error'], parsed.problem) };
  const { target, fallbackReplicas } = given;
  const substitute =
    typeof target === 'number' && typeof fallbackReplicas === 'number' ? target * fallbackReplicas : undefined;
  const outcome = compositeMetric(parsed.formula, new Map(Object.entries(given.triggers ?? {})), substitute);
  return 'error' in outcome
    ? { error: errorAs(expected['error'], outcome.error) }
    : { compositeMetric: outcome.value, value: outcome.value };
}

interface JobsVector {
  readonly kind?: string;
  readonly strategy?: string | null;
  readonly customScalingQueueLengthDeduction?: number | null;
  readonly customScalingRunningJobPercentage?: number | string | null;
  readonly maxScale?: number;
  readonly runningJobs?: number;
  readonly pendingJobs?: number;
  readonly maxReplicaCount?: number | null;
  readonly minReplicaCount?: number | null;
  readonly scaleTo?: number;
  readonly calculation?: string | null;
  readonly scalers?: readonly JobTrigger[];
  readonly targets?: readonly (number | null)[];
}

function strategyOf(given: JobsVector): JobStrategy {
  const { strategy, customScalingQueueLengthDeduction: deduction, customScalingRunningJobPercentage: share } = given;
  if (strategy === 'accurate' || strategy === 'eager') return { kind: strategy };
  // A percentage that is no number makes the operator fall back on the default strategy.
  const percentage = share === null || share === undefined || share === '' ? NaN : Number(share);
  if (strategy !== 'custom' || Number.isNaN(percentage)) return { kind: 'default' };
  return { kind: 'custom', queueLengthDeduction: deduction ?? 0, runningJobPercentage: percentage };
}

const calculationOf = (name: string | null | undefined): JobCalculation =>
  name === 'min' || name === 'avg' || name === 'sum' ? name : 'max';

const scaledJobs: VectorFamily = {
  answer({ input }): CaseAnswer {
    const given = input as unknown as JobsVector;
    const { minReplicaCount, maxReplicaCount } = given;
    const max = maxReplicaCount ?? 100;
    switch (given.kind) {
      case 'strategy':
      case 'decision': {
        const counts = {
          maxScale: given.maxScale ?? NaN,
          running: given.runningJobs ?? 0,
          pending: given.pendingJobs ?? 0,
          maxReplicaCount: max,
          scaleTo: given.scaleTo ?? given.maxScale ?? NaN,
        };
        const strategy = strategyOf(given);
        const scale =
          given.kind === 'strategy'
            ? effectiveScale(strategy, counts)
            : scaleJobs(strategy, counts, minReplicaCount ?? 0);
        return { actual: { ...scale, created: jobsCreated(scale) } };
      }
      case 'multipleScalers':
        return {
          actual: {
            ...combineTriggers(calculationOf(given.calculation), given.scalers ?? [], minReplicaCount ?? 0, max),
          },
        };
      case 'targetAverageValue':
        return { actual: { value: averageTarget(given.targets ?? []) } };
      default:
        return unknownKind(given.kind);
    }
  },
};

/** Kubernetes Event-driven Autoscaling. */
export const kedaFamilies: Readonly<Record<string, VectorFamily>> = {
  'keda-fallback': fallback,
  'keda-hpa-composition': composition,
  'keda-scale-executor': executor,
  'keda-scaled-jobs': scaledJobs,
};
