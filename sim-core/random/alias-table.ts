import type { RandomStream, Sampler } from './contract.ts';
import { WordSource } from './word-source.ts';

/**
 * Walker's alias method, with the tables of Vose (1991): every column holds the share 1/n of the probability, split
 * between its own value and one other.
 */
export interface AliasTable {
  readonly values: Float64Array;
  /** n, probability of the column's own value within the column */
  readonly own: Float64Array;
  /** n, index of the other value */
  readonly other: Int32Array;
}

/** @param weights n, ≥ 0, not all 0 */
export function buildAliasTable(values: Float64Array, weights: Float64Array): AliasTable {
  const n = values.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const own = weights.map((weight) => (weight / total) * n);
  const other = Int32Array.from({ length: n }, (_, index) => index);
  const small: number[] = [];
  const large: number[] = [];
  for (let index = 0; index < n; index++) (own[index]! < 1 ? small : large).push(index);
  while (small.length > 0 && large.length > 0) {
    const poor = small.pop()!;
    const rich = large.pop()!;
    other[poor] = rich;
    own[rich] = own[rich]! - (1 - own[poor]!);
    (own[rich] < 1 ? small : large).push(rich);
  }
  // What is left differs from 1 by rounding only.
  for (const index of [...small, ...large]) own[index] = 1;
  return { values, own, other };
}

export class AliasSampler implements Sampler {
  readonly #source: WordSource;
  readonly #table: AliasTable;

  constructor(stream: RandomStream, table: AliasTable) {
    this.#source = new WordSource(stream);
    this.#table = table;
  }

  next(): number {
    const { values, own, other } = this.#table;
    const column = Math.floor((this.#source.next() >>> 0) * 2 ** -32 * values.length);
    const within = ((this.#source.next() >>> 0) + 0.5) * 2 ** -32;
    return values[within < own[column]! ? column : other[column]!]!;
  }

  fill(target: Float64Array, count: number): void {
    for (let index = 0; index < count; index++) target[index] = this.next();
  }
}
