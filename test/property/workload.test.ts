import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { createStream } from '../../sim-core/random/stream.ts';
import type { TraceSeries } from '../../sim-core/trace/contract.ts';
import { traceKey } from '../../sim-core/trace/mapping.ts';
import { createArrivals } from '../../sim-core/workload/arrivals.ts';
import { evaluate, integrate, max, pieceEnd } from '../../sim-core/workload/rate-function.ts';
import { checkWorkload, compileRate, rateTerm, type Workload } from '../../sim-core/workload/registry.ts';

type Term = z.input<typeof rateTerm>;

const rate = fc.double({ min: 0, max: 200, noNaN: true });
const seconds = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.double({ min: 0, max: 5000, noNaN: true }));
const length = fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 1, max: 5000, noNaN: true }));
const weight = fc.double({ min: 0.1, max: 3, noNaN: true });

const series: fc.Arbitrary<TraceSeries> = fc
  .array(fc.tuple(fc.double({ min: 0.1, max: 500, noNaN: true }), fc.oneof(rate, fc.constant(NaN))), {
    minLength: 1,
    maxLength: 20,
  })
  .map((rows) => {
    let t = 0;
    const time = rows.map(([gap]) => (t += gap) - gap);
    return {
      kind: 'rate',
      time: Float64Array.from(time),
      rate: Float64Array.from(rows, ([, value]) => value),
      bucket: 60,
      startEpoch: 1e9,
    };
  });

const term: fc.Arbitrary<Term> = fc.oneof(
  rate.map((constant) => ({ constant })),
  fc.record({ at: seconds, from: rate, to: rate }).map((step) => ({ step })),
  fc
    .tuple(rate, rate, seconds, seconds)
    .map(([from, to, start, more]) => ({ ramp: { from, to, start, end: start + more } })),
  fc.record({ at: seconds, peak: rate, rise: length, hold: seconds, fall: seconds }).map((spike) => ({ spike })),
  fc.record({ mean: rate, amplitude: rate, period: length, phase: seconds }).map((sinusoid) => ({ sinusoid })),
  fc.record({ mean: rate, daily: fc.array(weight, { minLength: 24, maxLength: 24 }) }).map((weekly) => ({ weekly })),
  fc.record({ height: rate, meanGap: length, meanDuration: length }).map((burst) => ({ burst })),
  fc.record({ deviation: fc.double({ min: 0, max: 2, noNaN: true }), correlation: length }).map((noise) => ({ noise })),
  fc
    .record({
      file: fc.constantFrom('a', 'b'),
      loop: fc.boolean(),
      fill: fc.constantFrom('leave' as const, 'zero' as const, 'hold' as const, 'interpolate' as const),
      interpolation: fc.constantFrom('constant' as const, 'linear' as const),
      from: fc.integer({ min: 0, max: 500 }),
    })
    .map((trace) => ({ trace })),
);

const whole = fc.record({
  terms: fc.array(term, { minLength: 1, maxLength: 5 }),
  horizon: fc.oneof(fc.integer({ min: 1, max: 20_000 }), fc.double({ min: 0.5, max: 20_000, noNaN: true })),
  start: fc.integer({ min: 0, max: 2_000_000_000 }),
  scale: fc.double({ min: 0, max: 3, noNaN: true }),
  growth: fc.option(fc.record({ perYear: fc.double({ min: 0, max: 100, noNaN: true }) }), { nil: undefined }),
  a: series,
  b: series,
});

describe('any workload', () => {
  it('compiles to a sound rate, and its evenly spaced arrivals are as many as the rate says', () => {
    fc.assert(
      fc.property(whole, ({ terms, horizon, start, scale, growth, a, b }) => {
        const sum = terms.map((each) => rateTerm.parse(each));
        const traces = new Map(
          sum.flatMap(({ trace }) => (trace ? [[traceKey(trace), trace.file === 'a' ? a : b] as const] : [])),
        );
        const workload: Workload = { arrivals: 'deterministic', sum, scale, growth };
        const context = { horizon, startEpoch: start, traces, stream: (name: string) => createStream(1, 0, name) };
        fc.pre(checkWorkload(workload, context).every(({ severity }) => severity !== 'error'));
        const compiled = compileRate(workload, context);

        expect(compiled.t[0]).toBe(0);
        expect(compiled.end).toBe(horizon);
        expect(compiled.t.findIndex((t, i) => !(pieceEnd(compiled, i) > t))).toBe(-1);
        for (const column of [compiled.rateAtStart, compiled.rateAtEnd]) {
          expect(column.length).toBe(compiled.t.length);
          expect(column.findIndex((value) => !(value >= 0 && value < Infinity))).toBe(-1);
        }
        const total = integrate(compiled);
        const middle = horizon / 3;
        expect(integrate(compiled, 0, middle) + integrate(compiled, middle)).toBeCloseTo(total, 5);
        expect(evaluate(compiled, middle)).toBeLessThanOrEqual(max(compiled) * (1 + 1e-9));

        const process = createArrivals(workload, compiled, context);
        const target = new Float64Array(997);
        let count = 0;
        let last = 0;
        for (let n = target.length; n === target.length; count += n) {
          n = process.fill(target);
          for (let i = 0; i < n; i++) {
            if (!(target[i]! >= last && target[i]! < horizon)) throw new Error(`arrival ${target[i]} after ${last}`);
            last = target[i]!;
          }
        }
        // The arrival that would fall on the horizon itself is not one.
        expect(Math.abs(count - total)).toBeLessThanOrEqual(1 + 1e-6 * total);
      }),
      { seed: 1, numRuns: 150 },
    );
  });
});
