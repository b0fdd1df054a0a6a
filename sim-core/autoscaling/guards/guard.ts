import type { Issue } from '../../issue.ts';
import type { Controller, ControllerContext, Observation } from '../contract.ts';
import { extend } from '../pipeline.ts';
import type { StageRule } from '../pipeline.ts';
import { boundsGuardRule } from './bounds.ts';
import { affordableReplicas, budgetRule } from './budget.ts';
import type { GuardsConfig } from './config.ts';
import { cooldownRule } from './cooldown.ts';
import { hysteresisRule } from './hysteresis.ts';
import { maxStepRule } from './max-step.ts';

export interface GuardState<State> {
  readonly controller: State;
  /** s: when the count last really changed; −Infinity before */
  readonly lastAction: number;
}

/**
 * A controller within guards; without any it is returned as it is. First what slows down (hysteresis band, largest step,
 * cool-down), then what is absolute (bounds, budget): from a count outside of those the way back is immediate.
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
  const { hysteresis, maxStep, cooldown, bounds, budget } = guards;
  if ([hysteresis, maxStep, cooldown, bounds, budget].every((guard) => guard === undefined)) return inner;
  const absolute: StageRule[] = [];
  if (bounds !== undefined) absolute.push(boundsGuardRule(bounds));
  if (budget !== undefined) {
    if (!(context.perReplicaHour > 0)) throw new Error('A budget without the price of a replica was not checked.');
    absolute.push(budgetRule(budget, context.perReplicaHour));
  }
  const rulesFor = (seen: Observation, lastAction: number): StageRule[] => {
    const current = seen.desiredReplicas;
    const rules: StageRule[] = [];
    if (hysteresis !== undefined) rules.push(hysteresisRule(hysteresis, current, seen.service.cpuUtilisation));
    if (maxStep !== undefined) rules.push(maxStepRule(maxStep, current));
    if (cooldown !== undefined) rules.push(cooldownRule(cooldown, current, lastAction, seen.time));
    return [...rules, ...absolute];
  };
  const guarded: Controller<GuardState<unknown>> = {
    kind: inner.kind,
    interval: startsOutside(absolute, context.initialReplicas)
      ? Math.min(inner.interval, restingInterval)
      : inner.interval,
    initialState: { controller: inner.initialState, lastAction: -Infinity },
    evaluate(seen, state) {
      const { decision, state: controller } = inner.evaluate(seen, state.controller);
      return { decision: extend(decision, rulesFor(seen, state.lastAction)), state: { ...state, controller } };
    },
    afterApply(state, seen, applied) {
      const controller = inner.afterApply?.(state.controller, seen, applied) ?? state.controller;
      return { controller, lastAction: applied === seen.desiredReplicas ? state.lastAction : seen.time };
    },
  };
  return guarded as Controller<unknown>;
}

/** s: how often a controller that would rest is evaluated because a guard moves its count. */
const restingInterval = 15;

const startsOutside = (absolute: readonly StageRule[], initial: number): boolean =>
  absolute.some((rule) => rule.apply(initial, []).output !== initial);

/** What only shows with the price at hand. Paths start at the guards. */
export function checkGuards({ bounds, budget }: GuardsConfig, { perReplicaHour }: ControllerContext): Issue[] {
  if (budget === undefined) return [];
  if (!(perReplicaHour > 0)) {
    const message = 'A budget needs the price of a replica. Add `cost: {perReplicaHour: …}`, or remove the guard.';
    return [{ code: 'missing-key', severity: 'error', path: ['budget'], message }];
  }
  const most = affordableReplicas(budget.perHour, perReplicaHour);
  if (bounds?.min === undefined || bounds.min <= most) return [];
  const message = `The budget pays for ${most} replicas, but \`bounds.min\` asks for ${bounds.min}. Raise \`perHour\` to ${inCurrency(bounds.min * perReplicaHour)} or lower \`min\`.`;
  return [{ code: 'contradictory-bounds', severity: 'error', path: ['budget', 'perHour'], message }];
}

const inCurrency = (amount: number): string => String(Math.ceil(amount * 100) / 100);
