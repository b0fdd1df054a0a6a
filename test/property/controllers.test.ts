import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Controller, ControllerContext, Observation } from '../../sim-core/autoscaling/contract.ts';
import { guardController } from '../../sim-core/autoscaling/guards/guard.ts';
import type { GuardsConfig } from '../../sim-core/autoscaling/guards/config.ts';
import { loadSandbox } from '../../sim-core/autoscaling/custom/load-sandbox.ts';
import { controllerConfig, controllerKinds, createController } from '../../sim-core/autoscaling/registry.ts';

/**
 * Controllers in a closed loop with a service that is only arithmetic: the load of an instant spreads over the replicas
 * that are ready, new ones become ready after a while, and everything is seen as metrics would show it.
 */
const context: ControllerContext = {
  startEpoch: 1_767_225_600,
  concurrency: 4,
  cpuRequestMilli: 500,
  initialReplicas: 10,
  startupDelay: 45,
  latencyObjective: { quantile: 0.95, seconds: 0.5 },
  perReplicaHour: 0.1,
  sandbox: await loadSandbox(),
};
const serviceTime = 0.1;
const startup = 45;

interface Step {
  readonly time: number;
  readonly before: number;
  /** before any stabilisation, limit or guard */
  readonly wished: number;
  readonly after: number;
  readonly ready: number;
}

function run(controller: Controller, loadAt: (time: number) => number, horizon: number, initial = 10): Step[] {
  const steps: Step[] = [];
  let born = Array.from({ length: initial }, () => -Infinity);
  let state = controller.initialState;
  for (let tick = 1; tick * controller.interval <= horizon; tick++) {
    const time = tick * controller.interval;
    const seen = observe(time, born, Math.max(0, loadAt(time)));
    const { decision, state: next } = controller.evaluate(seen, state);
    const after = decision.applied;
    state = controller.afterApply?.(next, seen, after) ?? next;
    const wished = decision.stages.find(({ name }) => name === 'tolerance')?.output ?? decision.recommended;
    steps.push({ time, before: born.length, wished, after, ready: seen.readyReplicas });
    born =
      after < born.length
        ? born.slice(0, after)
        : [...born, ...Array.from({ length: after - born.length }, () => time)];
  }
  return steps;
}

/** @param load requests being worked on, were there slots enough */
function observe(time: number, born: readonly number[], load: number): Observation {
  const isReady = (start: number) => start + startup <= time;
  const readyReplicas = born.filter(isReady).length;
  const slots = readyReplicas * context.concurrency;
  const utilisation = slots === 0 ? NaN : Math.min(1, load / slots);
  const rate = load / serviceTime;
  return {
    time,
    desiredReplicas: born.length,
    currentReplicas: born.length,
    readyReplicas,
    pods: born.map((start, id) => ({
      id,
      phase: 'running',
      terminating: false,
      ready: isReady(start),
      startTime: start,
      readyTransition: isReady(start) ? start + startup : start,
      cpuMilli: isReady(start) ? utilisation * context.cpuRequestMilli : 50,
      sampleTime: time,
      sampleWindow: 30,
    })),
    service: {
      arrivalRate: rate,
      throughput: Math.min(rate, slots / serviceTime),
      queueLength: Math.max(0, load - slots) * 10,
      inService: Math.min(load, slots),
      utilisation,
      cpuUtilisation: utilisation,
      latencyMean: serviceTime,
      latencyP50: serviceTime,
      latencyP95: serviceTime * (utilisation > 0.9 ? 10 : 2),
      latencyP99: serviceTime * 4,
      serviceTimeMean: serviceTime,
      serviceScv: 1,
      errorRate: 0,
    },
  };
}

/** One expectation a run: one a step takes longer than the controllers do. */
function expectEach(steps: readonly Step[], holds: (step: Step, index: number) => boolean): void {
  expect(steps.filter((step, index) => !holds(step, index))).toEqual([]);
}

const create = (config: unknown): Controller => createController(controllerConfig.parse(config), context);

const azureRule = (operator: string, threshold: number, direction: string) => ({
  metricTrigger: { metricName: 'Percentage CPU', timeWindow: 'PT5M', operator, threshold },
  scaleAction: { direction, type: 'ChangeCount', value: 2, cooldown: 'PT1M' },
});

