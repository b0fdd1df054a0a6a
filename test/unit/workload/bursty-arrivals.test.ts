import { describe, expect, it } from 'vitest';
import { createStream } from '../../../sim-core/random/stream.ts';
import { countsPer, indexOfDispersion } from '../../../sim-core/statistics/dispersion.ts';
import { arrivalConfig } from '../../../sim-core/workload/arrival-config.ts';
import { checkArrivals, createArrivals, expectedArrivals } from '../../../sim-core/workload/arrivals.ts';
import type { RateFunction } from '../../../sim-core/workload/contract.ts';
import { batchConfig } from '../../../sim-core/workload/processes/batch.ts';
import { constantRate, evaluate, integrate, rateFromCorners } from '../../../sim-core/workload/rate-function.ts';
import type { Workload } from '../../../sim-core/workload/registry.ts';

type Kind = Pick<Workload, 'arrivals' | 'batch'>;

function drawn(kind: Kind, rate: RateFunction, { seed = 1, slice = 4096 } = {}): Float64Array {
  const process = createArrivals({ ...kind, scale: 1, sum: [] }, rate, {
    horizon: rate.end,
    stream: (name) => createStream(seed, 0, name),
    traces: new Map(),
  });
  const times: number[] = [];
  const target = new Float64Array(slice);
  for (let count = slice; count === slice;) {
    count = process.fill(target);
    for (const time of target.subarray(0, count)) times.push(time);
  }
  return Float64Array.from(times);
}

const dispersion = (times: Float64Array, window: number, end: number): number =>
  indexOfDispersion(countsPer(window, times, end));

const shaped = rateFromCorners(
  [
    [0, 0],
    [100, 50],
    [100, 0],
    [180, 0],
    [180, 20],
    [300, 20],
    [400, 0],
    [500, 80],
  ],
  500,
);

const kinds: readonly Kind[] = [
  { arrivals: { mmpp: { factors: [0, 1, 5], meanTimes: [3, 2, 1] } } },
  { arrivals: { mmpp: { factors: [1, 2], meanTimes: [0.001, 0.002] } } },
  { arrivals: { selfSimilar: { hurst: 0.8, sources: 5, meanOn: 0.1, meanOff: 0.4 } } },
  { arrivals: 'poisson', batch: { mean: 4 } },
  { arrivals: { renewal: { scv: 4 } }, batch: { sizes: [1, 10], weights: [9, 1] } },
  { arrivals: { mmpp: { factors: [1, 3], meanTimes: [10, 5] } }, batch: { size: 3 } },
];

describe.each(kinds.map((kind) => [JSON.stringify(kind), kind] as const))('%s', (_, kind) => {
  it('gives the same arrivals in slices of any size, in order, before the horizon, none where the rate is zero', () => {
    const whole = drawn(kind, shaped);
    for (const slice of [1, 7, 1000]) expect(drawn(kind, shaped, { slice })).toEqual(whole);
    expect(whole.every((time, i) => time >= (whole[i - 1] ?? 0) && time < 500)).toBe(true);
    expect(whole.some((time) => time > 100 && time < 180)).toBe(false);
    expect(drawn(kind, constantRate(0, 100)).length).toBe(0);
    expect(drawn(kind, shaped, { seed: 2 })).not.toEqual(whole);
  });
});

describe('the mean rate', () => {
  // Without the chain that changes a thousand times a second, which takes longest and is nearly Poisson.
  it.each(kinds.toSpliced(1, 1).map((kind) => [JSON.stringify(kind), kind] as const))('%s keeps it', (_, kind) => {
    const rate = constantRate(20, 20_000);
    const times = drawn(kind, rate);
    // Four standard errors, from the counts of a hundred long parts.
    const parts = countsPer(200, times, 20_000);
    const error = Math.sqrt(indexOfDispersion(parts) / 400_000);
    expect(error).toBeLessThan(0.02);
    expect(Math.abs(times.length / 400_000 - 1)).toBeLessThan(4 * error);
  });
});

