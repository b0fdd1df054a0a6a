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

/**
 * The runs a comparison needs, one replication of every policy after the other, so that a first picture of all
 * policies is there early. Replication 0 keeps its decision log.
 */
export function planJobs(scenario: Scenario, selection: JobSelection = {}): Job[] {
  const policies = selection.policies ?? scenario.policies.map(({ name }) => name);
  const replications = selection.replications ?? scenario.replications;
  return Array.from({ length: replications }, (_, replication) =>
    policies.map((policy) => ({ policy, replication, decisionLog: replication === 0 })),
  ).flat();
}

/** The buffers of a result that may be moved instead of copied when it leaves a worker. */
export function transferablesOf(result: RunResult): ArrayBuffer[] {
  return Object.values(result.columns).map((column: Float64Array) => column.buffer as ArrayBuffer);
}
