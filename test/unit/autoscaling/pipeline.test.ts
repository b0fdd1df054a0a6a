import { describe, expect, test } from 'vitest';
import { boundsRule, decide, extend } from '../../../sim-core/autoscaling/pipeline.ts';
import type { StageRule } from '../../../sim-core/autoscaling/pipeline.ts';

const rule = (name: string, change: (input: number) => number): StageRule => ({
  name,
  apply: (input) => ({ output: change(input), reason: name, detail: `${name} ${input} → ${change(input)}` }),
});
const atMost = (limit: number) => rule(`at-most-${limit}`, (input) => Math.min(input, limit));
const plus = (amount: number) => rule(`plus-${amount}`, (input) => input + amount);
const wish = (recommended: number) => ({
  time: 30,
  current: 18,
  observed: {},
  recommended,
  origin: [{ name: 'metric', input: 18, output: recommended, reason: 'ValidMetricFound', detail: 'CPU is high' }],
});

describe('decide', () => {
  test('without limits the wish is granted', () => {
    expect(decide(wish(24), [])).toMatchObject({
      applied: 24,
      binding: null,
      withoutBinding: NaN,
      reason: '18 → 24: CPU is high',
    });
  });

  test('the last stage that changed the count binds', () => {
    const decision = decide(wish(24), [atMost(22), atMost(21), atMost(30)]);
    expect(decision).toMatchObject({
      applied: 21,
      binding: 'at-most-21',
      withoutBinding: 22,
      reason: '18 → 21: at-most-21 22 → 21',
    });
    expect(decision.stages.map(({ name, input, output }) => [name, input, output])).toEqual([
      ['metric', 18, 24],
      ['at-most-22', 24, 22],
      ['at-most-21', 22, 21],
      ['at-most-30', 21, 21],
    ]);
  });

  test('what would have been is found by running the later stages again', () => {
    // Without the first limit the second one would have bound.
    expect(decide(wish(24), [atMost(20), atMost(22)])).toMatchObject({ applied: 20, withoutBinding: 22 });
  });

  test('a wish that could not be computed leaves the present count to the stages', () => {
    expect(decide(wish(NaN), [boundsRule('bounds', 2, 10)])).toMatchObject({
      recommended: NaN,
      applied: 10,
      binding: 'bounds',
      withoutBinding: 18,
    });
  });
});

describe('extend', () => {
  const decision = decide(wish(24), [atMost(21)]);
  test('an added stage that changes the count binds', () => {
    expect(extend(decision, [atMost(20)])).toMatchObject({ applied: 20, binding: 'at-most-20', withoutBinding: 21 });
  });

  test('one that does not is part of what would have been', () => {
    expect(extend(decision, [atMost(23)])).toMatchObject({ applied: 21, binding: 'at-most-21', withoutBinding: 23 });
  });

  test('counterfactuals reach through several extensions', () => {
    const once = extend(decision, [plus(1)]);
    expect(once).toMatchObject({ applied: 22, binding: 'plus-1', withoutBinding: 21 });
    expect(extend(once, [atMost(30)])).toMatchObject({ applied: 22, binding: 'plus-1', withoutBinding: 21 });
  });
});
