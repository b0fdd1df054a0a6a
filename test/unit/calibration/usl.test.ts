import { describe, expect, it } from 'vitest';
import { fitScalabilityLaw, throughputAt } from '../../../sim-core/calibration/usl.ts';
import { createStream } from '../../../sim-core/random/stream.ts';
import { readShared } from '../../support/published.ts';

interface Published {
  readonly datasets: Readonly<
    Record<
      string,
      {
        data: [number, number][];
        published?: { sigma: number; kappa: number; lam: number };
        fit_here_nonlinear_least_squares: {
          lam: number;
          sigma: number;
          kappa: number;
          N_max: number | null;
          rss: number;
        };
      }
    >
  >;
}

const { datasets } = JSON.parse(readShared('published/usl_datasets.json')) as Published;

function fit(points: readonly (readonly [number, number])[]) {
  const { found, issues } = fitScalabilityLaw(points.map(([concurrency, throughput]) => ({ concurrency, throughput })));
  if (found === undefined) throw new Error(issues[0]?.message);
  return found;
}

describe('the universal scalability law, against published load tests', () => {
  it.each(Object.keys(datasets))('%s: the digits of the file', (name) => {
    const { data, fit_here_nonlinear_least_squares: expected } = datasets[name]!;
    const law = fit(data);
    // The optimum is flat, and the file's own fit stopped within 2e-6 of it: nobody may have a smaller sum of squares.
    expect(law.residualSumOfSquares).toBeLessThanOrEqual(expected.rss * (1 + 1e-9));
    expect(law.throughputOfOne.value / expected.lam).toBeCloseTo(1, 5);
    expect(law.contention.value / expected.sigma).toBeCloseTo(1, 5);
    if (expected.kappa === 0) {
      expect(law.coherency).toMatchObject({ value: 0, interval: [0, expect.any(Number)] });
      expect(law.coherency.method).toContain('profile likelihood');
      expect(law.peakConcurrency).toBeNull();
      expect(law.throughputLimit / (expected.lam / expected.sigma)).toBeCloseTo(1, 5);
    } else {
      expect(law.coherency.value / expected.kappa).toBeCloseTo(1, 5);
      expect(law.peakConcurrency!.value / expected.N_max!).toBeCloseTo(1, 5);
    }
  });

  it('agrees with the book on Cisco to the 0.02 % that its other implementations reach', () => {
    const { data, published } = datasets['cisco']!;
    const law = fit(data);
    for (const [value, printed] of [
      [law.contention.value, published!.sigma],
      [law.coherency.value, published!.kappa],
      [law.throughputOfOne.value, published!.lam],
    ] as const) {
      expect(Math.abs(value / printed - 1)).toBeLessThan(2e-4);
    }
    expect(law.peakThroughput).toBeCloseTo(12342, -1);
  });

  it('brackets every number of a law with noise on it, and narrowly', () => {
    const noise = [0.01, -0.012, 0.004, -0.007, 0.011, -0.003, 0.006, -0.009, 0.002, -0.001];
    const law = fit(
      noise.map((each, i) => [4 * i + 1, throughputAt(50, 0.03, 0.0004, 4 * i + 1) * (1 + each)] as const),
    );
    for (const [{ interval }, truth] of [
      [law.throughputOfOne, 50],
      [law.contention, 0.03],
      [law.coherency, 0.0004],
      [law.peakConcurrency!, Math.sqrt(0.97 / 0.0004)],
    ] as const) {
      expect(interval![0]).toBeLessThan(truth);
      expect(interval![1]).toBeGreaterThan(truth);
      expect(interval![1] - interval![0]).toBeLessThan(truth);
    }
  });

  it('covers a coherency near its bound as often as it promises, and narrowly', () => {
    const stream = createStream(7, 0, 'noise');
    const truth = 2e-5;
    let [covered, atBound] = [0, 0];
    for (let set = 0; set < 150; set++) {
      const { value, interval } = fit(
        Array.from({ length: 10 }, (_, i) => {
          const noise = 12 * (stream.nextUniform() + stream.nextUniform() + stream.nextUniform() - 1.5);
          return [4 * i + 1, throughputAt(50, 0.03, truth, 4 * i + 1) + noise] as const;
        }),
      ).coherency;
      if (value === 0) atBound++;
      expect(interval![1]).toBeLessThan(2e-3);
      if (interval![0] <= truth && interval![1] >= truth) covered++;
    }
    expect(atBound).toBeGreaterThan(30);
    expect(covered / 150).toBeGreaterThan(0.91);
  });

  it('says which points it cannot use', () => {
    const points = [1, 2, NaN, 4, 5, 0].map((concurrency) => ({ concurrency, throughput: 10 * concurrency }));
    const { found, issues } = fitScalabilityLaw(points);
    expect(found!.throughputOfOne.points).toBe(4);
    expect(issues).toMatchObject([{ code: 'calibration-left-out', severity: 'warning' }]);
    expect(issues[0]!.message).toContain('Points 3, 6 of 6');
  });

  it('says how many points it takes', () => {
    expect(fitScalabilityLaw([{ concurrency: 1, throughput: 5 }]).issues[0]).toMatchObject({
      code: 'calibration-too-little',
    });
  });
});