/** Every kind of controller that can change its mind, with bounds of 3 and 25: `kind`, or `kind, variant`. */
const bounded: Readonly<Record<string, unknown>> = {
  threshold: {
    threshold: {
      min: 3,
      max: 25,
      rules: [
        { metric: 'cpu', above: '70%', for: '1m', change: '+30%' },
        { metric: 'cpu', below: '30%', for: '2m', change: '-2' },
      ],
    },
  },
  hpa: { hpa: { minReplicas: 3, maxReplicas: 25 } },
  'hpa, behavior': {
    hpa: { minReplicas: 3, maxReplicas: 25, behavior: { scaleDown: { stabilizationWindowSeconds: 0 } } },
  },
  keda: {
    keda: {
      minReplicaCount: 3,
      maxReplicaCount: 25,
      triggers: [
        { type: 'prometheus', metric: 'outstanding_requests', metadata: { query: 'q', threshold: 3 } },
        { type: 'cpu', metricType: 'Utilization', metadata: { value: 60 } },
      ],
    },
  },
  watermark: {
    watermark: {
      minReplicas: 3,
      maxReplicas: 25,
      algorithm: 'average',
      metrics: [{ type: 'Resource', resource: { name: 'cpu', lowWatermark: '150m', highWatermark: '300m' } }],
    },
  },
  'predictive, ewma': { predictive: { forecast: 'ewma', minReplicas: 3, maxReplicas: 25, horizon: '5m' } },
  'predictive, holt-winters': {
    predictive: {
      forecast: { 'holt-winters': { season: '10m' } },
      model: 'mmc',
      minReplicas: 3,
      maxReplicas: 25,
      horizon: '2m',
    },
  },
  custom: {
    custom: {
      min: 3,
      max: 25,
      interval: '60s',
      language: 'javascript',
      source:
        'export default ({ desiredReplicas, service }) => ({ replicas: Math.ceil((desiredReplicas * service.cpuUtilisation) / 0.6) })',
    },
  },
  pi: { pi: { min: 3, max: 25, setpoint: 0.6, proportionalGain: 20, integralTime: '2m' } },
  'staffing, square-root': { staffing: { rule: 'square-root', beta: 1, min: 3, max: 25 } },
  'staffing, mgc': { staffing: { rule: 'mgc', min: 3, max: 25 } },
  kpa: { kpa: { configAutoscaler: { 'min-scale': 3, 'max-scale': '25' } } },
  nomad: {
    nomad: {
      min: 3,
      max: 25,
      policy: { cooldown: '1m', check: { cpu: { query: 'avg_cpu', strategy: { 'target-value': { target: 60 } } } } },
    },
  },
  gcp: { gcp: { minNumReplicas: 3, maxNumReplicas: 25, cpuUtilization: { utilizationTarget: 0.6 } } },
  aws: {
    aws: {
      MinCapacity: 3,
      MaxCapacity: 25,
      Policies: [
        {
          PolicyType: 'TargetTrackingScaling',
          TargetTrackingScalingPolicyConfiguration: {
            TargetValue: 60,
            PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
          },
        },
      ],
    },
  },
  azure: {
    azure: {
      profiles: [
        {
          capacity: { minimum: 3, maximum: 25, default: 3 },
          rules: [azureRule('GreaterThan', 60, 'Increase'), azureRule('LessThan', 30, 'Decrease')],
        },
      ],
    },
  },
};
const others: Readonly<Record<string, unknown>> = {
  static: { static: { replicas: 15 } },
  scheduled: {
    scheduled: {
      replicas: 5,
      schedule: [
        { cron: '*/5 * * * *', replicas: 20 },
        { cron: '2/5 * * * *', replicas: 4 },
      ],
    },
  },
};

test('every kind in the registry is put to the test here', () => {
  const tested = Object.keys({ ...bounded, ...others }).map((name) => name.replace(/,.*/, ''));
  expect(new Set(tested)).toEqual(new Set(controllerKinds));
});

/** Loads as people fear them: any level, at any moment, with gaps of nothing. */
const loads = fc
  .array(
    fc.record({ level: fc.double({ min: 0, max: 200, noNaN: true }), length: fc.integer({ min: 15, max: 900 }) }),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => (time: number) => {
    let until = 0;
    for (const { level, length } of parts) {
      until += length;
      if (time < until) return level;
    }
    return parts.at(-1)?.level ?? 0;
  });

const sinusoid = (amplitude: number) => (time: number) => 20 * (1 + amplitude * Math.sin((2 * Math.PI * time) / 600));

