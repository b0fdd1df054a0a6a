import { realityStatusOf, type RealityStatus } from '../scenario/reality-status.ts';
import { largerIsBetter, type PrecisionMetric } from '../scenario/replications.ts';
import { estimateMean } from '../statistics/interval.ts';
import { ConstrainedSelection } from '../statistics/constrained-selection.ts';
import { allowedHalfWidth, type PrecisionTarget } from '../statistics/precision.ts';
import { baselineOf, jobsFor, type Job } from './job.ts';
import type { LoadedScenario } from './load.ts';
import type { Estimate, RunResult, RunSummary } from './result.ts';
import { judgedObjectives, type JudgedObjective } from './objectives.ts';
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
  /**
   * select only among policies that keep every objective of the scenario: how near to one either verdict counts as right, as
   * a share of the error budget or of the limit, in (0, 1)
   */
  readonly objectiveTolerance?: number;
}

export interface SelectionResult {
  readonly schema: 'headroom/selection/v1';
  readonly scenario: string;
  readonly seed: string | number;
  readonly metric: PrecisionMetric;
  /** as promised; null where the fluid engine gave each policy the same in every observation: there is no chance in it */
  readonly probability: number | null;
  /** in the unit of the metric; NaN when no policy has a value */
  readonly indifference: number;
  readonly firstStage: number;
  /** the policy selected; null when it ended undecided, or none keeps the objectives */
  readonly best: string | null;
  /** what had to be kept, and how near to it either verdict counts as right; absent unless asked for */
  readonly objectives?: readonly Omit<JudgedObjective, 'sign'>[];
  /** those that survived first, then those screened out, those that miss an objective last; each in the order of their means */
  readonly policies: readonly {
    readonly policy: string;
    /** observations made of it: replications, or pairs of antithetic ones */
    readonly observations: number;
    readonly estimate: Estimate;
    /** observations after which it was screened out; null when it never was */
    readonly eliminatedAfter: number | null;
    /** whether it keeps every objective; null while undecided; absent unless asked for */
    readonly keepsObjectives?: boolean | null;
  }[];
  /** with a recording only */
  readonly reality?: RealityStatus;
}

/** Observations a round holds after the first stage; those of policies screened out within it are not used. */
const roundSize = 4;

/**
 * Ranks policies by one number of the summary with the procedure of Kim & Nelson, on common random numbers; where
 * asked, only those that keep the objectives of the scenario. With antithetic replications an observation is the mean of
 * a pair. A policy without a finite value in the first stage is screened out there.
 */
export function createSelection(
  { scenario }: LoadedScenario,
  options: SelectionOptions,
): Rounds & { result(): SelectionResult } {
  const { policies, metric, firstStage, most, objectiveTolerance } = options;
  const size = scenario.antithetic ? 2 : 1;
  const everyPolicy = scenario.policies.map(({ name }) => name);
  const pilot = new PilotRound(scenario, baselineOf(scenario, everyPolicy));
  const runs = policies.map((): RunSummary[] => []);
  const objectives = objectiveTolerance === undefined ? [] : judgedObjectives(scenario.slo, objectiveTolerance);
  let planned = 0;

  /** Smaller is better in what the procedure sees. */
  const sign = largerIsBetter.has(metric) ? -1 : 1;
  const search = new ConstrainedSelection(policies.length, {
    probability: options.probability,
    firstStage,
    limits: objectives.map(({ limit, tolerance, sign: of }) => ({ limit: of * limit, tolerance })),
    indifference: (firstStages) => {
      const means = firstStages.map((values) => estimateMean(values));
      const leader = means.reduce((a, b) => (b.mean < a.mean ? b : a));
      return allowedHalfWidth({ ...leader, mean: sign * leader.mean }, options.indifference);
    },
  });
  const observation = (policy: number, index: number, name: keyof RunSummary): number => {
    const of = runs[policy]!.slice(index * size, (index + 1) * size);
    return of.reduce((sum, summary) => sum + summary[name], 0) / size;
  };
  const names = [metric, ...objectives.map(({ name }) => name)];
  /** Request by request the same number twice may be luck; the fluid engine then draws nothing that matters. */
  const certain = (): boolean =>
    scenario.engine === 'fluid' &&
    runs.every((of) => names.every((name) => of.every((summary) => Object.is(summary[name], of[0]![name]))));
  const look = (): void => {
    while (search.count < planned && !search.decided) {
      const surviving = new Set(search.surviving);
      const index = search.count;
      search.add(
        policies.map((_, policy) =>
          surviving.has(policy)
            ? {
                value: sign * observation(policy, index, metric),
                constrained: objectives.map(({ name, sign: of }) => of * observation(policy, index, name)),
              }
            : undefined,
        ),
      );
    }
  };

  return {
    nextRound(): readonly Job[] {
      const pilotRuns = pilot.next();
      if (pilotRuns.length > 0) return pilotRuns;
      look();
      if (search.decided || planned >= most) return [];
      const from = planned;
      planned = Math.min(most, planned === 0 ? firstStage : planned + roundSize);
      const names = search.surviving.map((index) => policies[index]!);
      return jobsFor(names, from * size, planned * size, pilot.changes);
    },
    add(result: RunResult) {
      if (pilot.underWay) pilot.add(result);
      else runs[policies.indexOf(result.policy)]![result.replication] = result.summary;
    },
    status: () =>
      planned === 0 ? 'pilot runs' : `n = ${planned}, ${search.surviving.length} of ${policies.length} policies left`,
    result() {
      const left = search.surviving;
      const rows = policies.map((policy, index) => {
        const eliminatedAfter = search.eliminatedAt[index]!;
        const count = eliminatedAfter ?? search.infeasibleAt[index] ?? search.count;
        const values = Array.from({ length: count }, (_, at) => observation(index, at, metric));
        return {
          policy,
          observations: count,
          estimate: estimateMean(values, confidence),
          eliminatedAfter,
          ...(objectives.length > 0 && { keepsObjectives: search.feasible[index]! }),
        };
      });
      const reality = realityStatusOf(scenario);
      const out = (row: (typeof rows)[number]) =>
        row.keepsObjectives === false ? 2 : row.eliminatedAfter === null ? 0 : 1;
      return {
        schema: 'headroom/selection/v1',
        scenario: scenario.name,
        seed: scenario.seed,
        metric,
        probability: certain() ? null : options.probability,
        indifference: search.indifference,
        firstStage,
        best: search.decided && left.length === 1 ? policies[left[0]!]! : null,
        ...(objectives.length > 0 && {
          objectives: objectives.map(({ name, limit, tolerance }) => ({ name, limit, tolerance })),
        }),
        policies: rows.toSorted((a, b) => out(a) - out(b) || sign * (a.estimate.mean - b.estimate.mean)),
        ...(reality !== null && { reality }),
      };
    },
  };
}
