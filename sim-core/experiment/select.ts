import { realityStatusOf, type RealityStatus } from '../scenario/reality-status.ts';
import { largerIsBetter, type PrecisionMetric } from '../scenario/replications.ts';
import { estimateMean } from '../statistics/interval.ts';
import { KimNelson } from '../statistics/kim-nelson.ts';
import { allowedHalfWidth, type PrecisionTarget } from '../statistics/precision.ts';
import { baselineOf, jobsFor, type Job } from './job.ts';
import type { LoadedScenario } from './load.ts';
import type { Estimate, RunResult } from './result.ts';
import type { Rounds } from './rounds.ts';
import { confidence } from './stopping.ts';
import { PilotRound } from './warmup.ts';

export interface SelectionOptions {
  /** at least 2 */
  readonly policies: readonly string[];
  readonly metric: PrecisionMetric;
  /** of correct selection, in (1/k, 1) */
  readonly probability: number;
  /** the smallest difference worth finding: an amount, or a share of the best policy's mean after the first stage */
  readonly indifference: PrecisionTarget;
  /** observations from which variances are estimated, ≥ 2 */
  readonly firstStage: number;
  /** observations after which it ends undecided */
  readonly most: number;
}

export interface SelectionResult {
  readonly schema: 'headroom/selection/v1';
  readonly scenario: string;
  readonly seed: string | number;
  readonly metric: PrecisionMetric;
  readonly probability: number;
  /** in the unit of the metric; NaN when no policy has a value */
  readonly indifference: number;
  readonly firstStage: number;
  /** the policy selected; null when it ended undecided */
  readonly best: string | null;
  /** those that survived first, and in the order of their means */
  readonly policies: readonly {
    readonly policy: string;
    /** observations made of it: replications, or pairs of antithetic ones */
    readonly observations: number;
    readonly estimate: Estimate;
    /** observations after which it was screened out; null when it never was */
    readonly eliminatedAfter: number | null;
  }[];
  /** with a recording only */
  readonly reality?: RealityStatus;
}

/** Observations a round holds after the first stage; those of policies screened out within it are not used. */
const roundSize = 4;

/**
 * Ranks policies by one number of the summary with the procedure of Kim & Nelson, on common random numbers. With
 * antithetic replications an observation is the mean of a pair. A policy without a finite value in the first stage is
 * screened out there.
 */
export function createSelection(
  { scenario }: LoadedScenario,
  options: SelectionOptions,
): Rounds & { result(): SelectionResult } {
  const { policies, metric, firstStage, most } = options;
  const size = scenario.antithetic ? 2 : 1;
  const everyPolicy = scenario.policies.map(({ name }) => name);
  const pilot = new PilotRound(scenario, baselineOf(scenario, everyPolicy));
  const runs = policies.map((): number[] => []);
  const eliminatedAfter = policies.map((): number | null => null);
  let planned = 0;
  let looked = 0;
  let indifference = NaN;
  let contenders: number[] = [];
  let search: KimNelson | null = null;

  /** Smaller is better in what the procedure sees. */
  const sign = largerIsBetter.has(metric) ? -1 : 1;
  const observation = (policy: number, index: number): number => {
    const of = runs[policy]!.slice(index * size, (index + 1) * size);
    return of.reduce((sum, value) => sum + value, 0) / size;
  };
  const observations = (policy: number, count: number) =>
    Array.from({ length: count }, (_, index) => observation(policy, index));
  const surviving = () => policies.flatMap((_, index) => (eliminatedAfter[index] === null ? [index] : []));

  const beginSearch = (): void => {
    for (const [index] of policies.entries()) {
      if (!observations(index, firstStage).every(Number.isFinite)) eliminatedAfter[index] = firstStage;
    }
    contenders = surviving();
    const means = contenders.map((index) => estimateMean(observations(index, firstStage)));
    if (means.length > 0) {
      const leader = means.reduce((a, b) => (sign * b.mean < sign * a.mean ? b : a));
      indifference = allowedHalfWidth(leader, options.indifference);
    }
    if (contenders.length < 2) return;
    search = new KimNelson(contenders.length, { probability: options.probability, indifference, firstStage });
  };
  const look = (until: number): void => {
    if (search === null && looked === 0) beginSearch();
    for (; looked < until && surviving().length > 1 && search !== null; looked++) {
      search.add(
        contenders.map((policy) => (eliminatedAfter[policy] === null ? sign * observation(policy, looked) : 0)),
      );
      search.state.eliminatedAt.forEach((at, index) => (eliminatedAfter[contenders[index]!] ??= at));
    }
  };

  return {
    nextRound(): readonly Job[] {
      const pilotRuns = pilot.next();
      if (pilotRuns.length > 0) return pilotRuns;
      if (planned > 0) look(planned);
      if (planned > 0 && (surviving().length < 2 || planned >= most)) return [];
      const from = planned;
      planned = Math.min(most, planned === 0 ? firstStage : planned + roundSize);
      const names = surviving().map((index) => policies[index]!);
      return jobsFor(names, from * size, planned * size, pilot.changes);
    },
    add(result: RunResult) {
      if (pilot.underWay) pilot.add(result);
      else runs[policies.indexOf(result.policy)]![result.replication] = result.summary[metric];
    },
    status: () =>
      planned === 0 ? 'pilot runs' : `n = ${planned}, ${surviving().length} of ${policies.length} policies left`,
    result() {
      const left = surviving();
      const rows = policies.map((policy, index) => {
        const count = eliminatedAfter[index] ?? Math.max(looked, Math.min(planned, firstStage));
        return {
          policy,
          observations: count,
          estimate: estimateMean(observations(index, count), confidence),
          eliminatedAfter: eliminatedAfter[index]!,
        };
      });
      const reality = realityStatusOf(scenario);
      const out = (row: (typeof rows)[number]) => (row.eliminatedAfter === null ? 0 : 1);
      return {
        schema: 'headroom/selection/v1',
        scenario: scenario.name,
        seed: scenario.seed,
        metric,
        probability: options.probability,
        indifference,
        firstStage,
        best: left.length === 1 ? policies[left[0]!]! : null,
        policies: rows.toSorted((a, b) => out(a) - out(b) || sign * (a.estimate.mean - b.estimate.mean)),
        ...(reality !== null && { reality }),
      };
    },
  };
}
