/** Σ (observed − expected)² ÷ expected over the cells. */
export function chiSquare(observed: Float64Array, expected: (cell: number) => number): number {
  return observed.reduce((sum, count, cell) => sum + (count - expected(cell)) ** 2 / expected(cell), 0);
}

/**
 * Kolmogorov and Smirnov's √n · sup |Fₙ(x) − F(x)| for a sample that this sorts. Its limit law is exceeded with
 * probability 2 Σ (−1)^(k−1) exp(−2k²t²): 5% at 1.358, 1% at 1.628, 0.1% at 1.949.
 */
export function kolmogorovSmirnov(sample: Float64Array, distribution: (x: number) => number): number {
  sample.sort();
  const n = sample.length;
  let distance = 0;
  for (let index = 0; index < n; index++) {
    const p = distribution(sample[index]!);
    distance = Math.max(distance, p - index / n, (index + 1) / n - p);
  }
  return Math.sqrt(n) * distance;
}