describe.each(Object.entries(bounded))('%s', (_, config) => {
  test('never leaves its bounds', () => {
    fc.assert(
      fc.property(loads, fc.integer({ min: 0, max: 60 }), (load, initial) => {
        // As many evaluations for those that look every two seconds as for the others.
        const controller = create(config);
        expectEach(
          run(controller, load, Math.min(2400, 160 * controller.interval), initial),
          // A deployment scaled to nothing by hand stays so under an HPA.
          ({ before, after }) => Number.isInteger(after) && (before === 0 || after >= 3) && after <= 25,
        );
      }),
      { numRuns: 20, seed: 1 },
    );
  });
});

describe('guards around every controller', () => {
  const cooldown: GuardsConfig = { cooldown: { up: 300, down: 300 } };
  const actions = (steps: readonly Step[]) => steps.filter(({ before, after }) => before !== after);

  test.each(Object.entries({ ...bounded, ...others }))(
    '%s: no two actions within the cool-down, under a sinusoid',
    (_, config) => {
      const free = actions(run(create(config), sinusoid(2), 7200));
      const held = actions(run(guardController(create(config), cooldown, context), sinusoid(2), 7200));
      for (let index = 1; index < held.length; index++) {
        expect(held[index]!.time - held[index - 1]!.time).toBeGreaterThanOrEqual(300);
      }
      // The controller would act, so the guard was really at work.
      expect(free.length).toBeGreaterThanOrEqual(held.length);
      expect(held.length).toBeGreaterThan(0);
    },
  );

  test.each(Object.entries({ ...bounded, ...others }))(
    '%s: steps, bounds and budget hold under any load',
    (_, config) => {
      const guards: GuardsConfig = {
        maxStep: { up: 2, down: 1 },
        bounds: { min: 4, max: 12 },
        budget: { perHour: 1.15 },
      };
      fc.assert(
        fc.property(loads, (load) => {
          const controller = guardController(create(config), guards, context);
          expectEach(
            run(controller, load, Math.min(1800, 120 * controller.interval)),
            ({ before, after }) => after <= before + 2 && after >= before - 1 && after >= 4 && after <= 11,
          );
        }),
        { numRuns: 10, seed: 2 },
      );
    },
  );
});

const freezeWindows: NonNullable<GuardsConfig['freeze']>['windows'] = [
  { cron: '*/20 * * * *', for: 240 },
  { from: { after: 900 }, for: 60 },
];

/** Every guard that limits a change, at random; those that are not limits of counts are put to cases of their own. */
const anyGuards = fc.record(
  {
    deadZone: fc.record({ replicas: fc.integer({ min: 1, max: 4 }), share: fc.constantFrom(0.05, 0.2) }),
    hysteresis: fc.constant({ up: 0.7, down: 0.4 }),
    holdBeforeRise: fc.record({
      forecast: fc.constant('holt-winters' as const),
      horizon: fc.constantFrom(120, 900),
      rise: fc.constant(0.05),
      interval: fc.constantFrom(15, 60),
    }),
    maxStep: fc.record({ up: fc.integer({ min: 1, max: 6 }), down: fc.integer({ min: 1, max: 6 }) }),
    gradualScaleDown: fc.record({
      replicas: fc.integer({ min: 1, max: 4 }),
      share: fc.constantFrom(0.1, 0.5),
      period: fc.integer({ min: 15, max: 400 }),
    }),
    approval: fc.record({
      above: fc.integer({ min: 0, max: 4 }),
      after: fc.constantFrom(60, 200, 'never' as const),
    }),
    cooldown: fc.record({ up: fc.constantFrom(0, 100), down: fc.constantFrom(0, 300) }),
    freeze: fc.record({
      timezone: fc.constant('UTC'),
      growth: fc.boolean(),
      windows: fc.constant(freezeWindows),
    }),
  },
  { requiredKeys: [] },
);

