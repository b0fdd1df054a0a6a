import { secondsInWords } from '../words.ts';

/** What a ScaledObject says about zero, idle and pausing. */
export interface ExecutorSettings {
  readonly minReplicaCount: number;
  /** null: idle mode is off */
  readonly idleReplicaCount: number | null;
  /** s */
  readonly cooldownPeriod: number;
  /** s */
  readonly initialCooldownPeriod: number;
  /** null: no fallback */
  readonly fallbackReplicas: number | null;
  /** annotation autoscaling.keda.sh/paused */
  readonly paused: boolean;
  /** annotation autoscaling.keda.sh/paused-replicas; null: not given */
  readonly pausedReplicas: number | null;
  readonly pausedScaleIn: boolean;
  readonly pausedScaleOut: boolean;
  readonly forceActivation: boolean;
}

export interface ExecutorInput {
  readonly current: number;
  /** any trigger is active */
  readonly isActive: boolean;
  /** any trigger failed */
  readonly isError: boolean;
  /** s since a trigger was last active; null for never */
  readonly lastActiveAge: number | null;
  /** s since the ScaledObject was made */
  readonly createdAge: number;
}

type Status = 'True' | 'False' | 'Unknown';

export interface ExecutorVerdict {
  readonly replicas: number;
  /** condition Active; null while paused, when nothing is judged */
  readonly active: Status | null;
  /** condition Ready; an earlier one stays as it was, which is True here */
  readonly ready: Status;
  /** whether the time of the last activity is set to now */
  readonly refreshed: boolean;
  /** stable code */
  readonly reason: string;
  readonly detail: string;
}

/**
 * One poll of the operator: what it does between zero (or idle) and one (or the minimum). All between the minimum and the
 * maximum is the HPA's.
 *
 * @see kedacore/keda pkg/scaling/executor/scale_scaledobjects.go, RequestScale
 */
export function requestScale(settings: ExecutorSettings, input: ExecutorInput): ExecutorVerdict {
  const { current } = input;
  if (settings.paused || settings.pausedReplicas !== null) {
    const replicas = settings.pausedReplicas ?? current;
    const detail = `Paused: ${replicas}`;
    return { replicas, active: null, ready: 'True', refreshed: false, reason: 'Paused', detail };
  }
  const isActive = input.isActive || settings.forceActivation;
  const outcome = isActive ? whileActive(settings, input) : whileInactive(settings, input);
  return { replicas: current, ready: 'True', refreshed: false, ...outcome, active: isActive ? 'True' : 'False' };
}

type Outcome = Partial<Pick<ExecutorVerdict, 'replicas' | 'ready' | 'refreshed'>> &
  Pick<ExecutorVerdict, 'reason' | 'detail'>;

function whileActive(settings: ExecutorSettings, { current, isError }: ExecutorInput): Outcome {
  const { minReplicaCount: min, idleReplicaCount: idle } = settings;
  if (current === 0 || (idle !== null && current < min)) {
    if (settings.pausedScaleOut) {
      return { reason: 'PausedScaleOut', detail: `Active, but scaling out is paused: ${current}` };
    }
    const replicas = Math.max(min, 1);
    return { replicas, refreshed: true, reason: 'Activated', detail: `A trigger is active: ${current} → ${replicas}` };
  }
  // Not even the time of the last activity: a long error makes an active object look long inactive.
  if (isError) {
    return { ready: 'Unknown', reason: 'TriggerError', detail: `Active, but some trigger failed: ${current}` };
  }
  return { refreshed: true, reason: 'Active', detail: `Active, the HPA decides: ${current}` };
}

function whileInactive(settings: ExecutorSettings, input: ExecutorInput): Outcome {
  const { minReplicaCount: min, idleReplicaCount: idle, fallbackReplicas } = settings;
  const { current, isError } = input;
  if (isError && fallbackReplicas !== null && fallbackReplicas !== 0) {
    return { reason: 'Fallback', detail: `Triggers failed, the fallback of the HPA decides: ${current}` };
  }
  if (isError && fallbackReplicas === null) {
    return { ready: 'False', reason: 'TriggerError', detail: `Triggers failed and there is no fallback: ${current}` };
  }
  if ((idle !== null && current > idle) || (current > 0 && min === 0)) return towardsIdle(settings, input);
  if (idle === null && current < min) {
    return { replicas: min, reason: 'BelowMinimum', detail: `Below the minimum: ${current} → ${min}` };
  }
  return { reason: 'Inactive', detail: `No trigger is active: ${current}` };
}

function towardsIdle(settings: ExecutorSettings, { current, lastActiveAge, createdAge }: ExecutorInput): Outcome {
  const replicas = settings.idleReplicaCount ?? settings.minReplicaCount;
  if (settings.pausedScaleIn) {
    return { reason: 'PausedScaleIn', detail: `Inactive, but scaling in is paused: ${current}` };
  }
  const never = lastActiveAge === null;
  const age = never ? createdAge : lastActiveAge;
  const period = never ? settings.initialCooldownPeriod : settings.cooldownPeriod;
  if (age > period) {
    const detail = `Inactive for ${secondsInWords(age)}, longer than ${secondsInWords(period)}: ${current} → ${replicas}`;
    return { replicas, reason: 'Deactivated', detail };
  }
  const detail = `Cool-down for another ${secondsInWords(period - age)}: ${current}`;
  return { reason: 'Cooldown', detail };
}
