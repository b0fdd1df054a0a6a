/**
 * Counts of durations in logarithmic buckets: 128 to an octave, from 2⁻²⁰ s (about 1 µs) to 2²⁴ s (about 194 days).
 * A bucket is 1/128 of its octave wide, so any quantile is within 0.8 % of the exact order statistic. Shorter
 * durations count as 0, longer ones as the upper end. Adding costs a few nanoseconds: the bucket is read off the
 * bits of the float.
 */

const subBucketBits = 7;
const subBuckets = 1 << subBucketBits;
const lowestExponent = -20;
const octaves = 44;
/** (exponent and leading mantissa bits of 2^lowestExponent) − 1: bucket 0 holds everything below. */
const offset = ((1023 + lowestExponent) << subBucketBits) - 1;

/** Buckets in all, including the one for everything below 2⁻²⁰ s and the one for everything above the range. */
export const bucketCount = octaves * subBuckets + 2;

const float = new Float64Array(1);
const words = new Int32Array(float.buffer);
float[0] = 1;
const highWord = words[1] === 0 ? 0 : 1;

/** The bucket of a duration in seconds. */
export function bucketOf(seconds: number): number {
  float[0] = seconds;
  // Constants written out: a bundler makes one number of them, but reads a variable of the module at every call.
  const bucket = (words[highWord]! >> (20 - subBucketBits)) - (((1023 + lowestExponent) << subBucketBits) - 1);
  if (bucket <= 0) return 0;
  return bucket < octaves * (1 << subBucketBits) + 2 ? bucket : octaves * (1 << subBucketBits) + 1;
}

/** Lower bound of a bucket, s. */
export function bucketLowerBound(bucket: number): number {
  if (bucket <= 0) return 0;
  words[1 - highWord] = 0;
  words[highWord] = (bucket + offset) << (20 - subBucketBits);
  return float[0]!;
}

/** Four at a time: at each round of a loop V8 asks anew what the arrays are. */
function addBuckets(to: Int32Array, from: Int32Array, start: number, end: number): void {
  let bucket = start;
  for (; bucket + 4 <= end; bucket += 4) {
    to[bucket]! += from[bucket]!;
    to[bucket + 1]! += from[bucket + 1]!;
    to[bucket + 2]! += from[bucket + 2]!;
    to[bucket + 3]! += from[bucket + 3]!;
  }
  for (; bucket < end; bucket++) to[bucket]! += from[bucket]!;
}

function sumOfBuckets(counts: Int32Array, start: number, end: number): number {
  let sum = 0;
  let bucket = start;
  for (; bucket + 4 <= end; bucket += 4)
    sum += counts[bucket]! + counts[bucket + 1]! + counts[bucket + 2]! + counts[bucket + 3]!;
  for (; bucket < end; bucket++) sum += counts[bucket]!;
  return sum;
}

/** Filled by the last count, read at once; one for all, for it lives no longer than a call. */
const octaveCounts = new Float64Array(octaves + 2);

export class LatencyHistogram {
  /** Per bucket; at most 2³¹ − 1 each. */
  counts: Int32Array;
  /** Which octaves hold anything, so that clearing, merging and reading skip the rest. */
  private touched: Uint8Array;

  /** @param counts left out: all zero */
  constructor(counts = new Int32Array(bucketCount)) {
    this.counts = counts;
    this.touched = new Uint8Array(octaves + 2);
  }

  add(seconds: number): void {
    const bucket = bucketOf(seconds);
    this.counts[bucket]!++;
    this.touched[octaveOf(bucket)] = 1;
  }

  /** Adds one duration many times. @param times integer ≥ 0 */
  addMany(seconds: number, times: number): void {
    const bucket = bucketOf(seconds);
    this.counts[bucket]! += times;
    this.touched[octaveOf(bucket)] = 1;
  }

  /** Number of durations added. */
  get count(): number {
    return this.countOctaves();
  }

  merge(other: LatencyHistogram): void {
    const { counts, touched } = this;
    for (let octave = 0; octave < touched.length; octave++) {
      if (other.touched[octave] === 0) continue;
      touched[octave] = 1;
      addBuckets(counts, other.counts, firstBucketOf(octave), firstBucketOf(octave + 1));
    }
  }

  addTo(other: LatencyHistogram): void {
    other.merge(this);
  }

  clear(): void {
    for (let octave = 0; octave < this.touched.length; octave++) {
      if (this.touched[octave] === 0) continue;
      this.counts.fill(0, firstBucketOf(octave), firstBucketOf(octave + 1));
      this.touched[octave] = 0;
    }
  }

  clone(): LatencyHistogram {
    const copy = new LatencyHistogram();
    copy.merge(this);
    return copy;
  }

  /**
   * The durations at the given ranks, interpolated within their buckets.
   *
   * @param probabilities each in [0, 1], ascending
   * @returns s, one a probability; NaN when the histogram is empty
   */
  quantiles(probabilities: readonly number[]): number[] {
    const total = this.countOctaves();
    if (total === 0) return probabilities.map(() => NaN);
    const { counts, touched } = this;
    const found: number[] = [];
    let below = 0;
    for (let octave = 0; octave < touched.length && found.length < probabilities.length; octave++) {
      if (touched[octave] === 0) continue;
      const inOctave = octaveCounts[octave]!;
      if (inOctave === 0 || below + inOctave < probabilities[found.length]! * total) {
        below += inOctave;
        continue;
      }
      const end = firstBucketOf(octave + 1);
      for (let bucket = firstBucketOf(octave); bucket < end; bucket++) {
        const here = counts[bucket]!;
        if (here === 0) continue;
        while (found.length < probabilities.length) {
          const rank = probabilities[found.length]! * total;
          if (below + here < rank) break;
          const lower = bucketLowerBound(bucket);
          const upper = bucket < bucketCount - 1 ? bucketLowerBound(bucket + 1) : lower;
          found.push(bucket === 0 ? 0 : lower + ((rank - below) / here) * (upper - lower));
        }
        below += here;
      }
    }
    return found;
  }

  /** One quantile, s; NaN when the histogram is empty. */
  quantile(probability: number): number {
    return this.quantiles([probability])[0]!;
  }

  /** Counts each octave that holds anything into `octaveCounts`. @returns their sum */
  private countOctaves(): number {
    const { counts, touched } = this;
    let total = 0;
    for (let octave = 0; octave < touched.length; octave++) {
      if (touched[octave] === 0) continue;
      const sum = sumOfBuckets(counts, firstBucketOf(octave), firstBucketOf(octave + 1));
      octaveCounts[octave] = sum;
      total += sum;
    }
    return total;
  }
}

/** Octave 0 holds bucket 0 alone; octave k ≥ 1 the 128 buckets of one doubling; the last one the overflow. */
function firstBucketOf(octave: number): number {
  return octave === 0 ? 0 : Math.min((octave - 1) * subBuckets + 1, bucketCount);
}

function octaveOf(bucket: number): number {
  return (bucket + ((1 << subBucketBits) - 1)) >> (subBucketBits | 0);
}
