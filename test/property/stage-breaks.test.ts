import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Controller, ControllerContext } from '../../sim-core/autoscaling/contract.ts';
import { guardController } from '../../sim-core/autoscaling/guards/guard.ts';
import type { GuardsConfig } from '../../sim-core/autoscaling/guards/config.ts';
import { decide } from '../../sim-core/autoscaling/pipeline.ts';
import type { StageRule } from '../../sim-core/autoscaling/pipeline.ts';
import type * as Pipeline from '../../sim-core/autoscaling/pipeline.ts';
import type * as ToleranceModule from '../../sim-core/autoscaling/hpa/tolerance.ts';
import type * as GroupPods from '../../sim-core/autoscaling/hpa/group-pods.ts';
import type * as Stabilise from '../../sim-core/autoscaling/hpa/stabilise.ts';
import type * as Limits from '../../sim-core/autoscaling/hpa/limits.ts';
import type * as GcpRules from '../../sim-core/autoscaling/gcp/rules.ts';
import { runVectors } from '../../sim-core/conformance/run-vectors.ts';
import { broken } from '../support/broken-stage.ts';
import { stageNames } from '../support/stage-names.ts';
import { seen } from '../unit/autoscaling/seen.ts';

/**
 * Are the cases strong enough? Each stage between a wish and a count is taken out, one at a time, and at least one case
 * of the upstream's own must notice. A stage that nobody would miss is not tested. `controller-stages.test.ts` does the
 * same in the loop, for every stage of every controller.
 */
vi.mock('../../sim-core/autoscaling/pipeline.ts', async (original) => {
  const { breakable } = await import('../support/broken-stage.ts');
  return breakable(await original<typeof Pipeline>());
});

vi.mock('../../sim-core/autoscaling/hpa/tolerance.ts', async (original) => {
  const real = await original<typeof ToleranceModule>();
  type Arguments = Parameters<typeof real.isWithinTolerance>;
  return {
    ...real,
    isWithinTolerance: (...given: Arguments) =>
      broken.stage === 'tolerance' ? false : real.isWithinTolerance(...given),
  };
});

vi.mock('../../sim-core/autoscaling/hpa/group-pods.ts', async (original) => {
  const real = await original<typeof GroupPods>();
  return {
    groupPods(...given: Parameters<typeof real.groupPods>) {
      const groups = real.groupPods(...given);
      if (broken.stage === 'unready pods') {
        return { ...groups, unready: [], readyPodCount: groups.readyPodCount + groups.unready.length };
      }
      if (broken.stage === 'missing metrics') return { ...groups, missing: [] };
      if (broken.stage === 'ignored pods') return { ...groups, ignored: [] };
      return groups;
    },
  };
});

vi.mock('../../sim-core/autoscaling/hpa/stabilise.ts', async (original) => {
  const real = await original<typeof Stabilise>();
  return {
    ...real,
    stabiliseDefault(...given: Parameters<typeof real.stabiliseDefault>) {
      if (broken.stage !== 'default stabilisation') return real.stabiliseDefault(...given);
      return { replicas: given[0], reason: 'ReadyForNewScale' };
    },
    stabiliseBehavior(...given: Parameters<typeof real.stabiliseBehavior>) {
      const [current, raw, stored, { up, down }, now] = given;
      const windows = {
        up: broken.stage === 'stabilisation upwards' ? 0 : up,
        down: broken.stage === 'stabilisation downwards' ? 0 : down,
      };
      return real.stabiliseBehavior(current, raw, stored, windows, now);
    },
  };
});

vi.mock('../../sim-core/autoscaling/hpa/limits.ts', async (original) => {
  const real = await original<typeof Limits>();
  type Rules = Parameters<typeof real.scaleUpLimit>[1];
  /** Policies of the type that is broken allow anything. */
  const loosened = (rules: Rules): Rules => ({
    ...rules,
    policies: rules.policies.map((policy) =>
      broken.stage === `policies of ${policy.type}` ? { ...policy, value: 1_000_000 } : policy,
    ),
  });
  return {
    ...real,
    defaultScaleUpLimit: (current: number) =>
      broken.stage === 'default growth limit' ? 1_000_000 : real.defaultScaleUpLimit(current),
    scaleUpLimit(current: number, rules: Rules, ...rest: [Parameters<typeof real.scaleUpLimit>[2], number]) {
      const found = real.scaleUpLimit(current, loosened(rules), ...rest);
      return broken.stage === 'growth limit' ? { ...found, limit: 1_000_000 } : found;
    },
    scaleDownLimit(current: number, rules: Rules, ...rest: [Parameters<typeof real.scaleUpLimit>[2], number]) {
      const found = real.scaleDownLimit(current, loosened(rules), ...rest);
      return broken.stage === 'shrinking limit' ? { ...found, limit: 0 } : found;
    },
  };
});

vi.mock('../../sim-core/autoscaling/gcp/rules.ts', async (original) => {
  const real = await original<typeof GcpRules>();
  const unlessBroken = (rule: StageRule): StageRule =>
    rule.name === broken.stage ? { ...rule, apply: (output) => ({ output, reason: '', detail: '' }) } : rule;
  return {
    ...real,
    stabilizationRule: (...given: Parameters<typeof real.stabilizationRule>) =>
      unlessBroken(real.stabilizationRule(...given)),
    scaleInControlRule: (...given: Parameters<typeof real.scaleInControlRule>) =>
      unlessBroken(real.scaleInControlRule(...given)),
    modeRule: (...given: Parameters<typeof real.modeRule>) => unlessBroken(real.modeRule(...given)),
  };
});

