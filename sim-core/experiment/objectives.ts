import { judgesWindows } from '../analysis/slo.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { RunSummary } from './result.ts';

/** An objective on the mean of one number of the summary. */
export interface JudgedObjective {
  readonly name: 'sloAttainment' | 'availability' | 'drainTime' | 'mostFlapsPerPeriod';
  /** in the unit of the number */
  readonly limit: number;
  /** how near to the limit either verdict counts as right */
  readonly tolerance: number;
  /** 1 where the number may be at most the limit, −1 where at least */
  readonly sign: 1 | -1;
}

/** A budget of nothing has no share that could be a tolerance: a thousandth is taken for it. */
const leastBudget = 0.001;

/**
 * What `sloVerdict` holds means over replications to.
 *
 * @param share of the error budget (1 − objective), or of a limit that is no share, that counts as near
 */
export function judgedObjectives(slo: Scenario['slo'], share: number): JudgedObjective[] {
  const least = (name: JudgedObjective['name'], limit: number): JudgedObjective => ({
    name,
    limit,
    tolerance: share * Math.max(1 - limit, leastBudget),
    sign: -1,
  });
  const most = (name: JudgedObjective['name'], limit: number): JudgedObjective => ({
    name,
    limit,
    tolerance: share * Math.max(limit, 1),
    sign: 1,
  });
  return [
    ...(judgesWindows(slo) ? [least('sloAttainment', slo.attainment)] : []),
    ...(slo.availability === undefined ? [] : [least('availability', slo.availability)]),
    ...(slo.drainTime === undefined ? [] : [most('drainTime', slo.drainTime)]),
    ...(slo.flaps === undefined ? [] : [most('mostFlapsPerPeriod', slo.flaps.max)]),
  ] satisfies (JudgedObjective & { readonly name: keyof RunSummary })[];
}
