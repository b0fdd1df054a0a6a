import { describe, expect, test } from 'vitest';
import type { Decision, Observation } from '../../../sim-core/autoscaling/contract.ts';
import type { HpaState } from '../../../sim-core/autoscaling/hpa/state.ts';
import { initialHpaState } from '../../../sim-core/autoscaling/hpa/state.ts';
import { parseQuantity, printQuantity } from '../../../sim-core/autoscaling/hpa/quantity.ts';
import { divideUp, int64, multiplyDivide, sum } from '../../../sim-core/autoscaling/hpa/int64.ts';
import { controllerFrom, drive, pod, seen } from './seen.ts';

const cpuAt = (averageUtilization: number, fields: object = {}) => ({
  minReplicas: 1,
  maxReplicas: 40,
  metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } }],
  ...fields,
});
const hpa = (fields: object = {}, siblings: object = {}) => controllerFrom({ hpa: cpuAt(60, fields), ...siblings });
const noWindow = { scaleDown: { stabilizationWindowSeconds: 0 } };

/** The decision of a fresh controller that has nothing to stabilise with. */
function decisionOf(
  controller: ReturnType<typeof hpa>,
  observation: Observation,
  state: Partial<HpaState> = {},
): Decision {
  return controller.evaluate(observation, { ...initialHpaState, recommendations: [], ...state }).decision;
}

describe('the arithmetic in words', () => {
  test('as the panel of a decision shows it', () => {
    const behavior = { scaleUp: { policies: [{ type: 'Pods', value: 8, periodSeconds: 60 }] }, ...noWindow };
    const state = { scaleUpEvents: [{ change: 5, time: 0, outdated: false }] };
    const decision = decisionOf(hpa({ behavior }), seen(30, 18, 0.79), state);
    expect(decision.stages.map(({ name, detail }) => `${name}: ${detail}`)).toEqual([
      'metric: CPU 79 % ÷ 60 % = 1.32, ceil(1.32 × 18) = 24, no pod missing or unready',
      'tolerance: Ratio 1.32 outside 10 %: 24',
      'stabilisation: Stabilised over 0 s: 24',
      'bounds: Within 1 to 40: 24',
      'rate-limit: Rate limit +8 a minute, 5 used → 21',
    ]);
    expect(decision).toMatchObject({
      recommended: 24,
      applied: 21,
      binding: 'rate-limit',
      withoutBinding: 24,
      observed: { cpuUtilisation: 0.79 },
      reason: '18 → 21: Rate limit +8 a minute, 5 used → 21',
    });
  });

  test('the dead zone as the binding stage', () => {
    expect(decisionOf(hpa({ behavior: noWindow }), seen(30, 10, 0.65))).toMatchObject({
      recommended: 11,
      applied: 10,
      binding: 'tolerance',
      withoutBinding: 11,
      reason: 'Stays at 10: Ratio 1.08 within 10 %: 10',
    });
  });

  test('pods not yet ready as the binding stage', () => {
    const pods = [
      ...Array.from({ length: 4 }, (_, id) => pod(id, 450)),
      pod(4, NaN, { phase: 'pending', ready: false, startTime: NaN }),
    ];
    const observation = seen(30, 5, 0.9, {}, { pods });
    expect(decisionOf(hpa(), observation)).toMatchObject({
      recommended: 6,
      applied: 6,
      stages: [
        { name: 'metric', output: 6 },
        { name: 'missing-pods', detail: '1 unready pod taken as idle: ratio 1.2 over 5 pods → 6' },
        {},
        {},
        {},
        {},
      ],
    });
    const more = [...pods, ...[5, 6].map((id) => pod(id, NaN, { phase: 'pending', ready: false, startTime: NaN }))];
    expect(decisionOf(hpa(), seen(30, 7, 0.9, {}, { pods: more }))).toMatchObject({
      applied: 7,
      recommended: 6,
      binding: 'missing-pods',
    });
  });
});

