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
import { controllerFrom, seen } from '../unit/autoscaling/seen.ts';

/**
 * Are the cases strong enough? Each stage between a wish and a count is taken out, one at a time, and at least one case
 * of the upstream's own must notice. A stage that nobody would miss is not tested.
 */
const broken = vi.hoisted(() => ({ stage: '' }));

/** Every stage that is a rule of the pipeline passes through here, whichever controller it belongs to. */
vi.mock('../../sim-core/autoscaling/pipeline.ts', async (original) => {
  const real = await original<typeof Pipeline>();
  const left = (rules: readonly StageRule[]) => rules.filter(({ name }) => name !== broken.stage);
  const { decide: decideAll, extend, runStages } = real;
  return {
    ...real,
    runStages: (wish: number, rules: readonly StageRule[]) => runStages(wish, left(rules)),
    decide: (wish: Parameters<typeof decideAll>[0], rules: readonly StageRule[]) => decideAll(wish, left(rules)),
    extend: (decision: Parameters<typeof extend>[0], rules: readonly StageRule[]) => extend(decision, left(rules)),
  };
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

  test.each<[string, GuardsConfig, number[]]>([
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
  ])('%s', (stage, guards, expected) => {
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

describe('the bounds of a controller taken out are missed', () => {
  const targetOf10 = { query: 'avg_cpu', strategy: { 'target-value': { target: 10 } } };
  const busy = { arrivalRate: 1000, throughput: 1000, serviceTimeMean: 0.1, serviceScv: 1 };
  test.each([
    [{ pi: { setpoint: 0.1, proportionalGain: 100, integralTime: '1m', max: 6, antiWindup: 'none' } }],
    [{ gcp: { minNumReplicas: 1, maxNumReplicas: 6, cpuUtilization: { utilizationTarget: 0.1 } } }],
    [{ nomad: { min: 1, max: 6, policy: { check: { cpu: targetOf10 } } } }],
    [{ staffing: { rule: 'mmc', max: 6 } }],
    [{ predictive: { forecast: 'ewma', maxReplicas: 6 } }],
    [{ threshold: { max: 6, rules: [{ metric: 'cpu', above: '10%', change: '+9' }] } }],
  ])('%j', (config) => {
    const applied = () => {
      const controller = controllerFrom(config);
      return controller.evaluate(seen(60, 4, 1, busy), controller.initialState).decision.applied;
    };
    expect(applied()).toBe(6);
    broken.stage = 'bounds';
    expect(applied()).toBeGreaterThan(6);
  });
});

describe('what only shows over time is missed', () => {
  /** Counts of a controller under a load of its own course, whatever the count. */
  const counts = (config: object, utilisations: readonly number[], step: number) => {
    const controller = controllerFrom(config);
    let state = controller.initialState;
    let replicas = 4;
    return utilisations.map((cpu, index) => {
      const look = seen(index * step, replicas, cpu, { inService: cpu * 1000, arrivalRate: cpu * 100 });
      const { decision, state: next } = controller.evaluate(look, state);
      replicas = decision.applied;
      state = controller.afterApply?.(next, look, replicas) ?? next;
      return replicas;
    });
  };
  const burst = [0.5, 0.5, 1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1];
  const nomad = {
    nomad: {
      min: 1,
      max: 50,
      policy: { cooldown: '5m', check: { cpu: { query: 'avg_cpu', strategy: { 'target-value': { target: 50 } } } } },
    },
  };
  test.each<[string, object, number]>([['cooldown', nomad, 60]])('%s', (stage, config, step) => {
    const whole = counts(
      config,
      burst.flatMap((cpu) => [cpu, cpu, cpu, cpu]),
      step,
    );
    broken.stage = stage;
    expect(
      counts(
        config,
        burst.flatMap((cpu) => [cpu, cpu, cpu, cpu]),
        step,
      ),
    ).not.toEqual(whole);
  });
});
