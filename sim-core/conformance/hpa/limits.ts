import { fillBehavior } from '../../autoscaling/hpa/behavior.ts';
import type { BehaviorInput, ScalingRules } from '../../autoscaling/hpa/behavior.ts';
import { behaviorLimitStages, defaultLimitStages } from '../../autoscaling/hpa/limit-stages.ts';
import { defaultScaleUpLimit, scaleDownLimit, scaleUpLimit } from '../../autoscaling/hpa/limits.ts';
import { initialRecommendations } from '../../autoscaling/hpa/recommendations.ts';
import { changedWithin, longestPeriod, markOutdated } from '../../autoscaling/hpa/scale-events.ts';
import {
  rememberBehavior,
  rememberDefault,
  stabiliseBehavior,
  stabiliseDefault,
} from '../../autoscaling/hpa/stabilise.ts';
import { initialHpaState, rememberRescale } from '../../autoscaling/hpa/state.ts';
import { runStages } from '../../autoscaling/pipeline.ts';
import type { StageRule } from '../../autoscaling/pipeline.ts';
import type { VectorFamily } from '../contract.ts';
import { unknownKind } from '../unknown-kind.ts';
import { eventsOf, now, recommendationsOf } from './forms.ts';
import type { EventVector, RecommendationVector } from './forms.ts';

/** Count and reason after all stages: the reason of the last that changed the count. */
function limited(wish: number, rules: readonly StageRule[]): { replicas: number; reason: string } {
  const stages = runStages(wish, rules);
  const changed = stages.findLast(({ input, output }) => input !== output);
  return { replicas: stages.at(-1)?.output ?? wish, reason: changed?.reason ?? 'DesiredWithinRange' };
}

const replicasOf = (stored: readonly { readonly replicas: number }[]): number[] =>
  stored.map(({ replicas }) => replicas);

type DefaultInput =
  | { kind: 'convert'; currentReplicas: number; desiredReplicas: number; minReplicas: number; maxReplicas: number }
  | { kind: 'scaleUpLimit'; currentReplicas: number };

export const defaultRules: VectorFamily = {
  answer({ input: given }) {
    const input = given as unknown as DefaultInput;
    if (input.kind === 'scaleUpLimit') return { actual: { limit: defaultScaleUpLimit(input.currentReplicas) } };
    if (input.kind !== 'convert') return unknownKind((input as { kind?: unknown }).kind);
    const rules = defaultLimitStages(input.currentReplicas, { min: input.minReplicas, max: input.maxReplicas });
    return { actual: limited(input.desiredReplicas, rules) };
  },
};

interface PoliciesInput {
  readonly currentReplicas: number;
  readonly stabilizedReplicas: number;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly behavior?: BehaviorInput | null;
  readonly scaleUpEvents?: readonly EventVector[] | null;
  readonly scaleDownEvents?: readonly EventVector[] | null;
}

export const scalingPolicies: VectorFamily = {
  answer({ input: given }) {
    const input = given as unknown as PoliciesInput;
    const rules = behaviorLimitStages(
      input.currentReplicas,
      { min: input.minReplicas, max: input.maxReplicas },
      fillBehavior(input.behavior ?? {}, 300),
      { up: eventsOf(input.scaleUpEvents), down: eventsOf(input.scaleDownEvents) },
      now,
    );
    return { actual: limited(input.stabilizedReplicas, rules) };
  },
};

type RulesVector = Partial<ScalingRules>;
/** The rules of a direction; what a case leaves out is empty here, not filled with defaults. */
const rulesOf = (rules: RulesVector | null | undefined): ScalingRules => ({
  stabilizationWindowSeconds: rules?.stabilizationWindowSeconds ?? 0,
  selectPolicy: rules?.selectPolicy ?? 'Max',
  policies: rules?.policies ?? [],
});

type LimitInput =
  | {
      direction: 'up' | 'down';
      currentReplicas: number;
      rules?: RulesVector | null;
      scaleUpEvents?: readonly EventVector[] | null;
      scaleDownEvents?: readonly EventVector[] | null;
    }
  | { direction: 'change'; periodSeconds: number; events?: readonly EventVector[] | null }
  | { direction: 'longestPeriod'; periods?: readonly number[] | null };

export const policyLimits: VectorFamily = {
  answer({ input: given }) {
    const input = given as unknown as LimitInput;
    switch (input.direction) {
      case 'change':
        return { actual: { change: changedWithin(eventsOf(input.events), input.periodSeconds, now) } };
      case 'longestPeriod': {
        const policies = (input.periods ?? []).map((periodSeconds) => ({
          type: 'Pods' as const,
          value: 1,
          periodSeconds,
        }));
        return { actual: { periodSeconds: longestPeriod(policies) } };
      }
      case 'up':
      case 'down': {
        const limit = input.direction === 'up' ? scaleUpLimit : scaleDownLimit;
        const events = { up: eventsOf(input.scaleUpEvents), down: eventsOf(input.scaleDownEvents) };
        return { actual: { limit: limit(input.currentReplicas, rulesOf(input.rules), events, now).limit } };
      }
      default:
        return unknownKind((input as { direction?: unknown }).direction);
    }
  },
};

interface StabiliseDefaultInput {
  readonly desiredReplicas: number;
  readonly downscaleStabilizationSeconds?: number;
  readonly recommendations?: readonly RecommendationVector[] | null;
}

