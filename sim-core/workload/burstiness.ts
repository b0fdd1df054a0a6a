import { rootBetween } from '../random/root.ts';
import { autocorrelation, countsPer, indexOfDispersion, intervalDispersion } from '../statistics/dispersion.ts';
import type { TraceSeries } from '../trace/contract.ts';
import { expm1 } from '../units/math.ts';
import type { ArrivalConfig } from './arrival-config.ts';

/** What is known of how irregularly a trace's requests come. */
export interface Burstiness {
  /** s, the buckets a replay would use: within them a rate says nothing */
  readonly bucket: number;
  readonly scales: readonly {
    /** s */
    readonly window: number;
    /** how many whole windows there are */
    readonly windows: number;
    /** variance ÷ mean of the counts */
    readonly dispersion: number;
    /** … around the rate of the bucket they lie in, which a replay follows anyway; null from the bucket on, or for rates */
    readonly within: number | null;
    /** correlation of one count with the next */
    readonly nextCorrelation: number;
  }[];
  /** null for rates: only single requests have gaps */
  readonly gaps: {
    /** s */
    readonly mean: number;
    readonly scv: number;
    /** of each gap with those that follow, lags 1 … 10 */
    readonly autocorrelation: readonly number[];
    /** index of dispersion for intervals of 1, 10, 100 gaps */
    readonly dispersion: readonly number[];
  } | null;
  /** arrivals that are as irregular below the bucket as the trace was; null where that cannot be known */
  readonly matched: ArrivalConfig | null;
}

const lags = 10;
/** Windows as parts and multiples of a bucket. */
const parts = [600, 60, 6] as const;
const multiples = [1, 10, 60] as const;

/** @param bucket s, of the replay of a request log; a series of rates has its own */
export function measureBurstiness(series: TraceSeries, bucket = 60): Burstiness {
  if (series.kind === 'rate') return ofRates(series);
  const { time } = series;
  const end = time.at(-1) ?? 0;
  const within = (part: number): number => withinBuckets(time, end, bucket, part);
  const buckets = countsPer(bucket, time, end);
  return {
    bucket,
    scales: [
      ...parts.map((part) => ({ window: bucket / part, within: within(part) })),
      ...multiples.map((multiple) => ({ window: bucket * multiple, within: null })),
    ].flatMap(({ window, within }) => {
      const counts = countsPer(window, time, end);
      return counts.length < 10 ? [] : [{ ...scaleOf(counts, window), within }];
    }),
    gaps: {
      mean: end / Math.max(1, time.length - 1),
      scv: intervalDispersion(time, 1),
      autocorrelation: [...autocorrelation(gapsOf(time), lags)],
      dispersion: [1, 10, 100].map((k) => intervalDispersion(time, k)),
    },
    matched: buckets.length < 2 ? null : matchedArrivals(bucket, heavyRate(buckets, bucket), within),
  };
}

function ofRates({ rate, bucket }: TraceSeries): Burstiness {
  const counts = rate.map((value) => value * bucket);
  return {
    bucket,
    scales: multiples.flatMap((multiple) => {
      const sums = Float64Array.from({ length: Math.floor(counts.length / multiple) }, (_, index) =>
        counts.subarray(index * multiple, (index + 1) * multiple).reduce((sum, count) => sum + count, 0),
      );
      return sums.length < 10 ? [] : [{ ...scaleOf(sums, bucket * multiple), within: null }];
    }),
    gaps: null,
    matched: null,
  };
}

function scaleOf(counts: Float64Array, window: number) {
  return {
    window,
    windows: counts.length,
    dispersion: indexOfDispersion(counts),
    nextCorrelation: autocorrelation(counts, 1)[0]!,
  };
}

function gapsOf(time: Float64Array): Float64Array {
  return Float64Array.from({ length: Math.max(0, time.length - 1) }, (_, index) => time[index + 1]! - time[index]!);
}

/**
 * Squared deviations of counts from their even share of their bucket's count, per request. To this a process that follows
 * the buckets' rate exactly adds its own index of dispersion.
 */
function withinBuckets(time: Float64Array, end: number, bucket: number, part: number): number {
  const counts = countsPer(bucket / part, time, Math.floor(end / bucket) * bucket);
  let [squares, requests] = [0, 0];
  for (let start = 0; start + part <= counts.length; start += part) {
    const inside = counts.subarray(start, start + part);
    const even = inside.reduce((sum, count) => sum + count, 0) / part;
    requests += even * part;
    for (const count of inside) squares += (count - even) * (count - even);
  }
  return squares / requests;
}

/** The mean rate a request meets, 1/s: the busy buckets are where spells show. */
function heavyRate(buckets: Float64Array, bucket: number): number {
  let [sum, squares] = [0, 0];
  for (const count of buckets) {
    sum += count;
    squares += count * count;
  }
  return squares / sum / bucket;
}

/**
 * A two-state modulation whose index of dispersion is that measured within the buckets at a sixtieth and at a sixth of
 * them. With relative variance σ² and rate of decay r of the modulation it is 1 + 2λσ²/r · g(rt), g(x) = 1 − (1 − e⁻ˣ)/x:
 * two scales give the two.
 *
 * @param rate 1/s
 * @see Heffes & Lucantoni, A Markov modulated characterization of packetized voice and data traffic, IEEE JSAC 4 (1986)
 */
function matchedArrivals(bucket: number, rate: number, within: (part: number) => number): ArrivalConfig {
  const [shortPart, longPart] = [60, 6];
  const [short, long] = [bucket / shortPart, bucket / longPart];
  const excess = (part: number): number => within(part) - 1;
  // What a Poisson process would show, as its counts in a bucket sum up to that bucket's.
  const regular = (part: number): number => within(part) / (1 - 1 / part);
  if (regular(longPart) < 1.2) {
    const scv = round(Math.max(0, regular(longPart)));
    return scv > 0.8 ? 'poisson' : { renewal: { scv } };
  }
  const ratio = Math.max(excess(longPart), 1e-9) / Math.max(excess(shortPart), 1e-9);
  const growth = (x: number): number => (x < 1e-6 ? x / 2 : 1 + expm1(-x) / x);
  const decay = rootBetween((r) => ratio - growth(r * long) / growth(r * short), 0.01 / bucket, 100 / short);
  const spread = (Math.max(excess(longPart), 0.01) * decay) / (2 * rate * growth(decay * long));
  // Equal times in 1 ± σ where that leaves both above zero; otherwise silence between spells.
  const busy = spread < 1 ? 0.5 : 1 / (1 + spread);
  const factors = spread < 1 ? [1 - Math.sqrt(spread), 1 + Math.sqrt(spread)] : [0, 1 / busy];
  return {
    mmpp: { factors: factors.map(round), meanTimes: [1 / (decay * busy), 1 / (decay * (1 - busy))].map(round) },
  };
}

const round = (value: number): number => Number(value.toPrecision(4));
