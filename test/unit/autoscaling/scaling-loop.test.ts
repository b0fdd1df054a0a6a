import { describe, expect, test } from 'vitest';
import type { Controller } from '../../../sim-core/autoscaling/contract.ts';
import { decisionColumns, decisionRow } from '../../../sim-core/autoscaling/decision-row.ts';
import { decide } from '../../../sim-core/autoscaling/pipeline.ts';
import { createScalingLoop, DecisionLog } from '../../../sim-core/autoscaling/scaling-loop.ts';
import { context, controllerFrom, seen } from './seen.ts';

const metrics = { scrapeInterval: 15, window: 30, delay: 0 };

/** A controller that always wants the same, whatever that is. */
function wanting(recommended: number, told: number[] = []): Controller {
  return {
    kind: 'test',
    interval: 15,
    initialState: null,
    evaluate: ({ time, desiredReplicas: current }, state) => ({
      decision: decide({ time, current, observed: {}, recommended, origin: [] }, []),
      state,
    }),
    afterApply(state, _, applied) {
      told.push(applied);
      return state;
    },
  };
}

const loop = (controller: Controller, keepLog = true) => createScalingLoop({ controller, context, metrics, keepLog });

describe('the loop', () => {
  test('asks for what the controller wants and keeps why', () => {
    const running = loop(wanting(7));
    expect(running.evaluate(15, 4)).toBe(7);
    expect(running.decisions).toMatchObject([{ time: 15, current: 4, applied: 7 }]);
    expect(running.cpuSeen).toBeNaN();
  });

  test('keeps no log when none is wanted', () => {
    const running = loop(wanting(7), false);
    running.evaluate(15, 4);
    expect(running.decisions).toEqual([]);
  });

  test('never evaluates a controller at rest', () => {
    expect(loop(controllerFrom({ static: { replicas: 4 } })).interval).toBe(Infinity);
  });

  test('holds a wish that cannot be simulated, and says so', () => {
    const told: number[] = [];
    const running = loop(wanting(1e9, told));
    expect(running.evaluate(15, 4)).toBe(100_000);
    expect(running.decisions).toMatchObject([
      { recommended: 1e9, applied: 100_000, binding: 'simulation-limit', withoutBinding: 1e9 },
    ]);
    expect(told).toEqual([100_000]);
  });

  test.each([-1, 2.5, Infinity, -Infinity])('stops at a bug: %d replicas', (count) => {
    expect(() => loop(wanting(count)).evaluate(15, 4)).toThrow(/asked for/);
  });
});

test('a log that is full keeps the decisions that changed the count', () => {
  const log = new DecisionLog(4);
  const decision = (time: number, recommended: number) =>
    decide({ time, current: 4, observed: {}, recommended, origin: [] }, []);
  for (const [time, count] of [4, 5, 4, 6, 4, 7, 4, 8, 9].entries()) log.add(decision(time, count));
  expect(log.decisions.map(({ time }) => time)).toEqual([1, 3, 5, 7]);
  expect(log.leftOut).toBe(5);
});

test('a decision as one flat row', () => {
  const controller = controllerFrom({ hpa: { minReplicas: 2, maxReplicas: 10, behavior: {} } });
  const { decision } = controller.evaluate(seen(15, 4, 0.9), controller.initialState);
  const row = decisionRow(decision);
  expect(row).toMatchObject({
    time: 15,
    current: 4,
    applied: 5,
    change: 1,
    binding: null,
    'observed.cpuUtilisation': 0.9,
    'metric.output': 5,
    'tolerance.input': 5,
    'stabilisation.reason': 'ReadyForNewScale',
    'rate-limit.output': 5,
  });
  expect(
    decisionColumns([
      { a: 1, b: 2 },
      { a: 1, c: 3 },
    ]),
  ).toEqual(['a', 'b', 'c']);
});