/** What each guard promises, said of the counts alone. */
function expectKept(guards: GuardsConfig, steps: readonly Step[]): void {
  const { deadZone, maxStep, gradualScaleDown, approval, cooldown, freeze } = guards;
  let lastAction = -Infinity;
  let lastShrink = -Infinity;
  let asked = { direction: 0, since: 0 };
  for (const { time, before, after, wished } of steps) {
    const change = after - before;
    const direction = Math.sign(wished - before);
    if (direction !== asked.direction) asked = { direction, since: time };
    if (change === 0) continue;
    const size = Math.abs(change);
    // Guards of the size of a step come after the dead zone and may make a change smaller.
    if (deadZone !== undefined && maxStep === undefined && gradualScaleDown === undefined) {
      expect(size).toBeGreaterThanOrEqual(Math.max(deadZone.replicas ?? 0, (deadZone.share ?? 0) * before));
    }
    if (maxStep !== undefined) expect(size).toBeLessThanOrEqual((change > 0 ? maxStep.up : maxStep.down) ?? Infinity);
    if (gradualScaleDown !== undefined && change < 0) {
      const { replicas = Infinity, share = 1, period } = gradualScaleDown;
      expect(size).toBeLessThanOrEqual(Math.min(replicas, Math.max(1, share * before)));
      expect(time - lastShrink).toBeGreaterThanOrEqual(period);
    }
    if (approval !== undefined && size > approval.above) {
      expect(approval.after).not.toBe('never');
      expect(time - asked.since).toBeGreaterThanOrEqual(Number(approval.after));
    }
    if (cooldown !== undefined) {
      expect(time - lastAction).toBeGreaterThanOrEqual((change > 0 ? cooldown.up : cooldown.down) ?? 0);
    }
    if (freeze !== undefined && !(freeze.growth && change > 0)) {
      expect(time % 1200).toBeGreaterThanOrEqual(240);
      expect(time < 900 || time >= 960).toBe(true);
    }
    lastAction = time;
    if (change < 0) lastShrink = time;
    asked = { direction: 0, since: time };
  }
}

describe('any guards together around every controller', () => {
  test.each(Object.entries({ ...bounded, ...others }))('%s: each keeps its promise', (_, config) => {
    fc.assert(
      fc.property(loads, anyGuards, (load, guards) => {
        const controller = guardController(create(config), guards, context);
        expectKept(guards, run(controller, load, Math.min(2400, 120 * controller.interval)));
      }),
      { numRuns: 12, seed: 10 },
    );
  });

  test('with all of them gone the promises are broken, so they are worth something', () => {
    const guards: GuardsConfig = {
      deadZone: { replicas: 4 },
      gradualScaleDown: { replicas: 1, period: 300 },
      approval: { above: 1, after: 'never' },
      cooldown: { up: 100, down: 300 },
    };
    const free = run(create(bounded.threshold), sinusoid(2), 7200);
    for (const [name, guard] of Object.entries(guards)) {
      expect(() => expectKept({ [name]: guard }, free)).toThrow('expected');
    }
  });
});

