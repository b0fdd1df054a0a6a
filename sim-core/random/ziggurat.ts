import { exp, log, log1p } from '../units/math.ts';
import { normalQuantile } from '../units/special.ts';
import type { RandomStream, Sampler } from './contract.ts';
import { InversionSampler } from './inversion.ts';
import { WordSource, wordCount } from './word-source.ts';

/**
 * Ziggurat sampling (Marsaglia & Tsang 2000) with 256 layers of equal area v: layer i is as wide as x[i] and reaches up
 * to where the density f falls to f(x[i+1]). One random word gives the layer and the place in it; 99 of 100 fall where
 * the density is certainly above. Which layer and where come from different bits (Doornik 2005), and the tables from
 * portable functions.
 */
interface Tables {
  /** 257, x[0] is the width the base would have with its tail folded in, x[1] where the tail begins, x[256] = 0 */
  readonly x: Float64Array;
  /** 257, f at x */
  readonly density: Float64Array;
  /** 256, places below this many steps are under the density for certain */
  readonly certain: Int32Array;
  /** 256, length of one step */
  readonly step: Float64Array;
}

const layers = 256;

/** @param steps places in a layer, a power of two */
function buildTables(
  tailStart: number,
  area: number,
  steps: number,
  density: (x: number) => number,
  inverse: (y: number) => number,
): Tables {
  const x = new Float64Array(layers + 1);
  x[0] = area / density(tailStart);
  x[1] = tailStart;
  for (let i = 2; i < layers; i++) x[i] = inverse(density(x[i - 1]!) + area / x[i - 1]!);
  return {
    x,
    density: x.map(density),
    certain: Int32Array.from({ length: layers }, (_, i) => Math.floor((x[i + 1]! / x[i]!) * steps)),
    step: Float64Array.from({ length: layers }, (_, i) => x[i]! / steps),
  };
}

/** Where the layers close: x[256] comes out as 0 to the last digit. */
const exponentialTail = 7.69711747013105;
const exponentialArea = 0.003949659822581556;
const normalTail = 3.654152885361009;
const normalArea = 0.004928673233974657;

const exponential = buildTables(
  exponentialTail,
  exponentialArea,
  2 ** 24,
  (x) => exp(-x),
  (y) => -log(y),
);
const normal = buildTables(
  normalTail,
  normalArea,
  2 ** 23,
  (x) => exp(-0.5 * x * x),
  (y) => Math.sqrt(-2 * log(y)),
);

/** Exponential numbers of mean 1. Resolution 2^-24 of a layer's width, 5·10⁻⁷ at worst; never 0. */
export function exponentialSampler(stream: RandomStream, mean = 1): Sampler {
  if (stream.byInversion === true) return new InversionSampler(stream, (p) => -log1p(-p) * mean);
  return new ExponentialSampler(stream, mean);
}

class ExponentialSampler implements Sampler {
  readonly #source: WordSource;
  readonly #mean: number;

  constructor(stream: RandomStream, mean: number) {
    this.#source = new WordSource(stream);
    this.#mean = mean;
  }

  next(): number {
    return this.#settle(this.#source.next()) * this.#mean;
  }

  fill(target: Float64Array, count: number): void {
    const source = this.#source;
    const { words } = source;
    const { certain, step } = exponential;
    const mean = this.#mean;
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
        if (first >>> 8 >= certain[first & 0xff]! || second >>> 8 >= certain[second & 0xff]!) break;
        if (third >>> 8 >= certain[third & 0xff]! || fourth >>> 8 >= certain[fourth & 0xff]!) break;
        target[filled] = ((first >>> 8) + 0.5) * step[first & 0xff]! * mean;
        target[filled + 1] = ((second >>> 8) + 0.5) * step[second & 0xff]! * mean;
        target[filled + 2] = ((third >>> 8) + 0.5) * step[third & 0xff]! * mean;
        target[filled + 3] = ((fourth >>> 8) + 0.5) * step[fourth & 0xff]! * mean;
        cursor += 4;
        filled += 4;
      }
      source.cursor = cursor;
      if (filled < end) target[filled++] = this.#settle(source.next()) * mean;
    }
  }

  /** The number a word leads to, drawing more where one word does not decide. */
  #settle(first: number): number {
    const { density, certain, step } = exponential;
    let word = first;
    let base = 0;
    for (;;) {
      const layer = word & 0xff;
      const place = word >>> 8;
      const x = (place + 0.5) * step[layer]!;
      if (place < certain[layer]!) return base + x;
      if (layer === 0) {
        // Beyond the tail's start an exponential number starts afresh.
        base += exponentialTail;
      } else {
        const [low, high] = [density[layer]!, density[layer + 1]!];
        if (low + this.#source.nextUniform() * (high - low) < exp(-x)) return base + x;
      }
      word = this.#source.next();
    }
  }
}

/** Normal numbers of mean 0 and variance 1. Resolution 2^-23 of a layer's width, 5·10⁻⁷ at worst. */
export function normalSampler(stream: RandomStream): Sampler {
  return stream.byInversion === true ? new InversionSampler(stream, normalQuantile) : new NormalSampler(stream);
}

class NormalSampler implements Sampler {
  readonly #source: WordSource;

  constructor(stream: RandomStream) {
    this.#source = new WordSource(stream);
  }

  next(): number {
    const { density, certain, step } = normal;
    for (;;) {
      const word = this.#source.next();
      const layer = word & 0xff;
      const sign = (word & 0x100) === 0 ? 1 : -1;
      const place = word >>> 9;
      const x = (place + 0.5) * step[layer]!;
      if (place < certain[layer]!) return sign * x;
      if (layer === 0) return sign * this.#tail();
      const [low, high] = [density[layer]!, density[layer + 1]!];
      if (low + this.#source.nextUniform() * (high - low) < exp(-0.5 * x * x)) return sign * x;
    }
  }

  fill(target: Float64Array, count: number): void {
    for (let index = 0; index < count; index++) target[index] = this.next();
  }

  /** Marsaglia's (1964) exact method for the tail beyond r. */
  #tail(): number {
    for (;;) {
      const x = -log(this.#source.nextUniform()) / normalTail;
      const y = -log(this.#source.nextUniform());
      if (y + y > x * x) return normalTail + x;
    }
  }
}
