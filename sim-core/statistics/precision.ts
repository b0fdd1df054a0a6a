import type { estimateMean } from './interval.ts';

/** How narrow an interval has to be: a share of the mean's size, or an amount in the unit of the number. */
export type PrecisionTarget = { readonly share: number } | { readonly amount: number };

/**
 * Whether the half-width is within the target. Without a mean or a half-width it is not. A mean of 0 that never
 * varied is precise enough whatever the share.
 */
export function isPrecise(estimate: ReturnType<typeof estimateMean>, target: PrecisionTarget): boolean {
  return estimate.halfWidth <= allowedHalfWidth(estimate, target);
}

/** In the unit of the number; NaN when there is no mean. */
export function allowedHalfWidth({ mean }: ReturnType<typeof estimateMean>, target: PrecisionTarget): number {
  return 'share' in target ? target.share * Math.abs(mean) : target.amount;
}

/**
 * The replications that the target probably takes: half-widths fall with the root of their number. Never fewer than
 * one more, never more than twice as many: a guess from few replications is a poor one.
 */
export function replicationsGuess(
  count: number,
  estimate: ReturnType<typeof estimateMean>,
  target: PrecisionTarget,
): number {
  const ratio = estimate.halfWidth / allowedHalfWidth(estimate, target);
  const wanted = Number.isFinite(ratio) ? Math.ceil(count * ratio * ratio) : 2 * count;
  return Math.min(Math.max(wanted, count + 1), 2 * count);
}
