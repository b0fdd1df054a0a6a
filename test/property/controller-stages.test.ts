import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Observation } from '../../sim-core/autoscaling/contract.ts';
import { loadSandbox } from '../../sim-core/autoscaling/custom/load-sandbox.ts';
import { controllerKinds } from '../../sim-core/autoscaling/registry.ts';
import type { ControllerKindName } from '../../sim-core/autoscaling/registry.ts';
import type * as Pipeline from '../../sim-core/autoscaling/pipeline.ts';
import { broken } from '../support/broken-stage.ts';
import { stageNames } from '../support/stage-names.ts';
import { controllerFrom, drive, pod, seen } from '../unit/autoscaling/seen.ts';

/**
 * Every stage of every controller, in the loop: a case whose counts follow from the rule by hand, and which comes out
 * otherwise once the stage is taken out. The list of stages is read from the sources and from what runs, so a stage
 * without a case fails. Some, such as the panic and the activation scale of Knative, are tested nowhere else: the cases of
 * the upstream leave them out.
 */
vi.mock('../../sim-core/autoscaling/pipeline.ts', async (original) => {
  const { breakable } = await import('../support/broken-stage.ts');
  return breakable(await original<typeof Pipeline>());
});

interface Case {
  readonly config: object;
  readonly start?: number;
  readonly looks: readonly ((replicas: number) => Observation)[];
  /** counts asked for after each look */
  readonly counts: readonly number[];
}

const busy = { arrivalRate: 1000, throughput: 1000, serviceTimeMean: 0.1, serviceScv: 1 };
/** The same CPU utilisation at each of these times, s, and a thousand requests a second, which is a hundred slots. */
const at = (cpu: number, ...times: readonly number[]) =>
  times.map((time) => (replicas: number) => seen(time, replicas, cpu, busy));
/** A tick every two seconds, with so many requests at hand. */
const ticks = (...requests: readonly number[]) =>
  requests.map(
    (inService, index) => (replicas: number) => seen(index * 2, replicas, 0.5, { queueLength: 0, inService }),
  );

const kpa = (annotations: Readonly<Record<string, unknown>>, configAutoscaler: object = {}) => ({
  kpa: {
    annotations: Object.fromEntries(
      Object.entries(annotations).map(([key, value]) => [`autoscaling.knative.dev/${key}`, value]),
    ),
    configAutoscaler,
  },
});

const targetValue = (target: number) => ({ cpu: { query: 'avg_cpu', strategy: { 'target-value': { target } } } });
const gcp = (target: number, rest: object) => ({
  gcp: { minNumReplicas: 1, maxNumReplicas: 30, cpuUtilization: { utilizationTarget: target }, ...rest },
});
const watermark = (high: string, maxReplicas: number) => ({
  watermark: {
    maxReplicas,
    algorithm: 'average',
    metrics: [{ type: 'Resource', resource: { name: 'cpu', lowWatermark: '10m', highWatermark: high } }],
  },
});
const awsAlarm = (ComparisonOperator: string, Threshold: number) => ({
  MetricName: 'CPUUtilization',
  ComparisonOperator,
  Threshold,
  EvaluationPeriods: 1,
});
const azureRule = (operator: string, threshold: number, direction: string, value: number) => ({
  metricTrigger: { metricName: 'Percentage CPU', timeWindow: 'PT5M', operator, threshold },
  scaleAction: { direction, type: 'ChangeCount', value, cooldown: 'PT1M' },
});
const azure = (maximum: number, ...rules: readonly object[]) => ({
  azure: { profiles: [{ capacity: { minimum: 1, maximum, default: 1 }, rules }] },
});

/** The rules of the HPA, under whichever name: its own, and the one KEDA makes. */
function hpaCases(create: (target: number, max: number, behavior?: object, failing?: boolean) => object) {
  const atOnce = { scaleDown: { stabilizationWindowSeconds: 0 } };
  const halfMissing = (replicas: number): Observation => {
    const pods = Array.from({ length: replicas }, (_, id) => pod(id, id < 2 ? 50 : NaN, { sampleTime: 15 }));
    return { ...seen(15, replicas, 0.1), pods };
  };
  return {
    // Two of four have no sample and count as full: (10 + 10 + 100 + 100) ÷ 4 = 55 of 60 %, near enough.
    'missing-pods': { config: create(60, 30, atOnce), looks: [halfMissing], counts: [4] },
    // 64 ÷ 60 is within a tenth; ⌈4 × 1.067⌉ would be five.
    tolerance: { config: create(60, 30), looks: at(0.64, 15), counts: [4] },
    // CPU alone would make it ⌈4 × 10 ÷ 60⌉ = 1, but the other metric cannot be read.
    'failed-metrics': {
      config: create(60, 30, atOnce, true),
      looks: [(replicas: number) => seen(15, replicas, 0.1)],
      counts: [4],
    },
    // The four it found count as wished for until five minutes have gone.
    stabilisation: { config: create(60, 30), looks: at(0.1, 15, 300, 330), counts: [4, 4, 1] },
    // ⌈4 × 100 ÷ 10⌉ = 40: at most six here, at most double there.
    bounds: { config: create(10, 6), looks: at(1, 15), counts: [6] },
    'rate-limit': { config: create(10, 100), looks: at(1, 15), counts: [8] },
  } satisfies Readonly<Record<string, Case>>;
}

