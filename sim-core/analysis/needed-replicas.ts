import type { RunColumns } from '../kernel/columns.ts';
import type { StaffingObjective } from '../queueing/staffing.ts';
import { smallestServers, staffingTest } from '../queueing/staffing.ts';
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
  const rateOf = (row: number): number =>
    columns.arrivals[row]! / (Math.min(columns.time[row]! + recordingInterval, end) - columns.time[row]!);
  const rates = columns.arrivals.map((_, row) => rateOf(row)).sort();
  const tests = objectives.map((objective) => staffingTest({ model: 'mgc', ...service, objective }));
  const steps = stepsOf(rates, {
    least: (rate) => replicasFor(rate, service, concurrency, objectives),
    suffices: (rate, replicas) => tests.every((meets) => meets(rate, replicas * concurrency)),
  });
  // Ninety days of minutes are a megabyte a column: the rates are done with, and their place is taken.
  const needs = rates;
  for (let row = 0; row < needs.length; row += 1) needs[row] = needAt(steps, rateOf(row));
  return needs;
}

interface Step {
  /** 1/s, the lowest rate of the run that needs as many */
  readonly rate: number;
  readonly replicas: number;
}

interface Need {
  least(rate: number): number;
  suffices(rate: number, replicas: number): boolean;
}

/**
 * Where the need rises. A run has thousands of rates and needs a dozen different counts of replicas, and whether a count
 * suffices is asked faster than which one does: so for each count the first rate is looked for that it does not suffice
 * for, from where it should lie if each count takes as much more load as the one before.
 *
 * @param rates in ascending order
 */
function stepsOf(rates: Float64Array, { least, suffices }: Need): Step[] {
  const steps: Step[] = [];
  for (let first = 0; first < rates.length;) {
    const rate = rates[first]!;
    const last = steps.at(-1);
    const next = (last?.replicas ?? 0) + 1;
    const replicas = last !== undefined && suffices(rate, next) ? next : least(rate);
    // The first step begins where the run does, not where one count more was needed.
    const guess = last === undefined ? rates.length : firstAbove(rates, 2 * rate - last.rate);
    steps.push({ rate, replicas });
    first = firstBeyond(first, rates.length, guess, (row) => suffices(rates[row]!, replicas));
  }
  return steps;
}

/** Index of the first rate above this one. */
function firstAbove(rates: Float64Array, rate: number): number {
  let low = 0;
  let high = rates.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rates[middle]! <= rate) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The first place after `first` where this does not hold any more, or `end`: from a guess in strides that double, then
 * by halves.
 */
function firstBeyond(first: number, end: number, guess: number, holds: (place: number) => boolean): number {
  let known = first;
  let beyond = end;
  let place = Math.max(first + 1, Math.min(guess, end - 1));
  for (let stride = 1; beyond - known > 1; stride *= 2) {
    if (holds(place)) {
      known = place;
      if (beyond < end) break;
      place = Math.min(known + stride, end - 1);
    } else {
      beyond = place;
      if (known > first) break;
      place = Math.max(beyond - stride, first + 1);
    }
  }
  while (beyond - known > 1) {
    const middle = (known + beyond) >> 1;
    if (holds(middle)) known = middle;
    else beyond = middle;
  }
  return beyond;
}

function needAt(steps: readonly Step[], rate: number): number {
  let low = 0;
  let high = steps.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (steps[middle]!.rate <= rate) low = middle;
    else high = middle;
  }
  return steps[low]!.replicas;
}
