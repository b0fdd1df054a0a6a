import { describe, expect, it } from 'vitest';
import type { Controller, Decision } from '../../../sim-core/autoscaling/contract.ts';
import { kedaConfig } from '../../../sim-core/autoscaling/keda/config.ts';
import { commonStep } from '../../../sim-core/autoscaling/keda/controller.ts';
import { externalTrigger } from '../../../sim-core/autoscaling/keda/triggers.ts';
import { controllerConfig } from '../../../sim-core/autoscaling/registry.ts';
import { controllerFrom, seen } from './seen.ts';

const queue = (metadata: object = {}, rest: object = {}) => ({
  type: 'prometheus',
  metadata: { query: 'sum(queue)', threshold: '5', ...metadata },
  metric: 'queue_length',
  ...rest,
});
const create = (keda: object): Controller => controllerFrom({ keda });
const problems = (keda: object): string[] =>
  (controllerConfig.safeParse({ keda }).error?.issues ?? []).map(({ message }) => message);

interface Step {
  readonly queue: number;
}

/** Every evaluation of a controller, with what is asked for as its own doing. */
function run(controller: Controller, until: number, at: (time: number) => Step, initial: number): Decision[] {
  const decisions: Decision[] = [];
  let state = controller.initialState;
  let desired = initial;
  for (let time = controller.interval; time <= until; time += controller.interval) {
    const { queue } = at(time);
    const view = seen(time, desired, 0.5, { queueLength: queue, inService: 4 });
    const { decision, state: next } = controller.evaluate(view, state);
    state = controller.afterApply?.(next, view, decision.applied) ?? next;
    desired = decision.applied;
    decisions.push(decision);
  }
  return decisions;
}

const changes = (decisions: readonly Decision[]) =>
  decisions.filter(({ current, applied }) => current !== applied).map(({ time, applied }) => [time, applied]);

describe('the operator and its HPA', () => {
  it('wakes at a poll, then the HPA takes over at its own period, doubling from one', () => {
    const controller = create({ triggers: [queue()], maxReplicaCount: 20 });
    expect(controller.interval).toBe(15);
    expect(changes(run(controller, 120, () => ({ queue: 60 }), 0))).toEqual([
      [30, 1],
      [45, 4],
      [60, 8],
      [75, 12],
    ]);
  });

  it('sleeps only after the cool-down, and shrinks above one by the rules of the HPA', () => {
    const decisions = run(
      create({ triggers: [queue()], cooldownPeriod: 60 }),
      600,
      (time) => ({ queue: time <= 60 ? 20 : 0 }),
      4,
    );
    // Stabilised for 300 s the HPA would stay, but at zero activity the operator takes everything away at once.
    expect(changes(decisions)).toEqual([[150, 0]]);
    expect(decisions.at(-1)?.stages.at(-1)?.reason).toBe('ScalingDisabled');
  });

  it('has no say in anything above a minimum', () => {
    const decisions = run(
      create({ triggers: [queue()], minReplicaCount: 2, cooldownPeriod: 0 }),
      600,
      () => ({ queue: 0 }),
      4,
    );
    expect(changes(decisions)).toEqual([[330, 2]]);
  });

  it('goes from idle to the minimum, and back', () => {
    const settings = { triggers: [queue()], idleReplicaCount: 0, minReplicaCount: 3, cooldownPeriod: 30 };
    const decisions = run(create(settings), 300, (time) => ({ queue: time > 60 && time <= 120 ? 10 : 0 }), 0);
    expect(changes(decisions)).toEqual([
      [90, 3],
      [180, 0],
    ]);
  });

  it('leaves a value at or below the activation threshold to sleep, whatever the target says', () => {
    const controller = create({ triggers: [queue({ threshold: 10, activationThreshold: 50 })], cooldownPeriod: 30 });
    expect(changes(run(controller, 120, () => ({ queue: 50 }), 5)).at(-1)?.[1]).toBe(0);
  });

  it('hands the HPA the fallback once polls have failed too often', () => {
    const controller = create({
      triggers: [queue({ ignoreNullValues: 'false' })],
      minReplicaCount: 1,
      fallback: { failureThreshold: 3, replicas: 6 },
    });
    // Operator and HPA both count: failures at 15, 30, 30, 45 s.
    expect(changes(run(controller, 60, () => ({ queue: NaN }), 2))).toEqual([
      [45, 4],
      [60, 6],
    ]);
  });

  it('pauses altogether, at a count, or in one direction', () => {
    const paused = (annotations: object, from: number, queueLength: number) =>
      changes(run(create({ triggers: [queue()], annotations }), 90, () => ({ queue: queueLength }), from));
    expect(paused({ 'autoscaling.keda.sh/paused': 'true' }, 2, 100)).toEqual([]);
    expect(paused({ 'autoscaling.keda.sh/paused-replicas': '7' }, 2, 100)).toEqual([[30, 7]]);
    expect(paused({ 'autoscaling.keda.sh/paused-scale-out': 'true' }, 2, 100)).toEqual([]);
    expect(paused({ 'autoscaling.keda.sh/paused-scale-in': 'true' }, 2, 0)).toEqual([]);
  });

  it('scales by a formula in place of its triggers', () => {
    const controller = create({
      triggers: [queue({}, { name: 'waiting' }), { ...queue({}, { name: 'busy' }), metric: 'in_flight_requests' }],
      advanced: { scalingModifiers: { formula: 'max(waiting, busy ?? 0) / 2', target: '5' } },
      maxReplicaCount: 50,
    });
    const decisions = run(controller, 60, () => ({ queue: 60 }), 4);
    expect(decisions[0]?.observed).toMatchObject({ waiting: 60, composite: 30 });
    expect(changes(decisions)).toEqual([[15, 6]]);
  });

  it('follows a cron window in its zone', () => {
    // The run begins at 00:00 UTC, which is 02:00 there.
    const trigger = {
      type: 'cron',
      metadata: { timezone: 'Etc/GMT-2', start: '1 2 * * *', end: '3 2 * * *', desiredReplicas: '4' },
    };
    const decisions = run(create({ triggers: [trigger], cooldownPeriod: 0 }), 300, () => ({ queue: 0 }), 0);
    expect(changes(decisions)).toEqual([
      [60, 1],
      [75, 4],
      [180, 0],
    ]);
  });
});