describe('the HPA with behavior', () => {
  const policies = fc.array(
    fc.record({
      type: fc.constantFrom('Pods' as const, 'Percent' as const),
      value: fc.integer({ min: 1, max: 150 }),
      periodSeconds: fc.integer({ min: 1, max: 300 }),
    }),
    { minLength: 1, maxLength: 3 },
  );
  const rules = fc.record({
    stabilizationWindowSeconds: fc.constantFrom(0, 30, 120, 300),
    selectPolicy: fc.constantFrom('Max' as const, 'Min' as const, 'Disabled' as const),
    policies,
  });

  interface Rules {
    readonly selectPolicy: 'Max' | 'Min' | 'Disabled';
    readonly policies: readonly { type: 'Pods' | 'Percent'; value: number; periodSeconds: number }[];
  }

  /** The same rule said the other way round: how far the count may be now from where each period began. */
  function reachable(
    steps: readonly Step[],
    index: number,
    { selectPolicy, policies: list }: Rules,
    up: boolean,
  ): number {
    const now = steps[index]!;
    if (selectPolicy === 'Disabled') return now.before;
    const limits = list.map(({ type, value, periodSeconds }) => {
      const first = steps.find(({ time }) => now.time - time < periodSeconds)!;
      const start = first.before;
      if (up) return type === 'Pods' ? start + value : Math.ceil(start * (1 + value / 100));
      return type === 'Pods' ? start - value : Math.trunc(start * (1 - value / 100));
    });
    const farthest = selectPolicy === 'Max';
    return up === farthest ? Math.max(...limits) : Math.min(...limits);
  }

  test('is never faster than its policies allow, in any window', () => {
    fc.assert(
      fc.property(loads, rules, rules, (load, scaleUp, scaleDown) => {
        const config = { hpa: { minReplicas: 1, maxReplicas: 100, behavior: { scaleUp, scaleDown } } };
        const steps = run(create(config), load, 1800);
        expectEach(
          steps,
          ({ before, after }, index) =>
            (after <= before || after <= reachable(steps, index, scaleUp, true)) &&
            (after >= before || after >= reachable(steps, index, scaleDown, false)),
        );
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  test('never shrinks below a wish of the last stabilisation window', () => {
    fc.assert(
      fc.property(loads, fc.constantFrom(30, 120, 300), (load, window) => {
        const config = {
          hpa: { minReplicas: 1, maxReplicas: 100, behavior: { scaleDown: { stabilizationWindowSeconds: window } } },
          controllerManager: { tolerance: 0 },
        };
        const steps = run(create(config), load, 1800);
        expectEach(steps, ({ time, before, after }) => {
          const recent = steps.filter((step) => step.time <= time && time - step.time < window);
          return after >= before || after >= Math.max(...recent.map(({ wished }) => wished));
        });
      }),
      { numRuns: 100, seed: 4 },
    );
  });
});

test('the HPA without behavior at most doubles, or reaches four, at an evaluation', () => {
  fc.assert(
    fc.property(loads, (load) => {
      const steps = run(create({ hpa: { maxReplicas: 1000 } }), load, 1800, 1);
      expectEach(steps, ({ before, after }) => after <= Math.max(2 * before, 4));
    }),
    { numRuns: 50, seed: 5 },
  );
});

describe('the pace a platform sets', () => {
  const pace = (config: unknown, seed: number, check: (steps: readonly Step[]) => void) => {
    const horizon = Math.min(1800, 300 * create(config).interval);
    const property = fc.property(loads, (load) => check(run(create(config), load, horizon)));
    fc.assert(property, { numRuns: 40, seed });
  };
  /** Steps no older than `window` at the time of one, it included. */
  const trailing = (steps: readonly Step[], { time }: Step, window: number) =>
    steps.filter((step) => step.time <= time && time - step.time < window);

  test('watermarks: no step beyond its factor, none within a forbidden window', () => {
    const watermark = {
      minReplicas: 1,
      maxReplicas: 1000,
      scaleUpLimitFactor: 50,
      scaleDownLimitFactor: 20,
      upscaleForbiddenWindowSeconds: 60,
      downscaleForbiddenWindowSeconds: 120,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', lowWatermark: '300m', highWatermark: '600m' } }],
      algorithm: 'average',
    };
    pace({ watermark }, 6, (steps) => {
      let last = -Infinity;
      for (const { time, before, after } of steps) {
        if (after === before) continue;
        expect(after).toBeLessThanOrEqual(before + Math.ceil(before * 0.5));
        expect(after).toBeGreaterThanOrEqual(before - Math.ceil(before * 0.2));
        expect(time - last).toBeGreaterThanOrEqual(after > before ? 60 : 120);
        last = time;
      }
    });
  });

  test('Compute Engine: no smaller than the peak of the stabilisation period', () => {
    const gcp = { minNumReplicas: 1, maxNumReplicas: 1000, cpuUtilization: { utilizationTarget: 0.6 } };
    pace({ gcp }, 7, (steps) => {
      for (const step of steps) {
        if (step.after >= step.before) continue;
        const peak = Math.max(...trailing(steps, step, 600).map(({ wished }) => (Number.isNaN(wished) ? 0 : wished)));
        expect(step.after).toBeGreaterThanOrEqual(peak);
      }
    });
  });

  test('Nomad: no two actions within the cooldown', () => {
    const check = { cpu: { query: 'avg_cpu', strategy: { 'target-value': { target: 60 } } } };
    pace({ nomad: { min: 1, max: 1000, policy: { cooldown: '90s', check } } }, 8, (steps) => {
      const acted = steps.filter(({ before, after }) => before !== after);
      for (let index = 1; index < acted.length; index++) {
        expect(acted[index]!.time - acted[index - 1]!.time).toBeGreaterThanOrEqual(90);
      }
    });
  });

  /**
   * The exact bounds of autoscaler.go: ⌊ready ÷ down⌋ to ⌈up × ready⌉, where nothing ready counts as one. Panic only keeps
   * what was there before, and its own wish has the same limits.
   */
  test('Knative: an evaluation stays within its rates of the ready pods, in panic and out of it, and reaches them', () => {
    const kpa = {
      configAutoscaler: {
        'max-scale': '1000',
        'min-scale': '1',
        'max-scale-up-rate': '1.5',
        'max-scale-down-rate': '1.2',
        'stable-window': '20s',
      },
    };
    let reachedUp = 0;
    let reachedDown = 0;
    pace({ kpa }, 9, (steps) => {
      expectEach(steps, ({ before, after, ready, wished }) => {
        const most = Math.ceil(1.5 * Math.max(1, ready));
        const least = Math.floor(Math.max(1, ready) / 1.2);
        if (after > before && after === most && wished > most) reachedUp += 1;
        if (after < before && after === least && wished < least) reachedDown += 1;
        return after === before || (after > before ? after <= most : after >= least);
      });
    });
    expect(reachedUp).toBeGreaterThan(20);
    expect(reachedDown).toBeGreaterThan(20);
  });
});
