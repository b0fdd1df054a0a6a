import type { RandomStream, Sampler } from './contract.ts';
import { WordSource, wordCount } from './word-source.ts';

const binBits = 12;
const bins = 1 << binBits;
/** Bins at either end whose integral is taken by quadrature; between them, second differences are enough. */
const edge = 32;

/**
 * The quantile function at i / 4096 for i = 1 … 4095, each value shifted so that straight lines between them have the
 * mean of the curve: a chord of a convex piece lies above it, in a heavy tail by more than a simulation may ignore.
 * Index 0 is not used for draws.
 */
export type QuantileTable = Float64Array;

/** @param quantile finite and continuous inside (0, 1) */
export function buildQuantileTable(quantile: (p: number) => number): QuantileTable {
  const values = Float64Array.from({ length: bins }, (_, i) => quantile(Math.max(i, 0.5) / bins));
  const excess = new Float64Array(bins);
  for (let i = 1; i < bins - 1; i++) {
    excess[i] =
      i <= edge || i >= bins - 1 - edge
        ? (values[i]! + values[i + 1]!) / 2 - meanOverBin(quantile, i)
        : (secondDifference(values, i) + secondDifference(values, i + 1)) / 24;
  }
  // Half of a bin's excess to each of its ends; the outermost ends belong to one bin only. Where the curve grows by
  // factors from bin to bin, no further than to its neighbours, lest it fall below its own beginning.
  const table = values.slice();
  for (let i = 1; i < bins; i++) {
    const shift = i === 1 ? excess[1]! : i === bins - 1 ? excess[i - 1]! : (excess[i - 1]! + excess[i]!) / 2;
    const lowest = values[i - 1]!;
    const highest = i === bins - 1 ? Infinity : values[i + 1]!;
    table[i] = Math.min(Math.max(values[i]! - shift, lowest), highest);
  }
  return table;
}

function secondDifference(values: Float64Array, i: number): number {
  return values[i - 1]! - 2 * values[i]! + values[i + 1]!;
}

/** Gauss and Legendre's five points on [−1, 1] and their weights, halved. Abramowitz & Stegun, table 25.4. */
const points = [-0.906179845938664, -0.538469310105683, 0, 0.538469310105683, 0.906179845938664] as const;
const weights = [
  0.1184634425280945, 0.2393143352496832, 0.2844444444444444, 0.2393143352496832, 0.1184634425280945,
] as const;

function meanOverBin(quantile: (p: number) => number, bin: number): number {
  return points.reduce<number>((sum, point, k) => sum + weights[k]! * quantile((bin + 0.5 + point / 2) / bins), 0);
}

/**
 * Draws by inversion: twelve bits of a random word choose one of 4,096 equally probable bins, twenty the place on the
 * straight line across it. The first and the last bin, where the curve may be steep without limit, are inverted
 * exactly. The same cost for every distribution.
 */
export class QuantileTableSampler implements Sampler {
  readonly #source: WordSource;
  readonly #table: QuantileTable;
  readonly #quantile: (p: number) => number;

  constructor(stream: RandomStream, table: QuantileTable, quantile: (p: number) => number) {
    this.#source = new WordSource(stream);
    this.#table = table;
    this.#quantile = quantile;
  }

  next(): number {
    const word = this.#source.next();
    const bin = word >>> (32 - binBits);
    return isOutermost(bin) ? this.#invert(bin) : across(this.#table[bin]!, this.#table[bin + 1]!, word);
  }

  fill(target: Float64Array, count: number): void {
    const source = this.#source;
    const { words } = source;
    const table = this.#table;
    let filled = 0;
    while (filled < count) {
      if (source.cursor === wordCount) source.refill();
      let { cursor } = source;
      const end = Math.min(count, filled + wordCount - cursor);
      // Four at a time, and no call in here: at each round, and after a call, V8 asks anew what the arrays are.
      while (filled + 4 <= end) {
        const first = words[cursor]!;
        const second = words[cursor + 1]!;
        const third = words[cursor + 2]!;
        const fourth = words[cursor + 3]!;
        if (isOutermost(first >>> (32 - binBits)) || isOutermost(second >>> (32 - binBits))) break;
        if (isOutermost(third >>> (32 - binBits)) || isOutermost(fourth >>> (32 - binBits))) break;
        target[filled] = across(table[first >>> (32 - binBits)]!, table[(first >>> (32 - binBits)) + 1]!, first);
        target[filled + 1] = across(table[second >>> (32 - binBits)]!, table[(second >>> (32 - binBits)) + 1]!, second);
        target[filled + 2] = across(table[third >>> (32 - binBits)]!, table[(third >>> (32 - binBits)) + 1]!, third);
        target[filled + 3] = across(table[fourth >>> (32 - binBits)]!, table[(fourth >>> (32 - binBits)) + 1]!, fourth);
        cursor += 4;
        filled += 4;
      }
      source.cursor = cursor;
      if (filled < end) target[filled++] = this.next();
    }
  }

  #invert(bin: number): number {
    // Next to 1 the sum may round to it, where the quantile is infinite.
    return this.#quantile(Math.min((bin + this.#source.nextUniform()) / bins, 1 - 2 ** -53));
  }
}

function isOutermost(bin: number): boolean {
  return ((bin + 1) & (bins - 1)) < 2;
}

/** On the straight line from one end of a bin to the other, at the place that a word gives. */
function across(from: number, to: number, word: number): number {
  return from + ((word & 0xfffff) + 0.5) * 2 ** -20 * (to - from);
}