describe('MMPP', () => {
  // Heffes & Lucantoni (1986), equation 4: rates λ₁, λ₂ and exit rates r₁, r₂.
  function closedForm([l1, l2]: number[], [r1, r2]: number[], t: number): number {
    const r = r1! + r2!;
    const top = 2 * (l1! - l2!) ** 2 * r1! * r2!;
    const mean = l1! * r2! + l2! * r1!;
    return 1 + top / (r ** 2 * mean) - (top / (r ** 3 * mean * t)) * (1 - Math.exp(-r * t));
  }

  it.each([
    [
      [0.5, 3],
      [2, 0.5],
    ],
    [
      [0, 1],
      [1, 1],
    ],
    [
      [1, 1.5],
      [0.2, 0.6],
    ],
  ])('of two states %j lasting %j has the index of dispersion it should at every scale', (factors, meanTimes) => {
    const end = 40_000;
    const times = drawn({ arrivals: { mmpp: { factors, meanTimes } } }, constantRate(30, end));
    const mean = (factors[0]! * meanTimes[0]! + factors[1]! * meanTimes[1]!) / (meanTimes[0]! + meanTimes[1]!);
    const rates = factors.map((factor) => (30 * factor) / mean);
    for (const [window, tolerance] of [
      [0.05, 0.01],
      [0.5, 0.02],
      [5, 0.06],
    ] as const) {
      const exact = closedForm(
        rates,
        meanTimes.map((time) => 1 / time),
        window,
      );
      expect(Math.abs(dispersion(times, window, end) / exact - 1)).toBeLessThan(tolerance);
    }
  });

  it('of equal factors is a Poisson process', () => {
    const times = drawn({ arrivals: { mmpp: { factors: [2, 2], meanTimes: [1, 3] } } }, constantRate(30, 20_000));
    for (const window of [0.1, 1]) expect(Math.abs(dispersion(times, window, 20_000) - 1)).toBeLessThan(0.04);
  });

  it('spends its time in the states by their mean times, whatever their number', () => {
    // Rates so different that a count of five seconds tells the state: 0, 9 or 94 expected.
    const mmpp = { factors: [0, 1, 10], meanTimes: [200, 300, 500] };
    const times = drawn({ arrivals: { mmpp } }, constantRate(10, 400_000));
    const counts = countsPer(5, times, 400_000);
    const unit = 50 / 5.3;
    const share = (from: number, to: number): number =>
      counts.filter((count) => count >= from * unit && count < to * unit).length / counts.length;
    // About 1200 visits; a share's standard error is near 0.02.
    expect(Math.abs(share(0, 0.1) - 0.2)).toBeLessThan(0.05);
    expect(Math.abs(share(0.1, 4) - 0.3)).toBeLessThan(0.05);
    expect(Math.abs(share(4, 1000) - 0.5)).toBeLessThan(0.06);
  });
});

describe('batches', () => {
  it.each([
    [{ mean: 5 }, 9],
    [{ size: 7 }, 7],
    [{ sizes: [1, 2, 20], weights: [6, 3, 1] }, (6 + 12 + 400) / (6 + 6 + 20)],
  ])('%j around Poisson: E S² ÷ E S at every scale', (batch, exact) => {
    const times = drawn({ arrivals: 'poisson', batch }, constantRate(50, 20_000));
    for (const window of [0.1, 1]) expect(Math.abs(dispersion(times, window, 20_000) / exact - 1)).toBeLessThan(0.05);
    expect(
      expectedArrivals({ arrivals: 'poisson', batch, sum: [], scale: 1 }, constantRate(1, 1), {
        stream: (name) => createStream(1, 0, name),
      }).dispersion,
    ).toBeCloseTo(exact, 12);
  });

  it('come at one instant, with sizes that are geometric', () => {
    const times = drawn({ arrivals: 'poisson', batch: { mean: 3 } }, constantRate(100, 10_000));
    const sizes = new Map<number, number>();
    let [run, batches] = [0, 0];
    for (const [i, time] of times.entries()) {
      run++;
      if (time === times[i + 1]) continue;
      sizes.set(run, (sizes.get(run) ?? 0) + 1);
      run = 0;
      batches++;
    }
    for (const size of [1, 2, 3, 6]) {
      const p = (1 / 3) * (2 / 3) ** (size - 1);
      expect(Math.abs(sizes.get(size)! / batches - p)).toBeLessThan(4 * Math.sqrt(p / batches));
    }
  });

  it('evenly spaced ones come at even distances', () => {
    expect([...drawn({ arrivals: 'deterministic', batch: { size: 2 } }, constantRate(4, 2.1))]).toEqual([
      0.5, 0.5, 1, 1, 1.5, 1.5, 2, 2,
    ]);
  });
});

