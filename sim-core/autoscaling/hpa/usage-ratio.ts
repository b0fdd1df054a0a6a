import { multiplyDivide, sum } from './int64.ts';
import type { Int64 } from './int64.ts';
import type { HpaPod, MetricError, PodTotals, Samples } from './pod.ts';

/** Use ÷ target, with the figures the status of the HPA reports. */
export interface UsageRatio {
  readonly ratio: number;
  /** whole percent, truncated; only for utilization targets */
  readonly utilization?: number;
  /** thousandths a pod, truncated */
  readonly average: Int64;
}

/**
 * Utilization is a whole percent, truncated, before the ratio is taken: 89.9 % of 60 % is 89/60.
 * Pods without a request are left out.
 *
 * @param target percent, integer > 0
 */
export function utilizationRatio(
  samples: Samples,
  requests: ReadonlyMap<HpaPod['name'], number>,
  target: number,
): UsageRatio | MetricError {
  const used: Int64[] = [];
  let requested = 0;
  for (const [pod, { value }] of samples) {
    const request = requests.get(pod);
    if (request === undefined) continue;
    used.push(value);
    requested += request;
  }
  if (requested === 0) return { error: 'no metrics returned matched known pods' };
  return totalsRatio({ used: sum(used), requested, pods: used.length }, target);
}

/** As `utilizationRatio`, of samples already added up. */
export function totalsRatio(
  { used, requested, pods }: Omit<PodTotals, 'used'> & { readonly used: Int64 },
  target: number,
): UsageRatio {
  const utilization = Number(multiplyDivide(used, 100, requested));
  return { ratio: utilization / target, utilization, average: multiplyDivide(used, 1, pods) };
}

/** @param target thousandths a pod, > 0; there is at least one sample */
export function averageRatio(samples: Samples, target: Int64): UsageRatio {
  const values: Int64[] = [];
  for (const { value } of samples.values()) values.push(value);
  const average = multiplyDivide(sum(values), 1, values.length);
  return { ratio: Number(average) / Number(target), average };
}
