import { describe, expect, it } from 'vitest';
import { rateFromCorners } from '../../sim-core/workload/rate-function.ts';
import { fluidModel, runFluid } from '../support/fluid-model.ts';
import { scriptedScaling } from '../support/kernel-model.ts';
import { queueingTables, readShared } from '../support/published.ts';

interface TimeVarying {
  readonly sinusoid: readonly {
    c: number;
    lam_mean: number;
    amplitude: number;
    period: number;
    E_N: number[];
    E_Lq: number[];
    arrival_weighted_P_delay: number;
  }[];
  readonly scripted: readonly { name: string; t: number[]; E_N: number[]; E_Lq: number[] }[];
}

const published = JSON.parse(readShared('published/queueing_time_varying.json')) as TimeVarying;
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe('the fluid engine in balance', () => {
  const rows = queueingTables().MMc.filter(({ c, rho }) => [1, 2, 10, 100].includes(c) && rho >= 0.5 && rho <= 0.95);
  it.each(rows)('reaches M/M/$c at ρ = $rho', ({ c, rho, Lq, P_wait }) => {
    const horizon = 4000;
    const { columns } = runFluid(
      fluidModel({
        horizon,
        recordingInterval: 100,
        rate: rateFromCorners([[0, c * rho]], horizon),
        initialReplicas: c,
      }),
    );
    const last = columns.time.length - 1;
    expect(Math.abs(columns.queueLength[last]! - Lq)).toBeLessThan(0.02 * Lq + 0.003);
    expect(Math.abs(columns.delayedShare[last]! - P_wait)).toBeLessThan(0.01);
    expect(columns.utilisation[last]).toBeCloseTo(rho, 3);
  });
});

/** Against the Kolmogorov equations of Mt/M/c with a sinusoidal rate, over one period in the long run. */
describe('the fluid engine under a sinusoid', () => {
  it.each(published.sinusoid)('c = $c, λ = $lam_mean ± $amplitude, period $period', (row) => {
    const { c, lam_mean, amplitude, period } = row;
    const cycles = Math.max(3, Math.ceil(40 / period));
    const horizon = cycles * period;
    const corners = Array.from({ length: cycles * 64 + 1 }, (_, i) => {
      return [(i * period) / 64, lam_mean + amplitude * Math.sin((2 * Math.PI * i) / 64)] as const;
    });
    const rate = rateFromCorners(corners, horizon);
    const { columns } = runFluid(fluidModel({ horizon, recordingInterval: period / 16, rate, initialReplicas: c }));
    const rows = Array.from({ length: 16 }, (_, phase) => columns.time.length - 17 + phase);
    // Where the load passes capacity for long and the queue is worked off again, two moments say least.
    const overloaded = lam_mean + amplitude > c;
    for (const [phase, index] of rows.entries()) {
      const number = columns.queueLength[index]! + columns.inService[index]!;
      expect(Math.abs(number / row.E_N[phase]! - 1)).toBeLessThan(overloaded ? 0.18 : 0.05);
    }
    const queue = mean(rows.map((index) => columns.queueLength[index]!));
    expect(Math.abs(queue / mean(row.E_Lq) - 1)).toBeLessThan(overloaded ? 0.07 : 0.02);
    const arrivals = mean(rows.map((index) => columns.arrivals[index]!));
    const delayed = mean(rows.map((index) => columns.delayedShare[index]! * columns.arrivals[index]!)) / arrivals;
    expect(Math.abs(delayed - row.arrival_weighted_P_delay)).toBeLessThan(overloaded ? 0.05 : 0.02);
  });
});

/** From balance at t = 0, which the runs reach in the hundred seconds before. */
describe('the fluid engine in a scripted incident', () => {
  const before = 100;

  it.each([0, 1])('case %i', (which) => {
    const { t, E_N } = published.scripted[which]!;
    const horizon = before + t.at(-1)!;
    const surge = which === 0;
    const corners: [number, number][] = surge
      ? [
          [0, 5],
          [before, 5],
          [before, 15],
          [before + 10, 15],
          [before + 10, 5],
        ]
      : [
          [0, 8],
          [before, 8],
          [before, 24],
        ];
    const desiredAt = (time: number, desired: number) => {
      if (surge) return desired;
      return time >= before + 6 ? 30 : time >= before + 3 ? 20 : 10;
    };
    const { columns } = runFluid(
      fluidModel({
        horizon,
        recordingInterval: 0.5,
        rate: rateFromCorners(corners, horizon),
        initialReplicas: 10,
        scaling: scriptedScaling(1, desiredAt),
      }),
    );
    for (const [i, instant] of t.entries()) {
      const row = Math.round((before + instant) / 0.5) - 1;
      const number = columns.queueLength[row]! + columns.inService[row]!;
      const expected = E_N[i]!;
      expect(Math.abs(number - expected)).toBeLessThan(0.06 * expected + 0.7);
    }
  });
});
