import { describe, expect, test } from 'vitest';
import { checkController, controllerConfig } from '../../../sim-core/autoscaling/registry.ts';
import { context, controllerFrom, drive, seen } from './seen.ts';

const kpa = (annotations: Record<string, unknown> = {}, configAutoscaler: object = {}) =>
  controllerFrom({
    kpa: {
      annotations: Object.fromEntries(
        Object.entries(annotations).map(([key, value]) => [`autoscaling.knative.dev/${key}`, value]),
      ),
      configAutoscaler,
    },
  });

/** One evaluation every two seconds; what is ready is what was asked for. */
const ticks = (concurrency: (time: number) => number, until: number) =>
  Array.from(
    { length: until / 2 + 1 },
    (_, index) => (replicas: number) =>
      seen(index * 2, replicas, 0.5, { queueLength: 0, inService: concurrency(index * 2) }),
  );

/** Time and count of every change. */
function changes(counts: readonly number[], start = 4): [number, number][] {
  return counts.flatMap((count, index): [number, number][] =>
    count === (counts[index - 1] ?? start) ? [] : [[index * 2, count]],
  );
}

describe('panic', () => {
  test('one tick over the threshold holds the size for a stable window, then halves it every tick', () => {
    // 70 % of the four requests a replica takes: ⌈100 ÷ 2.8⌉ = 36 is nine times what is ready.
    const load = (time: number) => (time === 0 ? 100 : 2);
    expect(changes(drive(kpa(), ticks(load, 80)))).toEqual([
      [0, 36],
      [62, 18],
      [64, 9],
      [66, 4],
      [68, 2],
      [70, 1],
    ]);
  });

  test('below the threshold nothing is held', () => {
    // The panic of a start with three pods is over after 6 s. Averages of six seconds: at 8 s 10, at 10 s 8, later 6.
    const controller = kpa({ window: '6s' });
    const load = (time: number) => (time < 8 ? 12 : 6);
    expect(changes(drive(controller, ticks(load, 16), 3), 3)).toEqual([
      [0, 5],
      [8, 4],
      [10, 3],
    ]);
  });

  test('a size found at the start is kept until there is data', () => {
    const controller = kpa();
    const first = controller.evaluate(seen(0, 8, 0.5, { queueLength: 0, inService: 1 }), controller.initialState);
    expect(first.decision).toMatchObject({ recommended: 1, applied: 8, binding: 'panic', withoutBinding: 4 });
  });
});

describe('down to zero', () => {
  const stopsAt100 = (time: number) => (time < 100 ? 1 : 0);
  const zeroAt = (controller: ReturnType<typeof kpa>) =>
    changes(drive(controller, ticks(stopsAt100, 260), 1), 1).find(([, count]) => count === 0)?.[0];

  test('window, idle mark and grace period follow one another', () => {
    // Samples of the window are zero at 158; marked inactive there; the activator has been in the path since.
    expect(zeroAt(kpa({ 'target-burst-capacity': 0 }))).toBe(188);
  });

  test('with the activator in the path already, the grace period is not waited for', () => {
    expect(zeroAt(kpa())).toBe(160);
  });

  test('a retention period keeps the last pod', () => {
    expect(zeroAt(kpa({ 'scale-to-zero-pod-retention-period': '60s' }))).toBe(218);
  });

  test('min-scale and enable-scale-to-zero keep it for good', () => {
    expect(zeroAt(kpa({ 'min-scale': '1' }))).toBeUndefined();
    expect(zeroAt(kpa({}, { 'enable-scale-to-zero': 'false' }))).toBeUndefined();
  });

  test('from zero, waiting requests wake it, to the activation scale at least', () => {
    const wakes = (controller: ReturnType<typeof kpa>) =>
      drive(
        controller,
        ticks(() => 1, 0),
        0,
      );
    expect(wakes(kpa())).toEqual([1]);
    expect(wakes(kpa({ 'activation-scale': 3 }))).toEqual([3]);
  });
});

describe('limits', () => {
  test('max-scale', () =>
    expect(
      drive(
        kpa({ 'max-scale': 10 }),
        ticks(() => 100, 0),
      ),
    ).toEqual([10]));
  test('growth by at most the rate, rounded up', () =>
    expect(
      drive(
        kpa({}, { 'max-scale-up-rate': 1.3 }),
        ticks(() => 100, 0),
      ),
    ).toEqual([6]));
  test('scale-down-delay holds the largest wish', () => {
    const load = (time: number) => (time < 4 ? 10 : 2);
    const counts = drive(kpa({ window: '6s', 'scale-down-delay': '30s' }), ticks(load, 60));
    const [first] = changes(counts);
    // The four of the tick at 6 s leave the fifteen stretches of two seconds at 36 s.
    expect(first).toEqual([36, 2]);
  });
  test('requests a second', () => {
    const controller = kpa({ metric: 'rps', target: 10 });
    const observation = seen(0, 4, 0.5, { arrivalRate: 35, queueLength: 0, inService: 0 });
    // 70 % of 10 a replica.
    expect(controller.evaluate(observation, controller.initialState).decision).toMatchObject({
      applied: 5,
      observed: { arrivalRate: 35, stableAverage: 35 },
    });
  });
  test('without a sample the count stays', () => {
    const controller = kpa();
    const { decision } = controller.evaluate(seen(0, 4, 0.5), controller.initialState);
    expect(decision).toMatchObject({ applied: 4, binding: null });
    expect(decision.stages[0]?.reason).toBe('NoData');
  });
});

describe('configuration', () => {
  const messages = (annotations: Record<string, unknown>) =>
    controllerConfig.safeParse({ kpa: { annotations } }).error?.issues.map(({ message }) => message) ?? [];
  test.each([
    ['autoscaling.knative.dev/metric', 'cpu', 'use the controller `hpa`'],
    ['autoscaling.knative.dev/window', '5s', 'whole seconds from 6'],
    ['autoscaling.knative.dev/target', 'ten', 'not a number'],
    ['autoscaling.knative.dev/max-scale', '1.5', 'not a whole number'],
    ['autoscaling.knative.dev/panic-threshold-percentage', '100', 'from 110 to 1000'],
  ])('%s: %s', (key, value, text) => expect(messages({ [key]: value }).join()).toContain(text));

  test('min above max', () => {
    const given = { 'autoscaling.knative.dev/min-scale': '5', 'autoscaling.knative.dev/max-scale': '3' };
    expect(messages(given).join()).toContain('must be at least min-scale');
  });

  test('what the scenario decides is pointed out', () => {
    const config = controllerConfig.parse({
      kpa: { annotations: { 'autoscaling.knative.dev/initial-scale': 9 }, containerConcurrency: 10 },
    });
    expect(checkController(config, context).map(({ path }) => path.at(-1))).toEqual([
      'autoscaling.knative.dev/initial-scale',
      'containerConcurrency',
    ]);
  });
});
