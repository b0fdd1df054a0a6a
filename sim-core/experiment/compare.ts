import { sloVerdict } from '../analysis/slo.ts';
import type { Scenario } from '../scenario/schema.ts';
import { estimateMean } from '../statistics/interval.ts';
import type { LoadedScenario } from './load.ts';
import { planJobs, type Job, type JobSelection } from './job.ts';
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

/** Of every interval in a comparison. */
export const confidence = 0.95;

export interface ComparisonCollector {
  /** Results may come in any order; the numbers do not depend on it. */
  add(result: RunResult): void;
  /** Over what has come so far; policies without a result yet are left out. */
  snapshot(): Comparison;
}

/** Puts runs together: means, intervals, and differences to the baseline paired by replication. */
export function collectComparison(loaded: LoadedScenario, jobs: readonly Job[]): ComparisonCollector {
  const { scenario } = loaded;
  const policies = [...new Set(jobs.map(({ policy }) => policy))];
  const baseline = baselineOf(scenario, policies);
  const results = new Map<string, Map<number, RunResult>>(policies.map((policy) => [policy, new Map()]));
  return {
    add: (result) => results.get(result.policy)?.set(result.replication, result),
    snapshot: () => {
      const ordered = new Map(policies.map((policy) => [policy, inOrder(results.get(policy)!)]));
      const present = policies.filter((policy) => ordered.get(policy)!.length > 0);
      const reference = ordered.get(baseline) ?? [];
      return {
        schema: 'headroom/comparison/v1',
        scenario: scenario.name,
        seed: scenario.seed,
        replications: Math.max(0, ...present.map((policy) => ordered.get(policy)!.length)),
        confidence,
        baseline,
        policies: present.map((policy) =>
          policyResult(policy, ordered.get(policy)!, policy === baseline ? null : reference, scenario),
        ),
      };
    },
  };
}

/** The policy others are compared with: the named one when it takes part, else the first. */
export function baselineOf(scenario: Scenario, policies: readonly string[]): string {
  const named = scenario.compare.baseline;
  return named !== undefined && policies.includes(named) ? named : policies[0]!;
}

export interface ComparisonRun extends JobSelection {
  /** runs that may be under way at once */
  readonly parallel: number;
  execute(job: Job, onProgress: (fraction: number) => void): Promise<RunResult>;
  onProgress?(fraction: number, done: number, total: number): void;
  /** asked before each job */
  cancelled?(): boolean;
}

/**
 * Runs every job through `execute` (a worker pool, or this thread) and collects the results. The outcome is the same
 * bit for bit whatever `parallel` is. Ends early, with what there is, when cancelled.
 */
export async function runComparison(loaded: LoadedScenario, options: ComparisonRun): Promise<Comparison> {
  const jobs = planJobs(loaded.scenario, options);
  const collector = collectComparison(loaded, jobs);
  const progress = new Float64Array(jobs.length);
  let next = 0;
  let done = 0;
  const report = () =>
    options.onProgress?.(progress.reduce((sum, part) => sum + part, 0) / jobs.length, done, jobs.length);
  const lane = async () => {
    while (next < jobs.length && options.cancelled?.() !== true) {
      const index = next++;
      const result = await options.execute(jobs[index]!, (fraction) => {
        progress[index] = fraction;
        report();
      });
      collector.add(result);
      progress[index] = 1;
      done++;
      report();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(options.parallel, jobs.length)) }, lane));
  return collector.snapshot();
}

function inOrder(byReplication: ReadonlyMap<number, RunResult>): RunResult[] {
  return [...byReplication.values()].sort((a, b) => a.replication - b.replication);
}

function policyResult(
  policy: string,
  runs: readonly RunResult[],
  reference: readonly RunResult[] | null,
  scenario: Scenario,
): PolicyResult {
  const replications = runs.map((run) => run.summary);
  const summary = estimateSummary(replications);
  return {
    policy,
    summary,
    differenceToBaseline: reference === null ? null : estimateSummary(differences(runs, reference)),
    replications,
    bands: bandsOf(runs),
    example: runs[0]!,
    stability: worstOf(runs),
    slo: sloVerdict(summary, scenario.slo),
  };
}

function estimateSummary(replications: readonly RunSummary[]): SummaryEstimate {
  const keys = Object.keys(replications[0] ?? {}) as (keyof RunSummary)[];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      estimateMean(
        replications.map((replication) => replication[key]),
        confidence,
      ),
    ]),
  ) as unknown as SummaryEstimate;
}

function differences(runs: readonly RunResult[], reference: readonly RunResult[]): RunSummary[] {
  const other = new Map(reference.map((run) => [run.replication, run.summary]));
  return runs.flatMap(({ replication, summary }) => {
    const baseline = other.get(replication);
    if (baseline === undefined) return [];
    const keys = Object.keys(summary) as (keyof RunSummary)[];
    return [
      Object.fromEntries(keys.map((key) => [key, difference(summary[key], baseline[key])])) as unknown as RunSummary,
    ];
  });
}

/** Two infinities of one sign are no difference. */
function difference(value: number, baseline: number): number {
  return value === baseline ? 0 : value - baseline;
}

function bandsOf(runs: readonly RunResult[]): PolicyResult['bands'] {
  const rows = Math.max(0, ...runs.map((run) => run.columns.time.length));
  const band = (name: BandName) => {
    const mean = new Float64Array(rows);
    const halfWidth = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const values: number[] = [];
      for (const run of runs) {
        const value = run.columns[name][row];
        if (value !== undefined && !Number.isNaN(value)) values.push(value);
      }
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
