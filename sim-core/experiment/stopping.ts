import type { SequentialReplications } from '../scenario/replications.ts';
import { estimateMean } from '../statistics/interval.ts';
import { allowedHalfWidth, isPrecise, replicationsGuess } from '../statistics/precision.ts';
import { formatDuration } from '../units/format.ts';
import { groupMeans, independentGroups } from './pairs.ts';
import type { Estimate, RunResult, StoppingReport } from './result.ts';

/** Of every interval in a comparison. */
export const confidence = 0.95;

/** Where the rule stands after the replications that every policy has. */
export interface Stopping {
  readonly rule: SequentialReplications;
  readonly reached: boolean;
  /** the first number of replications that satisfies the rule, or as many as there are */
  readonly replications: number;
  /** the policy that is furthest from the target */
  readonly policy: string;
  readonly estimate: Estimate;
  /** replications it will probably take, more than there are */
  readonly guess: number;
}

/**
 * Puts the rule to the first n replications, n = min, min + 1, …, as far as every policy has them. With pairs, n counts
 * in twos.
 *
 * @param runs of each policy, in the order of replications
 * @see Law & Kelton, Confidence intervals for steady-state simulations: a survey of sequential procedures, Management
 *   Science 28 (1982); the same rule with a least number of replications
 */
export function stoppingOf(
  rule: SequentialReplications,
  runs: ReadonlyMap<string, readonly RunResult[]>,
  antithetic: boolean,
): Stopping {
  const size = antithetic ? 2 : 1;
  const { metric, halfWidth: target } = rule.until;
  const values = [...runs].map(([policy, all]) => ({
    policy,
    values: groupMeans(independentGroups(all.slice(0, unbroken(all)), antithetic), ({ summary }) => summary[metric]),
    count: Math.floor(unbroken(all) / size),
  }));
  const available = Math.min(...values.map(({ count }) => count));
  const least = Math.ceil(rule.min / size);
  const worstAt = (groups: number) =>
    values
      .map(({ policy, values: of }) => ({ policy, estimate: estimateMean(of.slice(0, groups), confidence) }))
      .reduce((worst, each) => (distance(each.estimate) > distance(worst.estimate) ? each : worst));
  /** 1 and less is precise; what has no half-width is furthest. */
  const distance = (estimate: Estimate): number => {
    if (isPrecise(estimate, target)) return Math.min(1, estimate.halfWidth / allowedHalfWidth(estimate, target) || 0);
    const ratio = estimate.halfWidth / allowedHalfWidth(estimate, target);
    return Number.isNaN(ratio) ? Infinity : ratio;
  };
  for (let groups = least; groups <= available; groups++) {
    const worst = worstAt(groups);
    if (!isPrecise(worst.estimate, target)) continue;
    return { rule, reached: true, replications: groups * size, ...worst, guess: groups * size };
  }
  const groups = Math.max(available, 0);
  const worst = worstAt(groups);
  const guess = size * replicationsGuess(Math.max(groups, 1), worst.estimate, target);
  return { rule, reached: false, replications: groups * size, ...worst, guess };
}

/** How many replications there are without a gap from 0 on. */
function unbroken(runs: readonly RunResult[]): number {
  const gap = runs.findIndex(({ replication }, index) => replication !== index);
  return gap < 0 ? runs.length : gap;
}

export function stoppingReport({ rule, reached, policy, estimate }: Stopping): StoppingReport {
  const { metric, halfWidth: target } = rule.until;
  const { halfWidth } = estimate;
  return { metric, target, reached, policy, halfWidth, allowed: allowedHalfWidth(estimate, target) };
}

/** `n = 14, latencyP95 of live ± 6.2 % (5 %)`. */
export function stoppingText({ rule, replications, policy, estimate }: Stopping): string {
  const { metric, halfWidth: target } = rule.until;
  const percent = (share: number) => `${(100 * share).toPrecision(2)} %`;
  const amount = (value: number) =>
    metric.startsWith('latency') || metric === 'waitingTimeMean' ? formatDuration(value) : value.toPrecision(3);
  if (Number.isNaN(estimate.halfWidth)) return `n = ${replications}`;
  const [now, wanted] =
    'share' in target
      ? [percent(estimate.halfWidth / Math.abs(estimate.mean)), percent(target.share)]
      : [amount(estimate.halfWidth), amount(target.amount)];
  return `n = ${replications}, ${metric} of ${policy} ± ${now} (wanted ${wanted})`;
}
