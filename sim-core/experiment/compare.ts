import { alertEstimates } from './alert-estimates.ts';
import { sloVerdict } from '../analysis/slo.ts';
import { realityStatusOf } from '../scenario/reality-status.ts';
import type { Scenario } from '../scenario/schema.ts';
import { estimateMean } from '../statistics/interval.ts';
import { batchDifferences, withBatchIntervals } from './batches.ts';
import type { LoadedScenario } from './load.ts';
import { baselineOf, firstReplications, jobsFor, wholePairs, type JobSelection } from './job.ts';
import { groupMeans, independentGroups } from './pairs.ts';
import {
  bandNames,
  type BandName,
  type Comparison,
  type PolicyResult,
  type RunResult,
  type RunSummary,
  type StabilityVerdict,
  type SummaryEstimate,
} from './result.ts';
import { runRounds, type Rounds, type RoundsRun } from './rounds.ts';
import { confidence, stoppingOf, stoppingReport, stoppingText } from './stopping.ts';
import { isStationary, PilotRound } from './warmup.ts';

/** A comparison as it is being made: rounds of runs, and what they say so far. */
export interface Experiment extends Rounds {
  /** Whether the round under way is one of pilot runs, which are no part of the comparison. */
  readonly piloting: boolean;
  /** Over what has come so far; policies without a result yet are left out. */
  snapshot(): Comparison;
}

/**
 * Every policy on the same customers: means, intervals, and differences to the baseline paired by replication. With
 * `warmup: auto` a round of pilot runs comes first, with `replications: {until: …}` rounds follow until the precision is
 * reached. The answer depends on neither the number of workers nor the size of rounds: the rule is put to 10, 11, 12 …
 * replications in order, and what was run beyond the first number that satisfies it is not used.
 */
export function createExperiment(loaded: LoadedScenario, selection: JobSelection = {}): Experiment {
  const { scenario } = loaded;
  const everyPolicy = scenario.policies.map(({ name }) => name);
  const policies = [...new Set(selection.policies ?? everyPolicy)];
  const baseline = baselineOf(scenario, policies);
  const sequential = selection.replications === undefined ? scenario.replications : selection.replications;
  const rule = typeof sequential === 'number' ? null : sequential;
  const results = new Map<string, Map<number, RunResult>>(policies.map((policy) => [policy, new Map()]));
  const reality = realityStatusOf(scenario);
  const pilot = new PilotRound(scenario, baselineOf(scenario, everyPolicy));
  let planned = 0;

  const orderedRuns = () => new Map(policies.map((policy) => [policy, inOrder(results.get(policy)!)]));
  const stopping = (runs: ReadonlyMap<string, readonly RunResult[]>) =>
    rule === null ? null : stoppingOf(rule, runs, scenario.antithetic);
  const nextTotal = (): number => {
    if (planned === 0) return firstReplications(scenario, sequential);
    if (rule === null) return planned;
    const { reached, guess } = stoppingOf(rule, orderedRuns(), scenario.antithetic);
    return reached ? planned : Math.min(guess, wholePairs(rule.max, scenario.antithetic));
  };

  return {
    nextRound() {
      const pilotRuns = pilot.next();
      if (pilotRuns.length > 0) return pilotRuns;
      const from = planned;
      planned = nextTotal();
      const inBatches =
        rule === null && planned === 1 && scenario.engine === 'exact' && isStationary(scenario.workload);
      return jobsFor(policies, from, planned, { ...pilot.changes, ...(inBatches && { batches: true }) });
    },
    add(result) {
      if (pilot.underWay) pilot.add(result);
      else results.get(result.policy)?.set(result.replication, result);
    },
    get piloting() {
      return pilot.underWay;
    },
    status() {
      if (pilot.underWay) return 'pilot runs for the warm-up';
      const report = stopping(orderedRuns());
      return report === null ? null : stoppingText(report);
    },
    snapshot() {
      const all = orderedRuns();
      const report = stopping(all);
      const used = (policy: string) =>
        report?.reached === true
          ? all.get(policy)!.filter(({ replication }) => replication < report.replications)
          : all.get(policy)!;
      const present = policies.filter((policy) => all.get(policy)!.length > 0);
      const reference = used(baseline);
      return {
        schema: 'headroom/comparison/v1',
        scenario: scenario.name,
        seed: scenario.seed,
        replications: Math.max(0, ...present.map((policy) => used(policy).length)),
        engine: scenario.engine === 'fluid' ? 'fluid' : 'exact',
        confidence,
        baseline,
        policies: present.map((policy) =>
          policyResult(policy, used(policy), policy === baseline ? null : reference, scenario),
        ),
        ...(pilot.decision !== null && { warmup: pilot.decision }),
        ...(report !== null && { stopping: stoppingReport(report) }),
        ...(reality !== null && { reality }),
      };
    },
  };
}

