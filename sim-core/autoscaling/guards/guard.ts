import type { Controller, ControllerContext, Observation } from '../contract.ts';
import { extend } from '../pipeline.ts';
import type { StageRule } from '../pipeline.ts';
import { approvalRule, requestAfter } from './approval.ts';
import type { ApprovalRequest } from './approval.ts';
import { boundsGuardRule } from './bounds.ts';
import { budgetRule } from './budget.ts';
import type { GuardsConfig } from './config.ts';
import { cooldownRule } from './cooldown.ts';
import { deadZoneRule } from './dead-zone.ts';
import { freezeCalendar, freezeRule } from './freeze.ts';
import { gradualScaleDownRule } from './gradual-scale-down.ts';
import { createRiseWatch, holdBeforeRiseRule } from './hold-before-rise.ts';
import type { RiseState } from './hold-before-rise.ts';
import { hysteresisRule } from './hysteresis.ts';
import { maxStepRule } from './max-step.ts';

export interface GuardState<State> {
  readonly controller: State;
  /** s: when the count last really changed, and when it last fell; −Infinity before */
  readonly lastAction: number;
  readonly lastShrink: number;
  readonly request: ApprovalRequest | null;
  /** null without a forecast */
  readonly rise: RiseState | null;
}

/**
 * A controller within guards; without any it is returned as it is. First whether a change is worth making (dead zone,
 * hysteresis band, rise ahead), then how large it may be (largest step, gradual scale-down), then whether it may be made
 * now (approval, cool-down, freeze), and last what is absolute (bounds, budget): from a count outside of those the way
 * back is immediate.
 *
 * The controller inside learns what was really done, not what it asked for.
 *
 * @throws Error for a budget without a price, which `checkGuards` reports
 */
export function guardController(
  inner: Controller,
  guards: GuardsConfig,
  context: ControllerContext,
): Controller<unknown> {
  if (Object.values(guards).every((guard) => guard === undefined)) return inner;
  const { explained = true } = context;
  const absolute = absoluteRules(guards, context);
  const interval = startsOutside(absolute, context.initialReplicas)
    ? Math.min(inner.interval, restingInterval)
    : inner.interval;
  const { deadZone, hysteresis, holdBeforeRise, maxStep, gradualScaleDown, approval, cooldown, freeze } = guards;
  const watch =
    holdBeforeRise === undefined || interval === Infinity ? undefined : createRiseWatch(holdBeforeRise, interval);
  const frozen = freeze === undefined ? undefined : freezeCalendar(freeze, context.startEpoch);

  const rulesFor = (seen: Observation, state: GuardState<unknown>): StageRule[] => {
    const { desiredReplicas: current, time } = seen;
    const rules: StageRule[] = [];
    if (deadZone !== undefined) rules.push(deadZoneRule(deadZone, current));
    if (hysteresis !== undefined) rules.push(hysteresisRule(hysteresis, current, seen.service.cpuUtilisation));
    if (holdBeforeRise !== undefined && state.rise !== null)
      rules.push(holdBeforeRiseRule(holdBeforeRise, current, state.rise.expected));
    if (maxStep !== undefined) rules.push(maxStepRule(maxStep, current));
    if (gradualScaleDown !== undefined)
      rules.push(gradualScaleDownRule(gradualScaleDown, current, state.lastShrink, time));
    if (approval !== undefined) rules.push(approvalRule(approval, current, state.request, time));
    if (cooldown !== undefined) rules.push(cooldownRule(cooldown, current, state.lastAction, time));
    if (freeze !== undefined && frozen !== undefined) rules.push(freezeRule(freeze, frozen, current, time));
    return [...rules, ...absolute];
  };
  const initialState: GuardState<unknown> = {
    controller: inner.initialState,
    lastAction: -Infinity,
    lastShrink: -Infinity,
    request: null,
    rise: watch?.initialState ?? null,
  };
  const guarded: Controller<GuardState<unknown>> = {
    kind: inner.kind,
    interval,
    initialState,
    evaluate(seen, before) {
      const { decision: wish, state: controller } = inner.evaluate(seen, before.controller);
      const rise = watch === undefined || before.rise === null ? null : watch.see(seen, before.rise);
      const decision = extend(wish, rulesFor(seen, { ...before, rise }), explained);
      const request = approval === undefined ? null : requestAfter(decision, approval, before.request);
      const { lastAction, lastShrink } = before;
      return { decision, state: { controller, lastAction, lastShrink, request, rise } };
    },
    afterApply(state, seen, applied) {
      const { desiredReplicas: current, time } = seen;
      const controller = inner.afterApply?.(state.controller, seen, applied) ?? state.controller;
      if (applied === current) return { ...state, controller };
      const lastShrink = applied < current ? time : state.lastShrink;
      return { ...state, controller, lastAction: time, lastShrink, request: null };
    },
  };
  return guarded as Controller<unknown>;
}

function absoluteRules({ bounds, budget }: GuardsConfig, { perReplicaHour }: ControllerContext): StageRule[] {
  const rules: StageRule[] = [];
  if (bounds !== undefined) rules.push(boundsGuardRule(bounds));
  if (budget !== undefined) {
    if (!(perReplicaHour > 0)) throw new Error('A budget without the price of a replica was not checked.');
    rules.push(budgetRule(budget, perReplicaHour));
  }
  return rules;
}

/** s: how often a controller that would rest is evaluated because a guard moves its count. */
const restingInterval = 15;

const startsOutside = (absolute: readonly StageRule[], initial: number): boolean =>
  absolute.some((rule) => rule.apply(initial, []).output !== initial);
