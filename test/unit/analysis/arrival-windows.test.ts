import { describe, expect, it } from 'vitest';
import { arrivalWindows } from '../../../sim-core/analysis/arrival-windows.ts';
import { createStream } from '../../../sim-core/random/stream.ts';

const everyRow = () => true;
const kindsOf = (counts: readonly number[]) =>
  arrivalWindows(Float64Array.from(counts), everyRow).map(({ kind }) => kind);

/** Poisson counts by multiplying uniform numbers (Knuth, The Art of Computer Programming 2, 3.4.1). */
function poissonCounts(rows: number, mean: number, name: string): number[] {
  const stream = createStream(1, 0, name);
  const least = Math.exp(-mean);
  return Array.from({ length: rows }, () => {
    let count = -1;
    for (let product = 1; product > least; product *= stream.nextUniform()) count += 1;
    return count;
  });
}

describe('windows of arrivals', () => {
  it.each([
    [40, 10_000, 14],
    [79, 5_000, 18],
  ])('of Poisson counts, %i rows each, are hardly ever taken for something else', (rows, windows, most) => {
    const counts = poissonCounts(windows * (rows + 1), 8, `${rows} rows`);
    // Every window is a stretch of its own: the row between two of them is not usable.
    const found = arrivalWindows(Float64Array.from(counts), (row) => row % (rows + 1) !== rows);
    expect(found).toHaveLength(windows);
    // One in 2,000 and one in 700, and three standard deviations of a Poisson number.
    expect(found.filter(({ kind }) => kind !== 'poisson').length).toBeLessThanOrEqual(most);
  });

  it('tell counts that vary too little, too much, or hang together', () => {
    const poisson = poissonCounts(40, 50, 'base');
    expect(kindsOf(poisson)).toEqual(['poisson']);
    expect(kindsOf(poisson.map(() => 50))).toEqual(['non-poisson']);
    expect(kindsOf(poisson.map((count) => 50 + 4 * (count - 50)))).toEqual(['non-poisson']);
    expect(kindsOf(poisson.map((_, row) => Math.round(50 + 30 * Math.sin(row / 1.6))))).toEqual(['correlated']);
  });

  it('follow a trend without taking it for correlation', () => {
    const trend = poissonCounts(40, 50, 'trend').map((count, row) => count + 5 * row);
    expect(kindsOf(trend)).toEqual(['poisson']);
  });

  it('are none where rows are few or arrivals rare', () => {
    expect(kindsOf(poissonCounts(23, 50, 'few'))).toEqual([]);
    expect(kindsOf(poissonCounts(40, 3, 'rare'))).toEqual([]);
  });
});