test('pods not yet ready count as idle only when growing', () => {
  const unready = pod(4, NaN, { phase: 'pending', ready: false, startTime: NaN });
  const pods = [...Array.from({ length: 4 }, (_, id) => pod(id, 285)), unready];
  // 57 ÷ 60 is within the dead zone; with an idle fifth pod it would not be.
  expect(decisionOf(hpa({ behavior: noWindow }), seen(30, 5, 0.57, {}, { pods }))).toMatchObject({
    applied: 5,
    binding: 'tolerance',
  });
});

test('utilization is cut off to whole percent before anything else', () => {
  // 66.8 % counts as 66 %, which is 1.1 of 60 %; 67 % is beyond.
  expect(decisionOf(hpa({ behavior: noWindow }), seen(30, 10, 0.668)).applied).toBe(10);
  expect(decisionOf(hpa({ behavior: noWindow }), seen(30, 10, 0.67)).applied).toBe(12);
});

describe('the edges of the dead zone', () => {
  const whole = (value: number, target: string, siblings: object = {}) => {
    const metrics = [
      { type: 'External', external: { metric: { name: 'queue_length' }, target: { type: 'Value', value: target } } },
    ];
    const controller = hpa({ metrics, behavior: noWindow }, siblings);
    return decisionOf(controller, seen(30, 10, 0.5, { queueLength: value })).applied;
  };
  test.each([
    [110, 10],
    [110.001, 12],
    [90, 10],
    [89.999, 9],
  ])('%d of 100 with 10 %: %i', (value, expected) => expect(whole(value, '100')).toBe(expected));

  test('the controller manager sets its width', () => {
    expect(whole(105, '100', { controllerManager: { tolerance: '5%' } })).toBe(10);
    expect(whole(105.001, '100', { controllerManager: { tolerance: '5%' } })).toBe(11);
  });

  test('a direction of its own goes before, behind its gate', () => {
    const behavior = { scaleUp: { tolerance: '0.01' }, ...noWindow };
    expect(decisionOf(hpa({ behavior }), seen(30, 10, 0.61)).applied).toBe(11);
    const gate = { controllerManager: { featureGates: { HPAConfigurableTolerance: false } } };
    expect(decisionOf(hpa({ behavior }, gate), seen(30, 10, 0.61)).applied).toBe(10);
  });
});

describe('over time', () => {
  const at = (time: number, cpu: number) => (replicas: number) => seen(time, replicas, cpu);

  test('a fresh controller does not shrink for its window, without behavior its end included', () => {
    const steps = [15, 150, 315, 330].map((time) => at(time, 0.1));
    expect(drive(hpa(), steps, 12)).toEqual([12, 12, 12, 2]);
    expect(drive(hpa({ behavior: {} }), steps, 12)).toEqual([12, 12, 2, 2]);
  });

  test('events of what was really applied limit the rate, in any period', () => {
    const behavior = { scaleUp: { policies: [{ type: 'Pods', value: 3, periodSeconds: 60 }] } };
    const steps = [15, 30, 45, 60, 75, 90].map((time) => at(time, 0.9));
    expect(drive(hpa({ behavior }), steps, 4)).toEqual([6, 7, 7, 7, 9, 10]);
  });

  test('without any measurement nothing happens', () => {
    const { decision } = hpa().evaluate(seen(15, 4, NaN), initialHpaState);
    expect(decision).toMatchObject({ applied: 4, recommended: NaN, binding: null, observed: { cpuUtilisation: NaN } });
    expect(decision.stages[0]?.reason).toBe('FailedGetResourceMetric');
  });

  test('a count outside the bounds is put right at once', () => {
    expect(decisionOf(hpa({ maxReplicas: 5 }), seen(15, 20, 0.9))).toMatchObject({
      applied: 5,
      binding: 'bounds',
      withoutBinding: 20,
    });
    expect(decisionOf(hpa({ minReplicas: 5 }), seen(15, 1, NaN))).toMatchObject({ applied: 5, binding: 'bounds' });
  });

  test('the sync period is the interval', () => {
    expect(hpa({}, { controllerManager: { syncPeriod: '30s' } }).interval).toBe(30);
    expect(hpa().interval).toBe(15);
  });
});