const cases: Readonly<Record<ControllerKindName, Readonly<Record<string, Case>>>> = {
  static: {},
  scheduled: {},
  threshold: {
    bounds: {
      config: { threshold: { max: 6, rules: [{ metric: 'cpu', above: '10%', change: '+9' }] } },
      looks: at(1, 60),
      counts: [6],
    },
  },
  hpa: hpaCases((averageUtilization, maxReplicas, behavior, failing) => ({
    hpa: {
      maxReplicas,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } },
        ...(failing
          ? [{ type: 'External', external: { metric: { name: 'arrival_rate' }, target: { type: 'Value', value: 1 } } }]
          : []),
      ],
      ...(behavior === undefined ? {} : { behavior }),
    },
  })),
  keda: hpaCases((value, maxReplicaCount, behavior, failing) => ({
    keda: {
      minReplicaCount: 1,
      maxReplicaCount,
      ...(behavior === undefined ? {} : { advanced: { horizontalPodAutoscalerConfig: { behavior } } }),
      triggers: [
        { type: 'cpu', metricType: 'Utilization', metadata: { value } },
        ...(failing
          ? [
              {
                type: 'prometheus',
                metric: 'arrival_rate',
                metadata: { query: 'q', threshold: 1, ignoreNullValues: false },
              },
            ]
          : []),
      ],
    },
  })),
  watermark: {
    // 500 of 125 thousandths would be sixteen; half of the four may be added.
    limits: { config: watermark('125m', 30), looks: at(1, 60), counts: [6] },
    // No growth within a minute after it.
    'forbidden-window': { config: watermark('125m', 30), looks: at(1, 60, 75, 135), counts: [6, 6, 9] },
    bounds: { config: watermark('125m', 6), start: 9, looks: at(1, 60), counts: [6] },
  },
  predictive: {
    bounds: { config: { predictive: { forecast: 'ewma', maxReplicas: 6 } }, looks: at(1, 60), counts: [6] },
  },
  staffing: { bounds: { config: { staffing: { rule: 'mmc', max: 6 } }, looks: at(1, 60), counts: [6] } },
  pi: {
    bounds: {
      config: { pi: { setpoint: 0.1, proportionalGain: 100, integralTime: '1m', max: 6, antiWindup: 'none' } },
      looks: at(1, 60),
      counts: [6],
    },
  },
  custom: {
    bounds: {
      config: { custom: { max: 6, language: 'javascript', source: 'export default () => ({ replicas: 9 })' } },
      looks: at(1, 60),
      counts: [6],
    },
  },
  kpa: {
    // ⌈100 ÷ (70 % of 4)⌉ = 36, in panic too, but at most twice the four that are ready.
    'rate-limit': { config: kpa({}, { 'max-scale-up-rate': 2 }), looks: ticks(100), counts: [8] },
    // From nothing, one would do; once awake there are three, as long as anything is asked for.
    'activation-scale': {
      config: kpa({ 'activation-scale': 3 }),
      start: 0,
      looks: ticks(1, 1, 1),
      counts: [3, 3, 3],
    },
    // 36 is nine times what is ready. The averages fall to 13 at once, which the panic holds off for a minute.
    panic: { config: kpa({}), looks: ticks(100, 2, 2), counts: [36, 36, 36] },
    // ⌈5 ÷ 2.8⌉ = 2, then an average of (5 + 0.5 + 0.5) ÷ 3 and less: the two are held until they are ten seconds old.
    'scale-down-delay': {
      config: kpa({ window: '6s', 'scale-down-delay': '10s', 'panic-threshold-percentage': 1000 }),
      start: 1,
      looks: ticks(5, 0.5, 0.5, 0.5, 0.5, 0.5),
      counts: [2, 2, 2, 2, 2, 1],
    },
    bounds: { config: kpa({ 'max-scale': 6 }), looks: ticks(100), counts: [6] },
    'scale-to-zero': { config: kpa({}, { 'enable-scale-to-zero': false }), start: 1, looks: ticks(0), counts: [1] },
  },
  nomad: {
    bounds: {
      config: { nomad: { min: 1, max: 6, policy: { check: targetValue(10) } } },
      looks: at(1, 60),
      counts: [6],
    },
    // Twice as many at 100 of 50 %, and again only once five minutes are over.
    cooldown: {
      config: { nomad: { min: 1, max: 50, policy: { cooldown: '5m', check: targetValue(50) } } },
      looks: at(1, 60, 120, 360, 420),
      counts: [8, 8, 8, 16],
    },
  },
  azure: {
    bounds: { config: azure(6, azureRule('GreaterThan', 60, 'Increase', 5)), looks: at(1, 60), counts: [6] },
    // Two fewer would be 45 × 4 ÷ 2 = 90 %, one fewer exactly 60 %, which is not above it.
    flapping: {
      config: azure(9, azureRule('GreaterThan', 60, 'Increase', 1), azureRule('LessThan', 50, 'Decrease', 2)),
      looks: at(0.45, 60),
      counts: [3],
    },
  },
  gcp: {
    bounds: { config: gcp(0.1, { maxNumReplicas: 6 }), looks: at(1, 60), counts: [6] },
    // Five would do for half the target, but ten were needed within the last ten minutes.
    stabilisation: { config: gcp(0.6, {}), start: 10, looks: at(0.3, 60, 600), counts: [10, 10] },
    // After that, two fewer than the peak of twenty minutes.
    'scale-in-control': {
      config: gcp(0.6, { scaleInControl: { maxScaledInReplicas: { fixed: 2 }, timeWindowSec: 1200 } }),
      start: 10,
      looks: at(0.3, 60, 720),
      counts: [10, 8],
    },
    mode: { config: gcp(0.6, { mode: 'ONLY_SCALE_OUT' }), start: 10, looks: at(0.3, 60, 720), counts: [10, 10] },
  },
  aws: {
    bounds: {
      config: {
        aws: {
          MaxCapacity: 6,
          Policies: [
            {
              PolicyType: 'SimpleScaling',
              AdjustmentType: 'ChangeInCapacity',
              ScalingAdjustment: 9,
              Alarm: awsAlarm('GreaterThanThreshold', 60),
            },
          ],
        },
      },
      looks: at(1, 60),
      counts: [6],
    },
    // One fewer a minute, but for the five minutes after each.
    cooldown: {
      config: {
        aws: {
          MaxCapacity: 6,
          Policies: [
            {
              PolicyType: 'StepScaling',
              StepScalingPolicyConfiguration: {
                AdjustmentType: 'ChangeInCapacity',
                StepAdjustments: [{ MetricIntervalUpperBound: 0, ScalingAdjustment: -1 }],
              },
              Alarm: awsAlarm('LessThanThreshold', 30),
            },
          ],
        },
      },
      looks: at(0.1, 60, 120, 300, 360),
      counts: [3, 3, 3, 2],
    },
    // The run begins at midnight.
    schedule: {
      config: { aws: { MaxCapacity: 9, ScheduledActions: [{ Recurrence: '2 0 * * *', DesiredCapacity: 5 }] } },
      looks: at(0.5, 60, 120, 180),
      counts: [4, 5, 5],
    },
    // ⌈290 ÷ 50⌉ = 6, hour after hour.
    predictive: {
      config: {
        aws: {
          MaxCapacity: 9,
          Policies: [
            {
              PolicyType: 'PredictiveScaling',
              PredictiveScalingConfiguration: {
                MetricSpecifications: [
                  { TargetValue: 50, PredefinedMetricPairSpecification: { PredefinedMetricType: 'ASGCPUUtilization' } },
                ],
                Mode: 'ForecastAndScale',
              },
              forecast: 'ewma',
              history: Array.from({ length: 24 }, () => 290),
            },
          ],
        },
      },
      looks: at(0.5, 60),
      counts: [6],
    },
  },
};

const sandbox = await loadSandbox();
const counts = ({ config, start = 4, looks }: Case) => drive(controllerFrom(config, { sandbox }), looks, start);

afterEach(() => {
  broken.stage = '';
});

describe.each(controllerKinds)('%s', (kind) => {
  test('every stage has a case', () => {
    broken.met.clear();
    for (const each of Object.values(cases[kind])) counts(each);
    expect(Object.keys(cases[kind]).toSorted()).toEqual([...new Set([...stageNames(kind), ...broken.met])].toSorted());
  });

  for (const [stage, each] of Object.entries(cases[kind])) {
    test(`${stage} taken out is missed`, () => {
      expect(counts(each)).toEqual(each.counts);
      broken.stage = stage;
      expect(counts(each)).not.toEqual(each.counts);
    });
  }
});
