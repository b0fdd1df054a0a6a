import { parseFormula } from '../../expression/formula.ts';
import type { Controller, ControllerContext, Decision, Stage } from '../contract.ts';
import type { ControllerKind } from '../controller-kind.ts';
import type { HpaSiblings } from '../hpa/controller.ts';
import { controllerManagerConfig } from '../hpa/controller-manager.ts';
import { initialHpaState, rememberRescale } from '../hpa/state.ts';
import type { HpaState } from '../hpa/state.ts';
import { decide } from '../pipeline.ts';
import { kedaConfig, switchesOf } from './config.ts';
import type { KedaConfig } from './config.ts';
import type { Health } from './fallback.ts';
import { evaluateHpa, hpaPart } from './hpa-part.ts';
import { pollTriggers } from './poll.ts';
import { requestScale } from './scale-executor.ts';
import { externalTrigger } from './triggers.ts';
import type { Polled } from './triggers.ts';

interface KedaState {
  readonly hpa: HpaState;
  /** s; null: no trigger was active yet */
  readonly lastActive: number | null;
  readonly health: readonly (Health | null)[];
  /** answers of the operator's last poll */
  readonly polled: readonly Polled[] | undefined;
  /** who made the last decision: only what the HPA does itself is a scale event of it */
  readonly decidedBy: 'hpa' | 'operator';
}

/**
 * KEDA: the operator polls the triggers and moves the count between zero (or idle) and one (or the minimum); the HPA it makes
 * does the rest, at its own period and with all its own rules. At zero the HPA is off.
 */
export const kedaKind = {
  config: kedaConfig,
  create(config: KedaConfig, context: ControllerContext, siblings: HpaSiblings): Controller<KedaState> {
    const manager = siblings.controllerManager ?? controllerManagerConfig.parse({});
    const triggers = config.triggers.flatMap((trigger, index) => {
      const external = externalTrigger(trigger, index, context.startEpoch);
      return external === null ? [] : [external];
    });
    const text = config.advanced.scalingModifiers?.formula;
    const parsed = text === undefined ? undefined : parseFormula(text);
    const formula = parsed !== undefined && 'formula' in parsed ? parsed.formula : null;
    const part = hpaPart(config, triggers, manager);
    const { pollingInterval, fallback, idleReplicaCount = null, minReplicaCount = 0 } = config;
    const { cooldownPeriod, initialCooldownPeriod } = config;
    const switches = switchesOf(config);
    const isPaused = switches.paused || switches.pausedReplicas !== null;
    const settings = {
      ...switches,
      minReplicaCount,
      idleReplicaCount,
      cooldownPeriod,
      initialCooldownPeriod,
      fallbackReplicas: fallback?.replicas ?? null,
    };
    return {
      kind: 'keda',
      interval: commonStep(pollingInterval, manager.syncPeriod),
      initialState: {
        hpa: initialHpaState,
        lastActive: null,
        health: triggers.map(() => null),
        polled: undefined,
        decidedBy: 'operator',
      },
      evaluate(seen, before) {
        const { time, desiredReplicas: current } = seen;
        let state: KedaState = { ...before, decidedBy: 'operator' };
        let decision: Decision | undefined;
        if (isDue(time, pollingInterval)) {
          const poll = pollTriggers(config, triggers, formula, seen, state.health);
          const verdict = requestScale(settings, {
            current,
            isActive: poll.isActive,
            isError: poll.isError,
            lastActiveAge: state.lastActive === null ? null : time - state.lastActive,
            createdAge: time,
          });
          const lastActive = verdict.refreshed ? time : state.lastActive;
          state = { ...state, lastActive, health: poll.health, polled: poll.polled };
          const { replicas, reason, detail } = verdict;
          const origin: Stage[] = [{ name: 'operator', input: current, output: replicas, reason, detail }];
          decision = decide({ time, current, observed: poll.observed, recommended: replicas, origin }, []);
        }
        // Two writers at one instant: the HPA sees what the operator has written at its next turn.
        if (!isPaused && isDue(time, manager.syncPeriod) && (decision === undefined || decision.applied === current)) {
          const poll = pollTriggers(config, triggers, formula, seen, state.health, state.polled);
          const reconciled = evaluateHpa(part, poll.readings, seen, state.hpa, context);
          const { stages } = reconciled.decision;
          state = { ...state, hpa: reconciled.state, health: poll.health, decidedBy: 'hpa' };
          decision = {
            ...reconciled.decision,
            observed: { ...reconciled.decision.observed, ...poll.observed },
            stages: [...(decision?.stages ?? []), ...stages],
          };
        }
        return { decision: decision ?? between(time, current), state };
      },
      afterApply(state, seen, applied) {
        if (state.decidedBy === 'operator') return state;
        const hpa = rememberRescale(state.hpa, part.spec.behavior, seen.desiredReplicas, applied, seen.time);
        return { ...state, hpa };
      },
    };
  },
} satisfies ControllerKind<typeof kedaConfig, HpaSiblings>;

function between(time: number, current: number): Decision {
  const detail = `Between the polls of operator and HPA: ${current}`;
  const origin: Stage[] = [{ name: 'operator', input: current, output: current, reason: 'NotDue', detail }];
  return decide({ time, current, observed: {}, recommended: current, origin }, []);
}

/** s: the longest step that meets both periods, in whole milliseconds. */
export function commonStep(a: number, b: number): number {
  let [larger, smaller] = [Math.round(a * 1000), Math.round(b * 1000)];
  while (smaller > 0) [larger, smaller] = [smaller, larger % smaller];
  return larger / 1000;
}

const isDue = (time: number, period: number): boolean => Math.abs(time - Math.round(time / period) * period) < 1e-6;