describe('self-similar arrivals', () => {
  it.each([0.7, 0.85])('have a variance of counts that grows as the scale to the power 2H, H = %d', (hurst) => {
    const end = 200_000;
    const selfSimilar = { hurst, sources: 10, meanOn: 0.2, meanOff: 0.6 };
    const times = drawn({ arrivals: { selfSimilar } }, constantRate(10, end));
    // Beyond the mean times the excess over Poisson follows the power law: variance ∝ t^2H, dispersion − 1 ∝ t^(2H − 1).
    const scales = [4, 8, 16, 32, 64, 128];
    const points = scales.map((t) => [Math.log(t), Math.log(dispersion(times, t, end) - 1)] as const);
    const [mx, my] = [0, 1].map((k) => points.reduce((sum, point) => sum + point[k]!, 0) / points.length);
    const slope =
      points.reduce((sum, [x, y]) => sum + (x - mx!) * (y - my!), 0) /
      points.reduce((sum, [x]) => sum + (x - mx!) ** 2, 0);
    expect((slope + 1) / 2).toBeGreaterThan(hurst - 0.06);
    expect((slope + 1) / 2).toBeLessThan(hurst + 0.06);
    const memoryless = drawn({ arrivals: 'poisson' }, constantRate(20, 20_000));
    expect(dispersion(memoryless, 64, 20_000)).toBeLessThan(1.3);
  });
});

describe('the rate that stands for modulated arrivals', () => {
  const workload = (arrivals: Workload['arrivals']): Workload => ({ arrivals, sum: [], scale: 1 });
  const stream = (name: string) => createStream(3, 0, name);

  it('is the one they are drawn from', () => {
    const arrivals = { mmpp: { factors: [0, 4], meanTimes: [30, 10] } };
    const { rate, dispersion: around } = expectedArrivals(workload(arrivals), shaped, { stream });
    expect(around).toBe(1);
    for (const time of drawn({ arrivals }, shaped, { seed: 3 })) expect(evaluate(rate, time)).toBeGreaterThan(0);
    // Factors of 0 and 4: wherever it is not silent it is four times the rate.
    for (let t = 0.5; t < 500; t++)
      expect([0, 4 * evaluate(shaped, t)]).toContainEqual(expect.closeTo(evaluate(rate, t), 9));
  });

  it('is averaged where it would have too many pieces, and loses no requests', () => {
    const arrivals = { mmpp: { factors: [0, 4], meanTimes: [0.003, 0.001] } };
    const { rate } = expectedArrivals(workload(arrivals), shaped, { stream });
    expect(rate.t.length).toBe(200_000);
    const parts = Array.from({ length: 5 }, (_, k) => integrate(rate, k * 100, k * 100 + 100));
    for (const [k, part] of parts.entries())
      expect(Math.abs(part - integrate(shaped, k * 100, k * 100 + 100))).toBeLessThan(30);
    expect(Math.abs(integrate(rate) / integrate(shaped) - 1)).toBeLessThan(0.02);
  });
});

describe('what is wrong with them', () => {
  it.each([
    [{}, 'give one of renewal, mmpp, selfSimilar, not nothing'],
    [
      { renewal: { scv: 1 }, mmpp: { factors: [1, 2], meanTimes: [1, 2] } },
      'give one of renewal, mmpp, selfSimilar, not renewal and mmpp',
    ],
    [{ mmpp: { factors: [1, 2], meanTimes: [1, 2, 3] } }, 'there are 2 factors but 3 times'],
    [{ mmpp: { factors: [0, 0], meanTimes: [1, 2] } }, 'at least one factor must be above zero'],
  ])('%j: %s', (config, message) => {
    expect(JSON.stringify(arrivalConfig.safeParse(config).error?.issues)).toContain(message);
  });

  it.each([
    [{}, 'give mean, size or sizes, not nothing'],
    [{ mean: 2, size: 3 }, 'give mean, size or sizes, not mean and size'],
    [{ size: 3, weights: [1] }, 'there are 0 sizes but 1 weights'],
    [{ sizes: [3], weights: [0] }, 'at least one weight must be above zero'],
  ])('%j: %s', (config, message) => {
    expect(JSON.stringify(batchConfig.safeParse(config).error?.issues)).toContain(message);
  });

  it('an exact replay has no batches', () => {
    const workload: Workload = { arrivals: 'exact', batch: { size: 2 }, sum: [], scale: 1 };
    expect(checkArrivals(workload, new Map()).map(({ path }) => path)).toEqual([['batch']]);
  });
});
