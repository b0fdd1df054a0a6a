import type { RunColumns } from '../kernel/columns.ts';
import type { StaffingObjective } from '../queueing/staffing.ts';
import { smallestServers } from '../queueing/staffing.ts';
import type { Scenario } from '../scenario/schema.ts';

/** The latency objectives of a scenario as staffing takes them; empty when it states none. */
export function staffingObjectives(slo: Scenario['slo']): StaffingObjective[] {
  const quantiles = (
    [
      ['p50', 0.5],
      ['p95', 0.95],
      ['p99', 0.99],
    ] as const
  ).flatMap(([name, quantile]) => {
    const seconds = slo[name];
    return seconds === undefined ? [] : [{ kind: 'sojourn', quantile, seconds } as const];
  });
  return slo.mean === undefined ? quantiles : [...quantiles, { kind: 'sojourn-mean', seconds: slo.mean }];
}

/** How long one request holds a slot, by its mean (s) and squared coefficient of variation. */
export interface ServiceMoments {
  readonly serviceTimeMean: number;
  readonly serviceScv: number;
}

/**
 * Fewest ready replicas that meet every latency objective at a steady arrival rate, by M/G/c.
 * @param arrivalRate 1/s
 * @returns 0 when nothing arrives or there is no objective
 */
export function replicasFor(
  arrivalRate: number,
  service: ServiceMoments,
  concurrency: number,
  objectives: readonly StaffingObjective[],
): number {
  let most = 0;
  for (const objective of objectives) {
    const { servers } = smallestServers({ model: 'mgc', arrivalRate, ...service, objective });
    most = Math.max(most, Math.ceil(servers / concurrency));
  }
  return most;
}

/** Mean and squared coefficient of variation of the service time over a whole run; null when nothing completed. */
export function serviceMoments(columns: RunColumns): ServiceMoments | null {
  let count = 0;
  let sum = 0;
  let squareSum = 0;
  columns.completed.forEach((completed, row) => {
    const mean = columns.serviceTimeMean[row]!;
    if (!(completed > 0) || Number.isNaN(mean)) return;
    const scv = columns.serviceScv[row]!;
    count += completed;
    sum += completed * mean;
    squareSum += completed * mean * mean * (1 + (scv > 0 ? scv : 0));
  });
  if (!(sum > 0)) return null;
  const mean = sum / count;
  return { serviceTimeMean: mean, serviceScv: Math.max(0, squareSum / count / (mean * mean) - 1) };
}

/**
 * The replicas each recording row needed: the fewest that meet every latency objective in a steady state at the row's
 * arrival rate, by M/G/c with the service time measured over the whole run.
 * @param end s: what the run covers
 * @returns one value a row; NaN throughout when there is no latency objective or nothing completed
 */
export function neededReplicas(
  columns: RunColumns,
  recordingInterval: number,
  end: number,
  concurrency: number,
  slo: Scenario['slo'],
): Float64Array {
  const objectives = staffingObjectives(slo);
  const service = serviceMoments(columns);
  if (objectives.length === 0 || service === null) return new Float64Array(columns.time.length).fill(NaN);
  const rates = columns.arrivals.map(
    (arrivals, row) => arrivals / (Math.min(columns.time[row]! + recordingInterval, end) - columns.time[row]!),
  );
  return nonDecreasing(rates, (rate) => replicasFor(rate, service, concurrency, objectives));
}

/**
 * A function that never falls, at many places: where its values at two places are equal, it is not worked out between
 * them. A run has thousands of rates and needs a dozen different counts of replicas.
 */
function nonDecreasing(places: Float64Array, valueAt: (place: number) => number): Float64Array {
  const sorted = places.toSorted();
  const values = new Float64Array(sorted.length);
  const between = (low: number, high: number): void => {
    if (high - low < 2) return;
    if (values[low] === values[high] || sorted[low] === sorted[high]) {
      values.fill(values[low]!, low + 1, high);
      return;
    }
    const middle = (low + high) >> 1;
    values[middle] = valueAt(sorted[middle]!);
    between(low, middle);
    between(middle, high);
  };
  const last = sorted.length - 1;
  if (last >= 0) values[0] = valueAt(sorted[0]!);
  if (last > 0) values[last] = valueAt(sorted[last]!);
  between(0, last);
  // The steps alone: a dozen places to look among.
  const steps: number[] = [];
  for (let i = 0; i <= last; i++) if (i === 0 || values[i] !== values[i - 1]) steps.push(i);
  return places.map((place) => {
    let low = 0;
    let high = steps.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (sorted[steps[middle]!]! <= place) low = middle;
      else high = middle;
    }
    return values[steps[low]!]!;
  });
}
