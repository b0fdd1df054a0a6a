import { expect } from 'vitest';
import { fillBehavior } from '../../../sim-core/autoscaling/hpa/behavior.ts';
import type { Behavior, BehaviorInput, ScalingRules } from '../../../sim-core/autoscaling/hpa/behavior.ts';
import { behaviorLimitStages, defaultLimitStages } from '../../../sim-core/autoscaling/hpa/limit-stages.ts';
import { defaultScaleUpLimit, scaleDownLimit, scaleUpLimit } from '../../../sim-core/autoscaling/hpa/limits.ts';
import { initialRecommendations } from '../../../sim-core/autoscaling/hpa/recommendations.ts';
import { changedWithin, longestPeriod, markOutdated } from '../../../sim-core/autoscaling/hpa/scale-events.ts';
import {
  rememberBehavior,
  rememberDefault,
  stabiliseBehavior,
  stabiliseDefault,
} from '../../../sim-core/autoscaling/hpa/stabilise.ts';
import { initialHpaState, rememberRescale } from '../../../sim-core/autoscaling/hpa/state.ts';
import { runStages } from '../../../sim-core/autoscaling/pipeline.ts';
import type { StageRule } from '../../../sim-core/autoscaling/pipeline.ts';
import { eventsOf, now, recommendationsOf, runFamily } from './vectors.ts';
import type { EventVector, RecommendationVector } from './vectors.ts';

/** Count and reason after all stages: the reason of the last that changed the count. */
function limited(wish: number, rules: readonly StageRule[]): { replicas: number; reason: string } {
  const stages = runStages(wish, rules);
  const changed = stages.findLast(({ input, output }) => input !== output);
  return { replicas: stages.at(-1)?.output ?? wish, reason: changed?.reason ?? 'DesiredWithinRange' };
}

type DefaultInput =
  | { kind: 'convert'; currentReplicas: number; desiredReplicas: number; minReplicas: number; maxReplicas: number }
  | { kind: 'scaleUpLimit'; currentReplicas: number };

runFamily(
  'hpa-default-rules',
  4,
  (input: DefaultInput, expected: { replicas?: number; reason?: string; limit?: number }) => {
    if (input.kind === 'scaleUpLimit') {
      expect(defaultScaleUpLimit(input.currentReplicas)).toBe(expected.limit);
      return;
    }
    const rules = defaultLimitStages(input.currentReplicas, { min: input.minReplicas, max: input.maxReplicas });
    expect(limited(input.desiredReplicas, rules)).toEqual(expected);
  },
);

interface PoliciesInput {
  readonly currentReplicas: number;
  readonly stabilizedReplicas: number;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly behavior: Behavior;
  readonly scaleUpEvents: readonly EventVector[];
  readonly scaleDownEvents: readonly EventVector[];
}

runFamily('hpa-scaling-policies', 26, (input: PoliciesInput, expected: { replicas: number; reason: string }) => {
  const rules = behaviorLimitStages(
    input.currentReplicas,
    { min: input.minReplicas, max: input.maxReplicas },
    input.behavior,
    { up: eventsOf(input.scaleUpEvents), down: eventsOf(input.scaleDownEvents) },
    now,
  );
  expect(limited(input.stabilizedReplicas, rules)).toEqual(expected);
});

type RulesVector = Partial<ScalingRules> & Pick<ScalingRules, 'policies'>;
const rulesOf = (rules: RulesVector): ScalingRules => ({
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  ...rules,
});

type LimitInput =
  | {
      direction: 'up' | 'down';
      currentReplicas: number;
      rules: RulesVector;
      scaleUpEvents: readonly EventVector[];
      scaleDownEvents: readonly EventVector[];
    }
  | { direction: 'change'; periodSeconds: number; events: readonly EventVector[] }
  | { direction: 'longestPeriod'; periods: readonly number[] };

runFamily(
  'hpa-policy-limits',
  9,
  (input: LimitInput, expected: { limit?: number; change?: number; periodSeconds?: number }) => {
    switch (input.direction) {
      case 'change':
        expect(changedWithin(eventsOf(input.events), input.periodSeconds, now)).toBe(expected.change);
        return;
      case 'longestPeriod':
        expect(longestPeriod(input.periods.map((periodSeconds) => ({ type: 'Pods', value: 1, periodSeconds })))).toBe(
          expected.periodSeconds,
        );
        return;
      case 'up':
      case 'down': {
        const limit = input.direction === 'up' ? scaleUpLimit : scaleDownLimit;
        const events = { up: eventsOf(input.scaleUpEvents), down: eventsOf(input.scaleDownEvents) };
        expect(limit(input.currentReplicas, rulesOf(input.rules), events, now).limit).toBe(expected.limit);
        return;
      }
      default:
        throw new Error('An unknown kind of case');
    }
  },
);

interface StabiliseDefaultInput {
  readonly desiredReplicas: number;
  readonly downscaleStabilizationSeconds: number;
  readonly recommendations: readonly RecommendationVector[];
}

interface StabiliseExpected {
  readonly stabilizedReplicas: number;
  readonly reason?: string;
  readonly stored: readonly number[];
}

runFamily(
  'hpa-stabilize-default',
  4,
  (input: StabiliseDefaultInput, expected: StabiliseExpected & { storedCount: number }) => {
    const stored = recommendationsOf(input.recommendations);
    const window = input.downscaleStabilizationSeconds;
    expect(stabiliseDefault(input.desiredReplicas, stored, window, now).replicas).toBe(expected.stabilizedReplicas);
    const after = rememberDefault(stored, input.desiredReplicas, window, now);
    expect(after.map(({ replicas }) => replicas)).toEqual(expected.stored);
    expect(after).toHaveLength(expected.storedCount);
  },
);

