import { duration } from '../units/schema.ts';

/**
 * Quantiles a scenario file may name, from low to high: the probability, and 1 ÷ (1 − probability), which is exact where
 * the logarithm of a tail is wanted.
 */
const levels = {
  p1: { p: 0.01, odds: 100 / 99 },
  p5: { p: 0.05, odds: 20 / 19 },
  p10: { p: 0.1, odds: 10 / 9 },
  p25: { p: 0.25, odds: 4 / 3 },
  p50: { p: 0.5, odds: 2 },
  p75: { p: 0.75, odds: 4 },
  p90: { p: 0.9, odds: 10 },
  p95: { p: 0.95, odds: 20 },
  p99: { p: 0.99, odds: 100 },
  p999: { p: 0.999, odds: 1000 },
} as const;

export type QuantileName = keyof typeof levels;
export const quantileNames = Object.keys(levels) as readonly QuantileName[];

/** Durations by the name of a quantile. */
export type Quantiles = { readonly [Name in QuantileName]?: number | undefined };

const meaning: Readonly<Record<QuantileName, string>> = {
  p1: 'Exceeded by 99 in a hundred.',
  p5: 'Exceeded by 19 in twenty.',
  p10: 'Exceeded by nine in ten.',
  p25: 'Exceeded by three in four.',
  p50: 'Median.',
  p75: 'Exceeded by one in four.',
  p90: 'Exceeded by one in ten.',
  p95: 'Exceeded by one in twenty.',
  p99: 'Exceeded by one in a hundred.',
  p999: 'Exceeded by one in a thousand.',
};

/** The keys for a family's parameters. */
export function quantileShape() {
  const positive = duration({ positive: true });
  return Object.fromEntries(quantileNames.map((name) => [name, positive.describe(meaning[name])])) as {
    readonly [Name in QuantileName]: typeof positive;
  };
}

export interface NamedQuantile {
  readonly name: QuantileName;
  /** probability of not exceeding it */
  readonly p: number;
  /** 1 ÷ probability of exceeding it */
  readonly odds: number;
  /** s */
  readonly value: number;
}

/** The quantiles that are given, from low to high. */
export function givenQuantiles(quantiles: Quantiles): NamedQuantile[] {
  return quantileNames.flatMap((name) => {
    const value = quantiles[name];
    return value === undefined ? [] : [{ name, ...levels[name], value }];
  });
}

/** The two quantiles of a family that is given by two; undefined when it is given otherwise. */
export function quantilePair(quantiles: Quantiles): readonly [NamedQuantile, NamedQuantile] | undefined {
  const [low, high] = givenQuantiles(quantiles);
  return low === undefined || high === undefined ? undefined : [low, high];
}