afterEach(() => {
  broken.stage = '';
});

/** Names of the cases of a vector file that fail. */
function failures(family: string): string[] {
  const text = readFileSync(new URL(`../../../shared/vectors/${family}.json`, import.meta.url), 'utf8');
  const outcome = runVectors(family, text);
  if ('problem' in outcome) throw new Error(outcome.problem);
  return outcome.report.failed.map(({ name }) => name);
}

const vectorBreaks: readonly (readonly [stage: string, family: string])[] = [
  ['tolerance', 'hpa-replica-calculator-resource'],
  ['tolerance', 'hpa-replica-calculator-object-external'],
  ['unready pods', 'hpa-replica-calculator-resource'],
  ['missing metrics', 'hpa-replica-calculator-resource'],
  ['ignored pods', 'hpa-group-pods'],
  ['default stabilisation', 'hpa-stabilize-default'],
  ['stabilisation upwards', 'hpa-stabilize-behavior'],
  ['stabilisation downwards', 'hpa-stabilize-behavior'],
  ['default growth limit', 'hpa-default-rules'],
  ['growth limit', 'hpa-scaling-policies'],
  ['shrinking limit', 'hpa-scaling-policies'],
  ['policies of Pods', 'hpa-scaling-policies'],
  ['policies of Percent', 'hpa-scaling-policies'],
  ['bounds', 'hpa-reconcile'],
  ['rate-limit', 'hpa-scenarios'],
  ['rate-limit', 'kpa-decider'],
  ['scale-down-delay', 'kpa-decider'],
  ['stabilisation', 'gcp-mig-autoscaler'],
  ['scale-in-control', 'gcp-mig-autoscaler'],
  ['mode', 'gcp-mig-autoscaler'],
  ['flapping', 'azure-autoscale'],
  ['limits', 'wpa-watermark'],
];

describe('a stage taken out is missed by an upstream case', () => {
  test.each(vectorBreaks)('%s, in %s', (stage, family) => {
    expect(failures(family)).toEqual([]);
    broken.stage = stage;
    expect(failures(family)).not.toEqual([]);
  });
});

describe('a guard taken out is missed', () => {
  const context: ControllerContext = {
    startEpoch: 0,
    concurrency: 4,
    cpuRequestMilli: 500,
    initialReplicas: 10,
    startupDelay: 0,
    latencyObjective: null,
    perReplicaHour: 0.1,
  };
  /** Wishes for 2 and for 30 in turn. */
  const restless: Controller<number> = {
    kind: 'restless',
    interval: 60,
    initialState: 0,
    evaluate({ time, desiredReplicas: current }, turn) {
      const recommended = turn % 2 === 0 ? 30 : 2;
      return { decision: decide({ time, current, observed: {}, recommended, origin: [] }, []), state: turn + 1 };
    },
  };

  const frozenFor = (seconds: number) => ({
    timezone: 'UTC',
    growth: false,
    windows: [{ from: { after: 0 }, for: seconds }],
  });
  /** The arrival rate below climbs, which Holt's method sees after the second value. */
  const rising = { forecast: { 'holt-winters': { season: 86_400 } }, horizon: 600, rise: 0.01, interval: 60 };

  const guardCases: [stage: string, guards: GuardsConfig, counts: number[]][] = [
    ['guard-cooldown', { cooldown: { up: 300, down: 300 } }, [30, 30, 30, 30, 30, 2]],
    ['guard-max-step', { maxStep: { up: 5, down: 3 } }, [15, 12, 17, 14, 19, 16]],
    ['guard-bounds', { bounds: { min: 5, max: 20 } }, [20, 5, 20, 5, 20, 5]],
    ['guard-budget', { budget: { perHour: 1.2 } }, [12, 2, 12, 2, 12, 2]],
    ['guard-hysteresis', { hysteresis: { up: 0.7, down: 0.3 } }, [10, 10, 10, 10, 10, 10]],
    ['guard-dead-zone', { deadZone: { replicas: 21 } }, [10, 10, 10, 10, 10, 10]],
    ['guard-gradual-scale-down', { gradualScaleDown: { replicas: 4, period: 300 } }, [30, 26, 30, 30, 30, 30]],
    ['guard-approval', { approval: { above: 9, after: 0.5 } }, [10, 2, 2, 2, 2, 2]],
    ['guard-freeze', { freeze: frozenFor(150) }, [10, 10, 10, 2, 30, 2]],
    ['guard-hold-before-rise', { holdBeforeRise: rising }, [30, 30, 30, 30, 30, 30]],
  ];

  test('every guard has a case', () => {
    expect(guardCases.map(([stage]) => stage).toSorted()).toEqual(stageNames('guards'));
  });

  test.each(guardCases)('%s', (stage, guards, expected) => {
    const counts = () => {
      const controller = guardController(restless as Controller, guards, context);
      let state = controller.initialState;
      let replicas = 10;
      return expected.map((_, index) => {
        const look = seen(index * 60, replicas, 0.5, { arrivalRate: 10 + 5 * index });
        const { decision, state: next } = controller.evaluate(look, state);
        replicas = decision.applied;
        state = controller.afterApply?.(next, look, replicas) ?? next;
        return replicas;
      });
    };
    expect(counts()).toEqual(expected);
    broken.stage = stage;
    expect(counts()).not.toEqual(expected);
  });
});