it('keeps a cron window open by the clocks of its zone', () => {
  // Clocks in Vienna go from 02:00 to 03:00 at 01:00 UTC, one hour into the run.
  const trigger = {
    type: 'cron',
    metadata: { timezone: 'Europe/Vienna', start: '0 3 * * *', end: '5 3 * * *', desiredReplicas: '4' },
  };
  const config = kedaConfig.parse({ triggers: [trigger], cooldownPeriod: 0 });
  const polled = externalTrigger(config.triggers[0]!, 0, Date.UTC(2026, 2, 29) / 1000);
  const activeAt = [3540, 3600, 3840, 3900].map((time) => polled?.poll(seen(time, 1, 0.5)).isActive);
  expect(activeAt).toEqual([false, true, true, false]);
});

describe('what is refused', () => {
  it.each([
    ['a query nobody can map', { triggers: [{ ...queue(), metric: undefined }] }, 'Say with `metric`'],
    ['memory', { triggers: [{ type: 'memory', metadata: { value: '50' } }] }, 'Memory use is not part'],
    [
      'a zone nobody has',
      {
        triggers: [
          {
            type: 'cron',
            metadata: { timezone: 'Vienna', start: '0 8 * * *', end: '0 9 * * *', desiredReplicas: 2 },
          },
        ],
      },
      '`Vienna` is no time zone. Did you mean `Europe/Vienna`?',
    ],
    [
      'idle not below the minimum',
      { triggers: [queue()], minReplicaCount: 2, idleReplicaCount: 2 },
      'must be less than `minReplicaCount`',
    ],
    [
      'a formula over names nobody has',
      { triggers: [queue()], advanced: { scalingModifiers: { formula: 'a + b', target: 1 } } },
      'The formula asks for `a`. No trigger has a `name`.',
    ],
    [
      'what is no formula',
      { triggers: [queue()], advanced: { scalingModifiers: { formula: '1 +', target: 1 } } },
      'ends too early',
    ],
  ])('%s', (_, keda, words) => expect(problems(keda).join(' ')).toContain(words));
});

it.each([
  [30, 15, 15],
  [20, 15, 5],
  [7, 15, 1],
  [30, 0.5, 0.5],
])('%d s and %d s meet every %d s', (a, b, step) => expect(commonStep(a, b)).toBe(step));
