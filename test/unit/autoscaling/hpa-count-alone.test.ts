import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Behavior } from '../../../sim-core/autoscaling/hpa/behavior.ts';
import { reconcile } from '../../../sim-core/autoscaling/hpa/reconcile.ts';
import type { HpaSpec, Reading } from '../../../sim-core/autoscaling/hpa/spec.ts';
import { initialHpaState, rememberRescale } from '../../../sim-core/autoscaling/hpa/state.ts';

const policies = fc.array(
  fc.record({
    type: fc.constantFrom('Pods' as const, 'Percent' as const),
    value: fc.integer({ min: 1, max: 60 }),
    periodSeconds: fc.constantFrom(15, 60, 120),
  }),
  { minLength: 1, maxLength: 2 },
);
const scalingRules = fc.record({
  stabilizationWindowSeconds: fc.constantFrom(0, 30, 90),
  selectPolicy: fc.constantFrom('Max' as const, 'Min' as const, 'Disabled' as const),
  policies,
});
const behavior: fc.Arbitrary<Behavior | null> = fc.option(
  fc.record({ scaleUp: scalingRules, scaleDown: scalingRules }),
);
/** Two metrics, either of which may fail: thousandths for each replica there is. */
const load = fc.tuple(fc.option(fc.integer({ max: 4000, min: 1 })), fc.option(fc.integer({ max: 4000, min: 1 })));

test('without stages an HPA decides and remembers what it does with them', () => {
  let changes = 0;
  let limited = 0;
  fc.assert(
    fc.property(behavior, fc.array(load, { minLength: 12, maxLength: 12 }), (behavior, loads) => {
      const metric = { label: 'queue', type: 'External', target: { type: 'AverageValue', value: 1000 } } as const;
      const spec: HpaSpec = { minReplicas: 3, maxReplicas: 40, metrics: [metric, metric], behavior };
      const settings = {
        tolerance: { down: 0.1, up: 0.1 },
        downscaleStabilization: 60,
        cpuInitializationPeriod: 300,
        initialReadinessDelay: 30,
        scaleToZero: false,
      };
      let current = 10;
      let state = initialHpaState;
      for (const [tick, each] of loads.entries()) {
        const now = tick * 15;
        const readings = each.map((milli): Reading =>
          milli === null ? { error: 'none' } : { values: [milli * current] },
        );
        const input = { spec, settings, target: { current, status: current, pods: [] }, readings, state, now };
        const [told, silent] = [true, false].map((explained) => reconcile({ ...input, explained }));
        expect(silent!.decision.applied).toBe(told!.decision.applied);
        expect(silent!.decision.recommended).toBe(told!.decision.recommended);
        expect(silent!.state).toEqual(told!.state);
        const { applied, binding } = told!.decision;
        if (applied !== current) changes++;
        if (binding === 'rate-limit' || binding === 'bounds') limited++;
        state = rememberRescale(told!.state, behavior, current, applied, now);
        current = applied;
      }
    }),
    { numRuns: 150, seed: 7 },
  );
  expect(changes).toBeGreaterThan(200);
  expect(limited).toBeGreaterThan(100);
});
