import type { RunSelection } from '../scenario/build.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { RunResult } from './result.ts';

/** One run to be made: a policy under one replication of the workload. */
export type Job = RunSelection;

export interface JobSelection {
  /** names; default: every policy of the scenario */
  readonly policies?: readonly string[];
  /** default: as the scenario says */
  readonly replications?: number;
}

/** Replications of a first round: all of them, or those before the first look at the precision. Whole pairs. */
export function firstReplications({ replications, antithetic }: Scenario, chosen = replications): number {
  return wholePairs(typeof chosen === 'number' ? chosen : chosen.min, antithetic);
}

/** With antithetic replications the next even number. */
export function wholePairs(replications: number, antithetic: boolean): number {
  return antithetic ? replications + (replications % 2) : replications;
}

/**
 * The runs of a first round, one replication of every policy after the other, so that a first picture of all policies
 * is there early. Replication 0 keeps its decision log.
 */
export function planJobs(scenario: Scenario, selection: JobSelection = {}): Job[] {
  const policies = selection.policies ?? scenario.policies.map(({ name }) => name);
  return jobsFor(policies, 0, firstReplications(scenario, selection.replications));
}

/** Replications from … to − 1 of each policy. @param changes what all of the jobs have beside */
export function jobsFor(
  policies: readonly string[],
  from: number,
  to: number,
  changes: Partial<Pick<Job, 'warmup' | 'batches'>> = {},
): Job[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) =>
    policies.map((policy) => ({
      policy,
      replication: from + index,
      decisionLog: from + index === 0,
      ...changes,
    })),
  ).flat();
}

/** The policy others are compared with: the named one when it takes part, else the first. */
export function baselineOf(scenario: Scenario, policies: readonly string[]): string {
  const named = scenario.compare.baseline;
  return named !== undefined && policies.includes(named) ? named : policies[0]!;
}

/** bytes: a result up to this is sooner copied than moved */
const soonCopied = 8_000_000;

/**
 * The buffers of a result that are moved instead of copied when it leaves a worker: none of a small one. The first buffer
 * that leaves makes V8 throw away all code of its thread that touches typed arrays, and ask in what it compiles from then
 * on, at every access, whether the array is still there: a tenth of the time of every later run.
 */
export function transferablesOf(result: RunResult): ArrayBuffer[] {
  const buffers = Object.values(result.columns).map((column: Float64Array) => column.buffer as ArrayBuffer);
  return buffers.reduce((sum, { byteLength }) => sum + byteLength, 0) <= soonCopied ? [] : buffers;
}
