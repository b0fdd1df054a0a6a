import fc from 'fast-check';

/** Configurations of every controller with a platform, as people write them into scenarios. */

const count = fc.integer({ min: 1, max: 500 });
const bounds = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 20, max: 400 }));
const seconds = fc.integer({ min: 1, max: 3600 });
const positive = fc.integer({ min: 1, max: 100_000 }).map((value) => value / 100);
const word = fc.stringMatching(/^[a-z][a-z0-9 _-]{0,12}[a-z0-9]$/);
/** A number bare or within quotes, as both are accepted. */
const either = (number: fc.Arbitrary<number>) => number.chain((value) => fc.constantFrom(value, String(value)));
const duration = (number: fc.Arbitrary<number> = seconds) =>
  number.chain((value) => fc.constantFrom(value, `${value}s`, `${value * 1000}ms`));
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
/** Without the keys that were not chosen. */
const some = <Shape extends object>(shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> }) =>
  fc
    .record(shape)
    .map((record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)));

const quantity = fc
  .integer({ min: 1, max: 50_000 })
  .chain((milli) => fc.constantFrom(`${milli}m`, milli / 1000, String(milli)));
const metric = some({
  name: fc.constantFrom('http_requests_per_second', 'queue_length', 'in_flight_requests'),
  selector: maybe(fc.record({ matchLabels: fc.dictionary(word, word, { minKeys: 1, maxKeys: 2 }) })),
});
const utilization = fc.record({
  type: fc.constant('Utilization'),
  averageUtilization: fc.integer({ min: 1, max: 100 }),
});
const averageValue = fc.record({ type: fc.constant('AverageValue'), averageValue: quantity });
const value = fc.record({ type: fc.constant('Value'), value: quantity });
const hpaMetric = fc.oneof(
  fc.record({
    type: fc.constant('Resource'),
    resource: fc.record({ name: fc.constant('cpu'), target: fc.oneof(utilization, averageValue) }),
  }),
  fc.record({
    type: fc.constant('ContainerResource'),
    containerResource: fc.record({
      name: fc.constant('cpu'),
      container: word,
      target: fc.oneof(utilization, averageValue),
    }),
  }),
  fc.record({ type: fc.constant('Pods'), pods: fc.record({ metric, target: averageValue }) }),
  fc.record({
    type: fc.constant('Object'),
    object: fc.record({
      describedObject: fc.record({ kind: fc.constant('Service'), name: word }),
      metric,
      target: fc.oneof(value, averageValue),
    }),
  }),
  fc.record({
    type: fc.constant('External'),
    external: some({
      metric,
      target: fc.oneof(value, averageValue),
      fallback: maybe(fc.record({ failureDurationSeconds: fc.integer({ min: 180, max: 900 }), replicas: count })),
    }),
  }),
);
const rules = some({
  stabilizationWindowSeconds: maybe(fc.integer({ min: 0, max: 3600 })),
  selectPolicy: maybe(fc.constantFrom('Max', 'Min', 'Disabled')),
  tolerance: maybe(fc.constantFrom(0, '0.05', '50m', 0.2)),
  policies: maybe(
    fc.array(
      fc.record({
        type: fc.constantFrom('Pods', 'Percent'),
        value: count,
        periodSeconds: fc.integer({ min: 1, max: 1800 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  ),
});
const behavior = some({ scaleUp: maybe(rules), scaleDown: maybe(rules) });

const hpa = fc
  .tuple(bounds, maybe(fc.array(hpaMetric, { minLength: 1, maxLength: 4 })), maybe(behavior))
  .map(([[min, max], metrics, given]) => ({
    hpa: { minReplicas: min, maxReplicas: max, ...(metrics && { metrics }), ...(given && { behavior: given }) },
  }));

const trigger = (index: number) =>
  fc.oneof(
    fc.record({
      type: fc.constant('prometheus'),
      name: fc.constant(`trigger${index}`),
      metric: fc.constantFrom('queue_length', 'arrival_rate', 'error_rate'),
      useCachedMetrics: fc.boolean(),
      metadata: some({
        query: fc.constantFrom('sum(rate(anything[5m]))', "max(a{b='c'})", 'sum by (x) (y) > 1'),
        threshold: either(positive),
        activationThreshold: maybe(either(positive)),
        ignoreNullValues: maybe(fc.constantFrom(true, 'false')),
      }),
    }),
    fc.record({
      type: fc.constant('cron'),
      metadata: fc.record({
        timezone: fc.constantFrom('UTC', '+02:00', '-05:00', 'Etc/GMT-2', '+05:30', 'Europe/Berlin'),
        start: fc.constantFrom('0 8 * * 1-5', '*/30 6 * * *'),
        end: fc.constant('0 20 * * *'),
        desiredReplicas: either(count),
      }),
    }),
    fc.record({
      type: fc.constant('cpu'),
      metricType: fc.constantFrom('Utilization', 'AverageValue'),
      metadata: fc.record({ value: either(count) }),
    }),
  );
const keda = fc
  .record({
    head: some({
      annotations: maybe(
        some({
          'autoscaling.keda.sh/paused': maybe(fc.constantFrom(true, 'false')),
          'autoscaling.keda.sh/paused-replicas': maybe(either(count)),
        }),
      ),
      pollingInterval: maybe(either(seconds)),
      cooldownPeriod: maybe(either(seconds)),
      fallback: maybe(
        some({
          failureThreshold: either(count),
          replicas: either(count),
          behavior: maybe(fc.constantFrom('static', 'currentReplicas')),
        }),
      ),
    }),
    bounds,
    behavior: maybe(behavior),
    modified: fc.boolean(),
    target: either(positive),
    triggers: fc.tuple(trigger(0), maybe(trigger(1)), maybe(trigger(2))),
  })
  .map(({ head, bounds: [min, max], behavior: given, modified, target, triggers }) => {
    const list = triggers.filter((each) => each !== undefined);
    const [named] = list.flatMap((each) => ('name' in each ? [each.name] : []));
    const scalingModifiers = modified && named !== undefined ? { formula: `${named} * 2`, target } : undefined;
    return {
      keda: {
        ...head,
        minReplicaCount: min,
        maxReplicaCount: max,
        advanced: {
          ...(given && { horizontalPodAutoscalerConfig: { behavior: given } }),
          ...(scalingModifiers && { scalingModifiers }),
        },
        triggers: list,
      },
    };
  });

const marks = fc
  .tuple(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 9001, max: 90_000 }))
  .map(([low, high]) => ({ lowWatermark: `${low}m`, highWatermark: high / 1000 }));
const watermark = fc
  .tuple(
    bounds,
    some({
      algorithm: maybe(fc.constantFrom('absolute', 'average')),
      tolerance: maybe(quantity),
      scaleUpLimitFactor: maybe(either(count)),
      scaleDownLimitFactor: maybe(either(count)),
      downscaleForbiddenWindowSeconds: maybe(seconds),
      convergeTowardsWatermark: maybe(fc.constantFrom('highwatermark', 'lowwatermark')),
      tolerateZero: maybe(fc.boolean()),
    }),
    fc.array(
      fc.oneof(
        marks.map((given) => ({ type: 'External', external: { metricName: 'arrival_rate', ...given } })),
        marks.map((given) => ({ type: 'Resource', resource: { name: 'cpu', ...given } })),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([[min, max], rest, metrics]) => ({ watermark: { minReplicas: min, maxReplicas: max, ...rest, metrics } }));

const annotation = (name: string) => `autoscaling.knative.dev/${name}`;
const kpa = fc
  .tuple(
    some({
      [annotation('metric')]: maybe(fc.constantFrom('concurrency', 'rps')),
      [annotation('target')]: maybe(either(positive)),
      [annotation('target-utilization-percentage')]: maybe(either(fc.integer({ min: 2, max: 100 }))),
      [annotation('min-scale')]: maybe(either(fc.integer({ min: 0, max: 5 }))),
      [annotation('max-scale')]: maybe(either(fc.integer({ min: 5, max: 50 }))),
      [annotation('window')]: maybe(duration(fc.integer({ min: 6, max: 3600 }))),
      [annotation('scale-down-delay')]: maybe(duration()),
      [annotation('panic-threshold-percentage')]: maybe(either(fc.integer({ min: 110, max: 1000 }))),
    }),
    maybe(count),
    maybe(
      some({
        'stable-window': maybe(duration(fc.integer({ min: 6, max: 3600 }))),
        'max-scale-up-rate': maybe(either(positive.map((rate) => rate + 2))),
        'enable-scale-to-zero': maybe(fc.constantFrom(true, false, 'true', 'false')),
        'scale-to-zero-grace-period': maybe(duration()),
      }),
    ),
  )
  .map(([annotations, containerConcurrency, configAutoscaler]) => ({
    kpa: {
      annotations,
      ...(containerConcurrency && { containerConcurrency }),
      ...(configAutoscaler && { configAutoscaler }),
    },
  }));

const alarm = some({
  MetricName: fc.constantFrom('CPUUtilization', 'queue_length'),
  ComparisonOperator: fc.constantFrom('GreaterThanThreshold', 'LessThanOrEqualToThreshold'),
  Threshold: positive,
  EvaluationPeriods: fc.integer({ min: 1, max: 30 }),
  DatapointsToAlarm: maybe(fc.constant(1)),
});
const adjustmentType = fc.constantFrom('ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity');
const adjustment = fc.integer({ min: 1, max: 100 });
const tracking = (types: readonly string[]) =>
  fc.record({
    PolicyType: fc.constant('TargetTrackingScaling'),
    TargetTrackingScalingPolicyConfiguration: fc
      .tuple(
        some({
          TargetValue: positive,
          DisableScaleIn: maybe(fc.boolean()),
          ScaleOutCooldown: maybe(seconds),
          ScaleInCooldown: maybe(fc.constantFrom(300, 60)),
        }),
        fc.oneof(
          fc.constantFrom(...types).map((type) => ({ PredefinedMetricSpecification: { PredefinedMetricType: type } })),
          fc.constant({
            CustomizedMetricSpecification: {
              MetricName: 'arrival_rate_per_replica',
              Namespace: 'Shop',
              Statistic: 'Average',
              Dimensions: [{ Name: 'a', Value: 'b' }],
            },
          }),
        ),
      )
      .map(([head, metricSpecification]) => ({ ...head, ...metricSpecification })),
  });
const step = fc.record({
  PolicyType: fc.constant('StepScaling'),
  StepScalingPolicyConfiguration: some({
    AdjustmentType: adjustmentType,
    Cooldown: maybe(seconds),
    MinAdjustmentMagnitude: maybe(adjustment),
    StepAdjustments: fc.tuple(adjustment, adjustment, positive).map(([first, second, edge]) => [
      { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: edge, ScalingAdjustment: first },
      { MetricIntervalLowerBound: edge, ScalingAdjustment: second },
    ]),
  }),
  Alarm: alarm,
});
const simple = some({
  PolicyType: fc.constant('SimpleScaling'),
  AdjustmentType: adjustmentType,
  ScalingAdjustment: adjustment,
  MinAdjustmentMagnitude: maybe(adjustment),
  Cooldown: maybe(seconds),
  Alarm: alarm,
});
const predictive = some({
  PolicyType: fc.constant('PredictiveScaling'),
  PredictiveScalingConfiguration: some({
    MetricSpecifications: fc
      .tuple(positive, fc.constantFrom('ASGCPUUtilization', 'ALBRequestCount'))
      .map(([target, type]) => [
        { TargetValue: target, PredefinedMetricPairSpecification: { PredefinedMetricType: type } },
      ]),
    Mode: maybe(fc.constantFrom('ForecastOnly', 'ForecastAndScale')),
    SchedulingBufferTime: maybe(fc.integer({ min: 0, max: 3600 })),
    MaxCapacityBreachBehavior: maybe(fc.constant('IncreaseMaxCapacity')),
    MaxCapacityBuffer: maybe(fc.integer({ min: 0, max: 100 })),
  }),
  history: maybe(fc.constant([1, 2, 3])),
});
const scheduled = (desired: boolean) =>
  fc
    .tuple(
      fc.oneof(
        fc.record({
          Recurrence: fc.constantFrom('0 8 * * 1-5', '30 22 * * 0,6', '*/10 * 1 * *', '0 6 1 * 1'),
          TimeZone: fc.constantFrom('UTC', '+01:00', 'Etc/GMT+3', 'America/New_York'),
        }),
        fc.record({ StartTime: fc.constantFrom('2026-11-27T08:00:00Z', '2026-12-01') }),
      ),
      some({
        MinSize: fc.integer({ min: 0, max: 5 }),
        MaxSize: maybe(fc.integer({ min: 5, max: 50 })),
        DesiredCapacity: desired ? maybe(count) : fc.constant(undefined),
      }),
    )
    .map(([when, what]) => ({ ...when, ...what }));
const aws = fc
  .oneof(
    fc.tuple(
      fc.array(fc.oneof(tracking(['ECSServiceAverageCPUUtilization', 'ALBRequestCountPerTarget']), step), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.array(scheduled(false), { maxLength: 2 }),
    ),
    fc.tuple(
      fc.array(fc.oneof(tracking(['ASGAverageCPUUtilization']), step, simple), { minLength: 1, maxLength: 3 }),
      fc.array(scheduled(true), { maxLength: 2 }),
    ),
    fc.tuple(
      predictive.map((each) => [each]),
      fc.constant([]),
    ),
  )
  .chain(([policies, actions]) =>
    bounds.map(([min, max]) => ({
      aws: { MinCapacity: min, MaxCapacity: max, Policies: policies, ScheduledActions: actions },
    })),
  );

const iso = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).chain((minutes) => fc.constantFrom(`PT${minutes}M`, `${minutes * 60}s`));
const azure = fc
  .tuple(
    bounds,
    fc.array(
      fc.record({
        metricTrigger: some({
          metricName: fc.constantFrom('Percentage CPU', 'queue_length'),
          timeWindow: iso(5, 700),
          timeAggregation: maybe(fc.constantFrom('Average', 'Maximum', 'Last')),
          operator: fc.constantFrom('GreaterThan', 'LessThanOrEqual'),
          threshold: either(positive),
          dividePerInstance: maybe(fc.boolean()),
        }),
        scaleAction: fc.record({
          direction: fc.constantFrom('Increase', 'Decrease'),
          type: fc.constantFrom('ChangeCount', 'PercentChangeCount', 'ExactCount'),
          value: either(count),
          cooldown: iso(1, 600),
        }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    maybe(fc.constantFrom('PT1M', '30s')),
  )
  .map(([[min, max], given, interval]) => ({
    azure: {
      profiles: [{ capacity: { minimum: min, maximum: String(max), default: min }, rules: given }],
      ...(interval && { interval }),
    },
  }));

const gcp = fc
  .tuple(
    bounds,
    some({
      mode: maybe(fc.constantFrom('ON', 'ONLY_SCALE_OUT', 'ONLY_UP', 'OFF')),
      coolDownPeriodSec: maybe(fc.integer({ min: 0, max: 3600 })),
      stabilizationPeriodSec: maybe(fc.integer({ min: 60, max: 3600 })),
      cpuUtilization: fc.record({
        utilizationTarget: either(fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100)),
      }),
      customMetricUtilizations: maybe(
        fc.array(
          fc.oneof(
            fc.record({ metric: fc.constant('arrival_rate_per_replica'), utilizationTarget: either(positive) }),
            fc.record({ metric: fc.constant('queue_length'), singleInstanceAssignment: positive }),
          ),
          { minLength: 1, maxLength: 3 },
        ),
      ),
      scaleInControl: maybe(
        fc.record({
          maxScaledInReplicas: fc.oneof(
            fc.record({ fixed: count }),
            fc.record({ percent: fc.integer({ min: 0, max: 100 }) }),
          ),
          timeWindowSec: fc.integer({ min: 60, max: 3600 }),
        }),
      ),
    }),
  )
  .map(([[min, max], rest]) => ({ gcp: { minNumReplicas: min, maxNumReplicas: max, ...rest } }));

const strategy = fc.oneof(
  fc.record({
    'target-value': some({
      target: either(positive),
      threshold: maybe(either(positive)),
      max_scale_up: maybe(either(count)),
    }),
  }),
  fc.record({
    threshold: fc
      .tuple(
        some({ lower_bound: either(positive), within_bounds_trigger: maybe(either(count)) }),
        fc.oneof(
          fc.record({ delta: fc.integer({ min: -5, max: 5 }) }),
          fc.record({ percentage: positive }),
          fc.record({ value: count }),
        ),
      )
      .map(([head, change]) => ({ ...head, ...change })),
  }),
  fc.record({ 'fixed-value': fc.record({ value: count }) }),
  fc.record({ 'pass-through': some({ max_scale_down: maybe(count) }) }),
);
const nomad = fc
  .tuple(
    bounds,
    some({
      cooldown: maybe(duration()),
      cooldown_on_scale_up: maybe(duration()),
      evaluation_interval: maybe(duration()),
    }),
    fc.dictionary(
      word,
      some({
        source: maybe(word),
        query: fc.constantFrom('avg_cpu', 'queue_length'),
        query_window: maybe(duration()),
        group: maybe(word),
        strategy,
      }),
      { minKeys: 1, maxKeys: 3 },
    ),
  )
  .map(([[min, max], settings, check]) => ({ nomad: { min, max, policy: { ...settings, check } } }));

export const arbitraryControllers = { hpa, keda, watermark, kpa, aws, azure, gcp, nomad } as const;
