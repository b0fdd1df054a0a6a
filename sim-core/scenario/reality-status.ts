import type { Issue } from '../issue.ts';
import { fingerprint } from '../planning/fingerprint.ts';
import type { RealityGrade } from './recorded.ts';
import type { Scenario } from './schema.ts';

/** What is known of how near a scenario is to what really happened. */
export interface RealityStatus {
  /** `stale`: checked, but changed since; `unchecked`: there is a recording, but no check */
  readonly state: RealityGrade | 'stale' | 'unchecked';
  /** mean absolute error of the replicas when it was checked; NaN when it never was */
  readonly replicaError: number;
  /** one sentence to stand beside every result, and what to do; null where nothing is to be warned of */
  readonly warning: string | null;
}

/** The policy that was live when the recording was made. */
export function livePolicyOf({ recorded, policies }: Scenario): string {
  return recorded?.policy ?? policies[0]!.name;
}

/**
 * What a check speaks of: demand, service, nodes, the live policy, and the recording. Candidates may come and go without
 * making it out of date.
 */
export function checkedParts(scenario: Scenario): string {
  const { start, horizon, workload, services, nodes, policies, recorded } = scenario;
  const { check: _, ...recording } = recorded ?? { check: undefined };
  const live = policies.find(({ name }) => name === livePolicyOf(scenario));
  return fingerprint(inOrder({ start, horizon, workload, services, nodes, live, recording }));
}

/** JSON whose keys are in order, so that the order of a file does not matter. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** Null for a scenario without a recording, of which nothing can be said. */
export function realityStatusOf(scenario: Scenario): RealityStatus | null {
  const { recorded } = scenario;
  if (recorded === undefined) return null;
  const { check } = recorded;
  const how = '`headroom reality-check --write`';
  if (check === undefined) {
    const warning = `This scenario has a recording, but was never checked against it. Run ${how} before trusting what it says of other policies.`;
    return { state: 'unchecked', replicaError: NaN, warning };
  }
  const { replicaError, grade } = check;
  if (check.of !== checkedParts(scenario)) {
    const warning = `This scenario was changed since its reality check, which was ${grade}. Run ${how} again.`;
    return { state: 'stale', replicaError, warning };
  }
  const poor = `The reality check of this scenario is poor: the replicas of the live policy come out ${Number(replicaError.toPrecision(3))} off on average. What it says of other policies may be as far off; calibrate it first.`;
  return { state: grade, replicaError, warning: grade === 'poor' ? poor : null };
}

const codes: Readonly<Partial<Record<RealityStatus['state'], string>>> = {
  poor: 'reality-poor',
  stale: 'reality-stale',
  unchecked: 'reality-unchecked',
};

/** The same as issues of the file. */
export function realityIssues(scenario: Scenario): Issue[] {
  const status = realityStatusOf(scenario);
  const code = status === null ? undefined : codes[status.state];
  if (status === null || status.warning === null || code === undefined) return [];
  const path = status.state === 'unchecked' ? ['recorded'] : ['recorded', 'check'];
  return [{ code, severity: 'warning', path, message: status.warning }];
}