export const stabilisesByDefault: VectorFamily = {
  answer({ input: given }) {
    const input = given as unknown as StabiliseDefaultInput;
    const before = recommendationsOf(input.recommendations);
    const window = input.downscaleStabilizationSeconds ?? 300;
    const stored = replicasOf(rememberDefault(before, input.desiredReplicas, window, now));
    const { replicas } = stabiliseDefault(input.desiredReplicas, before, window, now);
    return { actual: { stabilizedReplicas: replicas, stored, storedCount: stored.length } };
  },
};

interface StabiliseBehaviorInput {
  readonly currentReplicas: number;
  readonly desiredReplicas: number;
  readonly scaleUpWindowSeconds?: number;
  readonly scaleDownWindowSeconds?: number;
  readonly recommendations?: readonly RecommendationVector[] | null;
}

export const stabilisesByBehavior: VectorFamily = {
  answer({ input: given }) {
    const input = given as unknown as StabiliseBehaviorInput;
    const before = recommendationsOf(input.recommendations);
    const windows = { up: input.scaleUpWindowSeconds ?? 0, down: input.scaleDownWindowSeconds ?? 300 };
    const { replicas, reason } = stabiliseBehavior(input.currentReplicas, input.desiredReplicas, before, windows, now);
    const stored = replicasOf(rememberBehavior(before, input.desiredReplicas, windows, now));
    return { actual: { stabilizedReplicas: replicas, reason, stored, storedCount: stored.length } };
  },
};

interface InitialInput {
  readonly currentReplicas: number;
  readonly recommendations?: readonly RecommendationVector[] | null;
}

export const initialRecommendation: VectorFamily = {
  answer({ input }) {
    const { currentReplicas, recommendations } = input as unknown as InitialInput;
    const given = (recommendations ?? null) === null ? null : recommendationsOf(recommendations);
    const stored = initialRecommendations(given, currentReplicas, now);
    return { actual: { storedCount: stored.length, first: stored[0]?.replicas } };
  },
};

type EventsInput =
  | {
      direction: 'up' | 'down';
      replicaChange: number;
      behaviorSet?: boolean;
      rules?: RulesVector | null;
      previousEvents?: readonly EventVector[] | null;
    }
  | { direction: 'mark'; longestPeriodSeconds: number; ages?: readonly number[] | null };

export const storedEvents: VectorFamily = {
  answer({ input: given }) {
    const input = given as unknown as EventsInput;
    if (input.direction === 'mark') {
      const events = eventsOf((input.ages ?? []).map((ageSeconds) => ({ change: 1, ageSeconds })));
      const marked = markOutdated(events, input.longestPeriodSeconds, now);
      return { actual: { outdated: marked.map(({ outdated }) => outdated) } };
    }
    const previous = eventsOf(input.previousEvents);
    const up = input.direction === 'up';
    const rules = (input.rules ?? null) === null ? undefined : rulesOf(input.rules);
    const behavior =
      (input.behaviorSet ?? rules !== undefined)
        ? fillBehavior(up ? { scaleUp: rules } : { scaleDown: rules }, 300)
        : null;
    const state = { ...initialHpaState, ...(up ? { scaleUpEvents: previous } : { scaleDownEvents: previous }) };
    const current = 100;
    const applied = up ? current + input.replicaChange : current - input.replicaChange;
    const after = rememberRescale(state, behavior, current, applied, now);
    const stored = up ? after.scaleUpEvents : after.scaleDownEvents;
    return {
      actual: {
        changeInLast60sBefore: changedWithin(previous, 60, now),
        storedChanges: stored.map(({ change }) => change),
        storedOutdated: stored.map(({ outdated }) => outdated),
      },
    };
  },
};

interface ScenarioInput {
  readonly startReplicas: number;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly behavior?: BehaviorInput | null;
  readonly downscaleStabilizationSeconds?: number;
  readonly recordInitialRecommendation?: boolean;
  readonly steps: readonly { readonly timeSeconds: number; readonly rawRecommendation: number }[];
}

/** Several evaluations in a row, from raw recommendations on. */
export const sequences: VectorFamily = {
  answer({ input: given }) {
    const input = given as unknown as ScenarioInput;
    const window = input.downscaleStabilizationSeconds ?? 300;
    const written = input.behavior ?? null;
    const behavior = written === null ? null : fillBehavior(written, window);
    const bounds = { min: input.minReplicas, max: input.maxReplicas };
    let current = input.startReplicas;
    let recommendations = input.recordInitialRecommendation === true ? initialRecommendations(null, current, 0) : [];
    let state = initialHpaState;
    const steps = input.steps.map(({ timeSeconds: time, rawRecommendation: raw }) => {
      let stabilized: number;
      let rules: StageRule[];
      if (behavior === null) {
        stabilized = stabiliseDefault(raw, recommendations, window, time).replicas;
        recommendations = rememberDefault(recommendations, raw, window, time);
        rules = defaultLimitStages(current, bounds);
      } else {
        const { scaleUp, scaleDown } = behavior;
        const windows = { up: scaleUp.stabilizationWindowSeconds, down: scaleDown.stabilizationWindowSeconds };
        stabilized = stabiliseBehavior(current, raw, recommendations, windows, time).replicas;
        recommendations = rememberBehavior(recommendations, raw, windows, time);
        const events = { up: state.scaleUpEvents, down: state.scaleDownEvents };
        rules = behaviorLimitStages(current, bounds, behavior, events, time);
      }
      const { replicas, reason } = limited(stabilized, rules);
      state = rememberRescale(state, behavior, current, replicas, time);
      current = replicas;
      return { timeSeconds: time, stabilized, replicas, reason };
    });
    return { actual: { steps } };
  },
};