/** Runs a whole comparison. Ends early, with what there is, when cancelled. */
export async function runComparison(loaded: LoadedScenario, options: JobSelection & RoundsRun): Promise<Comparison> {
  const experiment = createExperiment(loaded, options);
  await runRounds(experiment, options);
  return experiment.snapshot();
}

function inOrder(byReplication: ReadonlyMap<number, RunResult>): RunResult[] {
  return [...byReplication.values()].sort((a, b) => a.replication - b.replication);
}

/** One policy over its replications. @param reference runs of the baseline; null for the baseline itself, or without one */
export function policyResult(
  policy: string,
  runs: readonly RunResult[],
  reference: readonly RunResult[] | null,
  scenario: Scenario,
): PolicyResult {
  const { antithetic } = scenario;
  const [run] = runs;
  const batches = runs.length === 1 ? run!.batches : undefined;
  const overReplications = estimateSummary(runs, antithetic);
  const inBatches = batches && withBatchIntervals(overReplications, batches);
  const summary = inBatches?.summary ?? overReplications;
  return {
    policy,
    summary,
    differenceToBaseline: reference === null ? null : estimateDifferences(runs, reference, antithetic),
    ...(inBatches && { batches: inBatches.report }),
    replications: runs.map((run) => run.summary),
    bands: bandsOf(independentGroups(runs, antithetic)),
    example: runs[0]!,
    alerts: alertEstimates(runs, antithetic),
    stability: worstOf(runs),
    slo: sloVerdict(summary, scenario.slo),
  };
}

/** The summary of one replication, or the difference of two. */
type Replicated = Pick<RunResult, 'replication' | 'summary'>;

function estimateSummary(runs: readonly Replicated[], antithetic: boolean): SummaryEstimate {
  const groups = independentGroups(runs, antithetic);
  const keys = Object.keys(runs[0]?.summary ?? {}) as (keyof RunSummary)[];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      estimateMean(
        groupMeans(groups, ({ summary }) => summary[key]),
        confidence,
      ),
    ]),
  ) as unknown as SummaryEstimate;
}

/** Paired by replication; with one long run each, by batch. */
function estimateDifferences(
  runs: readonly RunResult[],
  reference: readonly RunResult[],
  antithetic: boolean,
): SummaryEstimate {
  const estimates = estimateSummary(differences(runs, reference), antithetic);
  const [own, other] = [runs, reference].map((all) => (all.length === 1 ? all[0]!.batches : undefined));
  if (own === undefined || other === undefined) return estimates;
  return withBatchIntervals(estimates, batchDifferences(own, other)).summary;
}

function differences(runs: readonly RunResult[], reference: readonly RunResult[]): Replicated[] {
  const other = new Map(reference.map((run) => [run.replication, run.summary]));
  return runs.flatMap(({ replication, summary }) => {
    const baseline = other.get(replication);
    if (baseline === undefined) return [];
    const keys = Object.keys(summary) as (keyof RunSummary)[];
    const values = keys.map((key) => [key, difference(summary[key], baseline[key])] as const);
    return [{ replication, summary: Object.fromEntries(values) as unknown as RunSummary }];
  });
}

/** Two infinities of one sign are no difference. */
function difference(value: number, baseline: number): number {
  return value === baseline ? 0 : value - baseline;
}

function bandsOf(groups: readonly (readonly RunResult[])[]): PolicyResult['bands'] {
  const rows = Math.max(0, ...groups.flat().map((run) => run.columns.time.length));
  const band = (name: BandName) => {
    const mean = new Float64Array(rows);
    const halfWidth = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      // A run that ended earlier has no value there, which NaN says.
      const values = groupMeans(groups, (run) => run.columns[name][row] ?? NaN);
      const estimate = estimateMean(values, confidence);
      mean[row] = estimate.mean;
      halfWidth[row] = estimate.halfWidth;
    }
    return { mean, halfWidth };
  };
  return Object.fromEntries(bandNames.map((name) => [name, band(name)])) as unknown as PolicyResult['bands'];
}

/** Unstable when any replication is; the reasons are those of the worst one. */
function worstOf(runs: readonly RunResult[]): StabilityVerdict {
  const worst = runs.reduce((a, b) => (b.summary.flaps > a.summary.flaps ? b : a));
  const unstable = runs.filter((run) => !run.stability.stable);
  if (unstable.length === 0) return worst.stability;
  const shown = unstable.includes(worst) ? worst : unstable[0]!;
  const share = runs.length === 1 ? [] : [`Unstable in ${unstable.length} of ${runs.length} replications.`];
  return { stable: false, reasons: [...shown.stability.reasons, ...share] };
}
