import { describe, expect, it } from 'vitest';
import { createStream } from '../../../sim-core/random/stream.ts';
import { normalSampler } from '../../../sim-core/random/ziggurat.ts';
import { KimNelson, kimNelsonEta } from '../../../sim-core/statistics/kim-nelson.ts';

describe('Kim and Nelson’s procedure', () => {
  it('has the constant that solves its equation: ½(1 + 2η)^(−(n₀ − 1)/2) = α/(k − 1)', () => {
    for (const [k, first, probability] of [
      [2, 10, 0.95],
      [5, 10, 0.9],
      [10, 24, 0.99],
    ] as const) {
      const eta = kimNelsonEta(k, first, probability);
      expect(0.5 * (1 + 2 * eta) ** (-(first - 1) / 2)).toBeCloseTo((1 - probability) / (k - 1), 12);
    }
  });

  it('by hand: two alternatives, differences 1, 3, 2 in the first stage', () => {
    // k = 2, n₀ = 3, α = 0.1: η = ½(0.2⁻¹ − 1) = 2, h² = 2·2·2 = 8, S² = 1, δ = 1: the boundary ½(8 − r) after r.
    const selection = new KimNelson(2, { probability: 0.9, indifference: 1, firstStage: 3 });
    expect(kimNelsonEta(2, 3, 0.9)).toBeCloseTo(2, 12);
    selection.add([1, 0]);
    selection.add([3, 0]);
    expect(selection.state).toEqual({ surviving: [0, 1], eliminatedAt: [null, null] });
    // The sum of the differences is 6, the boundary 2.5.
    selection.add([2, 0]);
    expect(selection.state).toEqual({ surviving: [1], eliminatedAt: [3, null] });
  });

  it('waits until the boundary has closed, where nothing separates two alternatives', () => {
    // Differences 1, −1, 0: S² = 1, the boundary is 0 from r = 8 on; then the sign decides.
    const selection = new KimNelson(2, { probability: 0.9, indifference: 1, firstStage: 3 });
    for (const difference of [1, -1, 0, 0.1, 0, 0, 0]) selection.add([difference, 0]);
    expect(selection.state.surviving).toEqual([0, 1]);
    selection.add([0, 0]);
    expect(selection.state).toEqual({ surviving: [1], eliminatedAt: [8, null] });
  });

  it.each([
    ['independent', 0],
    ['with common random numbers', 0.7],
  ])('keeps its promise where it is hardest, all others worse by just the indifference: %s', (_, correlation) => {
    const noise = normalSampler(createStream(1, 0, `selection ${correlation}`));
    const [own, shared] = [Math.sqrt(1 - correlation), Math.sqrt(correlation)];
    const experiments = 1000;
    let correct = 0;
    let replications = 0;
    for (let experiment = 0; experiment < experiments; experiment++) {
      const selection = new KimNelson(5, { probability: 0.9, indifference: 0.5, firstStage: 10 });
      while (selection.state.surviving.length > 1) {
        const common = noise.next();
        selection.add(Array.from({ length: 5 }, (__, i) => (i === 2 ? 0 : 0.5) + own * noise.next() + shared * common));
        replications++;
      }
      if (selection.state.surviving[0] === 2) correct++;
    }
    // Binomial, 1000 × 0.9: three standard deviations are 28.
    expect(correct).toBeGreaterThan(900 - 28);
    // Common chance makes the differences smaller and the search shorter.
    expect(replications / experiments).toBeLessThan(correlation > 0 ? 30 : 80);
  });
});
