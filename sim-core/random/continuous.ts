import type { Distribution } from './contract.ts';
import { QuantileTableSampler, buildQuantileTable } from './quantile-table.ts';
import type { QuantileTable } from './quantile-table.ts';

/** A distribution known by its quantile function, sampled from a table that is built when first needed. */
export function continuous(description: {
  readonly label: string;
  readonly mean: number;
  readonly variance: number;
  /** for p strictly between 0 and 1 */
  readonly quantile: (p: number) => number;
  /** for x strictly between the ends of the support */
  readonly cdf: (x: number) => number;
  /** the ends of the support */
  readonly from: number;
  readonly to: number;
}): Distribution {
  const { label, mean, variance, quantile, cdf, from, to } = description;
  let table: QuantileTable | undefined;
  return {
    label,
    mean,
    variance,
    cdf: (x) => (x > from ? (x < to ? cdf(x) : 1) : x <= from ? 0 : NaN),
    quantile: (p) => (p > 0 && p < 1 ? quantile(p) : p === 0 ? from : p === 1 ? to : NaN),
    sampler: (stream) => new QuantileTableSampler(stream, (table ??= buildQuantileTable(quantile)), quantile),
  };
}
