import type { RandomStream, Sampler } from './contract.ts';
import { WordSource } from './word-source.ts';

/**
 * Draws by inverting the distribution function at one uniform number of 53 bits: two words a draw, always. Slower than
 * the samplers that reject or look aside, but monotone: mirrored chance gives mirrored draws. For antithetic pairs.
 */
export class InversionSampler implements Sampler {
  readonly #source: WordSource;
  readonly #quantile: (p: number) => number;

  constructor(stream: RandomStream, quantile: (p: number) => number) {
    this.#source = new WordSource(stream);
    this.#quantile = quantile;
  }

  next(): number {
    return this.#quantile(this.#source.nextUniform());
  }

  fill(target: Float64Array, count: number): void {
    for (let index = 0; index < count; index++) target[index] = this.next();
  }
}