test('percentages grow by at least one and shrink by at least their share', () => {
  const percent = (value: number) => ({ policies: [{ type: 'Percent', value, periodSeconds: 60 }] });
  const behavior = { scaleUp: percent(10), scaleDown: { ...noWindow.scaleDown, ...percent(10) } };
  const after = (replicas: number, cpu: number) =>
    decisionOf(hpa({ behavior, maxReplicas: 1000 }), seen(30, replicas, cpu)).applied;
  expect([1, 5, 15, 72].map((replicas) => after(replicas, 0.99))).toEqual([2, 6, 17, 80]);
  expect([2, 5, 15, 72].map((replicas) => after(replicas, 0.01))).toEqual([1, 4, 13, 64]);
});

describe('metrics by name', () => {
  const metric = (type: string, name: string, target: object) => ({
    type,
    [type.toLowerCase()]: {
      metric: { name },
      target,
      ...(type === 'Object' ? { describedObject: { kind: 'Service', name: 's' } } : {}),
    },
  });
  const decisionFor = (metrics: object[], service: object, replicas = 10) =>
    decisionOf(hpa({ metrics, behavior: noWindow }), seen(30, replicas, 0.6, service));

  test('Pods: what grows with the service is shared out among the ready pods', () => {
    const rate = metric('Pods', 'http_requests_per_second', { type: 'AverageValue', averageValue: '10' });
    expect(decisionFor([rate], { arrivalRate: 150 })).toMatchObject({
      applied: 15,
      observed: { http_requests_per_second: 15 },
    });
  });

  test('Pods: what does not is the same for each', () => {
    const latency = metric('Pods', 'latency_p95_seconds', { type: 'AverageValue', averageValue: '500m' });
    expect(decisionFor([latency], { latencyP95: 0.75 }).applied).toBe(15);
  });

  test('are said as plain numbers', () => {
    const rate = metric('Pods', 'http_requests_per_second', { type: 'AverageValue', averageValue: '12' });
    expect(decisionFor([rate], { arrivalRate: 132.89 }).stages[0]?.detail).toBe(
      'http_requests_per_second 13.289 ÷ 12 = 1.11, ceil(1.11 × 10) = 12, no pod missing or unready',
    );
  });

  test('Object by value is proportional, External by average is absolute', () => {
    const object = metric('Object', 'queue_length', { type: 'Value', value: '100' });
    expect(decisionFor([object], { queueLength: 250 }).applied).toBe(20); // 25, but at most twice the count
    const external = metric('External', 'outstanding_requests', { type: 'AverageValue', averageValue: '10' });
    expect(decisionFor([external], { queueLength: 100, inService: 40 }).applied).toBe(14);
  });

  test('the highest of several wins, and one that fails only holds back shrinking', () => {
    const rate = metric('Pods', 'http_requests_per_second', { type: 'AverageValue', averageValue: '10' });
    const latency = metric('External', 'latency_p95_seconds', { type: 'Value', value: '1' });
    expect(decisionFor([rate, latency], { arrivalRate: 150, latencyP95: 1.8 }).applied).toBe(18);
    expect(decisionFor([rate, latency], { arrivalRate: 150 })).toMatchObject({ applied: 15 });
    expect(decisionFor([rate, latency], { arrivalRate: 50 })).toMatchObject({
      applied: 10,
      binding: 'failed-metrics',
      withoutBinding: 5,
    });
  });

  test('an evaluation that a failed metric stopped is not remembered as a recommendation', () => {
    const rate = metric('Pods', 'http_requests_per_second', { type: 'AverageValue', averageValue: '10' });
    const latency = metric('External', 'latency_p95_seconds', { type: 'Value', value: '1' });
    const controller = hpa({ metrics: [rate, latency] });
    const stored = (arrivalRate: number) => {
      const { state } = controller.evaluate(seen(30, 10, 0.6, { arrivalRate }), {
        ...initialHpaState,
        recommendations: [],
      });
      return (state as HpaState).recommendations;
    };
    expect(stored(50)).toEqual([]);
    expect(stored(150)).toEqual([{ replicas: 15, time: 30 }]);
  });

  test('a fallback counts once the metric has been missing for long enough', () => {
    const external = {
      type: 'External',
      external: {
        metric: { name: 'latency_p95_seconds' },
        target: { type: 'Value', value: '1' },
        fallback: { replicas: 13 },
      },
    };
    const steps = [15, 180, 195].map((time) => (replicas: number) => seen(time, replicas, 0.6));
    expect(drive(hpa({ metrics: [external] }), steps, 10)).toEqual([10, 10, 13]);
  });

  test('from zero and back, only where its gate is open', () => {
    const metrics = [metric('External', 'outstanding_requests', { type: 'AverageValue', averageValue: '10' })];
    const steps = [0, 0, 35].map(
      (queueLength, index) => (replicas: number) =>
        seen(1000 * (index + 1), replicas, NaN, { queueLength, inService: 0 }, replicas === 0 ? { pods: [] } : {}),
    );
    const open = { controllerManager: { featureGates: { HPAScaleToZero: true } } };
    expect(drive(hpa({ minReplicas: 0, metrics, behavior: noWindow }, open), steps, 4)).toEqual([0, 0, 4]);
    const controller = hpa({ minReplicas: 0, metrics }, open);
    expect(decisionOf(controller, steps[2]!(0))).toMatchObject({
      applied: 0,
      reason: 'Stays at 0: Zero replicas: scaling is disabled',
    });
  });
});