interface StabiliseBehaviorInput {
  readonly currentReplicas: number;
  readonly desiredReplicas: number;
  readonly scaleUpWindowSeconds: number;
  readonly scaleDownWindowSeconds: number;
  readonly recommendations: readonly RecommendationVector[];
}

runFamily('hpa-stabilize-behavior', 9, (input: StabiliseBehaviorInput, expected: StabiliseExpected) => {
  const stored = recommendationsOf(input.recommendations);
  const windows = { up: input.scaleUpWindowSeconds, down: input.scaleDownWindowSeconds };
  const { replicas, reason } = stabiliseBehavior(input.currentReplicas, input.desiredReplicas, stored, windows, now);
  expect(replicas).toBe(expected.stabilizedReplicas);
  expect(reason).toBe(expected.reason);
  expect(rememberBehavior(stored, input.desiredReplicas, windows, now).map((each) => each.replicas)).toEqual(
    expected.stored,
  );
});

interface InitialInput {
  readonly currentReplicas: number;
  readonly recommendations: readonly RecommendationVector[] | null;
}

runFamily('hpa-initial-recommendation', 2, (input: InitialInput, expected: { storedCount: number; first: number }) => {
  const given = input.recommendations === null ? null : recommendationsOf(input.recommendations);
  const stored = initialRecommendations(given, input.currentReplicas, now);
  expect(stored).toHaveLength(expected.storedCount);
  expect(stored[0]?.replicas).toBe(expected.first);
});

type EventsInput =
  | {
      direction: 'up' | 'down';
      replicaChange: number;
      behaviorSet: boolean;
      rules: RulesVector | null;
      previousEvents: readonly EventVector[];
    }
  | { direction: 'mark'; longestPeriodSeconds: number; ages: readonly number[] };

interface EventsExpected {
  readonly changeInLast60sBefore?: number;
  readonly storedChanges?: readonly number[];
  readonly storedOutdated?: readonly boolean[];
  readonly outdated?: readonly boolean[];
}

runFamily('hpa-store-scale-events', 8, (input: EventsInput, expected: EventsExpected) => {
  if (input.direction === 'mark') {
    const events = eventsOf(input.ages.map((ageSeconds) => ({ change: 1, ageSeconds })));
    expect(markOutdated(events, input.longestPeriodSeconds, now).map(({ outdated }) => outdated)).toEqual(
      expected.outdated,
    );
    return;
  }
  const previous = eventsOf(input.previousEvents);
  expect(changedWithin(previous, 60, now)).toBe(expected.changeInLast60sBefore);
  const up = input.direction === 'up';
  const rules = input.rules === null ? undefined : rulesOf(input.rules);
  const behavior = input.behaviorSet ? fillBehavior(up ? { scaleUp: rules } : { scaleDown: rules }, 300) : null;
  const state = { ...initialHpaState, ...(up ? { scaleUpEvents: previous } : { scaleDownEvents: previous }) };
  const current = 100;
  const after = rememberRescale(
    state,
    behavior,
    current,
    up ? current + input.replicaChange : current - input.replicaChange,
    now,
  );
  const stored = up ? after.scaleUpEvents : after.scaleDownEvents;
  expect(stored.map(({ change }) => change)).toEqual(expected.storedChanges);
  expect(stored.map(({ outdated }) => outdated)).toEqual(expected.storedOutdated);
});

interface ScenarioInput {
  readonly startReplicas: number;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly behavior: BehaviorInput | null;
  readonly downscaleStabilizationSeconds: number;
  readonly recordInitialRecommendation: boolean;
  readonly steps: readonly { readonly timeSeconds: number; readonly rawRecommendation: number }[];
}

interface ScenarioExpected {
  readonly steps: readonly {
    readonly timeSeconds: number;
    readonly stabilized: number;
    readonly replicas: number;
    readonly reason: string;
  }[];
}

runFamily('hpa-scenarios', 5, (input: ScenarioInput, expected: ScenarioExpected) => {
  const window = input.downscaleStabilizationSeconds;
  const behavior = input.behavior === null ? null : fillBehavior(input.behavior, window);
  const bounds = { min: input.minReplicas, max: input.maxReplicas };
  let current = input.startReplicas;
  let recommendations = input.recordInitialRecommendation ? initialRecommendations(null, current, 0) : [];
  let state = initialHpaState;
  const steps = input.steps.map(({ timeSeconds: time, rawRecommendation: raw }) => {
    let stabilized: number;
    let rules: StageRule[];
    if (behavior === null) {
      stabilized = stabiliseDefault(raw, recommendations, window, time).replicas;
      recommendations = rememberDefault(recommendations, raw, window, time);
      rules = defaultLimitStages(current, bounds);
    } else {
      const windows = {
        up: behavior.scaleUp.stabilizationWindowSeconds,
        down: behavior.scaleDown.stabilizationWindowSeconds,
      };
      stabilized = stabiliseBehavior(current, raw, recommendations, windows, time).replicas;
      recommendations = rememberBehavior(recommendations, raw, windows, time);
      rules = behaviorLimitStages(
        current,
        bounds,
        behavior,
        { up: state.scaleUpEvents, down: state.scaleDownEvents },
        time,
      );
    }
    const { replicas, reason } = limited(stabilized, rules);
    state = rememberRescale(state, behavior, current, replicas, time);
    current = replicas;
    return { timeSeconds: time, stabilized, replicas, reason };
  });
  expect(steps).toEqual(expected.steps);
});
