/**
 * Pearson's correlation of two series, the second `lag` readings later; NaN where fewer than three pairs are known or one
 * of them never changes.
 */
export function correlationAt(first: ArrayLike<number>, second: ArrayLike<number>, lag: number): number {
  let n = 0;
  let [meanA, meanB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  for (let i = Math.max(0, -lag); i < first.length && i + lag < second.length; i++) {
    const a = first[i]!;
    const b = second[i + lag]!;
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    n++;
    const [toA, toB] = [a - meanA, b - meanB];
    meanA += toA / n;
    meanB += toB / n;
    squaresA += toA * (a - meanA);
    squaresB += toB * (b - meanB);
    products += toA * (b - meanB);
  }
  return n < 3 || !(squaresA > 0) || !(squaresB > 0) ? NaN : products / Math.sqrt(squaresA * squaresB);
}