test('who wrote the zero is remembered, with behavior and without', () => {
  for (const fields of [{}, { behavior: {} }]) {
    const controller = hpa(fields);
    const state = (current: number, applied: number, scaledToZero: boolean) =>
      (controller.afterApply!({ ...initialHpaState, scaledToZero }, seen(30, current, 0.6), applied) as HpaState)
        .scaledToZero;
    expect([state(4, 0, false), state(0, 2, true), state(0, 0, true), state(4, 4, false)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  }
});

describe('quantities', () => {
  test.each([
    ['500m', 500n],
    ['100', 100_000n],
    ['1k', 1_000_000n],
    ['1.5', 1500n],
    ['.5', 500n],
    ['1Ki', 1_024_000n],
    ['1e3', 1_000_000n],
    ['1E', (1n << 63n) - 1n], // held at the largest 64-bit integer
    ['100n', 1n], // up, never to zero
    ['0.0001', 1n],
    ['-250m', -250n],
    ['9007199254740993m', 9_007_199_254_740_993n],
    [0.1, 100n],
    [2, 2000n],
  ])('%s is %s thousandths', (text, expected) => expect(parseQuantity(text)).toBe(expected));

  test.each(['', '.', 'm', '1 k', '1kk', '0x10', '1e', '1..2', 'NaN', 'ten'])('%j is none', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  test('are printed as people write them', () => {
    expect([500, 2000, 1500].map(printQuantity)).toEqual(['500m', '2', '1500m']);
  });
});

describe('64-bit integers', () => {
  const most = (1n << 63n) - 1n;
  test('stay numbers while those are exact', () => {
    expect(int64('42')).toBe(42);
    expect(int64('9007199254740993')).toBe(9_007_199_254_740_993n);
    expect(multiplyDivide(7, 100, 3)).toBe(233);
    expect(multiplyDivide(-7, 100, 3)).toBe(-233);
  });

  test('neither round nor overflow', () => {
    expect(sum([Number.MAX_SAFE_INTEGER, 1, 1])).toBe(9_007_199_254_740_993n);
    expect(sum([most, most])).toBe(most);
    expect(sum([int64(most.toString()), -1, 1])).toBe(most);
    expect(multiplyDivide(most, 100, 100)).toBe(most);
    expect(multiplyDivide(9_007_199_254_740_991, 3, 2)).toBe(13_510_798_882_111_486n);
    expect(divideUp(10, 3)).toBe(4);
    expect(divideUp(9, 3)).toBe(3);
  });
});
